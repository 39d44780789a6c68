"""What people chose in the step `weigh`."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialog.models.columns import ID, Base


class BallotPaper(Base):
    """One person's ballot. After the close `participant_id` is empty; the stakeholder stays, and so does the result."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("dialogue_id", "participant_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"))
    stakeholder: Mapped[str] = mapped_column(String(40))
    votes: Mapped[list["Vote"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class Vote(Base):
    """How many of a person's votes one topic got, at least 1."""

    __tablename__ = "votes"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
    count: Mapped[int]
