"""The result of the vote and the mirror: the same numbers on every page, and none before its time."""

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dialog import attribution, queries
from dialog.commands.close_voting import CloseVoting, close_voting
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.reveal_result import RevealResult, reveal_result
from dialog.commands.show_picture import ShowPicture, show_picture
from dialog.commands.undo import Undo, undo
from dialog.shares import share_of
from dialog.tally import Ballot, Result, tally
from dialog.words import Step, Valence
from sessions import mirror, results
from sessions.results import VoteShown, present_vote, share_in_words, vote_or_none
from sessions.stakeholders import Who, breakable
from tests.method.test_tally import votes
from tests.web.afternoon import Afternoon
from tests.web.figure_tables import ResultTables
from tests.web.house import House


def rows_of(vote: VoteShown) -> list[list[str]]:
    """What a table with this vote must say."""
    return [
        [
            row.title,
            *(row.cells[who.key].text for who in vote.voters),
            *([row.all.text] if row.all else []),
            str(row.raw),
        ]
        for row in vote.rows
    ]


def shown(result: Result) -> VoteShown:
    whos = [Who(key=key, label=key, short=key, narrow=key, sign="■", palette=1) for key in result.present]
    return present_vote(result, {topic.topic: topic.topic.upper() for topic in result.topics}, whos)


@pytest.fixture
def speaking(app: Flask) -> Iterator[None]:
    """German, as every page that is no participant's."""
    with app.test_request_context("/"):
        yield


# --- The presenter ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("speaking")
def test_a_share_is_said_in_one_way() -> None:
    assert share_in_words(share_of(5, 11)) == "45\N{NO-BREAK SPACE}%"
    assert share_in_words(share_of(4, 6)) == "4 von 6"
    assert share_in_words(share_of(0, 0)) == "–"


@pytest.mark.usefixtures("speaking")
def test_the_presenter_adds_nothing_to_the_tally() -> None:
    @given(votes())
    def same(drawn: tuple[list[str], list[Ballot], dict[str, int]]) -> None:
        result = tally(*drawn)
        vote = shown(result)
        assert [row.topic_id for row in vote.rows] == [topic.topic for topic in result.topics]
        for row, topic in zip(vote.rows, result.topics, strict=True):
            assert (row.rank, row.raw, row.shared, row.split) == (topic.rank, topic.raw, topic.shared, topic.divided)
            for key, cell in row.cells.items():
                assert cell.text == share_in_words(share_of(topic.voters[key], result.voted[key]))
                assert abs(Fraction(cell.share) - 100 * (topic.shares[key] or 0)) < Fraction(1, 10)
        assert (vote.voted, vote.present, vote.abstained) == (
            result.voted_in_all,
            result.present_in_all,
            result.abstained_in_all,
        )
        assert [turnout.abstained for turnout in vote.turnout] == list(result.abstained.values())
        assert [who.key for who in vote.silent] == list(result.silent)

    same()


@pytest.mark.usefixtures("speaking")
def test_below_ten_people_nothing_is_told_in_percent() -> None:
    @given(votes())
    def no_percent(drawn: tuple[list[str], list[Ballot], dict[str, int]]) -> None:
        result = tally(*drawn)
        for row in shown(result).rows:
            for key, cell in row.cells.items():
                assert ("%" in cell.text) == (result.voted[key] >= 10)
            assert (row.all is not None) == (result.voted_in_all >= 10)

    no_percent()


@pytest.mark.usefixtures("speaking")
def test_ties_are_shown_as_ties() -> None:
    ballots = [Ballot(stakeholder="a", votes={topic: 1}) for topic in ("x", "y")]
    vote = shown(tally(["x", "y", "z", "w"], ballots, {"a": 2}))
    assert [(row.rank, row.tied) for row in vote.rows] == [(1, True), (1, True), (3, False), (3, False)]


def test_long_names_break_at_their_seams() -> None:
    assert breakable("Leistungsberechtigte") == "Leistungs\N{SOFT HYPHEN}berechtigte"
    assert breakable("Öffentlichkeit") == "Öffentlich\N{SOFT HYPHEN}keit"
    assert breakable("Jobcenter") == "Jobcenter"


@given(st.text())
def test_breaking_changes_no_letter(name: str) -> None:
    assert breakable(name).replace("\N{SOFT HYPHEN}", "") == name.replace("\N{SOFT HYPHEN}", "")


