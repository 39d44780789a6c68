"""What a table cannot take: each is said beside its field, with the right status, and nothing typed is lost."""

from typing import Any

import pytest

from dialog.words import Step
from tests.web.at_tables import Tables
from tests.web.house import House

LONG = "wort " * 200
WRONG = [
    ("vision", {"text": ""}, "text", "Bitte schreiben Sie zuerst etwas."),
    ("vision", {"text": " \x00\t\u200b"}, "text", "Bitte schreiben Sie zuerst etwas."),
    ("vision", {"text": LONG}, "text", "999 Zeichen"),
    ("vision", {"text": "Gut", "plain": LONG}, "plain", "999 Zeichen"),
    ("benefit", {"stakeholder": "jobcenter", "text": ""}, "text", "Bitte schreiben Sie zuerst etwas."),
    ("benefit", {"stakeholder": "politik", "text": "Gut"}, "stakeholder", "eine der gezeigten Gruppen"),
    ("benefit", {"stakeholder": "nobody", "text": "Gut"}, "stakeholder", "eine der gezeigten Gruppen"),
    ("benefit", {"stakeholder": "\x00", "text": "Gut"}, "stakeholder", "eine der gezeigten Gruppen"),
    ("benefit", {"text": "Gut"}, "stakeholder", "eine der gezeigten Gruppen"),
    ("proposal", {"title": ""}, "title", "Bitte schreiben Sie zuerst etwas."),
    ("proposal", {"title": "x" * 121}, "title", "121 Zeichen"),
    ("proposal", {"title": "Gut", "what": LONG}, "what", "999 Zeichen"),
    ("proposal", {"title": "Gut", "level": "Z"}, "level", "gibt es in diesem Dialog nicht"),
    ("proposal", {"title": "Gut", "level": "B", "process_step": "9"}, "process_step", "gibt es in diesem Dialog nicht"),
    ("proposal", {"title": "Gut", "needs": ["nobody"]}, "needs", "gibt es in diesem Dialog nicht"),
]


@pytest.fixture
def tables(house: House) -> Tables:
    return Tables(house, Step.SOLVE)


@pytest.mark.parametrize(("kind", "fields", "field", "sentence"), WRONG)
def test_a_wrong_entry_is_told_beside_its_field(
    tables: Tables, kind: str, fields: dict[str, Any], field: str, sentence: str
) -> None:
    for post in (
        lambda **how: tables.writes(tables.anna, kind, **how, **fields),
        lambda **how: tables.mara.post(tables.tablet(f"write/{kind}"), **how, **fields),
    ):
        answer = post()
        assert answer.status_code == 422
        assert sentence in answer.json["fields"][field]
        assert post(json=False).status_code == 422
    assert tables.entries() == []


def test_a_refused_form_keeps_what_was_typed(tables: Tables) -> None:
    page = tables.writes(tables.anna, "proposal", json=False, title="Ein viel zu langer Titel " * 6)
    assert page.status_code == 422
    assert "Ein viel zu langer Titel Ein viel" in page.text
    assert "Bitte kürzen" in page.text
    page = tables.mara.post(tables.tablet("write/proposal"), json=False, title="Ein viel zu langer Titel " * 6)
    assert "Ein viel zu langer Titel Ein viel" in page.text


def test_a_refused_benefit_stands_in_the_form_of_its_stakeholder_only(house: House) -> None:
    tables = Tables(house, Step.TRANSLATE)
    page = tables.mara.post(tables.tablet("write/benefit"), json=False, stakeholder="traeger", text=LONG).text
    assert LONG.strip() in page.split('id="write-benefit-traeger"')[1].split("</form>")[0]
    assert page.count(LONG.strip()) == 1


@pytest.mark.parametrize(
    "was", ["", "{", "[]", "null", '{"kind": "vision"}', '{"kind":"benefit","stakeholder":"x","text":"y"}']
)
def test_a_change_must_say_what_it_began_from(tables: Tables, was: str) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    answer = tables.anna.browser.post(tables.phone(f"entries/{entry_id}"), was=was, text="Neu")
    assert answer.status_code == 422
    page = tables.anna.browser.post(tables.phone(f"entries/{entry_id}"), json=False, was=was, text="Ganz neu")
    assert page.status_code == 422
    assert ">Ganz neu</textarea>" in page.text
    assert tables.content(entry_id)["text"] == "Alle sind erreichbar"


