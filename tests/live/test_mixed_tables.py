"""The room goes to its mixed tables and back: every connection moves along, and hears its own table only."""

import random
import threading
import time

import pytest

from tests.live.hall import SOON, Ear, Guest, Hall, Refused, signed, until
from tests.live.second_half import SecondHalf, heard


def test_every_phone_moves_with_the_room_without_coming_in_anew(hall: Hall) -> None:
    room = SecondHalf(hall)
    screen_link = hall.link("screen")[1]
    others = [hall.cockpit(), hall.board(hall.group_of["jobcenter"]), hall.listens("", "screen", link=screen_link)]
    began = hall.seq()
    hall.goes_to("collect")
    hall.moderates("reveal_cards", group_id="")
    room.hear_their_own_group("Am Anfang")

    room.sits_down(tables=3)
    room.hear_their_own_table("Am Tisch")
    hall.goes_to("collect")
    room.hear_their_own_group("Wieder in der Gruppe")
    hall.goes_to("translate")
    room.hear_their_own_table("Wieder am Tisch")

    anna = room.guests[0]
    room.seats(anna, next(table_id for table_id in room.tables().values() if table_id != room.table_of(anna)))
    room.hear_their_own_table("Eine sitzt um")
    hall.goes_to("mix")
    room.draws(4)
    hall.moderates("undo")
    hall.moderates("redo")
    hall.goes_to("solve")
    room.hear_their_own_table("Neu gelost")

    room.nobody_missed_anything()
    for ear in others:
        ear.hears(hall.seq())
        assert ear.seqs == list(range(began + 1, hall.seq() + 1))


def test_before_the_tables_are_shown_nobody_is_told_of_them(hall: Hall) -> None:
    room = SecondHalf(hall)
    hall.goes_to("mix")
    cockpit = hall.cockpit()
    last = room.draws(2)
    assert cockpit.hears(last) == [{"type": "PageTurned"}]
    anna = room.guests[0]
    moved = room.seats(anna, next(table_id for table_id in room.tables().values() if table_id != room.table_of(anna)))
    for ear in room.phones.values():
        ear.hears(moved)
        assert all(frame["tidings"] == [] for frame in ear.frames if frame["seq"] >= last)
        assert not any(table_id in ear.everything for table_id in room.tables().values())
    assert room.tables()["1"] not in str(hall.picture(room.guests[0]))
    shown = hall.moderates("show_tables")
    assert {"type": "PageTurned"} in room.phones[room.guests[0].id].hears(shown)
    assert room.tables()["1"] in str(hall.picture(room.guests[0]))


def test_who_sat_at_a_table_that_is_taken_away_hears_of_it_at_once(hall: Hall) -> None:
    room = SecondHalf(hall)
    hall.goes_to("mix")
    room.draws(3)
    hall.moderates("show_tables")
    third = room.tables()["3"]
    leaving = room.at(third)
    tablet_link, tablet = room.tablet(third)
    laptop = hall.board(third)

    fewer = room.draws(2)

    assert leaving
    for ear in (*(room.phones[guest.id] for guest in leaving), tablet, laptop):
        assert {"type": "PageTurned"} in ear.hears(fewer)
    assert tablet.ended.wait(SOON)
    assert laptop.ended.wait(SOON)
    gone = hall.mara.get(f"/b/{hall.id}/{third}/board.json")
    assert gone.status_code == 404
    with pytest.raises(Refused):
        hall.listens(signed(links=[tablet_link]), "board", group=third)
    hall.moderates("undo")
    assert room.at(third) == leaving
    hall.goes_to("envision")
    again = hall.listens(signed(links=[tablet_link]), "board", group=third)
    room.hear_their_own_table("Wieder zu dritt")
    again.hears(hall.seq())
    assert len(heard(again, 0)) == len(leaving), "the link of the table holds again"
    room.nobody_missed_anything()


def test_a_tablet_hears_its_own_table_until_its_link_is_revoked(hall: Hall) -> None:
    room = SecondHalf(hall)
    room.sits_down(tables=2)
    one, two = room.tables()["1"], room.tables()["2"]
    (first_link, first), (_, second) = room.tablet(one), room.tablet(two)
    before = hall.seq()

    here = room.writes(room.at(one)[0], "Vom Handy am ersten Tisch")
    there = room.write_on(two, "Vom Tablet am zweiten Tisch")

    for ear in (first, second, room.phones[room.at(two)[0].id]):
        ear.hears(there)
    assert heard(first, before) == ["Vom Handy am ersten Tisch"]
    assert heard(second, before) == ["Vom Tablet am zweiten Tisch"]
    assert heard(room.phones[room.at(two)[0].id], before) == ["Vom Tablet am zweiten Tisch"]
    assert [told["type"] for told in second.hears(here)] == ["EntriesCounted"]
    with pytest.raises(Refused):
        hall.listens(signed(links=[first_link]), "board", group=two)
    with pytest.raises(Refused):
        hall.listens(room.guests[0].cookie, "board", group=room.table_of(room.guests[0]))

    hall.moderates("revoke_link", link_id=first_link)

    assert first.ended.wait(SOON)
    last = room.write_on(one, "Nach dem Widerruf")
    room.phones[room.at(one)[0].id].hears(last)
    assert "Nach dem Widerruf" not in first.everything
    with pytest.raises(Refused):
        hall.listens(signed(links=[first_link]), "board", group=one)
    assert not second.ended.is_set()


