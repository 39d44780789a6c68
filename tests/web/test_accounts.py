"""Coming into a forum by invitation, new links, leaving, and one's own password."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from dialog import accounts
from dialog.models import Account, OneTimeLink
from sessions.passwords import hash_password, is_password
from sessions.perform import prepare, store
from sessions.serve import OfferSetUp, offer_set_up
from tests.web.house import Browser, House

PAGE = "/forum/accounts"
PASSWORD = "drei kluge Wörter"
LINK = re.compile(r'id="new-link" readonly value="http://localhost:8000(/password/[\w-]+)"')


def link_on(text: str) -> str:
    found = LINK.search(text)
    assert found, "The page shows a link to hand on."
    return found[1]


def invited(house: House, name: str, role: str = "analyst") -> str:
    """Mara invites somebody; the address of the link."""
    answer = house.mara().post(PAGE, json=False, account_name=name, role=role)
    assert answer.status_code == 200
    return link_on(answer.text)


def chooses(browser: Browser, link: str, password: str = PASSWORD, again: str | None = None) -> object:
    return browser.post(link, json=False, password=password, again=password if again is None else again)


def account(house: House, name: str) -> Account | None:
    found = house.looks(lambda db: db.scalar(select(Account).where(Account.name == name)))
    assert found is None or isinstance(found, Account)
    return found


def sign_in(browser: Browser, name: str, password: str = PASSWORD) -> int:
    return int(browser.post("/sign-in", json=False, account_name=name, password=password).status_code)


@pytest.fixture
def ada(house: House) -> str:
    """The name of an analyst, which nobody else on this server has."""
    return f"Ada {house.mara_id}"


def test_an_analyst_comes_in_with_a_link_and_a_password(house: House, ada: str) -> None:
    link = invited(house, ada)
    text = house.mara().get(PAGE).text
    assert f"<bdi>{ada}</bdi>" in text
    assert "eingeladen, der Link gilt bis" in text
    browser = house.carl()
    assert ada in browser.get(link).text
    answer = chooses(browser, link)
    assert (answer.status_code, answer.location) == (303, "/forum")
    assert browser.get("/forum").status_code == 200
    assert browser.get("/forum/new").status_code == 403
    assert sign_in(house.carl(), ada) == 303


def test_the_link_is_shown_once_kept_as_a_hash_and_works_once(house: House, ada: str) -> None:
    link = invited(house, ada)
    assert "/password/" not in html.unescape(house.mara().get(PAGE).text)
    found = account(house, ada)
    assert found is not None
    (kept,) = house.looks(lambda db: db.scalars(select(OneTimeLink).where(OneTimeLink.account_id == found.id)).all())
    assert link.rpartition("/")[2] not in kept.token_hash
    assert timedelta(days=6) < kept.expires_at - datetime.now(UTC) <= timedelta(days=7)
    assert chooses(house.carl(), link).status_code == 303
    again = house.carl()
    assert again.get(link).status_code == 403
    assert chooses(again, link, "ein anderes Passwort").status_code == 403
    assert sign_in(house.carl(), ada) == 303


def test_an_old_link_opens_nothing_and_the_list_says_so(house: House, ada: str) -> None:
    link = invited(house, ada)
    with house.app.app_context(), store().writing() as db:
        past = datetime.now(UTC) - timedelta(seconds=1)
        db.execute(update(OneTimeLink).where(OneTimeLink.purpose == accounts.PASSWORD).values(expires_at=past))
    assert house.carl().get(link).status_code == 403
    assert "der Link ist abgelaufen" in house.mara().get(PAGE).text


def test_nobody_signs_in_before_a_password_is_chosen(house: House, ada: str) -> None:
    invited(house, ada)
    for guess in ("", "!", "nobody has this password"):
        assert sign_in(house.carl(), ada, guess) == 422
    assert not is_password("nobody has this password", "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"account_name": " "}, "Bitte wählen Sie einen Namen zum Anmelden."),
        ({"account_name": "\u202e\x00"}, "Bitte wählen Sie einen Namen zum Anmelden."),
        ({"account_name": "x" * 81}, "Bitte verwenden Sie höchstens 80 Zeichen."),
        ({"role": ""}, "Bitte wählen Sie, was diese Person darf."),
    ],
)
def test_a_mistake_stands_beside_the_field(house: House, ada: str, fields: dict[str, str], sentence: str) -> None:
    answer = house.mara().post(PAGE, json=False, **{"account_name": ada, "role": "analyst", **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert account(house, ada) is None


def test_a_role_that_does_not_exist_is_given_to_nobody(house: House, ada: str) -> None:
    assert house.mara().post(PAGE, json=False, account_name=ada, role="owner").status_code == 422
    assert account(house, ada) is None


def test_a_taken_name_is_told_and_a_form_sent_twice_invites_once(house: House, ada: str) -> None:
    mara, key = house.mara(), "the same key for both"
    first, second = (
        mara.post(PAGE, json=False, key="key-" + key.replace(" ", "-"), account_name=ada, role="analyst")
        for _ in range(2)
    )
    assert first.status_code == second.status_code == 200
    assert house.carl().get(link_on(first.text)).status_code == 403
    assert house.carl().get(link_on(second.text)).status_code == 200
    other = mara.post(PAGE, json=False, account_name=f"  {ada} ", role="moderator")
    assert other.status_code == 422
    assert "Dieser Name ist schon vergeben" in other.text


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("kurz", None, "Bitte verwenden Sie mindestens 10 Zeichen."),
        (PASSWORD, "etwas anderes", "Das ist nicht dasselbe Passwort."),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link(
    house: House, ada: str, password: str, again: str | None, sentence: str
) -> None:
    link = invited(house, ada)
    answer = chooses(house.carl(), link, password, again)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert chooses(house.carl(), link).status_code == 303


def test_a_new_link_ends_the_sign_ins_and_the_old_password(house: House, ada: str) -> None:
    browser = house.carl()
    chooses(browser, invited(house, ada))
    assert browser.get("/forum").status_code == 200
    found = account(house, ada)
    assert found is not None
    answer = house.mara().post(f"{PAGE}/{found.id}/link", json=False)
    assert answer.status_code == 200
    assert browser.get("/forum").status_code == 303
    assert sign_in(house.carl(), ada) == 422
    assert chooses(house.carl(), link_on(answer.text), "vier ganz neue Wörter").status_code == 303
    assert sign_in(house.carl(), ada, "vier ganz neue Wörter") == 303


def test_who_is_removed_is_out_at_once(house: House, ada: str) -> None:
    browser = house.carl()
    chooses(browser, invited(house, ada))
    assert browser.get("/forum").status_code == 200
    found = account(house, ada)
    assert found is not None
    answer = house.mara().post(f"{PAGE}/{found.id}/remove", json=False)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert browser.get("/forum").status_code == 303
    assert sign_in(house.carl(), ada) == 422
    assert account(house, ada) is None


def test_nobody_removes_or_renews_the_own_account(house: House) -> None:
    for act in ("remove", "link"):
        answer = house.mara().post(f"{PAGE}/{house.mara_id}/{act}", json=False)
        assert answer.status_code == 409
        assert "Das ist Ihr eigener Zugang." in answer.text
    assert house.mara().get(PAGE).status_code == 200


def test_accounts_are_the_business_of_their_forums_moderators(house: House, ada: str) -> None:
    invited(house, ada)
    found = account(house, ada)
    assert found is not None
    for browser, status in ((house.analyst(), 403), (house.carl(), 401), (house.stranger(), 404)):
        for act in ("remove", "link"):
            assert browser.post(f"{PAGE}/{found.id}/{act}", json=False).status_code == status
    assert house.analyst().get(PAGE).status_code == 403
    assert house.analyst().post(PAGE, json=False, account_name="Eva", role="moderator").status_code == 403
    assert ada not in house.stranger().get(PAGE).text
    assert account(house, ada) is not None
    assert account(house, "Eva") is None


def test_the_own_password_is_changed_with_the_old_one(house: House, ada: str) -> None:
    here, elsewhere = house.carl(), house.carl()
    chooses(here, invited(house, ada))
    assert elsewhere.post("/sign-in", json=False, account_name=ada, password=PASSWORD).status_code == 303
    fields = {"password": "vier ganz neue Wörter", "again": "vier ganz neue Wörter"}
    wrong = here.post("/forum/password", json=False, old="geraten geraten", **fields)
    assert wrong.status_code == 422
    assert "Das ist nicht Ihr Passwort." in wrong.text
    assert elsewhere.get("/forum").status_code == 200
    assert here.post("/forum/password", json=False, old=PASSWORD, **fields).status_code == 303
    assert here.get("/forum").status_code == 200
    assert elsewhere.get("/forum").status_code == 303
    assert sign_in(house.carl(), ada) == 422
    assert sign_in(house.carl(), ada, "vier ganz neue Wörter") == 303


def test_guessing_the_old_password_comes_to_an_end(house: House, ada: str) -> None:
    browser = house.carl()
    chooses(browser, invited(house, ada))
    fields = {"password": "vier ganz neue Wörter", "again": "vier ganz neue Wörter"}
    for _ in range(10):
        assert browser.post("/forum/password", json=False, old="geraten geraten", **fields).status_code == 422
    assert browser.post("/forum/password", json=False, old=PASSWORD, **fields).status_code == 429
    other = house.carl()
    chooses(other, invited(house, f"Ben {house.mara_id}"))
    assert other.post("/forum/password", json=False, old=PASSWORD, **fields).status_code == 303


def test_a_link_for_a_password_sets_up_no_forum_and_stays_when_the_server_starts(house: House, ada: str) -> None:
    link = invited(house, ada)
    token = link.rpartition("/")[2]
    assert house.carl().get(f"/set-up/{token}").status_code == 403
    fields = {"forum_name": "Neu", "account_name": "Eva", "password": PASSWORD, "again": PASSWORD}
    assert house.carl().post(f"/set-up/{token}", json=False, **fields).status_code == 403
    with house.app.app_context():
        assert prepare(offer_set_up, OfferSetUp("hash", datetime.now(UTC))) is False
        with store().writing() as db:
            found = db.scalars(select(Account)).all()
            assert found
    assert house.carl().get(link).status_code == 200


def test_the_page_tells_who_is_what(house: House, ada: str) -> None:
    chooses(house.carl(), invited(house, ada, "moderator"))
    found = account(house, ada)
    assert found is not None
    assert found.role == "moderator"
    text = house.mara().get(PAGE).text
    assert "das sind Sie" in text
    moderators, analysts = text.split('id="analysts"')
    assert ada in moderators
    assert ada not in analysts.split('id="invite"')[0]
    assert hash_password(PASSWORD) != found.password_hash
