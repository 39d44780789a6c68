"""From appraisals to figures: each stakeholder counts the same, and few people are told as people."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.appraising import Appraisals, Given, Option, Placed, appraise
from dialog.shares import percent, share_of
from dialog.words import Appraising

MATRIX, CONSENSING = Appraising.EFFECT_FEASIBILITY, Appraising.RESISTANCE
ROOM = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
"""Region Nord of the reference data set."""


def marks(stakeholder: str, proposal: str, *pairs: str) -> list[Given]:
    """One appraisal for each pair of digits: effect, feasibility. A dash leaves one open."""
    effect_and_feasibility = [[None if mark == "-" else int(mark) for mark in pair] for pair in pairs]
    return [
        Given(stakeholder=stakeholder, proposal=proposal, effect=effect, feasibility=feasibility, resistance=None)
        for effect, feasibility in effect_and_feasibility
    ]


def against(stakeholder: str, proposal: str | None, *resistance: int) -> list[Given]:
    return [
        Given(stakeholder=stakeholder, proposal=proposal, effect=None, feasibility=None, resistance=mark)
        for mark in resistance
    ]


def placed(result: Appraisals, proposal: str) -> Placed:
    (found,) = [one for one in result.placed if one.proposal == proposal]
    return found


def option(result: Appraisals, proposal: str | None) -> Option:
    (found,) = [one for one in result.options if one.proposal == proposal]
    return found


def region_nord() -> Appraisals:
    return appraise(
        ["lotsen", "fallpaten"],
        [
            *marks("jobcenter", "lotsen", "52", "52", "42", "42", "52"),
            *marks("traeger", "lotsen", "44", "34", "44", "53", "34", "35"),
            *marks("jobcenter", "fallpaten", "33", "24"),
        ],
        ROOM,
        MATRIX,
    )


def test_region_nord_counted_by_hand() -> None:
    lotsen = placed(region_nord(), "lotsen")
    assert lotsen.n == 11
    assert lotsen.people == {"jobcenter": 5, "traeger": 6, "leistungsberechtigte": 0}
    assert lotsen.effect.means == {
        "jobcenter": Fraction(23, 5),
        "traeger": Fraction(22, 6),
        "leistungsberechtigte": None,
    }
    assert lotsen.effect.balanced == (Fraction(23, 5) + Fraction(22, 6)) / 2
    assert lotsen.feasibility.distribution == (0, 5, 1, 4, 1)
    assert lotsen.score == (Fraction(23, 5) + Fraction(22, 6)) / 2 + 3
    assert (lotsen.enough, lotsen.effect.told_balanced) == (True, 41)


def test_who_is_in_the_room_and_appraised_nothing_is_named() -> None:
    assert region_nord().silent == ("leistungsberechtigte",)
    everybody_left = appraise(["a"], marks("traeger", "a", "55"), {"jobcenter": 0, "traeger": 1}, MATRIX)
    assert everybody_left.silent == ()


def test_below_ten_people_no_mean_is_told_but_four_of_six() -> None:
    proposal = placed(appraise(["a"], marks("traeger", "a", "44", "54", "42", "51", "12", "21"), ROOM, MATRIX), "a")
    assert not proposal.enough
    assert proposal.effect.told_balanced is None
    told = share_of(proposal.effect.high["traeger"], proposal.effect.people["traeger"])
    assert (told.kind, told.votes, told.n) == ("count", 4, 6)


def test_the_better_placed_comes_first_and_ties_share_a_place() -> None:
    result = appraise(
        ["none", "d", "a", "b", "c"],
        [
            *marks("traeger", "a", "42"),
            *marks("traeger", "b", "24"),
            *marks("traeger", "c", "55"),
            *marks("traeger", "d", "11"),
        ],
        {"traeger": 1},
        MATRIX,
    )
    assert [(one.proposal, one.rank) for one in result.placed] == [
        ("c", 1),
        ("a", 2),
        ("b", 2),
        ("d", 4),
        ("none", None),
    ]


def test_a_small_group_weighs_as_much_as_a_large_one() -> None:
    result = appraise(
        ["of-many", "of-few"],
        [
            *marks("jobcenter", "of-many", *["55"] * 11),
            *marks("traeger", "of-many", "11"),
            *marks("jobcenter", "of-few", *["11"] * 11),
            *marks("traeger", "of-few", "55"),
        ],
        ROOM,
        MATRIX,
    )
    assert [one.rank for one in result.placed] == [1, 1]


def test_half_an_appraisal_counts_where_it_was_given() -> None:
    proposal = placed(appraise(["a"], marks("traeger", "a", "4-", "-2", "--"), ROOM, MATRIX), "a")
    assert (proposal.n, proposal.effect.n, proposal.feasibility.n) == (2, 1, 1)
    assert proposal.score == 6
    only_effect = placed(appraise(["a"], marks("traeger", "a", "4-"), ROOM, MATRIX), "a")
    assert (only_effect.score, only_effect.rank) == (None, None)


def test_ten_of_one_mark_are_not_enough_for_a_place() -> None:
    pairs = ["33"] * 9
    assert not placed(appraise(["a"], marks("jobcenter", "a", *pairs, "3-"), ROOM, MATRIX), "a").enough
    assert placed(appraise(["a"], marks("jobcenter", "a", *pairs, "33"), ROOM, MATRIX), "a").enough


@pytest.mark.parametrize(
    ("jobcenter", "traeger", "shared"),
    [
        (["44", "55", "11"], ["45", "33"], True),  # two of three, and exactly one of two
        (["44", "11", "11"], ["45", "33"], False),  # one of three
        (["43", "53", "11"], ["45", "33"], False),  # effect only
        (["34", "35", "11"], ["45", "33"], False),  # feasibility only
        (["41", "14"], ["41", "14"], True),  # half of them each, though not the same people
        (["44"], [], False),  # nobody to share with
        (["44"], ["4-"], False),  # nothing said about feasibility
    ],
)
def test_shared_from_exactly_half_of_every_group(jobcenter: list[str], traeger: list[str], shared: bool) -> None:
    given_marks = marks("jobcenter", "a", *jobcenter) + marks("traeger", "a", *traeger)
    assert placed(appraise(["a"], given_marks, ROOM, MATRIX), "a").shared is shared


def divided(room: dict[str, int], *given_marks: Sequence[Given]) -> bool:
    return placed(appraise(["a"], [one for row in given_marks for one in row], room, MATRIX), "a").divided


def test_views_go_apart_from_one_and_a_half_points_in_one_of_the_two() -> None:
    room = {"jobcenter": 6, "traeger": 6}
    low = marks("jobcenter", "a", *["33"] * 6)
    assert divided(room, low, marks("traeger", "a", *["53", "43"] * 3))
    assert divided(room, low, marks("traeger", "a", *["31", "32"] * 3))
    assert not divided(room, low, marks("traeger", "a", *["53", "43", "43", "43", "43", "53"]))
    assert not divided(room, low, marks("traeger", "a", *["44"] * 6))


def test_fewer_than_five_of_a_group_in_the_room_leave_it_open() -> None:
    low, high = marks("jobcenter", "a", *["11"] * 5), marks("traeger", "a", *["55"] * 5)
    room = {"jobcenter": 5, "traeger": 5}
    assert divided(room, low, high)
    assert divided({**room, "media": 0}, low, high)
    assert not divided({**room, "media": 1}, low, high)
    assert not divided(room, low, high[:4])
    assert not divided({"jobcenter": 5}, low)


def konsensieren() -> Appraisals:
    return appraise(
        ["lotsen", "fallpaten", "unheard"],
        [
            *against("jobcenter", "lotsen", 0, 2, 4, 2),
            *against("traeger", "lotsen", 6),
            *against("jobcenter", "fallpaten", 8, 10),
            *against("traeger", "fallpaten", 7),
            *against("jobcenter", None, 6, 10),
            *against("traeger", None, 6),
        ],
        ROOM,
        CONSENSING,
    )


def test_resistance_counted_by_hand() -> None:
    lotsen = option(konsensieren(), "lotsen")
    assert (lotsen.n, lotsen.resistance.total, lotsen.resistance.mean) == (5, 14, Fraction(14, 5))
    assert lotsen.resistance.balanced == 4
    assert percent(lotsen.acceptance or Fraction()) == 60
    assert percent(lotsen.acceptance_raw or Fraction()) == 72
    assert not lotsen.enough


def test_least_resistance_comes_first_and_staying_as_it_is_is_one_of_the_options() -> None:
    assert [(one.proposal, one.rank, one.below_status_quo) for one in konsensieren().options] == [
        ("lotsen", 1, True),
        (None, 2, False),
        ("fallpaten", 3, False),
        ("unheard", None, False),
    ]
    assert konsensieren().placed == ()
    assert konsensieren().silent == ("leistungsberechtigte",)


def test_a_tie_with_staying_as_it_is_is_a_tie_and_not_below_it() -> None:
    result = appraise(["a"], against("traeger", "a", 4) + against("traeger", None, 4), ROOM, CONSENSING)
    assert [(one.proposal, one.rank, one.below_status_quo) for one in result.options] == [
        ("a", 1, False),
        (None, 1, False),
    ]


def test_without_anybody_every_proposal_is_still_there() -> None:
    assert [one.proposal for one in appraise(["a", "b"], [], ROOM, MATRIX).placed] == ["a", "b"]
    nobody = appraise(["a"], [], {}, CONSENSING)
    assert [(one.proposal, one.rank, one.acceptance) for one in nobody.options] == [
        ("a", None, None),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("proposals", "given_marks", "room", "how", "complaint"),
    [
        (["a", "a"], [], {}, MATRIX, "stands twice"),
        (["a"], marks("traeger", "b", "33"), {"traeger": 1}, MATRIX, "unknown proposal: b"),
        (["a"], marks("traeger", "a", "33"), {"jobcenter": 1}, MATRIX, "unknown stakeholder: traeger"),
        (["a"], [], {"traeger": -1}, MATRIX, "negative number of people"),
        (["a"], marks("traeger", "a", "33", "44"), {"traeger": 1}, MATRIX, "more appraisals of a than people"),
        (["a"], marks("traeger", "a", "33"), {"traeger": 1}, CONSENSING, "do not belong"),
        (["a"], against("traeger", "a", 3), {"traeger": 1}, MATRIX, "do not belong"),
        (["a"], against("traeger", None, 3), {"traeger": 1}, MATRIX, "unknown proposal: None"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    proposals: list[str], given_marks: list[Given], room: dict[str, int], how: Appraising, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        appraise(proposals, given_marks, room, how)


@pytest.mark.parametrize("pair", ["06", "60", "16", "03"])
def test_a_point_is_one_to_five(pair: str) -> None:
    with pytest.raises(ValueError, match="is not between 1 and 5"):
        marks("traeger", "a", pair)


def test_resistance_is_nought_to_ten_and_all_that_can_be_said_of_staying_as_it_is() -> None:
    assert len(against("traeger", None, 0, 10)) == 2
    for mark in (-1, 11):
        with pytest.raises(ValueError, match="is not between 0 and 10"):
            against("traeger", None, mark)
    with pytest.raises(ValueError, match="neither effect nor feasibility"):
        Given(stakeholder="traeger", proposal=None, effect=3, feasibility=None, resistance=None)


PROPOSALS = ["a", "b", "c", "d"]
Room = tuple[list[Given], dict[str, int]]


@st.composite
def appraisals(draw: st.DrawFn, how: Appraising) -> Room:
    point, resistance = st.none() | st.integers(1, 5), st.none() | st.integers(0, 10)
    given_marks: list[Given] = []
    room = {}
    for stakeholder in draw(st.lists(st.sampled_from([*ROOM, "media"]), unique=True)):
        room[stakeholder] = draw(st.integers(0, 7))
        for proposal in PROPOSALS if how is MATRIX else [*PROPOSALS, None]:
            for _ in range(draw(st.integers(0, room[stakeholder]))):
                one = Given(
                    stakeholder=stakeholder,
                    proposal=proposal,
                    effect=draw(point) if how is MATRIX else None,
                    feasibility=draw(point) if how is MATRIX else None,
                    resistance=draw(resistance) if how is CONSENSING else None,
                )
                given_marks.append(one)
    return given_marks, room


def mean_of_means(groups: Sequence[Sequence[int]]) -> Fraction | None:
    means = [Fraction(sum(group), len(group)) for group in groups if group]
    return sum(means, Fraction(0)) / len(means) if means else None


@given(appraisals(MATRIX))
def test_an_independent_count_of_the_matrix_comes_to_the_same(drawn: Room) -> None:
    given_marks, room = drawn
    result = appraise(PROPOSALS, given_marks, room, MATRIX)
    assert sorted(one.proposal for one in result.placed) == PROPOSALS
    spoke = {one.stakeholder for one in given_marks if one.effect or one.feasibility}
    assert set(result.silent) == {s for s in room if room[s]} - spoke
    for one in result.placed:
        rows = [g for g in given_marks if g.proposal == one.proposal]
        effect = {s: [g.effect for g in rows if g.stakeholder == s and g.effect] for s in room}
        feasibility = {s: [g.feasibility for g in rows if g.stakeholder == s and g.feasibility] for s in room}
        said = {s: len([g for g in rows if g.stakeholder == s and (g.effect or g.feasibility)]) for s in room}
        assert one.people == said
        assert one.effect.balanced == mean_of_means(list(effect.values()))
        assert one.feasibility.balanced == mean_of_means(list(feasibility.values()))
        heard = [s for s in room if said[s]]
        high = all(
            marks[s] and len([m for m in marks[s] if m > 3]) / len(marks[s]) >= 0.5
            for marks in (effect, feasibility)
            for s in heard
        )
        assert one.shared == (len(heard) > 1 and high)
        apart = []
        for marks in (effect, feasibility):
            means = [10 * Fraction(sum(group), len(group)) for group in marks.values() if group]
            filled = all(len(marks[s]) >= 5 for s in room if room[s])
            apart.append(filled and len(means) > 1 and max(means) - min(means) >= 15)
        assert one.divided == any(apart)


@given(appraisals(MATRIX))
def test_places_in_the_matrix_follow_the_scores(drawn: Room) -> None:
    result = appraise(PROPOSALS, *drawn, MATRIX)
    scores = [one.score for one in result.placed]
    known = [score for score in scores if score is not None]
    assert scores == sorted(known, reverse=True) + [None] * (len(scores) - len(known))
    for one in result.placed:
        assert one.rank == (None if one.score is None else 1 + sum(score > one.score for score in known))
        equal = [other.proposal for other in result.placed if other.score == one.score]
        assert equal == sorted(equal)


@given(appraisals(CONSENSING))
def test_an_independent_count_of_resistance_comes_to_the_same(drawn: Room) -> None:
    given_marks, room = drawn
    result = appraise(PROPOSALS, given_marks, room, CONSENSING)
    values = {
        one: [[g.resistance for g in given_marks if g.stakeholder == s and g.proposal == one] for s in room]
        for one in [*PROPOSALS, None]
    }
    rows = {one: [[m for m in group if m is not None] for group in groups] for one, groups in values.items()}
    means = {one: mean_of_means(groups) for one, groups in rows.items()}
    known = sorted(mean for mean in means.values() if mean is not None)
    assert [one.resistance.balanced for one in result.options] == known + [None] * (5 - len(known))
    for one in result.options:
        mean = means[one.proposal]
        assert one.resistance.total == sum(sum(group) for group in rows[one.proposal])
        assert one.n == sum(len(group) for group in rows[one.proposal])
        if mean is None:
            assert (one.rank, one.acceptance, one.acceptance_raw) == (None, None, None)
        else:
            assert one.rank == 1 + known.index(mean)
            assert one.acceptance == (10 - mean) / 10
            assert one.acceptance_raw == 1 - Fraction(one.resistance.total, 10 * one.n)
        now = means[None]
        assert one.below_status_quo == (None not in (mean, now) and sorted([mean, now]) != [now, mean])


@given(st.sampled_from(Appraising).flatmap(lambda how: st.tuples(st.just(how), appraisals(how))))
def test_the_order_of_the_appraisals_does_not_matter(drawn: tuple[Appraising, Room]) -> None:
    how, (given_marks, room) = drawn
    assert appraise(PROPOSALS, given_marks[::-1], room, how) == appraise(PROPOSALS, given_marks, room, how)


@given(appraisals(MATRIX))
def test_a_group_counted_twice_over_leaves_every_place_as_it_was(drawn: Room) -> None:
    given_marks, room = drawn
    doubled = [*given_marks, *(one for one in given_marks if one.stakeholder == "jobcenter")]
    larger = {s: people * 2 if s == "jobcenter" else people for s, people in room.items()}
    before, after = (
        [(one.proposal, one.effect.balanced, one.feasibility.balanced, one.rank, one.shared) for one in found.placed]
        for found in (appraise(PROPOSALS, given_marks, room, MATRIX), appraise(PROPOSALS, doubled, larger, MATRIX))
    )
    assert before == after
