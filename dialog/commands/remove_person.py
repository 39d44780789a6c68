"""Take somebody out of the dialogue, for example who came in twice. The cards stay, the vote does not count."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import NOBODY, Happening, PersonLeft
from dialog.models import Participant
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RemovePerson(Command):
    person_id: str


def remove_person(db: Db, command: RemovePerson) -> list[Happening]:
    """Raises NoSuchThing."""
    person = db.get(Participant, command.person_id)
    if person is None or person.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    return [] if person.left else [PersonLeft(person=queries.person_state(person), present=NOBODY)]
