"""Two people change the same entry at the same time, and nobody's text is lost."""

import json
from typing import Any

import pytest

from dialog.words import Step
from tests.web.at_tables import Tables
from tests.web.house import House


@pytest.fixture
def tables(house: House) -> Tables:
    return Tables(house)


def test_changes_at_different_places_are_put_together(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind am Vormittag gut erreichbar")
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, text="Alle sind auch am Vormittag gut erreichbar")
    answer = tables.edits(tables.ben, entry_id, was, text="Alle sind am Vormittag gut erreichbar und freundlich")
    assert answer.status_code == 200
    assert tables.content(entry_id)["text"] == "Alle sind auch am Vormittag gut erreichbar und freundlich"


def test_the_second_to_change_the_same_words_is_shown_both_and_then_counts(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, text="Alle sind freundlich")
    met = tables.edits(tables.ben, entry_id, was, text="Alle sind pünktlich")
    assert (met.status_code, met.json["code"]) == (409, "WrittenMeanwhile")
    assert met.json["theirs"] == tables.content(entry_id)
    assert tables.content(entry_id)["text"] == "Alle sind freundlich"
    again = tables.edits(tables.ben, entry_id, met.json["theirs"], text="Alle sind pünktlich")
    assert again.status_code == 200
    assert tables.content(entry_id)["text"] == "Alle sind pünktlich"


def test_without_script_the_page_keeps_mine_and_shows_theirs(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, text="Alle sind freundlich")
    page = tables.edits(tables.ben, entry_id, was, json=False, text="Alle sind pünktlich")
    assert page.status_code == 409
    assert ">Alle sind pünktlich</textarea>" in page.text
    theirs = page.text.split("data-meeting")[1].split("data-newer")[0]
    assert "Alle sind freundlich" in theirs
    assert "hidden" not in theirs.split(">")[0]
    began_from = _was(page.text)
    assert began_from == tables.content(entry_id)
    assert tables.edits(tables.ben, entry_id, began_from, json=False, text="Alle sind pünktlich").status_code == 303
    assert tables.content(entry_id)["text"] == "Alle sind pünktlich"


def _was(page: str) -> dict[str, Any]:
    from html import unescape

    return dict(json.loads(unescape(page.split('name="was" value="')[1].split('"')[0])))


def test_two_who_choose_different_things_both_keep_their_choice(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    entry_id = tables.proposal()
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, needs=["traeger"], level="A")
    assert tables.edits(tables.ben, entry_id, was, needs=["politik"], first_step="Anrufen").status_code == 200
    content = tables.content(entry_id)
    assert (content["needs"], content["level"], content["first_step"]) == (["traeger", "politik"], "A", "Anrufen")


def test_what_was_taken_back_meanwhile_is_not_lost(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    tables.anna.browser.post(tables.phone(f"entries/{entry_id}/withdraw"))
    page = tables.edits(tables.ben, entry_id, was, json=False, text="Mein langer neuer Satz")
    assert page.status_code == 404
    assert ">Mein langer neuer Satz</textarea>" in page.text
    assert "Jemand hat das zurückgenommen." in page.text
    assert "hidden" not in page.text.split("data-gone")[1].split(">")[0]
    tables.ben.browser.post(tables.phone(f"entries/{entry_id}/restore"))
    assert tables.edits(tables.ben, entry_id, was, text="Mein langer neuer Satz").status_code == 200


def test_saving_unchanged_is_no_change(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, text="Alle sind freundlich")
    before = tables.seq
    assert tables.edits(tables.ben, entry_id, was).status_code == 200
    assert (tables.content(entry_id)["text"], tables.seq) == ("Alle sind freundlich", before)


def test_the_tablet_meets_the_phones(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    tables.edits(tables.anna, entry_id, was, text="Alle sind freundlich")
    fields = {"was": json.dumps(was), "text": "Alle sind pünktlich"}
    met = tables.mara.post(tables.tablet(f"entries/{entry_id}"), **fields)
    assert met.json["theirs"]["text"] == "Alle sind freundlich"
    page = tables.mara.post(tables.tablet(f"entries/{entry_id}"), json=False, **fields)
    assert page.status_code == 409
    assert ">Alle sind pünktlich</textarea>" in page.text
