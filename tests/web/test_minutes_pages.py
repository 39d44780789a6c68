"""The minutes to print and the sheet for the wall: who may read them, and what they say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dialog import queries
from dialog.acting import board_scope
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.words import Step, Valence
from sessions.moderator import minutes
from tests.web.house import House

AWKWARD = "<b>=1+1</b> \u200fعربي 🎉"
PAGES = ("minutes", "summary")


def _card(house: House, text: str) -> None:
    anna = house.joins()
    said = {"valence": Valence.FAILS, "text": text, "addressees": ("jobcenter",)}
    house.does(post_card, PostCard, **said, **house.acting(anna))


@pytest.mark.parametrize("page", PAGES)
def test_only_who_may_read_the_dialogue_reads_its_minutes(house: House, page: str) -> None:
    address = f"/m/{house.dialogue_id}/{page}"
    analyst = house.analyst()
    assert house.carl().get(address).status_code in (302, 303, 401)
    assert house.stranger().get(address).status_code == 404
    assert house.joins().browser.get(address).status_code in (302, 303, 401)
    assert analyst.get(address).status_code == 403
    assert house.mara().get(address + "?profile=secret").status_code == 404
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)
    answer = analyst.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_minutes_show_what_is_revealed_and_nothing_else(house: House) -> None:
    house.goes_to(Step.COLLECT)
    _card(house, AWKWARD)
    _card(house, "Niemand ruft mich an")
    address, mara = f"/m/{house.dialogue_id}/minutes", house.mara()
    before = mara.get(address).text
    assert "Noch nicht aufgedeckte Karten: 2." in before
    assert "Niemand ruft" not in before
    house.does(reveal_cards, RevealCards)
    house.goes_to(Step.SORT)
    cards = {card.text: card for card in house.looks(queries.cards, house.dialogue_id)}
    one, other = cards[AWKWARD], cards["Niemand ruft mich an"]
    house.does(make_topic, MakeTopic, group_id=one.group_id, title="Erreichbarkeit", card_ids=(one.id,))
    house.does(hide_card, HideCard, scope=board_scope(other.group_id), card_id=other.id)
    page = mara.get(address).text
    assert len(re.findall("<h1", page)) == 1
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert "<b>=1+1" not in page
    assert "Niemand ruft" not in page
    assert "Ausgeblendete Karten: 1." in page
    assert re.search(r'<h3 [^>]*class="topic-strip"[^>]*>.*Erreichbarkeit', page)
    assert "Drucken oder als PDF sichern" in page
    heads = re.findall(r"<th\b[^>]*>", page)
    assert heads
    assert all('scope="col"' in head for head in heads)
    public = mara.get(address + "?profile=public").text.partition("<main>")[2]
    assert "Öffentliche Fassung" in public
    assert "Interne Fassung" not in public


def test_the_sheet_for_the_wall_says_what_there_is_not(house: House) -> None:
    house.joins()
    page = house.mara().get(f"/m/{house.dialogue_id}/summary").text
    assert "Dialog im Test" in page
    for sentence in ("Noch hat keine Gruppe", "Noch kein Tisch hat", "Noch ist nichts"):
        assert sentence in page


NOT_MADE = "Die Seite konnte nicht erstellt werden. Nichts ist verloren; bitte versuchen Sie es noch einmal."


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_cannot_be_made_is_a_sentence_and_comes_the_next_time(
    house: House, page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mara = house.mara()
    address = f"/m/{house.dialogue_id}/{page}"
    settings = house.app.extensions["settings"]
    with monkeypatch.context() as gone:
        gone.setitem(
            house.app.extensions, "settings", replace(settings, database_url=f"sqlite:///{tmp_path}/none/at-all")
        )
        answer = mara.get(address)
    assert (answer.status_code, NOT_MADE in answer.text) == (500, True)
    with monkeypatch.context() as short:
        short.setattr(minutes, "PATIENCE", 0.001)
        answer = mara.get(address)
    assert (answer.status_code, NOT_MADE in answer.text) == (500, True)
    assert mara.get(address).status_code == 200
