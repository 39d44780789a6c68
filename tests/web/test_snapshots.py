"""One snapshot per audience and act, not per phone; and a phone's is the group's with the own cards."""

from typing import Any

import pytest

from dialog import audience as a
from dialog import board, queries, table_queries
from dialog.commands.change_plan import ChangePlan, change_plan
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.move_person import MovePerson, move_person
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.models import Participant
from dialog.store import Store
from dialog.words import Step, Valence
from sessions import snapshots
from sessions.snapshots import board_for
from tests.method.programs import TOUR, Player
from tests.web.house import Guest, House


def writes(house: House, guest: Guest, text: str) -> str:
    card = {"valence": Valence.FAILS, "text": text, "addressees": ("traeger",)}
    return str(house.does(post_card, PostCard, **house.acting(guest), **card).happenings[0].card.id)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_phone_s_board_is_its_group_s_board_with_the_own_cards(store: Store) -> None:
    player, looked = Player(store, "d1"), 0
    for ask in TOUR:
        for _ in player.play(ask):
            with player.reading() as db:
                for person in [*player.everybody[:2], *player.everybody[-1:]]:
                    phone = a.phone(person.group_id, person.id)
                    shared = board.snapshot(db, player.id, a.phone(person.group_id))
                    own = board.own_cards(db, phone)
                    assert board.with_own(shared, own) == board.snapshot(db, player.id, phone)
                    looked += bool(own)
    assert looked > 50, "people had cards"


def test_what_is_kept_is_what_the_snapshot_says(house: House) -> None:
    anna, ben, dora = house.joins(), house.joins(), house.joins("traeger")
    audiences = [a.COCKPIT, a.SCREEN, *map(a.board, house.groups)]
    audiences += [a.phone(guest.group_id, guest.id) for guest in (anna, ben, dora)]

    def agree() -> None:
        for audience in audiences * 2:
            seen = house.looks(board_for, house.dialogue_id, audience)
            assert seen == house.looks(board.snapshot, house.dialogue_id, audience)

    agree()
    house.goes_to(Step.COLLECT)
    card_id = writes(house, anna, "Eins")
    writes(house, ben, "Zwei")
    agree()
    house.does(reveal_cards, RevealCards, group_id=anna.group_id)
    agree()
    house.goes_to(Step.SORT)
    house.does(hide_card, HideCard, card_id=card_id)
    agree()
    house.does(move_person, MovePerson, person_id=anna.id, group_id=dora.group_id)
    audiences.append(a.phone(dora.group_id, anna.id))
    del audiences[audiences.index(a.phone(anna.group_id, anna.id))]
    agree()


def counting(monkeypatch: pytest.MonkeyPatch) -> list[a.Audience]:
    """The audiences for which a snapshot is put together from now on."""
    built: list[a.Audience] = []
    real = board.snapshot

    def snapshot(db: Any, dialogue_id: str, audience: a.Audience) -> board.Board:
        built.append(audience)
        return real(db, dialogue_id, audience)

    monkeypatch.setattr(snapshots.board, "snapshot", snapshot)
    return built


def test_a_hundred_phones_cost_one_snapshot(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    guests = [house.joins() for _ in range(6)]
    house.goes_to(Step.COLLECT)
    built = counting(monkeypatch)
    for guest in guests * 5:
        house.looks(board_for, house.dialogue_id, a.phone(guest.group_id, guest.id))
    assert built == [a.phone(group_id) for group_id in dict.fromkeys(guest.group_id for guest in guests)]

    built.clear()
    writes(house, guests[0], "Neu")
    for guest in guests:
        house.looks(board_for, house.dialogue_id, a.phone(guest.group_id, guest.id))
    assert len(built) == len({guest.group_id for guest in guests})


def test_what_is_kept_does_not_grow_without_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "MOST_KEPT", 2)
    house.app.extensions["snapshots"].clear()
    for audience in (a.COCKPIT, a.SCREEN, *map(a.board, house.groups)):
        house.looks(board_for, house.dialogue_id, audience)
    assert len(house.app.extensions["snapshots"]) == 2


