"""Seat somebody who comes late. Nobody moves."""

from collections.abc import Mapping, Sequence

from dialog.mixing.breaches import all_breaches
from dialog.mixing.refusals import NoTables
from dialog.mixing.room import enter
from dialog.mixing.values import MixRule, Person, Rules, Table

ORDER = (
    MixRule.FIXED,
    MixRule.TOGETHER,
    MixRule.APART,
    MixRule.INTERPRETER,
    MixRule.SIZES,
    MixRule.STAKEHOLDERS,
    MixRule.NEIGHBOURS,
    MixRule.ORGANISATIONS,
    MixRule.WISHES,
)
"""What yields to what for a latecomer. Unlike in a draw only one table may have the companion: a chair is brought."""


def place(
    newcomer: Person, people: Sequence[Person], tables: Sequence[Table], rules: Rules, seated: Mapping[str, str]
) -> str:
    """The table for one more person: the one where the fewest breaches come, rule by rule in ORDER.

    Of several equal ones the one with the fewest people, then the first. A locked table takes somebody only if no
    table is open. `people` may hold the newcomer already; a seat the newcomer has does not count.

    Raises NoTables.
    """
    if not tables:
        raise NoTables()
    others = [person for person in people if person.id != newcomer.id and person.id in seated]
    unlocked = [Table(id=table.id, name=table.name, topic=table.topic) for table in tables]
    index = {table.id: number for number, table in enumerate(tables)}
    others = [person for person in others if seated[person.id] in index]
    room = enter([*others, newcomer], unlocked, rules, {})
    before = [index[seated[person.id]] for person in others]

    def key(number: int) -> tuple[int, ...]:
        breaches = all_breaches(room, [*before, number])
        counts = tuple(sum(breach.weight for breach in breaches[rule]) for rule in ORDER)
        return *counts, before.count(number), number

    open_tables = [number for number, table in enumerate(tables) if not table.locked]
    return tables[min(open_tables or range(len(tables)), key=key)].id
