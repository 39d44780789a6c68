"""What people think of the proposals, what they promise each other, and how they found the afternoon."""

from datetime import datetime

from dialog.events.kinds import Happening
from dialog.events.values import CommitmentState, Scores
from dialog.words import Voting


class AppraisingSet(Happening):
    """The appraisal was opened, closed, revealed, or taken a step back."""

    appraising: Voting
    closed_at: datetime | None
    was_appraising: Voting
    was_closed_at: datetime | None


class AppraisalGiven(Happening):
    """A person has appraised a proposal, or "everything stays as it is" (no proposal), or taken that back (no scores).

    `paper_id` gathers what one person gives; `appraised` counts the people who have appraised at least one.
    """

    appraisal_id: str
    paper_id: str
    person_id: str
    proposal_id: str | None
    scores: Scores | None
    was_scores: Scores | None
    appraised: int


class CommitmentMade(Happening):
    """Somebody has promised something."""

    commitment: CommitmentState


class CommitmentEdited(Happening):
    """A promise was put in other words, or got other days."""

    commitment: CommitmentState
    was_commitment: CommitmentState


class CommitmentWithdrawn(Happening):
    """A promise was taken back."""

    commitment: CommitmentState


class CommitmentRestored(Happening):
    """A promise that was taken back holds again."""

    commitment: CommitmentState


class FeedbackGiven(Happening):
    """A person has said how the afternoon was. `answered` counts the people who did."""

    paper_id: str
    person_id: str
    answers: dict[str, int]
    sentence: str
    was_answers: dict[str, int]
    was_sentence: str
    answered: int
