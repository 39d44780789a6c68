"""Note what has become of a promise after the dialogue. What was noted before stays; the last note counts."""

from dataclasses import dataclass
from datetime import date

from dialog import errors, following_up, writing
from dialog.errors import N_, RuleBroken
from dialog.following_up import LONGEST_SENTENCE, Note
from dialog.models import Commitment, Dialogue, FollowUp
from dialog.store import Db
from dialog.words import FollowUpState


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpCommitment:
    """How things stood on a day. `sentence` may be empty; `today` is the day on which it is noted."""

    forum_id: str
    commitment_id: str
    state: FollowUpState
    noted_on: date
    sentence: str
    today: date


class StillRunning(RuleBroken):
    sentence = N_("This dialogue is still running. Please close it first; then you can note what became of it.")


class DayToCome(RuleBroken):
    sentence = N_("This day is still to come. Please choose today or an earlier one.")
    status = 422


def follow_up_commitment(db: Db, command: FollowUpCommitment) -> Note:
    """The note that stands now; noting the same twice is noting it once.

    Raises NoSuchThing for what was not promised in a dialogue of this forum, or only in a rehearsal; StillRunning,
    DayTooEarly, DayToCome or TextTooLong.
    """
    commitment = db.get(Commitment, command.commitment_id, with_for_update=True)
    if commitment is None or commitment.withdrawn:
        raise errors.NoSuchThing()
    dialogue = db.get_one(Dialogue, commitment.dialogue_id)
    if dialogue.forum_id != command.forum_id or dialogue.rehearsal:
        raise errors.NoSuchThing()
    if not dialogue.closed:
        raise StillRunning()
    if command.noted_on > command.today:
        raise DayToCome()
    if command.noted_on < min(dialogue.held_on, command.today):
        raise errors.DayTooEarly()
    notes = following_up.notes_of(db, commitment.id)
    note = Note(
        number=len(notes) + 1,
        state=command.state,
        noted_on=command.noted_on,
        sentence=writing.clean_or_empty(command.sentence, LONGEST_SENTENCE),
    )
    if notes and _same(notes[-1], note):
        return notes[-1]
    row = FollowUp(commitment_id=commitment.id, number=note.number, dialogue_id=dialogue.id, state=note.state.value)
    row.noted_on, row.sentence = note.noted_on, note.sentence
    db.add(row)
    db.flush()
    return note


def _same(one: Note, other: Note) -> bool:
    return (one.state, one.noted_on, one.sentence) == (other.state, other.noted_on, other.sentence)
