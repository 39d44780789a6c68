"""The moderator's pages: what they show, to whom, and what they keep to themselves."""

import io
import zipfile

import pytest

from dialog import queries
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.words import Step, Valence
from tests.web.house import Guest, House
from tests.web.taking_home import taken_home

PAGES = ("", "board.json", "ready", "poster", "people", "ballots", "links", "plan", "go/weigh", "take-home")
SECRET = "Niemand ruft mich an"


def at(house: House, page: str) -> str:
    return f"/m/{house.dialogue_id}/{page}"


def write(house: House, guest: Guest, text: str = SECRET) -> None:
    house.does(post_card, PostCard, valence=Valence.FAILS, text=text, addressees=("jobcenter",), **house.acting(guest))


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_moderators_of_the_forum(house: House, page: str) -> None:
    assert house.carl().get(at(house, page), json=True).status_code == 401
    assert house.stranger().get(at(house, page)).status_code == 404
    assert house.analyst().get(at(house, page)).status_code == 403
    assert house.mara().get(f"/m/0123456789abcdef/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES[:-1])
def test_every_page_can_be_opened_in_every_step(house: House, page: str) -> None:
    house.joins()
    for step in Step:
        house.goes_to(step)
        assert house.mara().get(at(house, page)).status_code == 200, step
    house.does(close_dialogue, CloseDialogue)
    assert house.mara().get(at(house, page)).status_code == 200


@pytest.mark.parametrize(
    ("step", "label"),
    [
        (Step.ARRIVE, "Weiter: Sammeln"),
        (Step.COLLECT, "Alle Karten aufdecken"),
        (Step.SORT, "Weiter: Drei wichtigste"),
        (Step.NOMINATE, "Weiter: Gewichten"),
        (Step.WEIGH, "Abstimmung öffnen"),
        (Step.MIRROR, "Weiter: Mischen"),
        (Step.ENVISION, "Weiter: Vorteile"),
        (Step.TRANSLATE, "Weiter: Lösungsansätze"),
        (Step.SOLVE, "Weiter: Bewerten"),
        (Step.APPRAISE, "Bewertung öffnen"),
        (Step.COMMIT, "Weiter: Abschluss"),
        (Step.CLOSE, "Dialog abschließen"),
    ],
)
def test_the_biggest_button_is_what_comes_next(house: House, step: Step, label: str) -> None:
    house.goes_to(step)
    page = house.mara().get(at(house, "")).text
    assert page.count("button-large") == 1
    assert label in page[page.index("button-large") :][:80]


def test_the_tables_are_drawn_and_shown_before_it_goes_on(house: House) -> None:
    for _ in range(4):
        house.joins()
    house.goes_to(Step.MIX)
    mara = house.mara()
    acts = {"draw_mixed_groups": {"tables": "2"}, "show_tables": {}, "go_to_step": {"step": "envision"}}
    for act, fields in acts.items():
        page = mara.get(at(house, "")).text
        assert page.count("button-large") == 1
        form = page[page.rindex("<form", 0, page.index("button-large")) :]
        action = form.split('action="')[1].split('"')[0]
        assert action == at(house, act)
        assert mara.post(action, **fields).status_code == 200
    assert house.looks(queries.dialogue, house.dialogue_id).step == Step.ENVISION


def test_the_next_button_does_what_it_says(house: House) -> None:
    mara = house.mara()
    for expected in ("collect", "collect", "sort", "nominate", "weigh"):
        page = mara.get(at(house, "")).text
        form = page[page.rindex("<form", 0, page.index("button-large")) :]
        fields = {"step": form.split('name="step" value="')[1].split('"')[0]} if 'name="step"' in form[:600] else {}
        assert mara.post(form.split('action="')[1].split('"')[0], **fields).status_code == 200
        assert house.looks(queries.dialogue, house.dialogue_id).step == expected


def test_hidden_cards_stay_hidden_from_the_moderator(house: House) -> None:
    anna = house.joins("jobcenter")
    house.goes_to(Step.COLLECT)
    write(house, anna)
    mara = house.mara()
    for page in ("", "board.json", "people"):
        assert SECRET not in mara.get(at(house, page)).text
    house.does(reveal_cards, RevealCards)
    assert SECRET in mara.get(at(house, "board.json")).text, "it was there all the time"


def test_the_cockpit_counts_people_cards_and_nominations(house: House) -> None:
    anna = house.joins("traeger")
    house.goes_to(Step.COLLECT)
    write(house, anna)
    assert f'data-count="{anna.group_id}.written">1<' in house.mara().get(at(house, "")).text
    house.goes_to(Step.SORT)
    house.does(make_topic, MakeTopic, group_id=anna.group_id, title="Rückrufe")
    assert "1 Karte ohne Thema" in house.mara().get(at(house, "")).text
    house.goes_to(Step.NOMINATE)
    topic_id = house.looks(queries.topics, house.dialogue_id)[0].id
    house.does(nominate_topics, NominateTopics, group_id=anna.group_id, topic_ids=[topic_id])
    assert "Rückrufe" in house.mara().get(at(house, "")).text


def test_topics_that_may_mean_the_same_are_suggested_and_never_merged(house: House) -> None:
    house.goes_to(Step.SORT)
    for group_id in house.groups[:2]:
        house.does(make_topic, MakeTopic, group_id=group_id, title="Erreichbarkeit am Telefon")
    house.goes_to(Step.NOMINATE)
    for topic in house.looks(queries.topics, house.dialogue_id):
        house.does(nominate_topics, NominateTopics, group_id=topic.group_id, topic_ids=[topic.id])
    house.goes_to(Step.WEIGH)
    page = house.mara().get(at(house, "")).text
    assert "Vielleicht dasselbe" in page
    first, second = house.looks(queries.ballot_topics, house.dialogue_id)
    assert house.mara().post(at(house, "join_topics"), topic_id=second.id, into=first.id).status_code == 200
    page = house.mara().get(at(house, "")).text
    assert "Vielleicht dasselbe" not in page
    assert "zusammen mit" in page
    assert house.mara().post(at(house, "part_topic"), topic_id=second.id).status_code == 200
    assert len(house.looks(queries.ballot_topics, house.dialogue_id)) == 2


def test_a_jump_to_another_step_asks_first(house: House) -> None:
    page = house.mara().get(at(house, "go/nominate")).text
    assert "Die Karten aller Gruppen werden dabei aufgedeckt." in page
    assert house.looks(queries.dialogue, house.dialogue_id).step == "arrive"
    assert house.mara().get(at(house, "go/coffee")).status_code == 404


def test_the_poster_has_code_and_address(house: House) -> None:
    page = house.mara().get(at(house, "poster")).text
    assert f"{house.code[:3]} {house.code[3:]}" in page
    assert "localhost:8000" in page
    assert "<svg" in page


def test_the_workbook_is_an_excel_file_with_the_place_in_its_name(house: House) -> None:
    answer = taken_home(house.mara(), house.dialogue_id, "workbook")
    assert answer.status_code == 200
    assert "Arbeitsmarktdialog_Region_Nord_2026-11-23.xlsx" in answer.headers["Content-Disposition"]
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


def test_analysts_export_what_is_closed(house: House) -> None:
    analyst = house.analyst()
    assert analyst.post(at(house, "exports"), kind="csv", profile="internal").status_code == 403
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)
    assert taken_home(analyst, house.dialogue_id, "csv").status_code == 200
    assert "Dialog im Test" in analyst.get("/forum").text
    assert analyst.get(at(house, "")).status_code == 403


def test_what_people_write_is_text_everywhere(house: House) -> None:
    anna = house.joins("jobcenter", organisation="<script>alert(1)</script>")
    assert anna.id
    page = house.mara().get(at(house, "people")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
