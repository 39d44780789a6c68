"""Moderators bring an archive in by a page: it stands in their list afterwards, or they read why not."""

import json
import re
import secrets
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from dialog import queries
from dialog.archive.file import MOST_BYTES
from dialog.forgetting import remove_dialogues
from sessions.perform import store
from tests.exports.archives import VERSION_1, everything, parts_of, sealed
from tests.web.house import Browser, House

NEWER = "Dieses Archiv stammt aus einer neueren Version des Programms."


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


@pytest.fixture
def file() -> bytes:
    """An archive of version 1 that nobody has taken over yet."""
    mine = secrets.token_hex(3)
    named = re.compile(r'"((?:ostheim2025|[gtmpv]\d|c\d{15}))"')
    return sealed(named.sub(rf'"\g<1>{mine}"', VERSION_1.read_text(encoding="utf-8")).encode(), schema_version=1)


def id_in(file: bytes) -> str:
    return str(json.loads(parts_of(file)[1])["dialogue_id"])


def sends(browser: Browser, file: bytes, json: bool = False) -> TestResponse:
    """Post the form with a file, put together in memory: the library would leave a large one on the disk."""
    token = browser.client.get("/token").json["token"]
    fields = {
        "csrf_token": token,
        "client_key": secrets.token_urlsafe(18),
        "file": FileStorage(BytesIO(file), "archiv.zip"),
    }
    boundary, body = encode_multipart(fields)
    accept = {"Accept": "application/json" if json else "text/html"}
    return browser.client.post(
        "/forum/import", data=body, content_type=f"multipart/form-data; boundary={boundary}", headers=accept
    )


def refused(house: House, browser: Browser, file: bytes, json: bool = False) -> TestResponse:
    """The answer to a file that is not taken, with every row of every table as before."""
    of_app = house.app.extensions["store"]
    before = everything(of_app)
    answer = sends(browser, file, json=json)
    assert everything(of_app) == before
    return answer


def test_the_list_leads_to_the_page(house: House) -> None:
    page = house.mara().get("/forum").text
    assert 'href="/forum/import"' in page
    assert 'href="/forum/import"' not in house.analyst().get("/forum").text
    form = house.mara().get("/forum/import")
    assert form.status_code == 200
    assert 'enctype="multipart/form-data"' in form.text


def test_an_archive_is_taken_over(house: House, file: bytes) -> None:
    mara = house.mara()
    answer = sends(mara, file)
    assert (answer.status_code, answer.location) == (303, f"/forum#dialogue-{id_in(file)}")
    page = mara.get("/forum").text
    assert "Übernommen: „Arbeitsmarktdialog Ostheim“, Ostheim, Alte Schule, 14. Oktober 2025, mit 8 Personen." in page
    assert "aus Archiv übernommen am" in page
    dialogue = house.looks(queries.dialogue, id_in(file))
    assert (dialogue.closed, dialogue.forum_id) == (True, house.forum_id)
    assert "aus Archiv übernommen am" in house.analyst().get("/forum").text


def test_every_page_of_a_closed_dialogue_shows_it(house: House, file: bytes) -> None:
    mara, here = house.mara(), id_in(file)
    sends(mara, file)
    for path in (f"/m/{here}/", f"/m/{here}/lines", f"/m/{here}/take-home", "/forum/compare", "/forum/commitments"):
        answer = mara.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
    assert "Niemand fragt, was ich kann." in mara.get(f"/m/{here}/lines").text
    assert mara.post(f"/m/{here}/close-dialogue").status_code in (404, 409)


def test_it_can_be_deleted(house: House, file: bytes) -> None:
    sends(house.mara(), file)
    with house.app.app_context(), store().writing() as db:
        assert remove_dialogues(db, frozenset({id_in(file)})) == 1
    assert id_in(file) not in house.mara().get("/forum").text


def test_the_same_archive_comes_once(house: House, file: bytes) -> None:
    mara = house.mara()
    assert sends(mara, file).status_code == 303
    again = refused(house, mara, file)
    assert again.status_code == 409
    assert "Dieser Dialog ist schon hier. Es wurde nichts übernommen." in again.text
    elsewhere = refused(house, house.stranger(), file)
    assert elsewhere.status_code == 409


@pytest.mark.parametrize(
    ("damage", "status", "sentence"),
    [
        (lambda file: b"a letter", 422, "Diese Datei ist kein Archiv eines Dialogs."),
        (lambda file: file[:-9], 422, "beschädigt oder wurde verändert"),
        (lambda file: sealed(b"{}", schema_version=99), 422, NEWER),
        (lambda file: sealed(b"{}"), 422, "passen nicht zusammen (dialogue_id)"),
        (
            lambda file: sealed(parts_of(file)[1].replace(b"2030-10-14", b"2026-01-01"), 1),
            409,
            "am 01.01.2026 gelöscht",
        ),
    ],
    ids=["no archive", "cut off", "newer", "empty", "too late"],
)
def test_a_file_that_cannot_be_taken_is_told_beside_its_field(
    house: House, file: bytes, damage: object, status: int, sentence: str
) -> None:
    assert callable(damage)
    answer = refused(house, house.mara(), damage(file))
    assert answer.status_code == status
    assert re.search(rf'<span class="error" id="file-error">[^<]*{re.escape(sentence)}', answer.text)
    told = refused(house, house.mara(), damage(file), json=True)
    assert (told.status_code, sentence in told.json["error"]) == (status, True)


def test_no_file_is_told(house: House) -> None:
    answer = house.mara().post("/forum/import", json=False)
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei." in answer.text
    text = house.mara().post("/forum/import", json=False, file="only a text")
    assert text.status_code == 422


def test_an_archive_may_be_larger_than_any_other_form(house: House) -> None:
    answer = refused(house, house.mara(), b"PK\x03\x04" + bytes(2_000_000))
    assert answer.status_code == 422


def test_too_large_a_file_is_not_read(house: House) -> None:
    answer = refused(house, house.mara(), b"PK\x03\x04" + bytes(MOST_BYTES + 100_000))
    assert answer.status_code == 413
    assert "zu groß für das Archiv eines Dialogs (höchstens 32 MB)" in answer.text


def test_only_moderators_bring_something_in(house: House, file: bytes) -> None:
    analyst, carl, anna = house.analyst(), house.carl(), house.joins().browser
    assert analyst.get("/forum/import").status_code == 403
    assert refused(house, analyst, file).status_code == 403
    for stranger in (carl, anna):
        assert refused(house, stranger, file).status_code == 401
        assert stranger.get("/forum/import").location.startswith("/sign-in")
    assert sends(house.mara(), file).status_code == 303


def test_a_form_of_another_page_brings_nothing_in(house: House, file: bytes) -> None:
    mara = house.mara()
    of_app = house.app.extensions["store"]
    before = everything(of_app)
    answer = mara.client.post("/forum/import", data={"file": (BytesIO(file), "a.zip"), "client_key": "k" * 20})
    assert answer.status_code == 400
    assert everything(of_app) == before


def test_other_forms_stay_small(house: House) -> None:
    answer = house.mara().post("/forum/new", title="a" * 300_000)
    assert answer.status_code == 413
