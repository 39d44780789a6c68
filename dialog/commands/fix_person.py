"""Ask that a person sits at a certain table, for example near the door. The next draw keeps to it."""

from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, PersonFixed
from dialog.store import Db

MOST_TABLES = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class FixPerson(Command):
    """`number` is the person's four-digit number; `at` is the number of a table, None frees the person."""

    number: str
    at: int | None


def fix_person(db: Db, command: FixPerson) -> list[Happening]:
    """Raises WrongNumber, or NoSuchThing for a table number that no draw can have."""
    if command.at is not None and not 1 <= command.at <= MOST_TABLES:
        raise errors.NoSuchThing()
    for person in queries.people(db, command.dialogue_id):
        if person.number == command.number:
            was = table_queries.fixed(db, command.dialogue_id).get(person.id)
            return [] if was == command.at else [PersonFixed(person_id=person.id, at=command.at, was_at=was)]
    raise errors.WrongNumber()