def test_a_stranger_and_somebody_taken_out_hear_nothing_of_any_table(hall: Hall) -> None:
    room = SecondHalf(hall)
    room.sits_down(tables=2)
    anna = room.guests[0]
    table_id = room.table_of(anna)
    hers = room.phones[anna.id]
    hers.hears(room.writes(anna, "Mit Anna"))
    assert "Mit Anna" in hers.everything

    hall.moderates("remove_person", person_id=anna.id)

    assert hers.ended.wait(SOON)
    seq = room.write_on(table_id, "Ohne Anna")
    mate = next(guest for guest in room.at(table_id) if guest.id != anna.id)
    assert [told["type"] for told in room.phones[mate.id].hears(seq)] == ["EntryPinned"]
    assert seq not in hers.seqs
    for page, group in (("phone", ""), ("board", table_id), ("cockpit", "")):
        for cookie in (anna.cookie, "", hall.stranger().cookie):
            with pytest.raises(Refused):
                hall.listens(cookie, page, group=group)
    assert anna.browser.get(f"/d/{hall.id}/board.json").status_code == 403


def test_who_has_no_table_hears_no_table(hall: Hall) -> None:
    """Carl was taken out when the tables were drawn. He is back, and has no seat until he is given one."""
    room = SecondHalf(hall)
    carl = room.guests.pop()
    hall.goes_to("mix")
    hall.moderates("remove_person", person_id=carl.id)
    room.draws(2)
    hall.moderates("show_tables")
    late = hall.joins("jobcenter")
    hall.moderates("undo")
    refused = hall.mara.post(f"/m/{hall.id}/undo")
    assert refused.json()["code"] == "ChangedSince", "somebody sits there who was not drawn"
    hall.moderates("undo")
    assert room.phones.pop(carl.id).ended.wait(SOON)
    his = hall.phone(carl)
    hall.moderates("show_tables")
    hall.goes_to("envision")
    assert (room.table_of(carl), bool(room.table_of(late))) == ("", True)
    before = hall.seq()

    room.hear_their_own_table("An zwei Tischen")

    his.hears(hall.seq())
    assert heard(his, before) == []
    assert "An zwei Tischen" not in his.everything + str(hall.picture(carl))
    assert carl.browser.post(f"/d/{hall.id}/write/vision", text="Von Carl", plain="").status_code == 409
    room.seats(carl, room.tables()["1"])
    seq = room.write_on(room.tables()["1"], "Jetzt mit Carl")
    assert his.hears(seq)[0]["entry"]["content"]["text"] == "Jetzt mit Carl"
    assert his.seqs == sorted(set(his.seqs)), "each act once"
    room.nobody_missed_anything()


def test_who_comes_in_at_that_very_moment_lands_right_or_comes_again(hall: Hall) -> None:
    """Phones come in again and again while people are moved and the room goes back and forth."""
    room = SecondHalf(hall, people=6)
    room.sits_down(tables=2)
    hall.mara.get("/token")
    over, wrong = threading.Event(), list[str]()
    ears: dict[str, Ear] = {}

    def comes_and_goes(guest: Guest) -> None:
        chance = random.Random(guest.number)
        while not over.is_set():
            try:
                ears[guest.id] = hall.phone(guest)
            except Refused as refused:
                if refused.args[0]["data"]["status"] != 503:
                    wrong.append(str(refused))
                continue
            time.sleep(chance.random() * 0.05)
            if not over.is_set():
                ears.pop(guest.id).hang_up()

    threads = [threading.Thread(target=comes_and_goes, args=(guest,)) for guest in room.guests]
    for thread in threads:
        thread.start()
    tables = list(room.tables().values())
    for number in range(12):
        anna = room.guests[number % len(room.guests)]
        room.seats(anna, tables[tables.index(room.table_of(anna)) - 1])
        if number % 3 == 0:
            hall.goes_to("mirror")
            hall.goes_to("envision")
    over.set()
    for thread in threads:
        thread.join()
    assert not wrong
    for guest in room.guests:
        if guest.id not in ears or ears[guest.id].ended.is_set():
            ears[guest.id] = hall.phone(guest)
    until(lambda: all(ear.client.connected for ear in ears.values()))
    anna = room.guests[0]
    room.seats(anna, tables[tables.index(room.table_of(anna)) - 1])
    stayed = dict(room.phones)

    room.hear_their_own_table("Danach")
    room.nobody_missed_anything()
    before = hall.seq()
    room.phones = ears
    room.hear_their_own_table("Noch einmal")
    for guest in room.guests:
        for ear in (ears[guest.id], stayed[guest.id]):
            ear.hears(hall.seq())
            assert ear.seqs == sorted(set(ear.seqs))
            assert [seq for seq in ear.seqs if seq > before] == list(range(before + 1, hall.seq() + 1))
