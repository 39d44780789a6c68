"""Writing on a phone, with the script and without it."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dialog import queries
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.words import Step
from tests.web.house import Guest, House

THOUGHT = {"valence": "fails", "text": "Briefe versteht niemand", "addressees": ["jobcenter", "politik"]}


@pytest.fixture
def collecting(house: House) -> House:
    house.goes_to(Step.COLLECT)
    return house


def writes(house: House, guest: Guest, json: bool = True, key: str = "", **instead: Any) -> TestResponse:
    return guest.browser.post(f"/d/{house.dialogue_id}/cards", json=json, key=key, **{**THOUGHT, **instead})


def texts(house: House) -> list[str]:
    return [card.text for card in house.looks(queries.cards, house.dialogue_id)]


def of_card(house: House, card_id: str, act: str = "") -> str:
    return f"/d/{house.dialogue_id}/cards/{card_id}{act}"


def test_a_card_is_acknowledged_with_its_number(collecting: House) -> None:
    anna = collecting.joins()
    answer = writes(collecting, anna)
    assert answer.status_code == 200
    assert answer.json["seq"] == collecting.looks(queries.dialogue, collecting.dialogue_id).seq
    (card,) = collecting.looks(queries.cards, collecting.dialogue_id)
    assert answer.json["card"] == card.id
    assert card.addressees == ("jobcenter", "politik")


def test_without_script_the_card_is_posted_and_can_be_undone(collecting: House) -> None:
    anna = collecting.joins()
    answer = writes(collecting, anna, json=False)
    assert answer.status_code == 303
    page = anna.browser.get(answer.location)
    assert "Karte abgegeben." in page.text
    (card,) = collecting.looks(queries.cards, collecting.dialogue_id)
    undone = anna.browser.post(of_card(collecting, card.id, "/withdraw"), json=False)
    assert texts(collecting) == []
    assert "Karte zurückgezogen." in anna.browser.get(undone.location).text
    anna.browser.post(of_card(collecting, card.id, "/restore"), json=False)
    assert texts(collecting) == [THOUGHT["text"]]


def test_a_retry_posts_once(collecting: House) -> None:
    anna = collecting.joins()
    key = secrets.token_urlsafe(18)
    first, second = (writes(collecting, anna, key=key).json for _ in range(2))
    assert first == second
    assert len(texts(collecting)) == 1


WRONG = [
    ({"text": ""}, "text", "Bitte schreiben Sie zuerst etwas."),
    ({"text": " \x00\t\u200b"}, "text", "Bitte schreiben Sie zuerst etwas."),
    ({"text": "x" * 141}, "text", "141 Zeichen"),
    ({"addressees": []}, "addressees", "mindestens eine Gruppe"),
    ({"addressees": ["nobody"]}, "addressees", "gibt es in diesem Dialog nicht"),
    ({"addressees": ["jobcenter", "\x00"]}, "addressees", "gibt es in diesem Dialog nicht"),
    ({"valence": "so-so"}, "valence", "läuft gut oder läuft schlecht"),
]


@pytest.mark.parametrize(("instead", "field", "sentence"), WRONG)
def test_a_wrong_card_is_told_beside_the_field(
    collecting: House, instead: dict[str, Any], field: str, sentence: str
) -> None:
    anna = collecting.joins()
    answer = writes(collecting, anna, **instead)
    assert answer.status_code == 422
    assert sentence in answer.json["fields"][field]
    page = writes(collecting, anna, json=False, **instead)
    assert page.status_code == 422
    assert texts(collecting) == []
    if field == "addressees":
        assert THOUGHT["text"] in page.text
        assert sentence in page.text


@pytest.mark.parametrize("body", ["[]", '"x"', "7", "null", "{", '{"text": {"a": 1}}'])
def test_a_body_that_is_no_form_is_refused(collecting: House, body: str) -> None:
    anna = collecting.joins()
    client = anna.browser.client
    headers = {"Accept": "application/json", "X-CSRFToken": client.get("/token").json["token"]}
    path = f"/d/{collecting.dialogue_id}/cards"
    answer = client.post(path, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert client.post(path, data=body, headers={"Accept": "application/json"}).status_code == 400
    assert texts(collecting) == []


@pytest.mark.parametrize("key", ["short", "x" * 65, "with spaces in between", "<script>alert(1)</script>"])
def test_a_form_without_a_proper_key_is_refused(collecting: House, key: str) -> None:
    anna = collecting.joins()
    assert writes(collecting, anna, key=key).status_code == 422
    assert texts(collecting) == []


def test_more_cards_than_planned_are_refused_and_kept_in_the_field(app: Any) -> None:
    house = House(app, cards_per_person=1)
    house.goes_to(Step.COLLECT)
    anna = house.joins()
    assert writes(house, anna).status_code == 200
    page = writes(house, anna, json=False, text="Noch ein Gedanke")
    assert page.status_code == 409
    assert "mehr sind nicht vorgesehen" in page.text
    assert "Noch ein Gedanke" in page.text


def test_a_card_in_the_wrong_step_is_refused_and_shown_to_its_writer(collecting: House) -> None:
    anna = collecting.joins()
    collecting.goes_to(Step.MIRROR)
    with_old_step(collecting)
    assert writes(collecting, anna).status_code == 409
    page = writes(collecting, anna, json=False)
    assert page.status_code == 409
    assert "Das geht im aktuellen Schritt nicht" in page.text
    assert THOUGHT["text"] in page.text
    assert texts(collecting) == []


def test_the_last_card_may_come_within_the_grace(collecting: House) -> None:
    anna = collecting.joins()
    collecting.goes_to(Step.NOMINATE)
    assert writes(collecting, anna).status_code == 200
    with_old_step(collecting)
    assert writes(collecting, anna).status_code == 409
    assert len(texts(collecting)) == 1


def with_old_step(house: House) -> None:
    """As if the moderator had gone on a minute ago."""
    with house.app.app_context(), house.app.extensions["store"].writing() as db:
        dialogue = queries.dialogue(db, house.dialogue_id)
        dialogue.left_at = datetime.now(UTC) - timedelta(minutes=1)


def test_one_changes_only_ones_own_cards(collecting: House) -> None:
    anna, ben = collecting.joins(), collecting.joins()
    card_id = writes(collecting, anna).json["card"]
    page = anna.browser.get(of_card(collecting, card_id))
    assert page.status_code == 200
    assert THOUGHT["text"] in page.text
    changed = {**THOUGHT, "text": "Briefe in klarer Sprache"}
    assert anna.browser.post(of_card(collecting, card_id), **changed).status_code == 200
    assert texts(collecting) == ["Briefe in klarer Sprache"]
    assert ben.browser.get(of_card(collecting, card_id)).status_code == 403
    assert ben.browser.post(of_card(collecting, card_id), **THOUGHT).status_code == 403
    for act in ("/withdraw", "/restore"):
        assert ben.browser.post(of_card(collecting, card_id, act)).status_code == 403
    assert texts(collecting) == ["Briefe in klarer Sprache"]


def test_a_card_that_is_not_there_cannot_be_changed(collecting: House) -> None:
    anna = collecting.joins()
    for act in ("", "/withdraw", "/restore"):
        assert anna.browser.post(of_card(collecting, "0" * 16, act), **THOUGHT).status_code == 404


def test_a_stranger_and_a_removed_person_write_nothing(collecting: House) -> None:
    anna = collecting.joins()
    assert writes(collecting, anna).status_code == 200
    collecting.does(remove_person, RemovePerson, person_id=anna.id)
    assert writes(collecting, anna).status_code == 403
    carl = Guest(collecting.carl(), "", "", "")
    assert writes(collecting, carl).status_code == 403
    assert len(texts(collecting)) == 1


def test_the_page_still_takes_cards_while_sorting(collecting: House) -> None:
    anna = collecting.joins()
    collecting.goes_to(Step.SORT)
    assert "Noch eine Karte schreiben" in anna.browser.get(f"/d/{collecting.dialogue_id}/").text
    assert writes(collecting, anna).status_code == 200
