"""Setting up, signing in and out."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from dialog.models import Account, Forum, OneTimeLink
from sessions.passwords import hash_password
from sessions.perform import store
from tests.web.house import Browser, House

TOKEN = "a token from the console"
PASSWORD = "drei kluge Wörter"


@pytest.fixture
def app(empty_app: Flask) -> Flask:
    """What happens here happens in an empty house."""
    return empty_app


def put_link(app: Flask, hours: int = 24) -> None:
    token_hash = hashlib.sha256(TOKEN.encode()).hexdigest()
    expires_at = datetime.now(UTC) + timedelta(hours=hours)
    with app.app_context(), store().writing() as db:
        db.add(OneTimeLink(token_hash=token_hash, purpose="set-up", expires_at=expires_at, used=False))


def set_up(browser: Browser, **other: str) -> object:
    fields = {"forum_name": "Forum Nord", "account_name": "Mara", "password": PASSWORD, "again": PASSWORD, **other}
    return browser.post(f"/set-up/{TOKEN}", json=False, **fields)


def test_the_link_of_the_console_sets_up_and_signs_in(app: Flask) -> None:
    put_link(app)
    browser = Browser(app.test_client())
    assert browser.get(f"/set-up/{TOKEN}").status_code == 200
    answer = set_up(browser)
    assert (answer.status_code, answer.location) == (303, "/forum")
    assert "Forum Nord" in browser.get("/forum").text
    with app.app_context(), store().reading() as db:
        account = db.scalars(select(Account)).one()
        assert account.password_hash.startswith("$argon2id$")
        assert (account.role, db.scalars(select(Forum)).one().name) == ("moderator", "Forum Nord")


def test_the_link_works_once(app: Flask) -> None:
    put_link(app)
    assert set_up(Browser(app.test_client())).status_code == 303
    again = Browser(app.test_client())
    assert again.get(f"/set-up/{TOKEN}").status_code == 403
    assert set_up(again, account_name="Carl").status_code == 403
    with app.app_context(), store().reading() as db:
        assert [account.name for account in db.scalars(select(Account))] == ["Mara"]


def test_an_old_or_unknown_link_opens_nothing(app: Flask) -> None:
    put_link(app, hours=-1)
    browser = Browser(app.test_client())
    assert browser.get(f"/set-up/{TOKEN}").status_code == 403
    assert browser.get("/set-up/guessed").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("forum_name", " ", "Bitte geben Sie dem Forum einen Namen."),
        ("account_name", "", "Bitte wählen Sie einen Namen zum Anmelden."),
        ("password", "kurz", "Bitte verwenden Sie mindestens 10 Zeichen."),
        ("again", "etwas anderes", "Das ist nicht dasselbe Passwort. Bitte noch einmal eintippen."),
    ],
)
def test_mistakes_stand_beside_the_field_and_the_link_stays(app: Flask, field: str, value: str, sentence: str) -> None:
    put_link(app)
    browser = Browser(app.test_client())
    answer = set_up(browser, **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert set_up(browser).status_code == 303


@pytest.fixture
def with_password(house: House) -> House:
    with house.app.app_context(), store().writing() as db:
        account = db.get_one(Account, house.mara_id)
        account.name, account.password_hash = "Mara", hash_password(PASSWORD)
    return house


def sign_in(browser: Browser, name: str = "Mara", password: str = PASSWORD, **more: str) -> object:
    return browser.post("/sign-in", json=False, account_name=name, password=password, **more)


def test_mara_signs_in_and_out(with_password: House) -> None:
    browser = with_password.carl()
    assert browser.get("/forum").location == "/sign-in?then=/forum"
    answer = sign_in(browser, then=f"/m/{with_password.dialogue_id}/")
    assert (answer.status_code, answer.location) == (303, f"/m/{with_password.dialogue_id}/")
    assert browser.get("/forum").status_code == 200
    browser.post("/sign-out", json=False)
    assert browser.get("/forum").status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_signing_in_leads_nowhere_else(with_password: House, elsewhere: str) -> None:
    assert sign_in(with_password.carl(), then=elsewhere).location == "/forum"


def test_wrong_name_and_wrong_password_sound_the_same(with_password: House) -> None:
    wrong = sign_in(with_password.carl(), password="falsch falsch")
    unknown = sign_in(with_password.carl(), name="Niemand")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "Name und Passwort gehören nicht zusammen. Bitte versuchen Sie es noch einmal."
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_a_name_rests_after_ten_failures_and_the_room_does_not(with_password: House) -> None:
    carl = with_password.carl()
    for _ in range(10):
        assert sign_in(carl, password="geraten geraten").status_code == 422
    tired = sign_in(carl)
    assert tired.status_code == 429
    assert "zehn Minuten" in tired.text
    with with_password.app.app_context(), store().writing() as db:
        other = Account(
            id="other",
            forum_id=with_password.forum_id,
            name="Ada",
            password_hash=hash_password(PASSWORD),
            role="moderator",
            sign_in_epoch=0,
        )
        db.add(other)
    assert sign_in(with_password.carl(), name="Ada").status_code == 303


def test_success_is_never_counted(with_password: House) -> None:
    for _ in range(12):
        assert sign_in(with_password.carl()).status_code == 303


def test_signing_in_needs_the_token_of_the_page(with_password: House) -> None:
    answer = with_password.carl().client.post("/sign-in", data={"account_name": "Mara", "password": PASSWORD})
    assert answer.status_code == 400
