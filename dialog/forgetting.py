"""Takes dialogues out of a database: all of a dialogue after its last day, and in older copies who wrote what."""

from sqlalchemy import delete

from dialog.copies import Forgetting
from dialog.events import AuthorshipCut
from dialog.models import Dialogue
from dialog.record import record
from dialog.store import Db


def remove_dialogues(db: Db, dialogue_ids: frozenset[str]) -> int:
    """Remove these dialogues with everything that hangs on them. Returns how many there were."""
    removed = 0
    for dialogue_id in sorted(dialogue_ids):
        if (dialogue := db.get(Dialogue, dialogue_id, with_for_update=True)) is not None:
            db.expunge(dialogue)
            db.execute(delete(Dialogue).where(Dialogue.id == dialogue_id))
            removed += 1
    return removed


def forget_in_copy(db: Db, forgetting: Forgetting) -> None:
    """In a copy from before a close, do what the close has done in the original; and remove what is gone there."""
    remove_dialogues(db, forgetting.gone)
    for dialogue_id in sorted(forgetting.closed):
        dialogue = db.get(Dialogue, dialogue_id)
        if dialogue is not None and not dialogue.closed:
            # Nobody is told how many it concerned: the journal of a copy goes with everything else.
            record(db, dialogue, AuthorshipCut(cards=0, ballots=0, appraisals=0, feedback=0, people=0))
