"""Named clusters of cards, and which of them a group nominates."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Topic(Base):
    """A topic of a group. `joined_to` points to the topic it is voted on together with, across groups."""

    __tablename__ = "topics"
    __table_args__ = (Index("ix_topics_dialogue_id_group_id", "dialogue_id", "group_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    category: Mapped[str | None] = mapped_column(String(40))
    rank: Mapped[float]
    joined_to: Mapped[str | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"))


class Nomination(Base):
    """A group's topic at one place of its list, from 1."""

    __tablename__ = "nominations"

    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
