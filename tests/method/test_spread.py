"""How marks on one scale spread, and when a mean is told."""

from fractions import Fraction
from math import floor
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.spread import Spread, spread, tenths

ROOM = ["jobcenter", "traeger", "leistungsberechtigte"]
POINTS = range(1, 6)


def of(**marks: list[int]) -> Spread:
    return spread([(stakeholder, mark) for stakeholder, row in marks.items() for mark in row], ROOM, POINTS)


def test_counted_by_hand() -> None:
    marks = of(jobcenter=[5, 4, 4, 1], traeger=[2, 3])
    assert marks.counts == {
        "jobcenter": (1, 0, 0, 2, 1),
        "traeger": (0, 1, 1, 0, 0),
        "leistungsberechtigte": (0, 0, 0, 0, 0),
    }
    assert marks.distribution == (1, 1, 1, 2, 1)
    assert marks.people == {"jobcenter": 4, "traeger": 2, "leistungsberechtigte": 0}
    assert (marks.n, marks.total) == (6, 19)
    assert marks.high == {"jobcenter": 3, "traeger": 0, "leistungsberechtigte": 0}
    assert marks.high_in_all == 3
    assert marks.means == {"jobcenter": Fraction(7, 2), "traeger": Fraction(5, 2), "leistungsberechtigte": None}
    assert (marks.mean, marks.balanced) == (Fraction(19, 6), 3)
    assert (marks.median, marks.middle_half) == (Fraction(7, 2), (Fraction(9, 4), 4))


def test_the_balanced_mean_does_not_see_how_large_a_group_is() -> None:
    marks = of(jobcenter=[5] * 20, traeger=[1])
    assert (marks.balanced, marks.mean) == (3, Fraction(101, 21))


def test_of_nobody_there_is_no_mean() -> None:
    marks = of()
    assert marks.mean is marks.balanced is marks.median is marks.middle_half is None
    assert marks.told_mean is marks.told_balanced is None
    assert (marks.n, marks.total, marks.high_in_all) == (0, 0, 0)


def test_one_mark_is_its_own_middle() -> None:
    assert (of(traeger=[4]).median, of(traeger=[4]).middle_half) == (4, (4, 4))


def test_means_are_told_from_ten_people_on_and_counts_below() -> None:
    few, ten = of(jobcenter=[4] * 5, traeger=[3] * 4), of(jobcenter=[4] * 6, traeger=[3] * 4)
    assert (few.enough, few.told_mean, few.told_balanced) == (False, None, None)
    assert (ten.enough, ten.told_mean, ten.told_balanced) == (True, 36, 35)


def test_a_group_below_ten_has_no_mean_of_its_own_told() -> None:
    marks = of(jobcenter=[4] * 10, traeger=[3] * 9)
    assert marks.means["traeger"] == 3
    assert marks.told_means == {"jobcenter": 40, "traeger": None, "leistungsberechtigte": None}


@pytest.mark.parametrize(("mean", "told"), [("13/4", 33), ("3", 30), ("10/3", 33), ("11/3", 37), ("0", 0), ("1/20", 1)])
def test_a_mean_is_told_in_tenths_with_halves_rounded_up(mean: str, told: int) -> None:
    assert tenths(Fraction(mean)) == told


@given(st.fractions(min_value=0, max_value=10))
def test_tenths_are_the_nearest_and_the_upper_of_two(mean: Fraction) -> None:
    assert tenths(mean) == floor(10 * mean + Fraction(1, 2))


def test_what_is_off_the_scale_or_of_nobody_known_is_refused() -> None:
    assert of(traeger=[1, 5]).n == 2
    for mark in (0, 6):
        with pytest.raises(ValueError, match=f"{mark} is not between 1 and 5"):
            of(traeger=[mark])
    with pytest.raises(ValueError, match="unknown stakeholder: medien"):
        of(medien=[3])


@given(st.lists(st.tuples(st.sampled_from(ROOM), st.integers(0, 10)), max_size=40))
def test_an_independent_count_comes_to_the_same(given_marks: list[tuple[str, int]]) -> None:
    marks = spread(given_marks, ROOM, range(11))
    values = [mark for _, mark in given_marks]
    groups = {s: [mark for stakeholder, mark in given_marks if stakeholder == s] for s in ROOM}
    assert marks.distribution == tuple(values.count(mark) for mark in range(11))
    assert marks.counts == {s: tuple(group.count(mark) for mark in range(11)) for s, group in groups.items()}
    assert (marks.n, marks.total) == (len(values), sum(values))
    assert marks.high == {s: len([m for m in group if m >= 9]) for s, group in groups.items()}
    heard = [Fraction(sum(group), len(group)) for group in groups.values() if group]
    assert [mean for mean in marks.means.values() if mean is not None] == heard
    if values:
        assert marks.mean == Fraction(sum(values), len(values))
        assert marks.balanced == sum(heard) / len(heard)
    if len(values) > 1:
        lower, middle, upper = quantiles([Fraction(value) for value in values], n=4, method="inclusive")
        assert (marks.median, marks.middle_half) == (middle, (lower, upper))
    assert (marks.told_mean is not None) == (marks.told_balanced is not None) == (len(values) >= 10)
