"""What a mixed table writes: visions, benefits and proposals. They belong to the table; no author is stored."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class OfTable:
    """The columns that all entries of a table share. `number` counts from 1 in the dialogue, kind by kind."""

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    table_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Vision(OfTable, Base):
    """A sentence of the ideal, with its twin in plain language."""

    __tablename__ = "visions"
    __table_args__ = (Index("ix_visions_dialogue_id_number", "dialogue_id", "number"),)

    text: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)


class Benefit(OfTable, Base):
    """What one stakeholder would gain from the ideal."""

    __tablename__ = "benefits"
    __table_args__ = (Index("ix_benefits_dialogue_id_number", "dialogue_id", "number"),)

    stakeholder: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)


class Proposal(OfTable, Base):
    """Something concrete to do: on which level, whom it needs, which cards it answers and which benefits it brings."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_dialogue_id_number", "dialogue_id", "number"),)

    title: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    first_step: Mapped[str] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(String(40))
    process_step: Mapped[str | None] = mapped_column(String(40))
    needs: Mapped[list[str]] = mapped_column(default=list)
    card_ids: Mapped[list[str]] = mapped_column(default=list)
    benefit_ids: Mapped[list[str]] = mapped_column(default=list)
