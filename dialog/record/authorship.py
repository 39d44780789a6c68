"""The end of authorship: what linked people to cards, votes, appraisals and feedback goes, the results stay."""

from sqlalchemy import delete, select, update

from dialog import events as e
from dialog.models import (
    Appraisal,
    BallotPaper,
    Card,
    Dialogue,
    FeedbackPaper,
    JournalEntry,
    Pair,
    Participant,
    Seat,
    Vote,
)
from dialog.record.writers import writes
from dialog.store import Db


@writes(e.AuthorshipCut)
def _cut(db: Db, dialogue: Dialogue, happening: e.AuthorshipCut) -> None:
    """Cards lose their authors, papers their people, people their phones and wishes; the journal goes as a whole.

    Nobody is left who stands out as having had no phone: a card of paper would be hers.
    """
    here = dialogue.id
    _forget_who_left(db, here)
    db.execute(update(Card).where(Card.dialogue_id == here).values(author_id=None))
    for paper in (BallotPaper, Appraisal, FeedbackPaper):
        db.execute(update(paper).where(paper.dialogue_id == here).values(participant_id=None))
    db.execute(delete(Pair).where(Pair.dialogue_id == here))
    db.execute(update(Seat).where(Seat.dialogue_id == here).values(wishes=[], fixed_at=None))
    db.execute(update(Participant).where(Participant.dialogue_id == here).values(device_hash="", has_phone=True))
    db.execute(delete(JournalEntry).where(JournalEntry.dialogue_id == here))
    dialogue.closed, dialogue.door_open, dialogue.timer_ends_at = True, False, None


def _forget_who_left(db: Db, dialogue_id: str) -> None:
    """What people who were taken out gave does not count; without their names nobody could tell it from the rest."""
    gone = select(Participant.id).where(Participant.dialogue_id == dialogue_id, Participant.left.is_(True))
    papers = select(BallotPaper.id).where(BallotPaper.participant_id.in_(gone))
    db.execute(delete(Vote).where(Vote.ballot_id.in_(papers)))
    for paper in (BallotPaper, Appraisal, FeedbackPaper):
        db.execute(delete(paper).where(paper.participant_id.in_(gone)))