def test_cards_and_benefits_of_elsewhere_are_left_out(tables: Tables) -> None:
    entry_id = tables.proposal()
    strange = ["0" * 16, "\x00", "../..", tables.card_ids[0]]
    answer = tables.edits(tables.anna, entry_id, tables.content(entry_id), card_ids=strange, benefit_ids=strange)
    assert answer.status_code == 200
    content = tables.content(entry_id)
    assert (content["card_ids"], content["benefit_ids"]) == ([tables.card_ids[0]], [])


def test_a_list_nobody_ticked_by_hand_is_refused(tables: Tables) -> None:
    entry_id = tables.proposal()
    many = [f"{number:016x}" for number in range(501)]
    assert tables.edits(tables.anna, entry_id, tables.content(entry_id), card_ids=many).status_code == 422


@pytest.mark.parametrize("entry_id", ["0" * 16, "nothing", "%00", "%F0%9F%98%80", "x" * 300])
def test_an_entry_that_is_not_there(tables: Tables, entry_id: str) -> None:
    for path in ("", "/withdraw", "/restore"):
        assert tables.anna.browser.post(tables.phone(f"entries/{entry_id}{path}")).status_code == 404
        assert tables.mara.post(tables.tablet(f"entries/{entry_id}{path}")).status_code == 404
    assert tables.anna.browser.get(tables.phone(f"entries/{entry_id}")).status_code == 404
    assert tables.mara.get(tables.tablet(f"entries/{entry_id}")).status_code == 404


@pytest.mark.parametrize("kind", ["card", "visions", "", "%00"])
def test_a_kind_that_is_none(tables: Tables, kind: str) -> None:
    assert tables.writes(tables.anna, kind, text="Gut").status_code == 404
    assert tables.mara.post(tables.tablet(f"write/{kind}"), text="Gut").status_code == 404


def test_more_than_planned_is_refused_and_kept_in_the_field(app: Any) -> None:
    tables = Tables(House(app, entries_per_table=2, proposals_per_table=1), Step.ENVISION)
    for _ in range(2):
        assert tables.writes(tables.anna, "vision", text="Ein Satz").status_code == 200
    page = tables.writes(tables.anna, "vision", json=False, text="Einer zu viel")
    assert page.status_code == 409
    assert ">Einer zu viel</textarea>" in page.text
    assert "2" in page.text.split('role="alert"')[1].split("</div>")[0]


def test_sixty_entries_stay_one_page(tables: Tables) -> None:
    for number in range(60):
        tables.benefit("traeger", f"Vorteil Nummer {number}")
    tables.house.goes_to(Step.TRANSLATE)
    assert tables.page(tables.anna).count("Vorteil Nummer") >= 60
    assert tables.mara.get(tables.tablet()).text.count("Vorteil Nummer") >= 60
    assert tables.writes(tables.anna, "benefit", stakeholder="traeger", text="Einer mehr").status_code == 409


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "{{ 7*7 }}", "مرحبا 👋🏽", "__entry__"])
def test_what_people_write_is_text(tables: Tables, text: str) -> None:
    from html import escape

    tables.house.goes_to(Step.ENVISION)
    assert tables.writes(tables.anna, "vision", text=text).status_code == 200
    assert tables.entries("vision")[0].content.text == text
    for page in (tables.page(tables.ben), tables.mara.get(tables.tablet()).text):
        assert f">{escape(text)}</p>".replace("&#x27;", "&#39;") in page


def test_a_foreign_page_cannot_write(tables: Tables) -> None:
    for browser, path in (
        (tables.anna.browser, tables.phone("write/vision")),
        (tables.mara, tables.tablet("write/vision")),
    ):
        answer = browser.client.post(path, data={"text": "Fremd", "client_key": "x" * 20})
        assert answer.status_code == 400
    assert tables.entries("vision") == []
