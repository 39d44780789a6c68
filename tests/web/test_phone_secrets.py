"""What a phone never gets to see: other people's cards before the reveal, and hidden ones after it."""

import pytest

from dialog import queries
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.words import Step
from tests.web.house import Guest, House, numbers_in
from tests.web.test_phone_cards import writes


def seen(house: House, guest: Guest) -> str:
    """Everything this phone is told: page and board."""
    pages = [guest.browser.get(f"/d/{house.dialogue_id}/{path}") for path in ("", "board.json")]
    assert all(page.status_code == 200 for page in pages)
    return "".join(page.text for page in pages)


@pytest.fixture
def written(house: House) -> tuple[House, Guest, Guest, Guest, str]:
    """Anna has written; Ben sits in her group, Dora in another one."""
    anna, ben, dora = house.joins("jobcenter"), house.joins("jobcenter"), house.joins("traeger")
    house.goes_to(Step.COLLECT)
    card_id = writes(house, anna, text="Annas Gedanke").json["card"]
    assert "Annas Gedanke" in seen(house, anna)
    return house, anna, ben, dora, card_id


def test_before_the_reveal_only_the_writer_sees_a_card(written: tuple[House, Guest, Guest, Guest, str]) -> None:
    house, anna, ben, dora, card_id = written
    for guest in (ben, dora):
        assert "Annas Gedanke" not in seen(house, guest)
        assert card_id not in seen(house, guest)
    refused = writes(house, ben, json=False, text="")
    assert "Annas Gedanke" not in refused.text
    assert ben.browser.get(f"/d/{house.dialogue_id}/cards/{card_id}", json=True).json.keys() == {"error", "code"}


def test_after_the_reveal_the_group_sees_it_and_nobody_else(written: tuple[House, Guest, Guest, Guest, str]) -> None:
    house, anna, ben, dora, card_id = written
    house.does(reveal_cards, RevealCards)
    for step in (Step.COLLECT, Step.SORT, Step.NOMINATE, Step.WEIGH):
        house.goes_to(step)
        assert "Annas Gedanke" not in seen(house, dora)
    house.goes_to(Step.SORT)
    assert "Annas Gedanke" in seen(house, ben)
    assert anna.id not in seen(house, ben)
    assert anna.number not in numbers_in(seen(house, ben))


def test_a_hidden_card_is_for_its_writer_only(written: tuple[House, Guest, Guest, Guest, str]) -> None:
    house, anna, ben, dora, card_id = written
    house.does(reveal_cards, RevealCards)
    assert "Annas Gedanke" in seen(house, ben)
    house.does(hide_card, HideCard, card_id=card_id)
    assert "Annas Gedanke" in seen(house, anna)
    for guest in (ben, dora):
        assert "Annas Gedanke" not in seen(house, guest)
        assert card_id not in seen(house, guest)
    house.goes_to(Step.MIRROR)
    assert "Annas Gedanke" not in seen(house, ben)


def test_a_withdrawn_card_is_gone_from_every_page(written: tuple[House, Guest, Guest, Guest, str]) -> None:
    house, anna, ben, _, card_id = written
    house.does(reveal_cards, RevealCards)
    assert "Annas Gedanke" in seen(house, ben)
    assert anna.browser.post(f"/d/{house.dialogue_id}/cards/{card_id}/withdraw").status_code == 200
    assert "Annas Gedanke" not in seen(house, ben)
    assert house.looks(queries.cards, house.dialogue_id) == []


def test_pages_of_people_are_kept_by_no_one_on_the_way(house: House) -> None:
    anna = house.joins()
    for path in ("", "board.json"):
        assert anna.browser.get(f"/d/{house.dialogue_id}/{path}").headers["Cache-Control"] == "no-store"
