"""Nobody slips in while the right to be here ends: what happens between reading a right and joining a room."""

from collections.abc import Callable
from typing import Any

import pytest
from flask_socketio import SocketIOTestClient

from dialog import table_queries
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.seat_person import SeatPerson, seat_person
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.store import Db
from dialog.words import Step, Valence
from sessions import live
from sessions.broadcast import send_what_waits
from tests.web.house import Guest, House


def connects(house: House, guest: Guest) -> SocketIOTestClient:
    socketio = house.app.extensions["socketio"]
    greeting = {"page": "phone", "dialogue": house.dialogue_id}
    return socketio.test_client(house.app, auth=greeting, flask_test_client=guest.browser.client)


def in_between(monkeypatch: pytest.MonkeyPatch, reading: int, before: bool, happens: Callable[[], Any]) -> None:
    """Let something happen just before or just after the right is read for the nth time."""
    real, count = live._rights, iter(range(1, 100))

    def rights(db: Db, greeting: live.Greeting) -> Any:
        is_now = next(count) == reading
        if is_now and before:
            happens()
        found = real(db, greeting)
        if is_now and not before:
            happens()
        return found

    monkeypatch.setattr(live, "_rights", rights)


def told(house: House) -> None:
    """Nothing waits to be sent any more."""
    with house.app.app_context():
        send_what_waits(house.dialogue_id)


EVERY_MOMENT = pytest.mark.parametrize(("reading", "before"), [(1, True), (1, False), (2, True), (2, False)])


@EVERY_MOMENT
def test_who_is_removed_while_coming_in_hears_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, reading: int, before: bool
) -> None:
    anna, ben = house.joins(), house.joins()
    house.goes_to(Step.COLLECT)
    house.does(reveal_cards, RevealCards, group_id=anna.group_id)
    his = connects(house, ben)
    in_between(monkeypatch, reading, before, lambda: house.does(remove_person, RemovePerson, person_id=anna.id))

    hers = connects(house, anna)

    card = {"valence": Valence.WORKS, "text": "Ohne Anna", "addressees": ("traeger",)}
    house.does(post_card, PostCard, **house.acting(ben), **card)
    told(house)
    assert "Ohne Anna" in str(his.get_received())
    assert not hers.is_connected()
    assert "Ohne Anna" not in str(hers.queue)


@EVERY_MOMENT
@pytest.mark.parametrize("way", ["to another table", "to the tables", "back to the groups"])
def test_who_is_moved_while_coming_in_hears_the_new_place_only_or_comes_again(
    house: House, monkeypatch: pytest.MonkeyPatch, reading: int, before: bool, way: str
) -> None:
    anna, ben = house.joins(), house.joins("traeger")
    house.goes_to(Step.MIX)
    house.does(draw_mixed_groups, DrawMixedGroups, tables=2, seed=1)
    house.goes_to(Step.MIRROR if way == "to the tables" else Step.ENVISION)
    here = house.looks(table_queries.table_of, anna.id)
    there = house.looks(table_queries.table_of, ben.id)

    def move() -> None:
        if way == "to another table":
            house.does(seat_person, SeatPerson, person_id=anna.id, table_id=there)
            writes(here, "Am alten Tisch")
        elif way == "to the tables":
            house.goes_to(Step.ENVISION)
        else:
            house.goes_to(Step.COLLECT)
            writes_card(ben, "In der fremden Gruppe")

    def writes(table_id: str, text: str) -> None:
        house.does(write_vision, WriteVision, text=text, plain="", table_id=table_id)

    def writes_card(guest: Guest, text: str) -> None:
        card = {"valence": Valence.WORKS, "text": text, "addressees": ("traeger",)}
        house.does(post_card, PostCard, **house.acting(guest), **card)

    in_between(monkeypatch, reading, before, move)

    first = connects(house, anna)
    hers = first if first.is_connected() else connects(house, anna)
    assert hers.is_connected()
    assert first.is_connected() == ((reading, before) != (2, False)), "what was read last was too old"
    if way == "back to the groups":
        writes_card(anna, "Hier")
        writes_card(ben, "Woanders")
    else:
        now = there if way == "to another table" else here
        writes(now, "Hier")
        writes(here if now == there else there, "Woanders")

    told(house)
    heard = str(hers.get_received())
    assert "Hier" in heard
    for text in ("Am alten Tisch", "In der fremden Gruppe", "Woanders"):
        assert text not in heard + str(first.queue)
