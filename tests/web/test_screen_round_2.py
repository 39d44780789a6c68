"""The wall in round 2: every picture of every step, and nothing that has not been shown or revealed."""

import json
import re

import pytest

from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.commands.wish_topics import WishTopics, wish_topics
from dialog.words import Appraising, Step
from sessions.entries import TableShown
from sessions.promises import PromiseShown
from sessions.proposals import ProposalShown
from sessions.screen.paging_round_2 import gallery_pages, promise_pages, proposal_pages, tables_pages, text_pages
from sessions.screen.pictures import FITS
from sessions.tables_now import TableNow
from tests.web.house import TODAY, House, numbers_in
from tests.web.second_round import SecondRound, main_of

SMALL = {"jobcenter": 3, "traeger": 2, "leistungsberechtigte": 3}


@pytest.fixture
def second(house: House) -> SecondRound:
    """Three tables for nine people are drawn, and nobody has been shown them."""
    return SecondRound(house, people=SMALL)


def items(html: str, kind: str) -> list[str]:
    """The texts of the list items of this class."""
    found = re.findall(rf'<li class="{kind}[^"]*">(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", item).split()) for item in found]


# --- Mix --------------------------------------------------------------------------------------------------------------


def test_a_draw_that_nobody_has_been_shown_is_not_on_the_wall(second: SecondRound) -> None:
    assert len(second.tables) == 3
    for query in ("", "?picture=tables&page=1&over=mix.preparing.preparing.step", "?picture=table:1&page=1&over=x"):
        html = second.wall(query=query)
        assert "Wir mischen die Tische" in main_of(html)
        assert "wall-table" not in html
        assert second.by_hand.number not in numbers_in(html)
    board = second.house.carl().get(f"{second.wall_address}board.json").json
    assert board["tables"] == {}


def test_all_tables_are_found_by_number_sign_topic_and_the_own_number(second: SecondRound) -> None:
    second.shows_tables()
    html = second.wall()
    shown = items(html, "wall-table")
    assert [item.split()[1] for item in shown] == ["1", "2", "3"]
    for item, word in zip(shown, ("Anker", "Sonne", "Schirm"), strict=True):
        assert word in item
        assert "Thema noch offen" in item
    assert numbers_in(html).count(second.by_hand.number) == 1
    assert not any(guest.number in numbers_in(html) for _who, guest in second.guests), "Who has a phone looks there."
    people = sum(int(number) for number in re.findall(r"</svg> (\d+)</span>", main_of(html)))
    assert people == 9


def test_who_has_left_is_not_looked_for(second: SecondRound) -> None:
    second.shows_tables()
    assert second.by_hand.number in numbers_in(second.wall())
    second.house.does(remove_person, RemovePerson, person_id=second.by_hand.id)
    assert second.by_hand.number not in numbers_in(second.wall())


def test_before_the_draw_is_shown_the_wall_counts_who_has_named_a_topic(second: SecondRound) -> None:
    house, (_who, anna) = second.house, second.guests[0]
    assert "haben ein Thema genannt" not in second.wall(), "There is no topic to name."
    house.goes_to(Step.NOMINATE)
    topic_id = house.does(make_topic, MakeTopic, group_id=anna.group_id, title="Rückrufe").happenings[0].topic.id
    house.does(nominate_topics, NominateTopics, group_id=anna.group_id, topic_ids=(topic_id,))
    house.goes_to(Step.MIRROR)
    house.does(choose_topics, ChooseTopics, topic_ids=(topic_id,))
    house.goes_to(Step.MIX)
    house.does(wish_topics, WishTopics, **house.acting(anna), topic_ids=(topic_id,))
    html = second.wall()
    assert "Rückrufe" in html
    assert '<span data-count="wished">1</span> von <span data-count="voters">9</span>' in html


# --- The tables work --------------------------------------------------------------------------------------------------


def test_the_wall_tells_how_far_tables_are_and_nothing_they_write(second: SecondRound) -> None:
    second.shows_tables()
    second.house.goes_to(Step.ENVISION)
    second.writes_vision(0, "Alle kennen einander")
    html = second.wall()
    assert "1 von 3 Tischen haben ein Ideal" in html
    assert items(html, "wall-step") == ["Tisch 1 ⚓︎ 1 Satz", "Tisch 2 ☀︎ noch nichts", "Tisch 3 ☂︎ noch nichts"]
    assert "Alle kennen einander" not in html
    board = second.house.carl().get(f"{second.wall_address}board.json").json
    assert "Alle kennen einander" not in json.dumps(board, ensure_ascii=False)
    assert "Alle kennen einander" in second.wall("table:1"), "It is there, on demand."


def test_the_wall_says_who_has_no_benefit_yet(second: SecondRound) -> None:
    second.shows_tables()
    second.house.goes_to(Step.TRANSLATE)
    second.writes_benefit(0, "jobcenter", "Weniger Rückfragen")
    for who in SMALL:
        second.writes_benefit(1, who, "Weniger Wege")
    html = second.wall()
    assert "1 von 3 Tischen haben für alle einen Vorteil" in html
    first, whole, empty = re.findall(r'<li class="wall-step.*?</li>', html, re.DOTALL)
    assert re.findall(r'aria-label="(.*?)"', first) == ["Träger", "Leistungsberechtigte"]
    assert "für alle" in whole
    assert "noch nichts" in empty
    assert "Weniger" not in html
    assert "Weniger Rückfragen" in second.wall("table:1")
    assert "Weniger Wege" not in second.wall("table:1")


def test_a_table_s_picture_begins_with_what_the_step_is_about(second: SecondRound) -> None:
    second.shows_tables()
    second.house.goes_to(Step.TRANSLATE)
    second.writes_vision(1, "Alle kennen einander")
    second.writes_benefit(1, "traeger", "Weniger Wege")
    second.writes_proposals(3)
    pages = second.wall_pages("table:2")
    told = ["Ansatz 1.", "Alle kennen einander", "Weniger Wege"]
    assert [[word in page for word in told] for page in pages] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert "Ansatz 2." not in "".join(pages), "That is another table's."
    second.house.goes_to(Step.ENVISION)
    assert "Weniger Wege" not in second.wall("table:2"), "Later steps have no part in an earlier one."


def test_a_table_without_anything_is_still_at_work(second: SecondRound) -> None:
    second.shows_tables()
    second.house.goes_to(Step.SOLVE)
    assert "An diesem Tisch wird noch gearbeitet" in second.wall("table:3")


# --- Proposals, appraisal, agreements, thanks -------------------------------------------------------------------------


def test_proposals_are_on_the_wall_only_after_the_tables_have_finished(second: SecondRound) -> None:
    second.shows_tables()
    second.writes_proposals(4)
    assert "Ansatz" not in second.wall()
    query = "?picture=gallery&page=1&over=solve.preparing.preparing.step"
    assert "Ansatz 1." not in second.wall(query=query)
    second.house.goes_to(Step.APPRAISE)
    html = second.wall("gallery")
    assert [f"Ansatz {number}." in html for number in range(1, 5)] == [True] * 4
    assert "Unsere 4 Lösungsansätze" in html


def test_the_gallery_shows_every_proposal_once(second: SecondRound) -> None:
    second.shows_tables()
    second.writes_proposals(25)
    second.house.goes_to(Step.APPRAISE)
    pages = second.wall_pages("gallery")
    assert len(pages) > 2
    titles = [title for page in pages for title in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert titles == [f"Ansatz {number}." for number in range(1, 26)]


def test_the_appraisal_is_counted_and_nothing_else(second: SecondRound) -> None:
    second.shows_tables()
    second.writes_proposals(2)
    second.house.goes_to(Step.APPRAISE)
    assert "Gleich bewerten alle am Handy 2 Lösungsansätze" in second.wall()
    second.opens()
    second.everybody_appraises()
    assert '<span data-count="appraised">8</span> von <span data-count="voters">9</span>' in second.wall()
    assert "data-appraisal" not in second.wall(query="?picture=result&page=1&over=appraise.preparing.open.step")


@pytest.mark.parametrize("how", list(Appraising))
def test_every_picture_of_every_step_can_be_shown(house: House, how: Appraising) -> None:
    second = SecondRound(house, people=SMALL, how=how)
    second.shows_tables()
    second.writes_proposals(5)
    second.opens()
    second.everybody_appraises()
    second.reveals()
    house.goes_to(Step.COMMIT)
    second.promises()
    at_tables = ["step", "tables", "table:1", "table:3", "door"]
    expected = {
        Step.MIX: ["step", "door"],
        Step.ENVISION: at_tables,
        Step.TRANSLATE: at_tables,
        Step.SOLVE: at_tables,
        Step.APPRAISE: ["result", "step", "gallery"],
        Step.COMMIT: ["step", "result", "gallery"],
        Step.CLOSE: ["step", "door"],
    }
    for step, pictures in expected.items():
        house.goes_to(step)
        for picture in pictures:
            for page in second.wall_pages(picture):
                assert page.count("<h1") == 1, (step, picture)
                assert "<form" not in page
            assert second.dialogue.picture == picture, (step, picture)


def test_agreements_and_thanks(second: SecondRound) -> None:
    second.shows_tables()
    (proposal_id,) = second.writes_proposals(1)
    second.house.goes_to(Step.COMMIT)
    assert "Noch ist nichts vereinbart" in second.wall()
    second.promises("Eine Nummer einrichten", proposal_id)
    html = second.wall()
    assert "Eine Nummer einrichten" in html
    assert "bis 23.11.2026" in html
    second.house.goes_to(Step.CLOSE)
    second.answers(3, sentence="Das war gut")
    html = second.wall()
    assert '<span data-count="answered">3</span>' in html
    assert "Das war gut" not in html


# --- Pages ------------------------------------------------------------------------------------------------------------


def table(number: int) -> TableShown:
    return TableShown(id=str(number), name=str(number), sign="⚓", word="Anker", topic_id=None, topic="Ein Thema")


def now(number: int) -> TableNow:
    return TableNow(table=table(number), people={}, by_hand=(), visions=0, benefits=0, proposals=0, missing=())


def proposal(number: int, words: int) -> ProposalShown:
    return ProposalShown(
        id=str(number),
        number=number,
        title="Wort " * words,
        what="Genauer " * words,
        first_step="Zuerst " * words,
        level="",
        process_step="",
        needs=(),
        benefits=(),
        table=table(1),
    )


@pytest.mark.parametrize("count", [0, 1, 7, 12, 13, 40])
def test_pages_hold_everything_once_in_order(count: int) -> None:
    written = [proposal(number, number % 12 + 1) for number in range(count)]
    promised = [
        PromiseShown(
            id=str(number), number=number, who="Wer", what="Was " * (number % 30 + 1), until=TODAY, review_on=None,
            proposal=None,
        )
        for number in range(count)
    ]  # fmt: skip
    for fit in FITS:
        for paged, things in (
            (gallery_pages(written, fit), written),
            (proposal_pages(written, fit), written),
            (promise_pages(promised, fit), promised),
            (tables_pages([now(number) for number in range(count)], fit), [now(number) for number in range(count)]),
            (text_pages([one.title for one in written], fit), [one.title for one in written]),
        ):
            assert [thing for page in paged for thing in page] == things
            assert len(paged) == 1 or all(paged)


def test_twelve_tables_stand_on_one_wall_and_thirteen_on_two_alike() -> None:
    assert [len(page) for page in tables_pages([now(n) for n in range(12)], 100)] == [12]
    assert [len(page) for page in tables_pages([now(n) for n in range(13)], 100)] == [7, 6]
