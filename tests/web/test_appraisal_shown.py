"""The appraisal on every screen: nothing before the reveal, afterwards the same figures, counted as the method does."""

import random
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.appraising import Given, appraise
from dialog.spread import Spread
from dialog.words import Appraising, Step
from sessions.appraisal import AppraisalShown, appraisal_shown, tenths_in_words
from sessions.appraisal_marks import apart, marks
from tests.web.figure_tables import AppraisalTables
from tests.web.house import House
from tests.web.second_round import SecondRound

FEW = {"jobcenter": 3, "traeger": 2, "leistungsberechtigte": 3}


def rows_of(shown: AppraisalShown) -> list[list[str]]:
    """What a table with this appraisal must say."""
    if shown.options:
        return [
            [
                row.title,
                row.resistance.text,
                *(row.resistance_of[who.key].text for who in shown.voters),
                str(row.total),
                str(row.people),
            ]
            for row in shown.options
        ]
    return [
        [
            row.proposal.title,
            row.effect.text,
            row.feasibility.text,
            *(figures[who.key].text for who in shown.voters for figures in (row.effect_of, row.feasibility_of)),
            str(row.people),
        ]
        for row in shown.rows
    ]


def told(spread: Spread) -> str:
    """What the method says of everybody's marks, in German."""
    if not spread.enough:
        return f"{spread.high_in_all} von {spread.n}"
    assert spread.told_balanced is not None
    return f"{spread.told_balanced / 10:.1f}".replace(".", ",")


@pytest.fixture
def appraising(house: House) -> SecondRound:
    """Seven proposals, and the appraisal is open."""
    second = SecondRound(house)
    second.shows_tables()
    second.writes_proposals(7)
    second.opens()
    return second


def test_what_people_appraise_changes_no_page_before_the_reveal(appraising: SecondRound) -> None:
    appraising.everybody_appraises(seed=1)
    running = appraising.payloads()
    appraising.everybody_appraises(seed=2)
    assert appraising.payloads() == running
    appraising.closes()
    closed = appraising.payloads()
    appraising.everybody_appraises(seed=3)
    assert appraising.payloads() == closed
    appraising.reveals()
    assert appraising.payloads() != closed


def test_there_are_no_figures_before_the_reveal(appraising: SecondRound) -> None:
    appraising.everybody_appraises()
    for _stand in ("open", "closed"):
        assert appraising.presented(appraisal_shown) is None
        for page in (appraising.wall(), appraising.cockpit()):
            assert not AppraisalTables(page).rows
            assert "appraisal-matrix" not in page
        appraising.closes()
    appraising.reveals()
    assert appraising.presented(appraisal_shown) is not None
    assert AppraisalTables(appraising.cockpit()).rows


def test_every_page_shows_the_same_figures(appraising: SecondRound) -> None:
    appraising.everybody_appraises()
    appraising.reveals()
    expected = rows_of(appraising.presented(appraisal_shown))
    assert any("," in text for row in expected for text in row[1:])
    assert any(" von " in text for row in expected for text in row[1:])
    on_the_wall = [row for page in appraising.wall_pages("result") for row in AppraisalTables(page).rows]
    assert on_the_wall == expected
    assert AppraisalTables(appraising.cockpit()).rows == expected
    phone = appraising.guests[0][1].browser.get(f"/d/{appraising.house.dialogue_id}/").text
    assert AppraisalTables(phone).rows == expected
    for step in (Step.COMMIT, Step.CLOSE):
        appraising.house.goes_to(step)
        rows = AppraisalTables(appraising.cockpit()).rows
        assert rows == (expected if step is Step.COMMIT else []), step


def test_the_figures_are_those_of_the_method(appraising: SecondRound) -> None:
    appraising.everybody_appraises()
    appraising.reveals()
    found, shown = appraising.figures, appraising.presented(appraisal_shown)
    assert [row.proposal.id for row in shown.rows] == [placed.proposal for placed in found.placed]
    for row, placed in zip(shown.rows, found.placed, strict=True):
        assert (row.effect.text, row.feasibility.text) == (told(placed.effect), told(placed.feasibility))
        assert (row.people, row.shared, row.split) == (placed.n, placed.shared, placed.divided)
        few = placed.effect.high["traeger"]
        assert row.effect_of["traeger"].text == f"{few} von 5"
        assert row.effect_of["traeger"].words == f"{few} von 5 geben 4 oder 5"
    assert len(shown.marks) == 7


