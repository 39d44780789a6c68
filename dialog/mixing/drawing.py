"""Draw the mixed tables: deal, then let people trade places while it helps."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random

from dialog.mixing.bounds import (
    least_of_apart,
    least_of_interpreter,
    least_of_stakeholder,
    least_of_together,
    least_pairs,
)
from dialog.mixing.deal import deal
from dialog.mixing.refusals import refuse_the_impossible
from dialog.mixing.room import Room, enter
from dialog.mixing.seats import ORDER, Seats
from dialog.mixing.trading import Trading
from dialog.mixing.values import MixRule, Person, Rules, Table
from dialog.mixing.wishing import most_granted

FEWEST_TRIES = 40_000
TRIES_EACH = 300
"""Trades tried at the most: so many, and so many more for each person. Time is bounded without a clock."""

TRIES_PER_DEAL = 2_000

TRIES_PER_DEAL_EACH = 200
"""So many of them are spent on one deal, and so many for each person; then another is dealt."""

LAST_TRIES = 1_000
"""With fewer left no new deal is begun."""


def draw(
    people: Sequence[Person], tables: Sequence[Table], rules: Rules, seed: int, seated: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Seat everybody: table id by person id. The same input and seed give the same seating.

    Whoever sits at a locked table (by `seated`) stays, and nobody else comes there. The others are drawn. Fixed
    places are kept, and sizes differ by at most one (as far as fixed places allow). Where the other wishes
    contradict each other or arithmetic, they yield in this order: most wishes for a topic, then fewest of the same
    organisation, fewest round-1 neighbours, even stakeholders, interpreters, those apart, and last those together.

    Raises NoTables, AllTablesLocked, TogetherAndApart, TogetherFixedApart, ApartFixedTogether or
    MoreFixedThanSeats; ValueError for a person or a table given twice. Source: DESIGN section 5, mixed groups.
    """
    room = enter(people, tables, rules, seated or {})
    refuse_the_impossible(room)
    drawn = {people[person].id: tables[table].id for person, table in room.held.items()}
    if room.drawn:
        inner = _without_locked(room)
        for person, table in zip(inner.people, best_seating(inner, Random(seed)), strict=True):
            drawn[person.id] = inner.tables[table].id
    return {person.id: drawn[person.id] for person in people}


def _without_locked(room: Room) -> Room:
    """The part of the room that is drawn, as a room of its own."""
    people = [room.people[person] for person in room.drawn]
    free = [[one for one in block if one not in room.held] for block in room.blocks]
    ids = [person.id for person in room.people]
    rules = Rules(
        together=tuple((ids[a], ids[b]) for block in free for a, b in pairwise(block)),
        apart=tuple((ids[a], ids[b]) for a, b in room.apart),
        fixed={ids[person]: room.tables[table].id for person, table in room.fixed.items()},
    )
    return enter(people, [room.tables[table] for table in room.open], rules, {})


def best_seating(room: Room, dice: Random) -> list[int]:
    """The best table found for each person of a room without locked tables."""
    seats = Seats(room)
    bounds = _bounds(room, seats)
    tries = FEWEST_TRIES + TRIES_EACH * len(room.people)
    best: list[int] = []
    least = -1
    while True:
        seats.sit(deal(seats, dice))
        trading = Trading(seats, dice, min(tries, TRIES_PER_DEAL + TRIES_PER_DEAL_EACH * len(room.people)))
        proven = trading.improve(bounds)
        tries -= max(trading.tried, LAST_TRIES)
        if least < 0 or seats.cost < least:
            best, least = seats.table[: seats.people], seats.cost
        if proven or tries < LAST_TRIES or not seats.movers:
            return best


def _bounds(room: Room, seats: Seats) -> dict[MixRule, int]:
    """The proven least count of each rule, as `Seats.counts` counts them."""
    everybody = range(len(room.people))
    stakeholders = [[p for p in everybody if seats.stakeholder[p] == one] for one in range(seats.stakeholders)]
    groups = _kinds(seats.group, everybody)
    organisations = _kinds(seats.organisation, everybody)
    uneven = sum(least_of_stakeholder(room, members)[0] for members in stakeholders)
    separate = sum(bound for bound, _ in least_of_together(room).values())
    return dict.fromkeys(ORDER, 0) | {
        MixRule.TOGETHER: separate,
        MixRule.APART: least_of_apart(room)[0],
        MixRule.INTERPRETER: len(least_of_interpreter(room)),
        MixRule.STAKEHOLDERS: uneven,
        MixRule.NEIGHBOURS: least_pairs(room, groups, together=not separate),
        MixRule.ORGANISATIONS: least_pairs(room, organisations, together=not separate),
        MixRule.WISHES: seats.wishing - most_granted(room, even=not uneven),
    }


def _kinds(kind: Sequence[int], everybody: Sequence[int]) -> list[list[int]]:
    members: dict[int, list[int]] = {}
    for person in everybody:
        members.setdefault(kind[person], []).append(person)
    return [some for some in members.values() if len(some) > 1]
