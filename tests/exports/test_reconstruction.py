"""A solver that knows all that is public cannot compute what is withheld."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest

from dialog.format import Stakeholder
from dialog.store import Store
from exports.profile import ENOUGH, Profile
from exports.report import Report, read_report
from exports.sheets import book
from tests.exports.attack import Attack, Cell, numbers
from tests.exports.rooms import Room, a_plan, a_room, seeds, write
from tests.exports.shown import Shown
from tests.exports.store import empty

NUMBERS = count(1)


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def reports(store: Store, room: Room) -> tuple[Report, Report]:
    write(store, room)
    with store.reading() as db:
        internal, public = (read_report(db, room.id, date(2026, 11, 24), profile) for profile in Profile)
    return internal, public


def pools(report: Report) -> dict[str, tuple[Stakeholder, list[str]]]:
    """By sheet the pool and the labels of its members, as the sheets themselves say."""
    two = report.round_two
    sheets = {"Übersicht": report.parts, "Themenhäufigkeit": report.parts, "Wer über wen": report.parts}
    found = sheets | {"Abstimmung": report.parts, "Bewertung": two.parts, "Feedback": two.feedback_parts}
    return {
        sheet: (parts.pool, [report.who(key).label["de"] for key in parts.members])
        for sheet, parts in found.items()
        if parts.pool
    }


def found_out(internal: Report, public: Report) -> list[tuple[Cell, str, int]]:
    """Small numbers of members that a reader of the public workbook can compute."""
    inside, outside = Shown(book(internal)), Shown(book(public))
    true = {who.label["de"]: numbers(inside, who) for who in internal.plan.participating}
    attack = Attack(outside, pools(public))
    assert attack.splits
    return [
        (cell, who, number)
        for cell, who, number in attack.found_out(lambda cell, who: true[who].get(cell, 0))
        if sum(of.get(cell, 0) for of in true.values()) and number < ENOUGH
    ]


def excused(public: Report, cell: Cell) -> bool:
    """Nothing at all in the pool, which may be told: all of its members have nothing."""
    pool, _members = pools(public)[cell[0]]
    return numbers(Shown(book(public)), pool)[cell] == 0


def test_every_withheld_number_could_be_another(own_store: Store) -> None:
    seen = {"pools": 0}

    @seeds(6)
    def holds(seed: int) -> None:
        internal, public = reports(own_store, a_room(Random(seed), f"s{next(NUMBERS)}", a_plan(3)))
        if public.parts.pool and public.parts.told:
            seen["pools"] += 1
            assert [one for one in found_out(internal, public) if not excused(public, one[0])] == []

    holds()
    assert seen["pools"] > 2


def test_the_solver_finds_out_a_pool_of_which_a_member_is_known(own_store: Store) -> None:
    """So that the attack is known to be able to find something: with one number more there is only one solution."""
    rooms = (a_room(Random(seed), f"k{seed}", a_plan(3)) for seed in count())
    for room in rooms:
        internal, public = reports(own_store, room)
        if public.parts.pool and public.parts.told and len(public.parts.members) == 2:
            break
    inside, outside = Shown(book(internal)), Shown(book(public))
    true = {who.label["de"]: numbers(inside, who) for who in internal.plan.participating}
    attack = Attack(outside, pools(public))
    cell: Cell = ("Übersicht", "Personen und Karten", "////", "here")
    who = pools(public)["Übersicht"][1][0]
    attack.model.add(attack.splits[cell][who] == true[who][cell])
    assert cell in {one[0] for one in attack.found_out(lambda cell, who: true[who].get(cell, 0))}
