"""What became of what was promised: notes of the forum after the dialogue, and what is due. Read-only selects."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dialog import forum_queries
from dialog.events import CommitmentState
from dialog.models import Commitment, FollowUp
from dialog.promise_queries import commitment_state
from dialog.store import Db
from dialog.words import FollowUpState

LONGEST_SENTENCE = 600
OVER = (FollowUpState.DONE, FollowUpState.DROPPED)
"""Nothing more is expected of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """How things stood on a day. `sentence` may be empty; `number` counts from 1 within the commitment."""

    number: int
    state: FollowUpState
    noted_on: date
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A commitment with all that was noted of it, one after the other. The last note is where it stands."""

    dialogue_id: str
    commitment: CommitmentState
    notes: tuple[Note, ...]

    @property
    def last(self) -> Note | None:
        return self.notes[-1] if self.notes else None

    @property
    def state(self) -> FollowUpState:
        """Open, until something else is noted."""
        return self.last.state if self.last else FollowUpState.OPEN

    @property
    def over(self) -> bool:
        return self.state in OVER

    def review_due(self, today: date) -> bool:
        """Whether its day of review has come, it is not over, and nobody has looked at it on that day or since."""
        review_on = self.commitment.review_on
        if review_on is None or review_on > today or self.over:
            return False
        return not any(note.noted_on >= review_on for note in self.notes)

    def overdue(self, today: date) -> bool:
        """Whether the day until which it was promised lies behind, and it is not over."""
        return self.commitment.until < today and not self.over

    def due(self, today: date) -> bool:
        """Whether somebody should look at it now."""
        return self.review_due(today) or self.overdue(today)


def followed(db: Db, dialogue_id: str) -> list[Followed]:
    """The commitments of a dialogue that stand, in the order in which they were made."""
    return _followed(db, [dialogue_id])


def followed_in_forum(db: Db, forum_id: str) -> list[Followed]:
    """The commitments of all closed dialogues of a forum, the newest dialogue first; none of a rehearsal."""
    return _followed(db, [dialogue.id for dialogue in forum_queries.held(db, forum_id, closed_only=True)])


def notes_of(db: Db, commitment_id: str) -> list[Note]:
    """All that was noted of one commitment, one after the other."""
    rows = select(FollowUp).where(FollowUp.commitment_id == commitment_id).order_by(FollowUp.number)
    return [_note(row) for row in db.scalars(rows)]


def _followed(db: Db, dialogue_ids: Sequence[str]) -> list[Followed]:
    """Two questions to the store, however many dialogues there are."""
    order = {dialogue_id: at for at, dialogue_id in enumerate(dialogue_ids)}
    rows = db.scalars(
        select(Commitment).where(Commitment.dialogue_id.in_(dialogue_ids), Commitment.withdrawn.is_(False))
    )
    standing = sorted(rows, key=lambda row: (order[row.dialogue_id], row.number, row.id))
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    for row in db.scalars(
        select(FollowUp).where(FollowUp.dialogue_id.in_(dialogue_ids)).order_by(FollowUp.commitment_id, FollowUp.number)
    ):
        notes[row.commitment_id].append(_note(row))
    return [
        Followed(dialogue_id=row.dialogue_id, commitment=commitment_state(row), notes=tuple(notes[row.id]))
        for row in standing
    ]


def _note(row: FollowUp) -> Note:
    return Note(number=row.number, state=FollowUpState(row.state), noted_on=row.noted_on, sentence=row.sentence)
