"""Whom the server lets in, and whom no longer."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.live.hall import SOON, Browser, Ear, Hall, Refused, signed


def refusal(connect: Callable[..., Ear], *what: Any, **more: Any) -> Any:
    """What somebody is told who is not let in."""
    with pytest.raises(Refused) as told:
        connect(*what, **more)
    return told.value.args[0]


def status(connect: Callable[..., Ear], *what: Any, **more: Any) -> int:
    return int(refusal(connect, *what, **more)["data"]["status"])


def test_carl_hears_nothing(hall: Hall) -> None:
    anna = hall.joins()
    hall.phone(anna)
    hall.board(anna.group_id)
    assert status(hall.listens, "", "phone") == 403
    assert status(hall.listens, "", "cockpit") == 401
    assert status(hall.listens, "", "board", group=anna.group_id) == 403
    assert status(hall.listens, "", "screen") == 403
    assert status(hall.listens, "", "screen", link="made-up.signature") == 403
    told = refusal(hall.listens, "", "phone")
    assert "Code an der Wand" in told["data"]["error"]
    assert told["message"] == told["data"]["error"]


def test_a_cookie_that_was_tampered_with_is_no_cookie(hall: Hall) -> None:
    anna = hall.joins()
    payload, rest = anna.cookie.split(".", 1)
    assert status(hall.listens, f"{payload}x.{rest}", "phone") == 403
    assert status(hall.listens, signed(people={hall.id: [anna.id, "not her device"]}), "phone") == 403
    assert status(hall.listens, signed(account=[hall.mara_id, 1]), "cockpit") == 401


def test_a_participant_is_no_moderator(hall: Hall) -> None:
    anna = hall.joins()
    assert status(hall.listens, anna.cookie, "cockpit") == 401
    assert status(hall.listens, anna.cookie, "board", group=anna.group_id) == 403


def test_a_moderator_of_another_forum_is_refused(hall: Hall) -> None:
    stranger = hall.stranger()
    group_id = hall.group_of["jobcenter"]
    hall.cockpit()
    hall.board(group_id)
    assert status(hall.listens, stranger.cookie, "cockpit") == 404
    assert status(hall.listens, stranger.cookie, "board", group=group_id) == 403


def test_a_person_of_another_dialogue_is_refused(hall: Hall) -> None:
    elsewhere = Hall(hall.server, hall.store)
    dora = elsewhere.joins()
    elsewhere.phone(dora)
    assert status(hall.listens, dora.cookie, "phone") == 403
    assert status(hall.listens, hall.mara.cookie, "board", group=dora.group_id) == 404
    elsewhere.leave()


def test_a_removed_person_is_cut_off_and_cannot_come_back(hall: Hall) -> None:
    anna, ben = hall.joins(), hall.joins()
    hers, his = hall.phone(anna), hall.phone(ben)
    hall.goes_to("collect")

    hall.moderates("remove_person", person_id=anna.id)

    assert hers.ended.wait(SOON)
    seq = hall.writes(ben, "Jetzt ohne Anna")
    his.hears(seq)
    assert seq not in hers.seqs
    assert status(hall.phone, anna) == 403
    assert anna.browser.get(f"/d/{hall.id}/board.json").status_code == 403


def test_a_revoked_link_is_cut_off_and_cannot_come_back(hall: Hall) -> None:
    screen_id, screen = hall.link("screen")
    board_id, board = hall.link("board", hall.group_of["jobcenter"])
    cookie = signed(links=[board_id])
    ears = [
        hall.listens("", "screen", link=screen),
        hall.listens(cookie, "board", group=hall.group_of["jobcenter"]),
    ]
    assert status(hall.listens, cookie, "board", group=hall.group_of["traeger"]) == 403
    assert status(hall.listens, "", "screen", link=board) == 403

    for link_id in (screen_id, board_id):
        hall.moderates("revoke_link", link_id=link_id)

    for ear in ears:
        assert ear.ended.wait(SOON)
    assert status(hall.listens, "", "screen", link=screen) == 403
    assert status(hall.listens, cookie, "board", group=hall.group_of["jobcenter"]) == 403


def test_who_is_removed_from_the_forum_is_cut_off_and_cannot_come_back(hall: Hall) -> None:
    ben = Browser(hall.server.url, hall._account(hall.forum_id, "ben-" + hall.mara_id[:8]))
    cockpit = hall.listens(ben.cookie, "cockpit")
    own = hall.cockpit()

    answer = hall.mara.post(f"/forum/accounts/ben-{hall.mara_id[:8]}/remove")

    assert answer.status_code == 303
    assert cockpit.ended.wait(SOON)
    assert status(hall.listens, ben.cookie, "cockpit") == 401
    own.hears(hall.goes_to("collect"))


def test_a_moved_person_hears_the_new_group_and_nothing_more_of_the_old_one(hall: Hall) -> None:
    anna, ben, dora = hall.joins(), hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    hall.moderates("reveal_cards", group_id="")
    old = hall.phone(ben)
    (before,) = old.hears(hall.writes(anna, "Noch unter uns"))
    assert before["type"] == "CardPinned"

    hall.moderates("move_person", person_id=ben.id, group_id=dora.group_id)

    assert old.ended.wait(SOON)
    new = hall.phone(ben)
    (there,) = new.hears(hall.writes(dora, "Willkommen"))
    assert there["card"]["text"] == "Willkommen"
    (here,) = new.hears(hall.writes(anna, "Ohne Ben"))
    assert here["type"] == "CardCounted"
    assert "Ohne Ben" not in new.everything + old.everything


def test_another_phone_shuts_the_old_one_out(hall: Hall) -> None:
    anna = hall.joins()
    old = hall.phone(anna)
    old_cookie = anna.cookie

    anna.browser.cookie = ""
    anna.browser.does(f"/{hall.code}/phone", number=anna.number)

    assert old.ended.wait(SOON)
    assert status(hall.listens, old_cookie, "phone") == 403
    hall.phone(anna).hears(hall.goes_to("collect"))
