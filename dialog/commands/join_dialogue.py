"""Come in: choose a stakeholder, get a number and a group."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening
from dialog.seating import seat_newcomer
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinDialogue(Command):
    """`device_hash` recognises this phone later; `seed` draws the number."""

    stakeholder: str
    organisation: str = ""
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = False
    device_hash: str
    seed: int


def join_dialogue(db: Db, command: JoinDialogue) -> list[Happening]:
    """Raises DoorClosed, UnknownStakeholder or RoomFull."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if not dialogue.door_open:
        raise errors.DoorClosed()
    return seat_newcomer(
        db,
        dialogue,
        command,
        stakeholder=command.stakeholder,
        organisation=command.organisation,
        languages=command.languages,
        needs_interpreter=command.needs_interpreter,
        device_hash=command.device_hash,
        seed=command.seed,
    )
