"""Do again what was last undone on an undo stack."""

from dialog import errors
from dialog import events as e
from dialog.acting import Command
from dialog.inverse import done_again
from dialog.models import Standing
from dialog.store import Db
from dialog.undo_stack import last_undone


class Redo(Command):
    """`scope` names the stack."""


def redo(db: Db, command: Redo) -> list[e.Happening]:
    """Raises NothingToRedo; ChangedSince if somebody has built on it since."""
    entry = last_undone(db, command.dialogue_id, command.scope)
    if entry is None:
        raise errors.NothingToRedo()
    entry.standing = Standing.DONE
    return done_again([e.from_journal(kept) for kept in entry.events])
