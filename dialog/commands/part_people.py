"""Take back that two people are to sit together, or apart."""

from dataclasses import dataclass

from dialog import errors, table_queries
from dialog.acting import Command
from dialog.events import Happening, PairRemoved
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class PartPeople(Command):
    pair_id: str


def part_people(db: Db, command: PartPeople) -> list[Happening]:
    """Raises NoSuchThing."""
    for pair in table_queries.pairs(db, command.dialogue_id):
        if pair.id == command.pair_id:
            return [PairRemoved(pair=pair)]
    raise errors.NoSuchThing()
