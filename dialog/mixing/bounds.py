"""Proven bounds: how well each rule can be kept at the best, and what stands against it."""

from collections import Counter
from collections.abc import Collection, Sequence

from dialog.mixing.levels import Piece, beyond, fixed_at, least, pairs, quota, sizes
from dialog.mixing.room import Room, helps
from dialog.mixing.values import Because

Bound = tuple[int, Because | None]
"""The least count of a rule that any seating must have, and the reason where it is above 0."""


def least_of_sizes(room: Room) -> Bound:
    """People too many or too few at a table."""
    low, high = quota(len(room.people), len(room.tables))
    found = least(room, range(len(room.people)), lambda there: beyond(there, low, high))
    return found, _held_or_fixed(room) if found else None


def least_of_stakeholder(room: Room, members: Collection[int]) -> Bound:
    """People of one stakeholder too many or too few at a table."""
    low, high = quota(len(members), len(room.tables))

    def cost(there: int) -> int:
        return beyond(there, low, high)

    if found := least(room, members, cost):
        return found, _held_or_fixed(room)
    if found := least(room, members, cost, pieces(room)):
        return found, Because.TOGETHER
    found, why = 0, None
    alone = least_of_interpreter(room)
    for needy, helpers in by_language(room):
        if 0 < len(helpers) < len(room.open):
            inside = [person for person in needy if person in members and person not in alone]
            parts = [inside[start :: len(helpers)] for start in range(len(helpers))]
            if (forced := least(room, members, cost, _with_their_only(parts, helpers))) > found:
                found, why = forced, Because.INTERPRETER
    return found, why


def _with_their_only(parts: list[list[int]], helpers: Sequence[int]) -> list[Piece]:
    """Who needs the one helper there is sits with that one."""
    return [((*parts[0], helpers[0]), 0)] if len(helpers) == 1 else [(part, 0) for part in parts]


def _held_or_fixed(room: Room) -> Because:
    return Because.LOCKED if any(table.locked for table in room.tables) else Because.FIXED


def pieces(room: Room) -> list[Piece]:
    """The blocks that share a table, of which nobody is held or fixed elsewhere.

    Of one that is larger than a table all sit together but those for whom there is no seat.
    """
    seats = room.seats
    found: list[Piece] = []
    for block, (separate, _) in least_of_together(room).items():
        spare = len(block) - seats
        if not any(one in room.held for one in block) and (
            not separate or (spare > 0 and not any(one in room.fixed for one in block))
        ):
            found.append((block, max(0, spare)))
    return found


def by_language(room: Room) -> list[tuple[list[int], list[int]]]:
    """For each set of languages that somebody drawn needs: who needs it, and who can help."""
    spoken: dict[frozenset[str], list[int]] = {}
    for person in room.drawn:
        if room.people[person].needs_interpreter:
            spoken.setdefault(frozenset(room.people[person].languages), []).append(person)
    return [
        (needy, [one for one in room.drawn if helps(room.people[one], room.people[needy[0]])])
        for needy in spoken.values()
    ]


def least_of_together(room: Room) -> dict[tuple[int, ...], Bound]:
    """For each block the pairs that must sit apart.

    Whoever is held or fixed stays; the others go where most of theirs are, as far as there are seats. Blocks too
    large to share a table need one each: the largest gets the largest, and where none is left at least one person
    sits apart from all others of the block.
    """
    found: dict[tuple[int, ...], Bound] = {}
    levels = sorted(sizes(room), reverse=True)
    seats = room.seats
    for block in room.blocks:
        held = Counter(room.held[one] for one in block if one in room.held)
        fixed = sorted(fixed_at(room, block), reverse=True)
        free = len(block) - sum(held.values()) - sum(fixed)
        kept = sum(map(pairs, held.values()))
        for there in fixed:
            come = min(free, max(seats - there, 0))
            free -= come
            kept += pairs(there + come)
        separate = pairs(len(block)) - kept
        why = Because.LOCKED if held else Because.FIXED if sum(there > 0 for there in fixed) > 1 else Because.SEATS
        found[block] = separate, why if separate else None
    whole = [block for block in room.blocks if not found[block][0] and not any(one in room.held for one in block)]
    left = iter(levels)
    for block in sorted(whole, key=len, reverse=True):
        if 2 * len(block) > seats and next(left, 0) < len(block):
            found[block] = len(block) - 1, Because.SEATS
    return found


def least_of_apart(room: Room) -> Bound:
    """Pairs at one table that are to sit apart: those held together, or more people all apart than tables."""
    held = sum(room.held.get(a, -1) == room.held.get(b, -2) for a, b in room.apart)
    apart: dict[int, set[int]] = {}
    for a, b in room.apart:
        if a not in room.held and b not in room.held:
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
    found = 0
    for first in apart:
        clique = [first]
        for other in sorted(apart[first], key=lambda one: (-len(apart[one]), one)):
            if all(other in apart[one] for one in clique):
                clique.append(other)
        found = max(found, least(room, clique, pairs))
    if held:
        return held + found, Because.LOCKED
    return found, Because.TABLES if found else None


def least_of_interpreter(room: Room) -> dict[int, Because]:
    """Those who must go without somebody who speaks their language, and why."""
    alone: dict[int, Because] = {}
    apart = set(room.apart)
    for person, one in enumerate(room.people):
        if not one.needs_interpreter:
            continue
        speakers = [other for other, helper in enumerate(room.people) if helps(helper, one)]
        near = [other for other in speakers if (min(person, other), max(person, other)) not in apart]
        free = [other for other in near if _can_meet(room, person, other)]
        if not speakers:
            alone[person] = Because.LANGUAGE
        elif not near:
            alone[person] = Because.APART
        elif not free:
            held = person in room.held or any(other in room.held for other in near)
            alone[person] = Because.LOCKED if held else Because.FIXED
    seats = room.seats
    for needy, helpers in by_language(room):
        waiting = [person for person in needy if person not in alone]
        for person in waiting[len(helpers) * max(seats - 1, 0) :]:
            alone[person] = Because.SEATS
    return alone


def _can_meet(room: Room, person: int, other: int) -> bool:
    here, there = room.pin(person), room.pin(other)
    if person in room.held or other in room.held:
        return room.held.get(person) == room.held.get(other)
    return here is None or there is None or here == there


def least_pairs(room: Room, kinds: Collection[Sequence[int]], *, together: bool) -> int:
    """Pairs of one kind (a round-1 group, an organisation) at one table, summed over all kinds."""
    blocks = pieces(room) if together else []
    return sum(least(room, kind, pairs, blocks) for kind in kinds)
