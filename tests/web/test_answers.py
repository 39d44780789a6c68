"""What the server says when something is not as it should be."""

from flask import Flask

from dialog.words import Step
from tests.web.house import House


def test_alive_and_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_a_missing_page_gets_a_german_sentence(house: House) -> None:
    answer = house.carl().get("/m/nothing/here")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text


def test_a_form_from_another_site_is_refused(house: House) -> None:
    anna = house.joins()
    house.goes_to(Step.COLLECT)
    token = anna.browser.client.get("/token").json["token"]
    answer = anna.browser.client.post(
        f"/d/{house.dialogue_id}/cards",
        data={"csrf_token": token},
        headers={"Origin": "https://elsewhere.example", "Accept": "application/json"},
    )
    assert answer.status_code == 403
    assert answer.json["code"] == "origin"


def test_a_form_without_its_token_is_refused(house: House) -> None:
    anna = house.joins()
    answer = anna.browser.client.post(f"/d/{house.dialogue_id}/cards", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json["code"] == "csrf"


def test_a_body_of_a_megabyte_is_refused(house: House) -> None:
    anna = house.joins()
    answer = anna.browser.post(f"/d/{house.dialogue_id}/cards", text="x" * 1_000_000)
    assert answer.status_code == 413
    assert "zu viel" in answer.json["error"]


def test_no_page_may_load_anything_from_elsewhere(house: House) -> None:
    policy = house.carl().get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_address_that_no_database_could_hold_does_not_exist(house: House) -> None:
    answer = house.mara().get(f"/m/{house.dialogue_id}%00/")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text


def test_a_character_that_no_database_takes_is_refused(house: House) -> None:
    mara, anna = house.mara(), house.joins()
    for path, fields in (
        ("remove_person", {"person_id": "a\0b"}),
        ("move_person", {"person_id": anna.id, "group_id": "\0"}),
        ("revoke_link", {"link_id": "\0" * 30}),
    ):
        answer = mara.post(f"/m/{house.dialogue_id}/{path}", **fields)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert answer.json["error"]
