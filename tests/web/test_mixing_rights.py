"""Who may mix, and what nobody else hears of it: what was asked of the draw, and the draw itself before it is shown."""

import re
from typing import Any

import pytest

from dialog import queries, table_queries
from dialog.commands.make_link import MakeLink, make_link
from dialog.models import Link
from dialog.words import LinkKind, Step
from sessions.identity import sign_link
from tests.web.house import Browser, House, numbers_in
from tests.web.test_mixing_acts import Mixing

ACTS: dict[str, dict[str, str]] = {
    "draw_mixed_groups": {"tables": "3"},
    "show_tables": {},
    "lock_table": {"table_id": "TABLE", "locked": "y"},
    "give_table_topic": {"table_id": "TABLE", "topic_id": ""},
    "seat_person": {"person_id": "PERSON", "table_id": "TABLE"},
    "pair_people": {"kind": "apart", "first": "FIRST", "second": "SECOND"},
    "fix_person": {"number": "FIRST", "at": "1"},
    "describe_person": {"person_id": "PERSON", "organisation": "Bildungswerk"},
    "table_links": {},
}


@pytest.fixture
def drawn(house: House) -> Mixing:
    """A draw that nobody has been shown, with a pair, a fixed place and a note that nobody may ever see."""
    mixing = Mixing(house)
    mixing.posts("pair_people", kind="apart", first=mixing.number(0), second=mixing.number(1))
    mixing.posts("fix_person", number=mixing.number(2), at="2")
    assert mixing.posts("draw_mixed_groups", tables="3").status_code == 200
    return mixing


def by_link(drawn: Mixing, **fields: Any) -> tuple[Browser, str]:
    """A browser that came in with a new link, and the address it opened."""
    drawn.house.does(make_link, MakeLink, scope="", **fields)

    def signed(db: Any) -> str:
        rows = db.query(Link).filter_by(dialogue_id=drawn.house.dialogue_id, kind=fields["kind"])
        link = next(row for row in rows if row.group_id == fields.get("group_id"))
        return sign_link(link)

    with drawn.house.app.test_request_context("/"):
        address = drawn.house.looks(signed)
    browser = drawn.house.carl()
    if fields["kind"] is LinkKind.SCREEN:
        return browser, f"/s/{drawn.house.dialogue_id}/{address}/"
    browser.get(f"/k/{address}")
    return browser, f"/b/{drawn.house.dialogue_id}/{fields.get('group_id') or drawn.house.groups[0]}/"


def strangers(drawn: Mixing) -> list[tuple[Browser, int]]:
    """Everybody who may not mix, with the status they get."""
    co_moderator, _address = by_link(drawn, kind=LinkKind.BOARDS)
    return [
        (drawn.house.carl(), 401),
        (drawn.guests[0].browser, 401),
        (co_moderator, 401),
        (drawn.house.analyst(), 403),
        (drawn.house.stranger(), 404),
    ]


def filled(drawn: Mixing, fields: dict[str, str]) -> dict[str, str]:
    sits_at = drawn.seats[drawn.guests[0].id]
    real = {
        "TABLE": next(table.id for table in drawn.tables if table.id != sits_at),
        "PERSON": drawn.guests[0].id,
        "FIRST": drawn.number(0),
        "SECOND": drawn.number(4),
    }
    return {name: real.get(value, value) for name, value in fields.items()}


def seq(drawn: Mixing) -> int:
    return int(drawn.house.looks(queries.dialogue, drawn.house.dialogue_id).seq)


def test_only_moderators_of_the_forum_see_the_pages(drawn: Mixing) -> None:
    for page in ("tables", "table-cards", f"tables/breaks/{drawn.guests[0].id}"):
        assert drawn.sees(page), "it is there"
        for browser, status in strangers(drawn):
            answer = browser.get(f"/m/{drawn.house.dialogue_id}/{page}", json=True)
            assert answer.status_code == status, page
            assert drawn.number(3) not in numbers_in(answer.text)


