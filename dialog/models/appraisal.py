"""What people think of the proposals, what they promise each other, and how they found the afternoon."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Appraisal(Base):
    """One person's appraisal of one proposal; without a proposal it is of "everything stays as it is".

    `paper_id` is the same for all that one person gave. After the close `participant_id` is empty; the stakeholder and
    the paper stay, and so do the figures.
    """

    __tablename__ = "appraisals"
    __table_args__ = (UniqueConstraint("dialogue_id", "participant_id", "proposal_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)
    paper_id: Mapped[str] = mapped_column(ID)
    stakeholder: Mapped[str] = mapped_column(String(40))
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    effect: Mapped[int | None]
    feasibility: Mapped[int | None]
    resistance: Mapped[int | None]


class Commitment(Base):
    """Who does what until when. `who` is an organisation or a function, never a participant's name."""

    __tablename__ = "commitments"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    who: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    review_on: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)


class FollowUp(Base):
    """What became of a commitment, noted by the forum after the dialogue; the last one by `number` is where it stands.

    `number` counts from 1 within the commitment.
    """

    __tablename__ = "follow_ups"

    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    noted_on: Mapped[date]
    sentence: Mapped[str] = mapped_column(Text)


class FeedbackPaper(Base):
    """One person's answers (1–5 by question) and free sentence. After the close `participant_id` is empty."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("dialogue_id", "participant_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)
    stakeholder: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]]
    sentence: Mapped[str] = mapped_column(Text)
