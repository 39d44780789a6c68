"""Note what the draw of the tables wants to know of a person: organisation, languages, need of an interpreter."""

from dataclasses import dataclass

from dialog import errors, queries, writing
from dialog.acting import Command
from dialog.events import NOBODY, Happening, PersonDescribed
from dialog.models import Participant
from dialog.seating import LONGEST_ORGANISATION
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class DescribePerson(Command):
    person_id: str
    organisation: str
    languages: tuple[str, ...]
    needs_interpreter: bool


def describe_person(db: Db, command: DescribePerson) -> list[Happening]:
    """Raises NoSuchThing or TextTooLong."""
    person = db.get(Participant, command.person_id)
    if person is None or person.dialogue_id != command.dialogue_id or person.left:
        raise errors.NoSuchThing()
    was = queries.person_state(person)
    now = was.model_copy(
        update={
            "organisation": writing.clean_or_empty(command.organisation, LONGEST_ORGANISATION),
            "languages": tuple(dict.fromkeys(command.languages)),
            "needs_interpreter": command.needs_interpreter,
        }
    )
    return [] if now == was else [PersonDescribed(person=now, was_person=was, present=NOBODY)]
