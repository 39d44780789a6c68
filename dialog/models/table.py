"""Round 2: what a mixed table adds to its group, who sits where, and what was asked of the draw."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Table(Base):
    """The topic of a mixed table. A locked one keeps its people when the others are drawn anew."""

    __tablename__ = "tables"

    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    locked: Mapped[bool] = mapped_column(default=False)


class Seat(Base):
    """A person's table, topic wishes in order, and the number of the table where the moderator wants the person."""

    __tablename__ = "seats"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    table_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"), index=True)
    fixed_at: Mapped[int | None]
    wishes: Mapped[list[str]] = mapped_column(default=list)


class Pair(Base):
    """Two people who are to sit together, or apart. Shown to nobody, gone once the dialogue is closed."""

    __tablename__ = "pairs"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    first_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)