def test_a_page_that_is_up_to_date_is_told_so_in_few_bytes(house: House) -> None:
    anna = house.joins()
    address = f"/d/{house.dialogue_id}/board.json"
    first = anna.browser.get(address, json=True)
    assert (first.status_code, first.headers["ETag"]) == (200, f'"{first.json["seq"]}"')
    assert abs(int(first.headers["Server-Now"]) - snapshots.server_now()) < 5000
    assert first.headers["Cache-Control"] == "no-store"

    again = anna.browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Server-Now" in again.headers

    house.goes_to(Step.COLLECT)
    newer = anna.browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (newer.status_code, newer.json["seq"]) == (200, first.json["seq"] + 1)


@pytest.mark.parametrize("tag", ["*", 'W/"0"', "junk", '"' + "9" * 5000 + '"', '"0", "1", "2"'])
def test_any_tag_gets_an_answer(house: House, tag: str) -> None:
    browser = house.mara()
    answer = browser.client.get(f"/m/{house.dialogue_id}/board.json", headers={"If-None-Match": tag})
    assert answer.status_code in (200, 304)


def test_every_kind_of_page_has_its_tag_and_asks_for_its_right_first(house: House) -> None:
    for address in (f"/m/{house.dialogue_id}/board.json", f"/b/{house.dialogue_id}/{house.groups[0]}/board.json"):
        tag = house.mara().get(address, json=True).headers["ETag"]
        for browser in (house.carl(), house.stranger()):
            headers = {"If-None-Match": tag, "Accept": "application/json"}
            assert browser.client.get(address, headers=headers).status_code in (401, 403, 404)


def test_in_round_2_the_phones_of_a_table_cost_one_snapshot(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the table's people come from different groups; phones without a table share one among them."""
    guests = [house.joins(stakeholder) for stakeholder in ("jobcenter", "traeger", "leistungsberechtigte") * 2]
    house.goes_to(Step.MIX)
    built = counting(monkeypatch)

    def everybody_looks() -> list[Any]:
        built.clear()
        return [house.looks(_seen, house.dialogue_id, guest.id) for guest in guests * 5]

    everybody_looks()
    assert built == [a.phone("")], "nobody has a table yet"
    house.does(draw_mixed_groups, DrawMixedGroups, tables=2, seed=1)
    everybody_looks()
    assert built == [a.phone("")], "nobody has been shown a table yet"
    house.goes_to(Step.ENVISION)
    everybody_looks()
    tables = [house.looks(table_queries.table_of, guest.id) for guest in guests]
    assert built == [a.phone(table_id) for table_id in dict.fromkeys(tables)]
    assert len(built) == 2
    house.does(write_vision, WriteVision, text="Am ersten Tisch", plain="", table_id=tables[0])
    boards = everybody_looks()
    assert len(built) == 2
    for guest, table_id, seen in zip(guests, tables, boards, strict=False):
        assert ("Am ersten Tisch" in str(seen["entries"])) == (table_id == tables[0]), guest.number
        assert seen == house.looks(board.snapshot, house.dialogue_id, a.phone(table_id, guest.id))


def _seen(db: Any, dialogue_id: str, person_id: str) -> board.Board:
    person = db.get_one(Participant, person_id)
    return board_for(db, dialogue_id, snapshots.phone_of(db, queries.dialogue(db, dialogue_id), person))


def test_a_plan_that_brings_mixed_tables_moves_the_phones_to_them(house: House) -> None:
    anna, everything = house.joins(), house.looks(lambda db: queries.plan(queries.dialogue(db, house.dialogue_id)))
    at_tables = (Step.MIX, Step.ENVISION, Step.TRANSLATE, Step.SOLVE, Step.APPRAISE, Step.COMMIT)
    without = tuple(planned for planned in everything.steps if planned.step not in at_tables)
    house.does(change_plan, ChangePlan, plan=everything.model_copy(update={"steps": without}))
    house.goes_to(Step.CLOSE)
    assert house.looks(_home, house.dialogue_id, anna.id) == anna.group_id

    outcome = house.does(change_plan, ChangePlan, plan=everything)

    assert house.looks(_home, house.dialogue_id, anna.id) == ""
    assert outcome.resettled == {anna.id: ""}
    assert house.does(change_plan, ChangePlan, plan=everything.model_copy(update={"title": "Anders"})).resettled == {}


def _home(db: Any, dialogue_id: str, person_id: str) -> str:
    return snapshots.phone_of(db, queries.dialogue(db, dialogue_id), db.get_one(Participant, person_id)).group_id