def test_few_people_are_told_as_people_and_have_no_place(house: House) -> None:
    second = SecondRound(house, people=FEW)
    second.shows_tables()
    second.writes_proposals(3)
    second.opens()
    second.everybody_appraises()
    second.reveals()
    shown = second.presented(appraisal_shown)
    assert shown.marks == []
    for page in (*second.wall_pages("result"), second.cockpit()):
        rows = AppraisalTables(page).rows
        assert len(rows) == 3
        assert all(" von " in text for row in rows for text in row[1:-1])
        assert "appraisal-matrix" not in page
    assert "Unter 10 Personen" in second.cockpit()


def test_resistance_always_has_everything_staying_as_it_is(house: House) -> None:
    second = SecondRound(house, how=Appraising.RESISTANCE)
    second.shows_tables()
    second.writes_proposals(10)
    second.opens()
    second.everybody_appraises()
    assert second.presented(appraisal_shown) is None
    second.reveals()
    shown = second.presented(appraisal_shown)
    found = second.figures
    assert [row.total for row in shown.options] == [option.resistance.total for option in found.options]
    assert [row.resistance.text for row in shown.options] == [told(option.resistance) for option in found.options]
    phone = second.guests[0][1].browser.get(f"/d/{second.house.dialogue_id}/").text
    for page in (second.cockpit(), phone):
        assert AppraisalTables(page).rows == rows_of(shown)
    assert '</span><span class="nowrap resistance-less">' not in phone
    assert '</span> <span class="nowrap resistance-less">' in phone
    pages = [AppraisalTables(page).rows for page in second.wall_pages("result")]
    assert len(pages) > 1
    assert all([row[0] for row in page].count("Es bleibt, wie es ist") == 1 for page in pages)
    seen = [row for page in pages for row in page if row[0] != "Es bleibt, wie es ist"]
    assert seen == [row for row in rows_of(shown) if row[0] != "Es bleibt, wie es ist"]


def test_resistance_of_few_is_told_as_its_sum(house: House) -> None:
    second = SecondRound(house, people=FEW, how=Appraising.RESISTANCE)
    second.shows_tables()
    second.writes_proposals(2)
    second.opens()
    second.everybody_appraises()
    second.reveals()
    for row in second.presented(appraisal_shown).options:
        assert row.resistance.text == f"Summe {row.total}"
        assert row.resistance.words == f"Summe {row.total} von höchstens 80"
        assert row.acceptance == ""


def test_who_kept_silent_is_said(appraising: SecondRound) -> None:
    appraising.guests = [(who, guest) for who, guest in appraising.guests if who != "traeger"]
    appraising.everybody_appraises()
    appraising.reveals()
    sentence = "Niemand hat bewertet: Träger"
    assert sentence in appraising.cockpit()
    assert sentence in appraising.wall_pages("result")[-1]


# --- The picture ------------------------------------------------------------------------------------------------------

PLACES = st.lists(st.tuples(st.floats(8, 96), st.floats(8, 96)), max_size=40)


@settings(deadline=None, max_examples=40)
@given(PLACES)
def test_no_mark_covers_another_and_all_stay_inside(places: list[tuple[float, float]]) -> None:
    at = apart(places, 3.0)
    assert apart(places, 3.0) == at
    assert all(3 <= x <= 97 and 3 <= y <= 97 for x, y in at)
    # Numbers stay readable: two circles overlap by less than a fifth of their width.
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 4.8 for i, a in enumerate(at) for b in at[:i])


def test_forty_proposals_with_the_same_figures_stay_apart() -> None:
    at = apart([(60.0, 40.0)] * 40, 3.0)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 4.8 for i, a in enumerate(at) for b in at[:i])


def test_marks_that_lie_apart_stay_where_they_are() -> None:
    places = [(20.0, 20.0), (50.0, 50.0), (80.0, 30.0)]
    assert apart(places, 4.0) == places


def test_a_mark_stands_where_its_means_are() -> None:
    chance = random.Random(4)
    said = [
        Given(stakeholder=who, proposal="a", effect=effect, feasibility=2, resistance=None)
        for who, effect in [("x", 5)] * 6 + [("y", chance.choice((3, 3)))] * 4
    ]
    placed = appraise(["a", "b"], said, {"x": 6, "y": 4}, Appraising.EFFECT_FEASIBILITY).placed
    (mark,) = marks(placed, {"a": 7, "b": 8})
    assert mark.number == 7
    # Balanced effect 4 of 1 to 5 is three quarters of the way, feasibility 2 a quarter upwards.
    assert (mark.x, mark.y) == (74.0, 70.0)
    assert (mark.at_x, mark.at_y, mark.led) == (74.0, 70.0, False)


def test_tenths_are_written_with_a_comma(house: House) -> None:
    with house.app.test_request_context("/"):
        assert [tenths_in_words(tenths) for tenths in (34, 50, 0)] == ["3,4", "5,0", "0,0"]
