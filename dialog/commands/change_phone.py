"""Go on with another phone by the four-digit number. The old phone is no longer recognised."""

from dataclasses import dataclass

from sqlalchemy import select

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening, PhoneChanged
from dialog.models import Participant
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePhone(Command):
    number: str
    device_hash: str


def change_phone(db: Db, command: ChangePhone) -> list[Happening]:
    """Raises WrongNumber."""
    if len(command.number) != 4 or not command.number.isascii() or not command.number.isdigit():
        raise errors.WrongNumber()
    person = db.scalar(
        select(Participant).where(
            Participant.dialogue_id == command.dialogue_id,
            Participant.number == command.number,
            Participant.left.is_(False),
        )
    )
    if person is None:
        raise errors.WrongNumber()
    return [PhoneChanged(person_id=person.id, device_hash=command.device_hash, has_phone=True)]
