"""The undo stacks, one for the cockpit and one for each board.

They lie in the journal, as deep as the dialogue is long.
"""

from sqlalchemy import Select, select

from dialog.models import JournalEntry, Standing
from dialog.store import Db


def last_done(db: Db, dialogue_id: str, scope: str) -> JournalEntry | None:
    """The act to undo next, if any."""
    return db.scalar(_stack(dialogue_id, scope, Standing.DONE).order_by(JournalEntry.seq.desc()).limit(1))


def last_undone(db: Db, dialogue_id: str, scope: str) -> JournalEntry | None:
    """The act to do again next, if any."""
    return db.scalar(_stack(dialogue_id, scope, Standing.UNDONE).order_by(JournalEntry.seq).limit(1))


def _stack(dialogue_id: str, scope: str, standing: Standing) -> Select[JournalEntry]:
    return select(JournalEntry).where(
        JournalEntry.dialogue_id == dialogue_id, JournalEntry.scope == scope, JournalEntry.standing == standing
    )
