"""What happens when the server or the database goes away, and comes back."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy.engine import make_url

from dialog.store import Store
from tests.live.cable import Cable
from tests.live.crowd import busyness
from tests.live.hall import SECRET_KEY, SOON, Browser, Ear, Guest, Hall, quiet, until
from tests.server import Server

CARD = {"valence": "fails", "text": "Was bleibt", "addressees": "jobcenter"}


def test_a_restart_costs_nobody_anything(own_hall: Hall) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    old = [hall.phone(anna), hall.phone(ben), hall.cockpit()]
    seq = hall.writes(anna, "Vorher")
    for ear in old:
        ear.hears(seq)
    before = hall.picture(anna)

    hall.server.stop()
    for ear in old:
        assert ear.ended.wait(SOON)
    hall.server.start()

    assert hall.picture(anna) == before
    new = [hall.phone(anna), hall.phone(ben), hall.cockpit()]
    seq = hall.writes(ben, "Nachher")
    assert seq == before["seq"] + 1
    for ear in new:
        ear.hears(seq)
    assert hall.picture(anna)["seq"] == seq


def test_a_connection_comes_back_by_itself(own_hall: Hall) -> None:
    hall = own_hall
    anna = hall.joins()
    ear = Ear(hall.server.url, anna.cookie, {"page": "phone", "dialogue": hall.id}, comes_back=True)
    hall.ears.append(ear)
    hall.server.kill()
    assert ear.ended.wait(SOON)
    hall.server.start()
    until(lambda: ear.client.connected)
    ear.hears(hall.goes_to("collect"))


def test_an_acknowledged_card_survives_the_power_cable(own_hall: Hall) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    seq = hall.writes(anna, "Bestätigt")
    hall.server.kill()
    hall.server.start()
    assert hall.picture(anna)["seq"] == seq
    assert hall.cards() == ["Bestätigt"]
    with hall.store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def away(browser: Browser, hall: Hall, key: str) -> requests.Response:
    """A card that cannot be stored now: one sentence, and when to try again."""
    answer = browser.post(f"/d/{hall.id}/cards", key=key, **CARD)
    assert answer.status_code == 503, answer.text
    assert "bleibt auf Ihrem Gerät" in answer.json()["error"]
    assert int(answer.headers["Retry-After"]) > 0
    return answer


def taken_once(guest: Guest, hall: Hall, key: str) -> None:
    """The same card again, and again: it is there once."""
    first = guest.browser.post(f"/d/{hall.id}/cards", key=key, **CARD)
    again = guest.browser.post(f"/d/{hall.id}/cards", key=key, **CARD)
    assert (first.status_code, again.status_code) == (200, 200), first.text
    assert hall.cards() == [CARD["text"]]
    assert hall.picture(guest)["seq"] == first.json()["seq"]


def test_a_locked_database_is_waited_for_and_then_told(own_hall: Hall) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    ear, before = hall.phone(anna), hall.seq()
    lock = sqlite3.connect(hall.server.folder / "dialog.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    others = threading.Thread(target=away, args=(ben.browser, hall, "key-of-ben-12345678"))
    others.start()

    away(anna.browser, hall, "key-of-anna-1234567")

    others.join()
    waited = time.monotonic() - began
    assert 4.5 < waited < 9.5 * busyness(), "about as long as a writer waits, and not once for each"
    assert hall.mara.get("/healthz").ok
    assert hall.mara.get("/readyz").ok, "looking is possible all the time"
    assert anna.browser.get(f"/d/{hall.id}/", Accept="text/html").ok
    lock.rollback()
    lock.close()
    assert (hall.seq(), hall.cards(), ear.frames) == (before, [], [])
    taken_once(anna, hall, "key-of-anna-1234567")
    ear.hears(before + 1)


def test_a_short_lock_is_not_noticed(own_hall: Hall) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    lock = sqlite3.connect(hall.server.folder / "dialog.sqlite", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.7, lock.rollback)
    release.start()
    taken_once(anna, hall, "key-of-anna-1234567")
    release.join()
    lock.close()


@pytest.fixture
def wired(new_schema: Callable[[], str], tmp_path: Path) -> Iterator[tuple[Hall, Cable]]:
    """A hall whose server reaches PostgreSQL by a cable that can be pulled."""
    direct = make_url(new_schema())
    cable = Cable(direct.host or "127.0.0.1", direct.port or 5432)
    through = direct.set(host="127.0.0.1", port=cable.port).render_as_string(hide_password=False)
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error", DATABASE_URL=through).start()
    store = Store(direct.render_as_string(hide_password=False))
    hall = Hall(server, store)
    yield hall, cable
    hall.leave()
    store.dispose()
    server.stop()
    cable.pull()
    quiet(server)


def test_a_database_that_is_away_is_told_and_found_again(wired: tuple[Hall, Cable]) -> None:
    hall, wire = wired
    anna = hall.joins()
    hall.goes_to("collect")
    ear, before = hall.phone(anna), hall.seq()
    assert hall.mara.get("/readyz").status_code == 200

    wire.pull()

    assert hall.mara.get("/readyz").status_code == 503
    assert hall.mara.get("/healthz").status_code == 200
    away(anna.browser, hall, "key-of-anna-1234567")
    page = anna.browser.get(f"/d/{hall.id}/", Accept="text/html")
    assert (page.status_code, "Retry-After" in page.headers) == (503, True)
    assert "Datenspeicher" in page.text
    assert (hall.seq(), hall.cards()) == (before, [])

    wire.plug()

    until(lambda: hall.mara.get("/readyz").status_code == 200)
    taken_once(anna, hall, "key-of-anna-1234567")
    ear.hears(before + 1)
