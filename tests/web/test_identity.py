"""Who somebody is: read anew on every request, from a cookie that nobody can write but the server."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask import session as flask_cookie
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeSerializer
from sqlalchemy import update

from dialog import errors
from dialog.acting import Actor
from dialog.commands.change_phone import ChangePhone, change_phone
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.commands.revoke_link import RevokeLink, revoke_link
from dialog.models import Account, Link
from dialog.words import LinkKind, Role
from sessions import identity
from sessions.perform import reading, store
from tests.web.house import Browser, House


def asked(browser: Browser, question: Callable[..., Any], *of: Any) -> Any:
    """What the server thinks of a request with this browser's cookie."""
    app = browser.client.application
    kept = browser.client.get_cookie("dialog")
    headers = {"Cookie": f"dialog={kept.value}"} if kept else {}
    with app.test_request_context("/", headers=headers), reading() as db:
        return question(db, *of)


def holding(house: House, **kept: Any) -> Browser:
    """A browser with a cookie that the server has signed."""
    browser = house.carl()
    with browser.client.session_transaction() as cookie:
        cookie.update(kept)
    return browser


def changes(house: House, **fields: Any) -> None:
    """Mara's account is another one from now on."""
    with house.app.app_context(), store().writing() as db:
        db.execute(update(Account).where(Account.id == house.mara_id).values(**fields))


def link(house: House, kind: LinkKind, group_id: str | None = None) -> Link:
    house.does(make_link, MakeLink, kind=kind, group_id=group_id)
    wanted = {"dialogue_id": house.dialogue_id, "kind": kind, "group_id": group_id}
    found: Link = house.looks(lambda db: db.query(Link).filter_by(**wanted).one())
    return found


# --- Accounts ---------------------------------------------------------------------------------------------------------


def test_mara_moderates_her_own_forum_s_dialogues_only(house: House) -> None:
    actor = asked(house.mara(), identity.moderator_of, house.dialogue_id)
    assert (actor.role, actor.id) == (Role.MODERATOR, house.mara_id)
    for browser, refusal in (
        (house.carl(), identity.NotSignedIn),
        (house.joins().browser, identity.NotSignedIn),
        (house.stranger(), errors.NoSuchDialogue),
        (house.analyst(), identity.NotForYou),
    ):
        with pytest.raises(refusal):
            asked(browser, identity.moderator_of, house.dialogue_id)
    with pytest.raises(errors.NoSuchDialogue):
        asked(house.mara(), identity.moderator_of, "no such dialogue")


def test_a_sign_in_ends_with_its_epoch_at_once(house: House) -> None:
    mara = house.mara()
    assert asked(mara, identity.signed_in).id == house.mara_id
    changes(house, sign_in_epoch=1)
    assert asked(mara, identity.signed_in) is None
    assert mara.get(f"/m/{house.dialogue_id}/", json=True).status_code == 401
    assert asked(holding(house, account=[house.mara_id, 1]), identity.signed_in).id == house.mara_id


def test_a_role_or_forum_that_was_taken_away_is_gone_at_once(house: House) -> None:
    mara = house.mara()
    assert mara.get(f"/m/{house.dialogue_id}/").status_code == 200
    changes(house, role="analyst")
    assert mara.get(f"/m/{house.dialogue_id}/").status_code == 403
    assert asked(mara, identity.signed_in) is not None


def test_signing_out_ends_it(house: House) -> None:
    mara = house.mara()
    mara.post("/sign-out")
    assert asked(mara, identity.signed_in) is None


# --- The cookie -------------------------------------------------------------------------------------------------------


