"""Let nobody new come in. Who is in stays in."""

from dialog import queries
from dialog.acting import Command
from dialog.events import DoorSet, Happening
from dialog.store import Db


class CloseDoor(Command):
    """Nothing more to say."""


def close_door(db: Db, command: CloseDoor) -> list[Happening]:
    """Closing a closed door changes nothing."""
    is_open = queries.dialogue(db, command.dialogue_id).door_open
    return [DoorSet(open=False, was_open=True)] if is_open else []
