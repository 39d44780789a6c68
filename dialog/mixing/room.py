"""A room as arithmetic sees it: people and tables by their place in the list, wishes without those who are away."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dialog.mixing.values import Person, Rules, Table


@dataclass(frozen=True, kw_only=True)
class Room:
    """People and tables are meant by their index everywhere here."""

    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    open: tuple[int, ...]
    """Tables that can be drawn."""
    held: Mapping[int, int]
    """Who stays at a locked table, and at which."""
    wanted: Mapping[int, int | None]
    """The fixed table of a person; None if there is no such table."""
    fixed: Mapping[int, int]
    """Those of `wanted` that a draw can keep: the table is open and nothing holds the person elsewhere."""
    blocks: tuple[tuple[int, ...], ...]
    """People who sit together, two or more in each."""
    apart: tuple[tuple[int, int], ...]

    @cached_property
    def drawn(self) -> list[int]:
        """Everybody who is not held at a locked table."""
        return [person for person in range(len(self.people)) if person not in self.held]

    @cached_property
    def seats(self) -> int:
        """The most people at an open table when they sit as evenly as the fixed ones allow."""
        even = -(-len(self.drawn) // max(1, len(self.open)))
        return max([even, *Counter(self.fixed.values()).values()])

    def pin(self, person: int) -> int | None:
        """The table a person cannot leave, if there is one."""
        return self.held.get(person, self.fixed.get(person))


def enter(people: Sequence[Person], tables: Sequence[Table], rules: Rules, seated: Mapping[str, str]) -> Room:
    """The room of these people. Raises ValueError for a person or a table given twice."""
    place = _places([person.id for person in people])
    table_place = _places([table.id for table in tables])
    locked = {index for index, table in enumerate(tables) if table.locked}
    at = {index: table_place.get(seated.get(person.id, "")) for index, person in enumerate(people)}
    held = {index: table for index, table in at.items() if table in locked}
    wanted = {place[who]: table_place.get(table) for who, table in rules.fixed.items() if who in place}
    return Room(
        people=tuple(people),
        tables=tuple(tables),
        open=tuple(index for index in range(len(tables)) if index not in locked),
        held={index: table for index, table in held.items() if table is not None},
        wanted=wanted,
        fixed={w: t for w, t in wanted.items() if t is not None and t not in locked and w not in held},
        blocks=_blocks(len(people), _pairs(rules.together, place)),
        apart=tuple(dict.fromkeys(_pairs(rules.apart, place))),
    )


def _places(ids: list[str]) -> dict[str, int]:
    places = {one: index for index, one in enumerate(ids)}
    if len(places) < len(ids):
        raise ValueError("somebody or some table is given twice")
    return places


def _pairs(pairs: Iterable[tuple[str, str]], place: Mapping[str, int]) -> list[tuple[int, int]]:
    """The pairs of two different people who are both here, the earlier one first."""
    known = [(place[a], place[b]) for a, b in pairs if a in place and b in place and a != b]
    return [(min(pair), max(pair)) for pair in known]


def _blocks(people: int, together: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    first = list(range(people))

    def root(person: int) -> int:
        while first[person] != person:
            person = first[person]
        return person

    for a, b in together:
        low, high = sorted((root(a), root(b)))
        first[high] = low
    blocks: dict[int, list[int]] = {}
    for person in range(people):
        blocks.setdefault(root(person), []).append(person)
    return tuple(tuple(block) for block in blocks.values() if len(block) > 1)


def helps(helper: Person, person: Person) -> bool:
    """One can interpret for the other: they share a language, and the helper needs nobody."""
    return not helper.needs_interpreter and any(language in helper.languages for language in person.languages)
