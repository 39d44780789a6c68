"""Take back the last act on an undo stack: the cockpit's, or one board's."""

from dialog import errors
from dialog import events as e
from dialog.acting import Command
from dialog.inverse import taken_back
from dialog.models import Standing
from dialog.store import Db
from dialog.undo_stack import last_done


class Undo(Command):
    """`scope` names the stack."""


def undo(db: Db, command: Undo) -> list[e.Happening]:
    """Raises NothingToUndo; ChangedSince if somebody has built on it since."""
    entry = last_done(db, command.dialogue_id, command.scope)
    if entry is None:
        raise errors.NothingToUndo()
    entry.standing = Standing.UNDONE
    return taken_back([e.from_journal(kept) for kept in entry.events])
