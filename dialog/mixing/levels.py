"""How evenly people can be spread, and what it costs at the least: the arithmetic under every bound.

All costs here are convex in the number of people at a table, so the most even spread is the cheapest one.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from heapq import heapify, heappop, heapreplace

from dialog.mixing.room import Room

Piece = tuple[Collection[int], int]
"""People of whom all sit at one table, but at most so many."""


def pairs(people: int) -> int:
    """How many pairs there are among so many people: n(n - 1)/2."""
    return people * (people - 1) // 2


def quota(people: int, tables: int) -> tuple[int, int]:
    """The fewest and the most at a table when people are spread evenly; (0, 0) where there is no table."""
    if not tables:
        return 0, 0
    return people // tables, -(-people // tables)


def beyond(people: int, low: int, high: int) -> int:
    """How many are too many or too few."""
    return max(0, people - high, low - people)


def level_out(base: Sequence[int], more: int, most: Sequence[int] | None = None) -> list[int]:
    """`base` with `more` added one after another, each where there is least (the first of several).

    Among all ways to add them that nowhere exceed `most`, this is the most even one: it makes the sum of any convex
    cost least. What nowhere fits is left out.
    """
    levels = list(base)
    heap = [(level, place) for place, level in enumerate(levels) if most is None or level < most[place]]
    heapify(heap)
    while more and heap:
        level, place = heap[0]
        levels[place] = level + 1
        more -= 1
        if most is None or level + 1 < most[place]:
            heapreplace(heap, (level + 1, place))
        else:
            heappop(heap)
    return levels


def sizes(room: Room) -> list[int]:
    """People at each open table, in their order, when those who are drawn sit as evenly as the fixed ones allow."""
    return level_out(fixed_at(room, room.drawn), sum(person not in room.fixed for person in room.drawn))


def fixed_at(room: Room, members: Iterable[int]) -> list[int]:
    """How many of them are fixed at each open table, in the order of the open tables."""
    count = Counter(room.fixed[person] for person in members if person in room.fixed)
    return [count[table] for table in room.open]


def least(room: Room, members: Collection[int], cost: Callable[[int], int], pieces: Sequence[Piece] = ()) -> int:
    """A proven lower bound for the sum over all tables of cost(members at the table).

    Two relaxations, the better counts. (1) Fixed members are where they are, the others spread evenly over them.
    (2) `pieces` are people who sit at one table each; one piece at each table is the best case, and everybody else
    spreads evenly over them. Two pieces at one table are never better: moving one to a table without a piece, and
    as many of the others as needed back, makes the counts more even. In both, a table has no more members than
    seats are left beside those of the fixed people or of the piece who are no members.
    """
    held = Counter(room.held[person] for person in members if person in room.held)
    still = sum(cost(held[table]) for table, one in enumerate(room.tables) if one.locked)
    free = [person for person in members if person not in room.held]
    fixed, all_fixed = fixed_at(room, free), fixed_at(room, room.fixed)
    most = [own + room.seats - all_ for own, all_ in zip(fixed, all_fixed, strict=True)]
    found = sum(map(cost, level_out(fixed, len(free) - sum(fixed), most)))
    if pieces:
        inside = set(free)
        largest = sorted(pieces, key=lambda piece: piece[1] - len(piece[0]))[: len(room.open)]
        mine = [len(inside.intersection(piece)) for piece, _ in largest]
        there = [len(piece) - spare for piece, spare in largest]
        parts = [max(0, own - spare) for own, (_, spare) in zip(mine, largest, strict=True)]
        most = [min(own, all_) + room.seats - all_ for own, all_ in zip(mine, there, strict=True)]
        without = len(room.open) - len(largest)
        base = parts + [0] * without
        found = max(found, sum(map(cost, level_out(base, len(free) - sum(parts), most + [room.seats] * without))))
    return still + found
