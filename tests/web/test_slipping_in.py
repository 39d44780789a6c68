"""Nobody slips in while the right to be here ends: what happens between reading a right and joining a room."""

from collections.abc import Callable
from typing import Any

import pytest
from flask_socketio import SocketIOTestClient

from dialog.commands.post_card import PostCard, post_card
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.store import Db
from dialog.words import Step, Valence
from sessions import live
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


@pytest.mark.parametrize(("reading", "before"), [(1, True), (1, False), (2, True), (2, False)])
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
    assert "Ohne Anna" in str(his.get_received())
    assert not hers.is_connected()
    assert "Ohne Anna" not in str(hers.queue)