def test_a_cookie_that_somebody_else_wrote_is_no_cookie(house: House) -> None:
    good = house.mara()
    kept = good.client.get_cookie("dialog")
    assert kept is not None
    foreign = Flask("elsewhere")
    foreign.secret_key = "another key"
    signer = SecureCookieSessionInterface().get_signing_serializer(foreign)
    assert signer is not None
    payload, rest = kept.value.split(".", 1)
    for value in (
        signer.dumps({"account": [house.mara_id, 0]}),
        f"{payload}.{rest[::-1]}",
        f"{payload}x.{rest}",
        payload,
        "",
        "." * 3,
        "junk",
        "\u00ff" * 10,
        "x" * 4000,
    ):
        browser = house.carl()
        browser.client.set_cookie("dialog", value)
        assert asked(browser, identity.signed_in) is None, value
        assert browser.get("/").status_code == 200
        assert browser.get(f"/d/{house.dialogue_id}/", json=True).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House) -> None:
    answer = house.carl().get("/token")
    (told,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in told
    assert "SameSite=Lax" in told


def test_a_page_makes_the_cookie_last_and_an_answer_to_a_script_does_not(house: House) -> None:
    anna = house.joins().browser
    with anna.client.session_transaction() as cookie:
        cookie.permanent = True
    anna.get("/token")
    page, board = f"/d/{house.dialogue_id}/", f"/d/{house.dialogue_id}/board.json"
    (told,) = anna.get(page).headers.getlist("Set-Cookie")
    assert "Expires=" in told
    answer = anna.get(board, json=True)
    assert answer.status_code == 200
    assert not answer.headers.getlist("Set-Cookie")


# --- Participants -----------------------------------------------------------------------------------------------------


def test_a_person_is_known_by_the_own_device_only(house: House) -> None:
    anna, ben = house.joins(), house.joins()
    assert asked(anna.browser, identity.participant_of, house.dialogue_id).id == anna.id
    for browser in (
        house.carl(),
        holding(house, people={house.dialogue_id: [anna.id, "a guess"]}),
        holding(house, people={house.dialogue_id: [anna.id, ""]}),
        holding(house, people={house.dialogue_id: ["nobody", "nothing"]}),
    ):
        with pytest.raises(identity.NotJoined):
            asked(browser, identity.participant_of, house.dialogue_id)
    with ben.browser.client.session_transaction() as cookie:
        _, bens_device = cookie["people"][house.dialogue_id]
    swapped = holding(house, people={house.dialogue_id: [anna.id, bens_device]})
    assert asked(swapped, identity.participant, house.dialogue_id) is None


def test_a_cookie_of_another_dialogue_opens_nothing_here(house: House) -> None:
    anna, elsewhere = house.joins(), House(house.app)
    with anna.browser.client.session_transaction() as cookie:
        kept = cookie["people"][house.dialogue_id]
    moved = holding(house, people={elsewhere.dialogue_id: kept})
    for browser in (anna.browser, moved):
        with pytest.raises(identity.NotJoined):
            asked(browser, identity.participant_of, elsewhere.dialogue_id)
        assert browser.get(f"/d/{elsewhere.dialogue_id}/board.json", json=True).status_code == 403


def test_somebody_without_a_phone_cannot_be_guessed(house: House) -> None:
    """No device is stored for them; an empty one must not fit."""
    anna = house.joins()
    with house.app.app_context(), store().writing() as db:
        db.get_one(type(house.person(anna.id)), anna.id).device_hash = ""
    for device in ("", "x"):
        browser = holding(house, people={house.dialogue_id: [anna.id, device]})
        assert asked(browser, identity.participant, house.dialogue_id) is None


def test_a_removed_person_is_told_so_and_not_let_in(house: House) -> None:
    anna = house.joins()
    house.does(remove_person, RemovePerson, person_id=anna.id)
    with pytest.raises(errors.NotHere):
        asked(anna.browser, identity.participant_of, house.dialogue_id)
    assert asked(anna.browser, identity.participant, house.dialogue_id).left


def test_who_writes_is_refused_as_who_looks(house: House) -> None:
    anna, ben, elsewhere = house.joins(), house.joins(), House(house.app)

    def writer(browser: Browser, dialogue_id: str = house.dialogue_id) -> Actor:
        return asked(browser, lambda _db: identity.writer_of(dialogue_id))[0]

    assert writer(anna.browser) == Actor(Role.PARTICIPANT, anna.id)
    for browser in (
        house.carl(),
        holding(house, people={house.dialogue_id: [anna.id, "a guess"]}),
        holding(house, people={house.dialogue_id: ["nobody", "nothing"]}),
    ):
        with pytest.raises(identity.NotJoined):
            writer(browser)
    with anna.browser.client.session_transaction() as cookie:
        kept = cookie["people"][house.dialogue_id]
    with pytest.raises(identity.NotJoined):
        writer(holding(house, people={elsewhere.dialogue_id: kept}), elsewhere.dialogue_id)
    with pytest.raises(errors.NoSuchDialogue):
        writer(anna.browser, "no such dialogue")
    house.does(remove_person, RemovePerson, person_id=ben.id)
    with pytest.raises(errors.NotHere):
        writer(ben.browser)


def test_another_phone_ends_the_old_one(house: House) -> None:
    anna = house.joins()
    with house.app.app_context():
        device, device_hash = identity.new_device(secrets.token_urlsafe(18))
    house.does(change_phone, ChangePhone, number=anna.number, device_hash=device_hash)
    assert asked(anna.browser, identity.participant, house.dialogue_id) is None
    new = holding(house, people={house.dialogue_id: [anna.id, device]})
    assert asked(new, identity.participant_of, house.dialogue_id).id == anna.id


def test_a_retried_form_makes_the_same_device_and_another_one_another(house: House) -> None:
    with house.app.app_context():
        key, other = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
        assert identity.new_device(key) == identity.new_device(key)
        assert identity.new_device(key)[0] != identity.new_device(other)[0]
        device, device_hash = identity.new_device(key)
    assert device not in device_hash
    assert len(device) == 32


def test_a_browser_remembers_many_dialogues_and_stays_below_what_browsers_keep(house: House) -> None:
    browser = house.carl()
    with house.app.test_request_context("/"):
        for _ in range(30):
            identity.remember_participant(secrets.token_hex(8), secrets.token_hex(8), secrets.token_hex(16))
        identity.remember_participant(house.dialogue_id, "the newest", "device")
        kept = dict(flask_cookie)
    assert len(kept["people"]) == identity.MOST_KEPT
    assert kept["people"][house.dialogue_id] == ["the newest", "device"]
    with browser.client.session_transaction() as cookie_of_browser:
        cookie_of_browser.update(kept, links=[secrets.token_hex(8)] * identity.MOST_KEPT, account=["x" * 16, 0])
    told = browser.client.get_cookie("dialog")
    assert told is not None
    assert len(told.value) < 3500


# --- Links ------------------------------------------------------------------------------------------------------------


def test_a_link_opens_its_own_board_and_no_other(house: House) -> None:
    first, second = house.groups[:2]
    made = link(house, LinkKind.BOARD, first)
    holder = holding(house, links=[made.id])
    actor = asked(holder, identity.board_runner, house.dialogue_id, first)
    assert (actor.role, actor.id, actor.group_id) == (Role.CO_MODERATOR, made.id, first)
    with pytest.raises(identity.NotForYou):
        asked(holder, identity.board_runner, house.dialogue_id, second)
    with pytest.raises(identity.NotSignedIn):
        asked(holder, identity.moderator_of, house.dialogue_id)
    elsewhere = House(house.app)
    with pytest.raises(errors.NoSuchThing):
        asked(holder, identity.board_runner, house.dialogue_id, elsewhere.groups[0])
    with pytest.raises(identity.NotForYou):
        asked(holder, identity.board_runner, elsewhere.dialogue_id, elsewhere.groups[0])


def test_a_link_to_all_boards_opens_all_of_its_dialogue(house: House) -> None:
    holder = holding(house, links=[link(house, LinkKind.BOARDS).id])
    for group_id in house.groups:
        assert asked(holder, identity.board_runner, house.dialogue_id, group_id).group_id is None


def test_a_revoked_link_opens_nothing_at_once(house: House) -> None:
    made = link(house, LinkKind.BOARD, house.groups[0])
    holder = holding(house, links=[made.id])
    with house.app.test_request_context("/"):
        signed = identity.sign_link(made)
    assert asked(house.carl(), identity.open_link, signed, [LinkKind.BOARD]).id == made.id
    house.does(revoke_link, RevokeLink, link_id=made.id)
    with pytest.raises(identity.NotForYou):
        asked(holder, identity.board_runner, house.dialogue_id, house.groups[0])
    with pytest.raises(identity.LinkGone):
        asked(house.carl(), identity.open_link, signed, [LinkKind.BOARD])


def test_a_link_of_another_kind_or_another_hand_opens_nothing(house: House) -> None:
    made = link(house, LinkKind.SCREEN)
    with house.app.test_request_context("/"):
        signed = identity.sign_link(made)
    assert asked(house.carl(), identity.open_link, signed, [LinkKind.SCREEN]).id == made.id
    secret = str(house.app.secret_key)
    for forged in (
        "",
        "junk",
        "a.b",
        signed[:-1],
        signed + "x",
        f"x{signed}",
        "\u00ff.\u00ff",
        "\0",
        "." * 50,
        str(URLSafeSerializer("another key", salt="link").dumps(made.id)),
        str(URLSafeSerializer(secret, salt="cookie-session").dumps(made.id)),
        str(URLSafeSerializer(secret, salt="link").dumps("no such link")),
    ):
        with pytest.raises(identity.LinkGone):
            asked(house.carl(), identity.open_link, forged, [LinkKind.SCREEN])
    with pytest.raises(identity.LinkGone):
        asked(house.carl(), identity.open_link, signed, [LinkKind.BOARD, LinkKind.BOARDS])
    holder = holding(house, links=[made.id])
    with pytest.raises(identity.NotForYou):
        asked(holder, identity.board_runner, house.dialogue_id, house.groups[0])
