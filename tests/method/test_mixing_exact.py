"""Drawn tables beside the exact optimum, found and proven by a solver."""

import pytest

from dialog.mixing import MixRule, Person, Rules, Table, draw, examine
from tests.method.exact import Exact
from tests.method.mixed import room, some_rules, tables

REGION_NORD = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}

WISHES_SHORT = 2
"""The last rule may stay so far from its optimum; every other rule must reach it."""


def _compare(people: list[Person], round_tables: list[Table], rules: Rules) -> None:
    drawn = draw(people, round_tables, rules, 1)
    report = examine(people, round_tables, rules, drawn)
    wishing = sum(bool(person.wishes) for person in people)
    for rule, optimum in Exact(people, round_tables, rules).solve(drawn).items():
        finding = report[rule]
        count, bound = finding.count, finding.bound
        if rule is MixRule.WISHES:
            count, bound = wishing - count, wishing - bound
        gap = WISHES_SHORT if rule is MixRule.WISHES else 0
        assert optimum.at_least <= count <= optimum.at_most + gap, f"{rule}: {count}, the optimum is {optimum}"
        assert bound <= optimum.at_most, f"{rule}: at least {bound} is said, {optimum} is true"
        assert optimum.proven or rule is MixRule.WISHES, f"{rule} is not proven: {optimum}"


@pytest.mark.parametrize("seed", range(12))
def test_a_small_room_is_drawn_as_well_as_can_be(seed: int) -> None:
    people = room(
        {"jobcenter": 4 + seed % 3, "traeger": 3, "leistungsberechtigte": 4 + seed % 4}, group_of=4, seed=seed
    )
    round_tables = tables(3 + seed % 2)
    _compare(people, round_tables, some_rules(people, round_tables, seed))


@pytest.mark.parametrize("seed", range(4))
def test_region_nord_is_drawn_as_well_as_can_be(seed: int) -> None:
    people = room(REGION_NORD, group_of=8, seed=seed, wishes=2)
    round_tables = tables(5 + seed % 2)
    _compare(people, round_tables, some_rules(people, round_tables, seed, pairs=3, fixed=2))
