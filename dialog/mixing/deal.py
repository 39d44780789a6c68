"""The first seating: people are dealt to the tables like cards, stakeholder by stakeholder and group by group.

Each goes to a table with the fewest of the own stakeholder, of those to one with the fewest people, and so on in
the order of the rules. Where nothing is fixed, sizes, stakeholders and neighbours are then as even as they can be.
"""

from collections.abc import Callable, Sequence
from random import Random

from dialog.mixing.seats import Seats


def deal(seats: Seats, dice: Random) -> list[int]:
    """A table for everybody and for each empty chair, by index."""
    dealt = _Dealt(seats, dice)
    for person, table in seats.room.fixed.items():
        dealt.seat(person, seats.room.open.index(table))
    blocks = list(seats.room.blocks)
    dice.shuffle(blocks)
    for block in sorted(blocks, key=len, reverse=True):
        dealt.seat_block([person for person in block if person not in seats.room.fixed], block)
    for party in _with_interpreters(seats, dice):
        dealt.seat_block([person for person in party if dealt.table[person] < 0], party)
    for person in dealt.order():
        dealt.seat_one(person)
    dealt.even_out()
    return dealt.table + [table for table in seats.tables for _ in range(seats.chairs - dealt.load[table])]


def _with_interpreters(seats: Seats, dice: Random) -> list[list[int]]:
    """Who needs an interpreter with one who can help, shared out evenly among the helpers there are."""
    parties: list[list[int]] = []
    engaged = set(seats.block_of)
    for language in seats.languages:
        needy = [who for who in range(seats.people) if seats.takes[who][language] and who not in engaged]
        helpers = [who for who in range(seats.people) if seats.gives[who][language] and who not in engaged]
        dice.shuffle(needy)
        dice.shuffle(helpers)
        helpers = helpers[: len(needy)]
        for place, helper in enumerate(helpers):
            party = [helper, *needy[place :: len(helpers)]]
            engaged.update(party)
            if sum(who in seats.room.fixed for who in party) < 2:
                parties.append(party)
    return parties


class _Dealt:
    """Who sits where so far; nobody is at table -1."""

    def __init__(self, seats: Seats, dice: Random) -> None:
        self.seats = seats
        self.table = [-1] * seats.people
        self.load = [0] * len(seats.tables)
        self.stakeholder = [[0] * len(seats.tables) for _ in range(seats.stakeholders)]
        self.group = [[0] * len(seats.tables) for _ in range(seats.groups)]
        self.organisation = [[0] * len(seats.tables) for _ in range(seats.organisations)]
        self.dice = dice

    def order(self) -> list[int]:
        """Those who are not seated yet: largest stakeholder first, its groups together, otherwise as chance will."""
        waiting = [person for person, table in enumerate(self.table) if table < 0]
        self.dice.shuffle(waiting)
        seats = self.seats
        chance = [self.dice.random() for _ in range(seats.groups)]
        size = [sum(seats.stakeholder[who] == one for who in range(seats.people)) for one in range(seats.stakeholders)]
        return sorted(
            waiting,
            key=lambda who: (-size[seats.stakeholder[who]], seats.stakeholder[who], chance[seats.group[who]]),
        )

    def seat(self, person: int, table: int) -> None:
        self.table[person] = table
        self.load[table] += 1
        seats = self.seats
        self.stakeholder[seats.stakeholder[person]][table] += 1
        self.group[seats.group[person]][table] += 1
        self.organisation[seats.organisation[person]][table] += 1

    def seat_one(self, person: int) -> None:
        seats = self.seats
        stakeholder, load = self.stakeholder[seats.stakeholder[person]], self.load
        group, organisation = self.group[seats.group[person]], self.organisation[seats.organisation[person]]
        granted, bonds = seats.granted[person], seats.bonds[person]
        avoid = {self.table[other] for other, weight in bonds if weight > 0}
        chance = self.dice.random

        def key(table: int) -> tuple[float, ...]:
            return (
                table in avoid,
                stakeholder[table],
                load[table],
                group[table],
                organisation[table],
                -granted[table],
                chance(),
            )

        self.seat(person, self._best(key, 1))

    def seat_block(self, waiting: list[int], block: Sequence[int]) -> None:
        """All at one table: where one of them is fixed, otherwise where it disturbs least. Too many are split."""
        seats = self.seats
        fixed = [self.table[person] for person in block if self.table[person] >= 0]
        avoid = {self.table[other] for who in block for other, weight in seats.bonds[who] if weight > 0}
        while waiting:
            some = min(len(waiting), seats.chairs - min(self.load))
            if fixed and seats.chairs > self.load[fixed[0]]:
                some = min(len(waiting), seats.chairs - self.load[fixed[0]])

            def key(table: int, now: Sequence[int] = tuple(waiting[:some])) -> tuple[float, ...]:
                crowd = sum(self.stakeholder[seats.stakeholder[who]][table] for who in now)
                known = sum(self.group[seats.group[who]][table] for who in now)
                return table not in fixed, table in avoid, crowd, self.load[table], known, self.dice.random()

            table = self._best(key, some)
            for person in waiting[:some]:
                self.seat(person, table)
            waiting = waiting[some:]

    def _best(self, key: Callable[[int], tuple[float, ...]], people: int) -> int:
        chairs = self.seats.chairs - people
        return min((table for table in self.seats.tables if self.load[table] <= chairs), key=key)

    def even_out(self) -> None:
        """Move people from the largest table to the smallest while that helps, single ones first."""
        seats = self.seats
        while True:
            largest = max(self.load)
            smallest = min(seats.tables, key=lambda table: self.load[table])
            if largest - self.load[smallest] < 2:
                return
            leaving = [
                person
                for person, table in enumerate(self.table)
                if table >= 0 and self.load[table] >= self.load[smallest] + 2 and person not in seats.room.fixed
            ]
            if not leaving:
                return
            person = min(
                leaving,
                key=lambda who: (
                    -self.load[self.table[who]],
                    who in seats.block_of,
                    self.stakeholder[seats.stakeholder[who]][smallest]
                    - self.stakeholder[seats.stakeholder[who]][self.table[who]],
                    who,
                ),
            )
            table = self.table[person]
            self.load[table] -= 1
            self.stakeholder[seats.stakeholder[person]][table] -= 1
            self.group[seats.group[person]][table] -= 1
            self.organisation[seats.organisation[person]][table] -= 1
            self.seat(person, smallest)
