"""Ask that two people sit at one table, or never at one. They are named by number, and shown to nobody."""

from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, PairMade, PairRemoved, PairState
from dialog.store import Db
from dialog.words import Pairing


@dataclass(frozen=True, kw_only=True, slots=True)
class PairPeople(Command):
    kind: Pairing
    first: str
    second: str


def pair_people(db: Db, command: PairPeople) -> list[Happening]:
    """`first` and `second` are four-digit numbers. Raises WrongNumber or PairOfOne.

    A pair that was to be apart and is to be together now changes its kind. Asking twice is asking once.
    """
    here = {person.number: person.id for person in queries.people(db, command.dialogue_id)}
    if command.first not in here or command.second not in here:
        raise errors.WrongNumber()
    if command.first == command.second:
        raise errors.PairOfOne()
    first_id, second_id = sorted((here[command.first], here[command.second]))
    same = [
        pair
        for pair in table_queries.pairs(db, command.dialogue_id)
        if (pair.first_id, pair.second_id) == (first_id, second_id)
    ]
    if any(pair.kind is command.kind for pair in same):
        return []
    pair = PairState(id=command.new_id("pair"), kind=command.kind, first_id=first_id, second_id=second_id)
    return [*(PairRemoved(pair=other) for other in same), PairMade(pair=pair)]
