"""Revealing: nothing is shown before, and then to the group and the moderators only."""

import pytest

from dialog import audience as a
from dialog import errors
from dialog.acting import Actor
from dialog.commands.hide_card import hide_card
from dialog.commands.reveal_cards import reveal_cards
from dialog.commands.show_card import show_card
from dialog.words import Role, Step
from tests.people import JOBCENTER, MARA, TRAEGER, Afternoon, Person


@pytest.fixture
def people(afternoon: Afternoon) -> dict[str, Person]:
    found = {"anna": afternoon.join(JOBCENTER), "ben": afternoon.join(JOBCENTER), "tara": afternoon.join(TRAEGER)}
    afternoon.go(Step.COLLECT)
    return found


def _who_sees(afternoon: Afternoon, people: dict[str, Person], text: str) -> set[str]:
    group_id, other = people["anna"].group_id, people["tara"].group_id
    pages = {name: person.phone for name, person in people.items()}
    pages |= {"cockpit": a.COCKPIT, "screen": a.SCREEN, "mates": a.phone(group_id), "others": a.phone(other)}
    pages |= {"board": a.board(group_id), "other board": a.board(other)}
    return {name for name, page in pages.items() if text in afternoon.cards(page)}


def test_before_the_reveal_only_the_writer_sees_a_card(afternoon: Afternoon, people: dict[str, Person]) -> None:
    afternoon.write(people["anna"].actor, "Zu wenig Zeit")
    afternoon.write(MARA, "Vom Zettel", group_id=people["anna"].group_id)
    assert _who_sees(afternoon, people, "Zu wenig Zeit") == {"anna"}
    assert _who_sees(afternoon, people, "Vom Zettel") == {"board"}
    counts = afternoon.sees(a.SCREEN)["groups"][people["anna"].group_id]
    assert (counts["written"], counts["revealed"]) == (2, False)


def test_after_the_reveal_the_group_and_the_moderators_see_its_cards(
    afternoon: Afternoon, people: dict[str, Person]
) -> None:
    afternoon.write(people["anna"].actor, "Zu wenig Zeit")
    afternoon.cockpit(reveal_cards, group_id=people["anna"].group_id)
    assert _who_sees(afternoon, people, "Zu wenig Zeit") == {"anna", "ben", "mates", "board", "cockpit"}


def test_one_group_s_reveal_leaves_the_others_covered(afternoon: Afternoon, people: dict[str, Person]) -> None:
    afternoon.write(people["tara"].actor, "Zu viele Listen")
    afternoon.cockpit(reveal_cards, group_id=people["anna"].group_id)
    assert _who_sees(afternoon, people, "Zu viele Listen") == {"tara"}


def test_a_card_written_after_the_reveal_is_open_at_once(afternoon: Afternoon, people: dict[str, Person]) -> None:
    afternoon.cockpit(reveal_cards)
    afternoon.write(people["anna"].actor, "Noch etwas")
    assert "ben" in _who_sees(afternoon, people, "Noch etwas")


def test_going_on_reveals_what_is_still_covered(afternoon: Afternoon, people: dict[str, Person]) -> None:
    afternoon.write(people["tara"].actor, "Zu viele Listen")
    afternoon.go(Step.SORT)
    assert "board" not in _who_sees(afternoon, people, "Zu viele Listen")
    assert {"cockpit", "others"} <= _who_sees(afternoon, people, "Zu viele Listen")


def test_a_hidden_card_stays_with_the_moderators_and_its_author(
    afternoon: Afternoon, people: dict[str, Person]
) -> None:
    card_id = afternoon.write(people["anna"].actor, "Der Herr Meier ist schuld")
    afternoon.go(Step.SORT)
    afternoon.on_board(people["anna"].group_id, hide_card, card_id=card_id)
    assert _who_sees(afternoon, people, "Der Herr Meier ist schuld") == {"anna", "cockpit", "board"}
    afternoon.on_board(people["anna"].group_id, show_card, card_id=card_id)
    assert "ben" in _who_sees(afternoon, people, "Der Herr Meier ist schuld")


def test_cards_come_in_an_order_that_tells_nothing(afternoon: Afternoon, people: dict[str, Person]) -> None:
    written = [afternoon.write(people["anna"].actor, f"Gedanke {n}") for n in range(12)]
    afternoon.cockpit(reveal_cards)
    shown = sorted(afternoon.sees(people["ben"].phone)["cards"].values(), key=lambda card: card["rank"])
    assert [card["id"] for card in shown] != written


def test_a_co_moderator_reveals_the_own_group_only(afternoon: Afternoon, people: dict[str, Person]) -> None:
    own, other = people["anna"].group_id, people["tara"].group_id
    helper = Actor(Role.CO_MODERATOR, "link", own)
    for target in (other, None):
        with pytest.raises(errors.NotYourGroup):
            afternoon.act(reveal_cards, helper, group_id=target)
    with pytest.raises(errors.NoSuchThing):
        afternoon.act(reveal_cards, MARA, group_id="nowhere")
    assert afternoon.act(reveal_cards, helper, group_id=own).happenings
    assert not afternoon.act(reveal_cards, helper, group_id=own).happenings


def test_a_covered_card_cannot_be_hidden_unread(afternoon: Afternoon, people: dict[str, Person]) -> None:
    card_id = afternoon.write(people["anna"].actor, "Zu wenig Zeit")
    with pytest.raises(errors.NotRevealed):
        afternoon.on_board(people["anna"].group_id, hide_card, card_id=card_id)
