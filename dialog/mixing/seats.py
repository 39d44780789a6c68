"""A seating that can be changed quickly: two people trade places, and what that costs is known before.

Every table has the same number of chairs; who trades with an empty chair moves there. So sizes are one more thing
that trades keep even, and there is only one kind of change.
"""

from collections import Counter
from collections.abc import Sequence

from dialog.mixing.levels import beyond, pairs, quota
from dialog.mixing.room import Room, helps
from dialog.mixing.values import MixRule
from dialog.mixing.wishing import granted

ORDER = (
    MixRule.SIZES,
    MixRule.TOGETHER,
    MixRule.APART,
    MixRule.INTERPRETER,
    MixRule.STAKEHOLDERS,
    MixRule.NEIGHBOURS,
    MixRule.ORGANISATIONS,
    MixRule.WISHES,
)
"""What yields to what in a draw: each rule is served as far as those before it allow. FIXED is never broken."""


class Seats:
    """Everybody in a room without locked tables, by index; behind them the empty chairs.

    `cost` counts breaches so that one of a rule weighs more than all of the rules behind it in ORDER.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.tables = range(len(room.open))
        self.chairs = room.seats
        self.people = len(room.people)
        empty = self.chairs * len(room.open) - self.people
        self.movers = [person for person in range(self.people) if person not in room.fixed]
        self.movers += range(self.people, self.people + empty)
        self._count_kinds(empty)
        self._weigh()
        self._bind()
        self._listen(empty)
        self.table = [0] * (self.people + empty)
        self.cost = 0

    def _count_kinds(self, empty: int) -> None:
        """Number the stakeholders, groups and organisations; whoever has none is alone in one."""
        people = self.room.people
        everywhere = len(self.tables)
        self.stakeholder, self.stakeholders = _numbered([p.stakeholder for p in people])
        spread = Counter(self.stakeholder)
        self.low = [quota(spread[one], everywhere)[0] for one in range(self.stakeholders)]
        self.high = [quota(spread[one], everywhere)[1] for one in range(self.stakeholders)]
        few, many = quota(self.people, everywhere)
        self.low.append(self.chairs - many)
        self.high.append(self.chairs - few)
        self.stakeholder += [self.stakeholders] * empty
        self.group, self.groups = _numbered([p.group for p in people] + [""] * empty)
        self.organisation, self.organisations = _numbered([p.organisation for p in people] + [""] * empty)
        rows: dict[frozenset[str], list[int]] = {frozenset(): [0] * everywhere}
        self.granted = []
        for index, person in enumerate(people):
            wishes = frozenset(person.wishes)
            if wishes not in rows:
                rows[wishes] = [int(granted(self.room, index, table)) for table in self.room.open]
            self.granted.append(rows[wishes])
        self.granted += [rows[frozenset()]] * empty
        self.wishing = sum(any(row) for row in self.granted)
        self.by_stakeholder = [
            [who for who in self.movers if self.stakeholder[who] == one] for one in range(self.stakeholders + 1)
        ]

    def _weigh(self) -> None:
        most = {
            MixRule.WISHES: self.people,
            MixRule.ORGANISATIONS: sum(map(pairs, Counter(self.organisation).values())),
            MixRule.NEIGHBOURS: sum(map(pairs, Counter(self.group).values())),
            MixRule.STAKEHOLDERS: 2 * self.people,
            MixRule.INTERPRETER: self.people,
            MixRule.APART: len(self.room.apart),
            MixRule.TOGETHER: sum(pairs(len(block)) for block in self.room.blocks),
            MixRule.SIZES: 2 * self.people,
        }
        self.weight: dict[MixRule, int] = {}
        heavier = 1
        for rule in reversed(ORDER):
            self.weight[rule] = heavier
            heavier *= most[rule] + 1
        self.heft = [self.weight[MixRule.STAKEHOLDERS]] * self.stakeholders + [self.weight[MixRule.SIZES]]

    def _bind(self) -> None:
        """Who sits with whom, or never does: by person the others, and the cost of sharing a table with each."""
        self.bonds: list[list[tuple[int, int]]] = [[] for _ in self.stakeholder]
        bound = [
            (a, b, -self.weight[MixRule.TOGETHER]) for block in self.room.blocks for a in block for b in block if a < b
        ]
        for a, b, weight in bound + [(a, b, self.weight[MixRule.APART]) for a, b in self.room.apart]:
            self.bonds[a].append((b, weight))
            self.bonds[b].append((a, weight))
        self.block_of = {person: block for block in self.room.blocks for person in block}

    def _listen(self, empty: int) -> None:
        """Number the languages people need, and what everybody gives to and takes from each of them."""
        people = self.room.people
        needed: dict[frozenset[str], int] = {}
        for index, person in enumerate(people):
            if person.needs_interpreter:
                needed.setdefault(frozenset(person.languages), index)
        self.languages = range(len(needed))
        self.gives: list[tuple[int, ...]] = [
            tuple(int(helps(one, people[needy])) for needy in needed.values()) for one in people
        ]
        self.takes: list[tuple[int, ...]] = [
            tuple(int(one.needs_interpreter and frozenset(one.languages) == spoken) for spoken in needed)
            for one in people
        ]
        nothing = tuple(0 for _ in needed)
        self.gives += [nothing] * empty
        self.takes += [nothing] * empty
        self.voice, _ = _numbered([f"{give}{take}" for give, take in zip(self.gives, self.takes, strict=True)])

    def sit(self, table: Sequence[int]) -> None:
        """Seat everybody anew and count everything."""
        self.table = list(table)
        self.at_stakeholder = self._count(self.stakeholder, self.stakeholders + 1)
        self.at_group = self._count(self.group, self.groups)
        self.at_organisation = self._count(self.organisation, self.organisations)
        everywhere = len(self.tables)
        self.helpers = [[0] * everywhere for _ in self.languages]
        self.needy = [[0] * everywhere for _ in self.languages]
        for who in range(self.people):
            for language in self.languages:
                self.helpers[language][table[who]] += self.gives[who][language]
                self.needy[language][table[who]] += self.takes[who][language]
        counts = self.counts()
        self.cost = sum(counts[rule] * self.weight[rule] for rule in ORDER)

    def _count(self, kind: Sequence[int], kinds: int) -> list[list[int]]:
        rows = [[0] * len(self.tables) for _ in range(kinds)]
        for who, table in enumerate(self.table):
            rows[kind[who]][table] += 1
        return rows

    def counts(self) -> dict[MixRule, int]:
        """Breaches of each rule, as `Finding` counts them; for WISHES those who could be granted one and are not."""
        uneven = [
            sum(beyond(there, self.low[one], self.high[one]) for there in row)
            for one, row in enumerate(self.at_stakeholder)
        ]
        table = self.table
        separate = sum(table[a] != table[b] for block in self.room.blocks for a in block for b in block if a < b)
        return {
            MixRule.SIZES: uneven[-1],
            MixRule.STAKEHOLDERS: sum(uneven[:-1]),
            MixRule.TOGETHER: separate,
            MixRule.APART: sum(table[a] == table[b] for a, b in self.room.apart),
            MixRule.INTERPRETER: sum(
                self.lost(language, table) for language in self.languages for table in self.tables
            ),
            MixRule.NEIGHBOURS: sum(pairs(there) for row in self.at_group for there in row),
            MixRule.ORGANISATIONS: sum(pairs(there) for row in self.at_organisation for there in row),
            MixRule.WISHES: self.wishing - sum(self.granted[who][table[who]] for who in range(self.people)),
        }

    def lost(self, language: int, table: int) -> int:
        """How many at this table need this language and have nobody who speaks it."""
        return 0 if self.helpers[language][table] else self.needy[language][table]

    def change(self, p: int, q: int) -> int:
        """What the cost changes by when two at different tables trade places."""
        a, b = self.table[p], self.table[q]
        delta = 0
        if (g := self.group[p]) != (h := self.group[q]):
            mine, other = self.at_group[g], self.at_group[h]
            delta = (mine[b] - mine[a] + other[a] - other[b] + 2) * self.weight[MixRule.NEIGHBOURS]
        if (g := self.organisation[p]) != (h := self.organisation[q]):
            mine, other = self.at_organisation[g], self.at_organisation[h]
            delta += (mine[b] - mine[a] + other[a] - other[b] + 2) * self.weight[MixRule.ORGANISATIONS]
        mine, other = self.granted[p], self.granted[q]
        return delta + mine[a] - mine[b] + other[b] - other[a] + self.change_of_hard(p, q)

    def change_of_hard(self, p: int, q: int) -> int:
        """The part of `change` that comes from the hard rules."""
        delta = 0
        if (s := self.stakeholder[p]) != (r := self.stakeholder[q]):
            a, b = self.table[p], self.table[q]
            delta += self._change_of_kind(s, a, b) + self._change_of_kind(r, b, a)
        if self.bonds[p] or self.bonds[q]:
            delta += self._change_of_bonds(p, q) + self._change_of_bonds(q, p)
        if self.voice[p] != self.voice[q]:
            delta += self._change_of_voices(p, q)
        return delta

    def _change_of_kind(self, kind: int, start: int, end: int) -> int:
        row, low, high = self.at_stakeholder[kind], self.low[kind], self.high[kind]
        here, there = row[start], row[end]
        delta = (here <= low) - (here > high) + (there >= high) - (there < low)
        return delta * self.heft[kind]

    def _change_of_bonds(self, p: int, q: int) -> int:
        """The part of p, when p goes to where q is; q goes away from there."""
        delta, table = 0, self.table
        a, b = table[p], table[q]
        for other, weight in self.bonds[p]:
            if other != q:
                delta += weight * ((table[other] == b) - (table[other] == a))
        return delta

    def _change_of_voices(self, p: int, q: int) -> int:
        a, b = self.table[p], self.table[q]
        delta = 0
        for language in self.languages:
            give = self.gives[q][language] - self.gives[p][language]
            take = self.takes[q][language] - self.takes[p][language]
            if give or take:
                helpers, needy = self.helpers[language], self.needy[language]
                delta -= self.lost(language, a) + self.lost(language, b)
                delta += 0 if helpers[a] + give else needy[a] + take
                delta += 0 if helpers[b] - give else needy[b] - take
        return delta * self.weight[MixRule.INTERPRETER]

    def trade(self, p: int, q: int, change: int) -> None:
        """Let two at different tables trade places; `change` is what the cost changes by."""
        table = self.table
        a, b = table[p], table[q]
        for kind, rows in (
            (self.stakeholder, self.at_stakeholder),
            (self.group, self.at_group),
            (self.organisation, self.at_organisation),
        ):
            row = rows[kind[p]]
            row[a] -= 1
            row[b] += 1
            row = rows[kind[q]]
            row[b] -= 1
            row[a] += 1
        if self.voice[p] != self.voice[q]:
            for language in self.languages:
                give = self.gives[q][language] - self.gives[p][language]
                take = self.takes[q][language] - self.takes[p][language]
                self.helpers[language][a] += give
                self.helpers[language][b] -= give
                self.needy[language][a] += take
                self.needy[language][b] -= take
        table[p], table[q] = b, a
        self.cost += change


def _numbered(names: Sequence[str]) -> tuple[list[int], int]:
    """A number for each name in order of appearance, a number of its own for each empty one; and how many."""
    numbers: dict[str, int] = {}
    numbered: list[int] = []
    alone = 0
    for name in names:
        key = name or f"\0{(alone := alone + 1)}"
        numbered.append(numbers.setdefault(key, len(numbers)))
    return numbered, len(numbers)