# --- The pages --------------------------------------------------------------------------------------------------------


@pytest.fixture
def afternoon(house: House) -> Afternoon:
    """Sorted and nominated, the vote is open, and all but Ben have voted."""
    return Afternoon(house)


def test_every_page_shows_the_same_result(afternoon: Afternoon) -> None:
    afternoon.counts()
    expected = rows_of(afternoon.presented(results.vote))
    assert len(expected) > 3
    assert any("%" in text for row in expected for text in row)
    assert any(" von " in text for row in expected for text in row)
    for step in (Step.WEIGH, Step.MIRROR):
        afternoon.house.goes_to(step)
        for name, html in afternoon.pages().items():
            assert ResultTables(html).rows == expected, f"{name} in {step}"


def test_what_people_vote_changes_no_page_before_the_reveal(afternoon: Afternoon) -> None:
    running = afternoon.payloads()
    afternoon.everybody_votes(random.Random(2))
    assert afternoon.payloads() == running
    afternoon.house.does(close_voting, CloseVoting)
    closed = afternoon.payloads()
    afternoon.everybody_votes(random.Random(3))
    assert afternoon.payloads() == closed
    afternoon.house.does(reveal_result, RevealResult)
    assert afternoon.payloads() != closed


def test_there_is_no_result_before_the_reveal(afternoon: Afternoon) -> None:
    with pytest.raises(results.NotRevealed):
        afternoon.presented(results.vote)
    assert afternoon.presented(vote_or_none) is None
    assert not any(ResultTables(html).rows for html in afternoon.pages().values())
    afternoon.counts()
    assert afternoon.presented(vote_or_none) is not None
    afternoon.house.does(undo, Undo)
    assert afternoon.presented(vote_or_none) is None
    assert not any(ResultTables(html).rows for html in afternoon.pages().values())


def test_a_share_of_few_is_never_a_percentage_on_any_page(house: House) -> None:
    afternoon = Afternoon(house, people={"jobcenter": 3, "traeger": 3, "leistungsberechtigte": 3})
    afternoon.counts()
    for name, html in afternoon.pages().items():
        figures = [text for _, *texts in ResultTables(html).rows for text in texts]
        assert any(" von " in text for text in figures), name
        assert not any("%" in text for text in figures), name


def test_who_has_not_voted_is_shown(house: House) -> None:
    afternoon = Afternoon(house, silent="traeger")
    afternoon.counts()
    for name, html in afternoon.pages().items():
        assert "Niemand hat abgestimmt: Träger" in html, name
        assert "–" in [text for row in ResultTables(html).rows for text in row], name
        assert "Ohne Stimme: 7" in html, name


def test_the_mirror_counts_as_the_method_does(afternoon: Afternoon) -> None:
    house = afternoon.house
    said = house.looks(queries.said, house.dialogue_id)
    assert len(said) > 10
    keys = [stakeholder.key for stakeholder in afternoon.plan.participating]
    addressed = [stakeholder.key for stakeholder in afternoon.plan.stakeholders]
    counted = attribution.who_about_whom(said, keys, addressed)
    for valence, matrix in afternoon.presented(mirror.matrices).items():
        assert matrix.cells == counted[Valence(valence)].mentions
        assert (matrix.cards, matrix.mentions) == (
            counted[Valence(valence)].cards_in_all,
            counted[Valence(valence)].mentions_in_all,
        )
    for row in afternoon.presented(mirror.attribution):
        assert (row.elsewhere, row.failing) == attribution.to_others(said, row.who.key)


def test_a_hidden_card_leaves_the_mirror_of_every_page(afternoon: Afternoon) -> None:
    house = afternoon.house
    house.goes_to(Step.MIRROR)
    image = afternoon.presented(mirror.image, "jobcenter")
    card = image.own[0]
    house.does(show_picture, ShowPicture, picture="image:jobcenter")
    assert card.text in afternoon.wall()
    house.does(hide_card, HideCard, card_id=card.id)
    assert card.id not in {kept.id for kept in afternoon.presented(mirror.image, "jobcenter").own}
    assert card.text not in afternoon.wall()
    latecomer = house.joins("jobcenter").browser.get(f"/d/{house.dialogue_id}/").text
    assert image.own[1].text in latecomer
    assert card.text not in latecomer, "Only its author still sees a hidden card."
