"""Which steps were held and when: noted with each change of step, as the cover of a report tells it."""

from datetime import datetime, timedelta

import pytest

from dialog import queries
from dialog.commands.undo import undo
from dialog.held import Held, held, together
from dialog.words import Step
from tests.people import MORNING, Afternoon


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def stays(afternoon: Afternoon) -> list[Held]:
    with afternoon.reading() as db:
        return held(db, queries.dialogue(db, afternoon.id))


def goes(afternoon: Afternoon, *way: tuple[float, Step]) -> None:
    """Go to each step so many minutes after the one before."""
    for minutes, step in way:
        afternoon.later(60 * minutes)
        afternoon.go(step)


def test_a_dialogue_that_is_only_planned_has_held_nothing(afternoon: Afternoon) -> None:
    assert stays(afternoon) == []


def test_each_step_is_held_from_its_begin_to_the_next(afternoon: Afternoon) -> None:
    goes(afternoon, (30, Step.COLLECT), (25, Step.SORT))
    assert stays(afternoon) == [
        Held(step=Step.ARRIVE, began_at=None, ended_at=at(30), lasted=timedelta()),
        Held(step=Step.COLLECT, began_at=at(30), ended_at=at(55), lasted=timedelta(minutes=25)),
        Held(step=Step.SORT, began_at=at(55), ended_at=None, lasted=timedelta()),
    ]


def test_a_step_that_is_come_back_to_is_one_line_with_all_its_minutes(afternoon: Afternoon) -> None:
    goes(afternoon, (5, Step.COLLECT), (10, Step.SORT), (7, Step.COLLECT), (3, Step.SORT), (9, Step.NOMINATE))
    collect, sort = (next(one for one in stays(afternoon) if one.step is step) for step in (Step.COLLECT, Step.SORT))
    assert (collect.began_at, collect.ended_at, collect.lasted) == (at(5), at(25), timedelta(minutes=13))
    assert (sort.began_at, sort.ended_at, sort.lasted) == (at(15), at(34), timedelta(minutes=16))


def test_what_is_only_passed_through_was_not_held(afternoon: Afternoon) -> None:
    goes(afternoon, (5, Step.COLLECT), (10, Step.SORT), (59 / 60, Step.NOMINATE), (0, Step.WEIGH), (1, Step.MIRROR))
    assert [one.step for one in stays(afternoon)] == [Step.ARRIVE, Step.COLLECT, Step.WEIGH, Step.MIRROR]


def test_a_step_change_that_is_taken_back_ends_no_stay(afternoon: Afternoon) -> None:
    goes(afternoon, (5, Step.COLLECT), (10, Step.SORT))
    before = stays(afternoon)
    goes(afternoon, (20, Step.NOMINATE))
    assert len(stays(afternoon)) == len(before) + 1
    afternoon.later(60)
    afternoon.cockpit(undo)
    assert stays(afternoon) == before
    goes(afternoon, (4, Step.NOMINATE))
    sort = next(one for one in stays(afternoon) if one.step is Step.SORT)
    assert (sort.began_at, sort.ended_at) == (at(15), at(40))


def test_the_first_step_change_taken_back_leaves_nothing_held(afternoon: Afternoon) -> None:
    goes(afternoon, (5, Step.COLLECT))
    assert stays(afternoon)
    afternoon.cockpit(undo)
    assert stays(afternoon) == []


@pytest.mark.parametrize(
    ("seconds", "is_held"), [(0, False), (59.999, False), (60, True), (61, True)], ids=["none", "under", "one", "over"]
)
def test_a_minute_is_enough_to_be_held(seconds: float, is_held: bool) -> None:
    ended = MORNING + timedelta(seconds=seconds)
    assert bool(together([(Step.SORT, MORNING, ended)])) is is_held


def test_a_stay_without_a_known_begin_or_end_is_kept() -> None:
    found = together([(Step.ARRIVE, None, at(1)), (Step.COLLECT, at(1), None)])
    assert [(one.step, one.lasted) for one in found] == [(Step.ARRIVE, timedelta()), (Step.COLLECT, timedelta())]