@pytest.mark.parametrize("act", ACTS)
def test_only_moderators_of_the_forum_may(drawn: Mixing, act: str) -> None:
    fields, others = filled(drawn, ACTS[act]), strangers(drawn)
    before = seq(drawn)
    for browser, status in others:
        assert drawn.posts(act, by=browser, **fields).status_code == status
    assert seq(drawn) == before
    assert drawn.posts(act, **fields).status_code in (200, 303)
    assert seq(drawn) > before, "Mara may"


@pytest.mark.parametrize("act", ACTS)
def test_nothing_without_the_token_of_the_page(drawn: Mixing, act: str) -> None:
    before = seq(drawn)
    fields = {"client_key": "a key that is long enough", **filled(drawn, ACTS[act])}
    answer = drawn.mara.client.post(
        f"/m/{drawn.house.dialogue_id}/{act}", data=fields, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert seq(drawn) == before


def payloads(drawn: Mixing) -> dict[str, str]:
    """Everything that phones, boards and the projector can ask for."""
    wall, wall_address = by_link(drawn, kind=LinkKind.SCREEN)
    board, board_address = by_link(drawn, kind=LinkKind.BOARD, group_id=drawn.house.groups[0])
    asked = [(wall, wall_address), (board, board_address)]
    asked += [(guest.browser, f"/d/{drawn.house.dialogue_id}/") for guest in drawn.guests[:4]]
    found = {}
    for at, (browser, address) in enumerate(asked):
        for page in (address, f"{address}board.json"):
            answer = browser.get(page, json=page.endswith("json"))
            assert answer.status_code == 200, page
            found[f"{at} {page}"] = answer.text
    return found


def test_nobody_hears_of_the_draw_before_it_is_shown(drawn: Mixing) -> None:
    table_ids = [table.id for table in drawn.tables]
    assert all(table_id in drawn.sees() for table_id in table_ids), "the moderator sees them"
    for place, text in payloads(drawn).items():
        assert not any(table_id in text for table_id in table_ids), place
        assert not re.search(r"Tisch \d", text), place
    drawn.posts("show_tables")
    phones = [text for place, text in payloads(drawn).items() if "/d/" in place]
    assert any(table_id in text for text in phones for table_id in table_ids), "then everybody does"


def test_what_was_asked_stands_on_no_phone_board_or_wall(drawn: Mixing) -> None:
    pair_id = drawn.house.looks(table_queries.pairs, drawn.house.dialogue_id)[0].id
    page = drawn.sees()
    assert pair_id in page
    assert f"{drawn.number(2)} an Tisch 2" in page
    drawn.posts("show_tables")
    for step in (Step.MIX, Step.ENVISION):
        if step is not Step.MIX:
            drawn.house.goes_to(step)
        for place, text in payloads(drawn).items():
            for secret in (pair_id, "fixed_at", "pair_people", "an Tisch 2"):
                assert secret not in text, (step, place, secret)


def test_the_cockpits_page_of_what_was_asked_is_the_only_one(drawn: Mixing) -> None:
    pair_id = drawn.house.looks(table_queries.pairs, drawn.house.dialogue_id)[0].id
    for page in ("people", "links", "table-cards", "ready", "board.json", ""):
        assert pair_id not in drawn.sees(page), page


def test_links_for_all_tables_are_made_once_and_printed(drawn: Mixing) -> None:
    first = drawn.posts("table_links", json=False)
    assert first.status_code == 303
    page = drawn.sees("links")
    assert page.count('class="link"') == 3
    assert all(f">Tisch {table.name}</label>" in page for table in drawn.tables)
    assert "Links für alle Tische" not in page, "there is none left to make"
    before = seq(drawn)
    drawn.posts("table_links", json=False)
    assert seq(drawn) == before
    cards = drawn.sees("table-cards")
    assert cards.count("tent-number") == 6, "each sheet says it on both sides"
    assert cards.count("tablet-code") == 3


def test_the_people_page_says_who_sits_where(drawn: Mixing) -> None:
    names = {table.id: table.name for table in drawn.tables}
    page = drawn.sees("people")
    for person_id, table_id in drawn.seats.items():
        row = page.split(f'id="person-{person_id}"')[1].split("</li>")[0]
        assert f"Tisch {names[table_id]}" in row
