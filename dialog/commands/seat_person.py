"""Let a person sit at another table. What this breaks is shown, not forbidden."""

from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import NOBODY, Happening, SeatTaken
from dialog.models import Participant
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatPerson(Command):
    person_id: str
    table_id: str


def seat_person(db: Db, command: SeatPerson) -> list[Happening]:
    """Raises NoSuchThing."""
    person = db.get(Participant, command.person_id)
    if person is None or person.dialogue_id != command.dialogue_id or person.left:
        raise errors.NoSuchThing()
    if command.table_id not in {table.id for table in table_queries.tables(db, command.dialogue_id)}:
        raise errors.NoSuchThing()
    was = table_queries.table_of(db, person.id)
    if was == command.table_id:
        return []
    shown = queries.dialogue(db, command.dialogue_id).tables_shown
    return [SeatTaken(person_id=person.id, table_id=command.table_id, was_table_id=was, shown=shown, present=NOBODY)]
