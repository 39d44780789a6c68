"""How many people have given something of their own. Whoever was taken out does not count, with all that they gave."""

from typing import TypedDict

from sqlalchemy import BindParameter, ColumnElement, String, bindparam, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from dialog import direct
from dialog.models import Appraisal, BallotPaper, FeedbackPaper, Participant, Seat
from dialog.store import Db


class Given(TypedDict):
    """People by what they have given."""

    voted: int
    wished: int
    appraised: int
    answered: int


def of_who_counts(
    column: InstrumentedAttribute[str | None], dialogue_id: str | BindParameter[str]
) -> ColumnElement[bool]:
    """The rows of people who are here, by the column that names the person; and those that name nobody any more."""
    gone = select(Participant.id).where(Participant.dialogue_id == dialogue_id, Participant.left.is_(True))
    return or_(column.is_(None), column.not_in(gone))


_DIALOGUE: BindParameter[str] = bindparam("dialogue_id")
_HERE = (Participant.dialogue_id == _DIALOGUE, Participant.left.is_(False))

_VOTED = (
    select(func.count(BallotPaper.id))
    .where(BallotPaper.dialogue_id == _DIALOGUE, BallotPaper.votes.any())
    .where(of_who_counts(BallotPaper.participant_id, _DIALOGUE))
    .scalar_subquery()
)
_WISHED = (
    select(func.count(Seat.participant_id))
    .join(Participant, Participant.id == Seat.participant_id)
    .where(Seat.dialogue_id == _DIALOGUE, Participant.left.is_(False), cast(Seat.wishes, String) != "[]")
    .scalar_subquery()
)
_APPRAISED = (
    select(func.count(Participant.id))
    .where(*_HERE, select(Appraisal.id).where(Appraisal.participant_id == Participant.id).exists())
    .scalar_subquery()
) + (
    select(func.count(Appraisal.paper_id.distinct()))
    .where(Appraisal.dialogue_id == _DIALOGUE, Appraisal.participant_id.is_(None))
    .scalar_subquery()
)
_ANSWERED = (
    select(func.count(FeedbackPaper.id))
    .where(FeedbackPaper.dialogue_id == _DIALOGUE, of_who_counts(FeedbackPaper.participant_id, _DIALOGUE))
    .where(or_(cast(FeedbackPaper.answers, String) != "{}", FeedbackPaper.sentence != ""))
    .scalar_subquery()
)
_EACH = {
    "voted": select(_VOTED),
    "wished": select(_WISHED),
    "appraised": select(_APPRAISED),
    "answered": select(_ANSWERED),
}
_GIVEN = select(
    _VOTED.label("voted"), _WISHED.label("wished"), _APPRAISED.label("appraised"), _ANSWERED.label("answered")
)


def given(db: Db, dialogue_id: str) -> Given:
    """All of them, with one question."""
    voted, wished, appraised, answered = db.execute(_GIVEN, {"dialogue_id": dialogue_id}).one()
    return Given(voted=voted, wished=wished, appraised=appraised, answered=answered)


def voted(db: Db, dialogue_id: str) -> int:
    """How many people have given at least one vote."""
    return _count(db, dialogue_id, "voted")


def wished(db: Db, dialogue_id: str) -> int:
    """How many people have named a topic to work on."""
    return _count(db, dialogue_id, "wished")


def appraised(db: Db, dialogue_id: str) -> int:
    """How many people have appraised at least one proposal. It costs the same however many they have appraised."""
    return _count(db, dialogue_id, "appraised")


def answered(db: Db, dialogue_id: str) -> int:
    """How many people have said how the afternoon was."""
    return _count(db, dialogue_id, "answered")


def _count(db: Db, dialogue_id: str, what: str) -> int:
    return direct.ask(db, _EACH[what], {"dialogue_id": dialogue_id}).scalar() or 0
