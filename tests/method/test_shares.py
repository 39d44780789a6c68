"""How a share may be told: as people below ten, in whole percent from ten on."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.shares import percent, share_of


def test_four_of_six_are_told_as_people() -> None:
    share = share_of(4, 6)
    assert (share.kind, share.votes, share.n, share.percent) == ("count", 4, 6, None)


def test_percentages_begin_with_ten_people() -> None:
    assert share_of(9, 9).kind == "count"
    assert (share_of(7, 10).kind, share_of(7, 10).percent) == ("percent", 70)


def test_where_nobody_can_be_asked_there_is_no_share() -> None:
    assert share_of(0, 0).kind == "none"


@pytest.mark.parametrize(
    ("votes", "n", "told"),
    [(1, 200, 1), (1, 201, 0), (5, 40, 13), (29, 40, 73), (2, 12, 17)],
)
def test_halves_are_rounded_up(votes: int, n: int, told: int) -> None:
    assert share_of(votes, n).percent == told


@pytest.mark.parametrize(("votes", "n"), [(-1, 6), (7, 6), (1, 0), (0, -1)])
def test_what_is_no_share_is_refused(votes: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        share_of(votes, n)


@given(st.fractions(min_value=0, max_value=1))
def test_percent_is_the_nearest_whole_and_the_upper_of_two(fraction: Fraction) -> None:
    assert percent(fraction) == floor(fraction * 100 + Fraction(1, 2))
    assert -Fraction(1, 2) < percent(fraction) - fraction * 100 <= Fraction(1, 2)


@given(st.integers(10, 500).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_one_vote_more_never_makes_less(share: tuple[int, int]) -> None:
    votes, n = share
    fewer, more = share_of(votes, n).percent, share_of(votes + 1, n).percent
    assert fewer is not None
    assert more is not None
    assert 0 <= fewer <= more <= 100
