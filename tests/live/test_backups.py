"""Copies of the data while people write, and putting one back: the real server, its files and the real commands."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from dialog.copies import Copy, copies_in, held_in, is_sound
from dialog.store import Store
from tests.live.crowd import busyness
from tests.live.hall import SECRET_KEY, SOON, Guest, Hall, quiet, until
from tests.live.pages import opened
from tests.server import ROOT, Server

MOST_CARDS = 20
OFTEN = "0.01"
"""Minutes between two copies where a test does not want to wait five."""


def told(server: Server, *command: str, status: int = 0) -> str:
    """What a command of the program says, in the surroundings of the server."""
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env={**os.environ, **server.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == status, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stdout + ended.stderr


def folder(server: Server) -> Path:
    return server.folder / "backups"


def copies(server: Server) -> list[Copy]:
    return copies_in(folder(server))


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def hall_of(server: Server) -> Hall:
    return Hall(server, Store(f"sqlite:///{server.folder / 'dialog.sqlite'}"))


def started(where: Path, **environment: str) -> Server:
    return Server(where, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error", **environment).start()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that copies before each change of step, and every five minutes, which no test waits for."""
    server = started(tmp_path)
    yield server
    server.stop()
    quiet(server)


@pytest.fixture
def copied(server: Server) -> Iterator[Hall]:
    hall = hall_of(server)
    yield hall
    hall.leave()
    hall.store.dispose()


def test_a_change_of_step_leaves_a_copy_of_the_moment_before(copied: Hall) -> None:
    anna = copied.joins()
    copied.goes_to("collect")
    copied.writes(anna, "Vor dem Ordnen")
    seq = copied.goes_to("sort")
    until(lambda: len(copies(copied.server)) == 2)
    newest = copies(copied.server)[0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d)?", newest.name)
    (there,) = held_in(newest.path).values()
    assert (there.step, there.seq) == ("collect", seq - 1)
    assert is_sound(newest.path)
    assert rows(newest.path, "SELECT text FROM cards") == [("Vor dem Ordnen",)]
    assert {path.suffix for path in folder(copied.server).iterdir()} == {".sqlite", ""}, "and the lock, nothing else"
    assert folder(copied.server).stat().st_mode & 0o077 == 0


def test_the_list_tells_time_size_and_dialogues(copied: Hall) -> None:
    assert "liegen noch keine Kopien" in told(copied.server, "backups")
    copied.goes_to("collect")
    until(lambda: copies(copied.server))
    text = told(copied.server, "backups")
    assert re.search(r"^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d   \d+,\d MB$", text, re.MULTILINE)
    assert "23.11.2026  Arbeitsmarktdialog, Gemeindesaal: Ankommen" in text


def test_a_copy_is_put_back_and_the_dialogue_goes_on(copied: Hall) -> None:
    hall, server = copied, copied.server
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    hall.writes(anna, "Bleibt")
    before = hall.picture(anna)
    hall.goes_to("sort")
    until(lambda: len(copies(server)) == 2)
    hall.goes_to("collect")
    last = hall.writes(ben, "Kommt abhanden")
    name = next(copy.name for copy in copies(server) if held_in(copy.path)[hall.id].seq == before["seq"])

    refused = told(server, "restore", name, status=1)
    assert "Der Server läuft noch." in refused
    assert hall.cards() == ["Bleibt", "Kommt abhanden"]

    server.stop()
    hall.store.dispose()
    put_back = told(server, "restore", name)
    assert f"Die Kopie {name} ist zurückgespielt." in put_back
    (aside,) = re.findall(r"als Kopie (\S+) aufgehoben", put_back)
    server.start()

    assert hall.cards() == ["Bleibt"]
    back = hall.picture(anna)
    assert back["seq"] > last, "no screen has seen this number"
    assert {**back, "seq": 0} == {**before, "seq": 0}
    ear = hall.phone(ben)
    seq = hall.writes(ben, "Nach der Rückkehr")
    assert seq == back["seq"] + 1
    ear.hears(seq)
    assert hall.joins().number not in (anna.number, ben.number)

    server.stop()
    hall.store.dispose()
    told(server, "restore", aside)
    server.start()
    assert hall.cards() == ["Bleibt", "Kommt abhanden"], "what was there before can be put back as well"


def test_an_open_screen_shows_what_was_put_back(copied: Hall, context: BrowserContext) -> None:
    """Also when as much has been done since as before, so that the numbers alone would not tell the two apart."""
    hall, server = copied, copied.server
    anna = hall.joins()
    hall.goes_to("collect")
    hall.writes(anna, "Bleibt")
    hall.goes_to("sort")
    until(lambda: len(copies(server)) == 2)
    name = copies(server)[0].name
    hall.goes_to("collect")
    hall.writes(anna, "Kommt abhanden")
    page = opened(context, f"{server.url}/d/{hall.id}/", anna.cookie)
    expect(page.locator("main")).to_contain_text("Kommt abhanden")

    server.stop()
    hall.store.dispose()
    told(server, "restore", name)
    server.start()

    expect(page.locator("main")).not_to_contain_text("Kommt abhanden")
    expect(page.locator("main")).to_contain_text("Bleibt")
    hall.writes(anna, "Nach der Rückkehr")
    expect(page.locator("main")).to_contain_text("Nach der Rückkehr")


def test_a_copy_comes_back_over_a_damaged_file(copied: Hall) -> None:
    hall, server = copied, copied.server
    anna = hall.joins()
    hall.goes_to("collect")
    hall.goes_to("sort")
    until(lambda: copies(server))
    name = copies(server)[0].name
    server.kill()
    hall.store.dispose()
    database = server.folder / "dialog.sqlite"
    for path in server.folder.glob("dialog.sqlite-*"):
        path.unlink()
    database.write_bytes(b"Kein Datenspeicher mehr. " * 1000)
    with pytest.raises(RuntimeError, match="DATABASE_URL"):
        server.start()

    put_back = told(server, "restore", name)

    assert "Die bisherigen Daten sind beschädigt." in put_back
    assert len(list(server.folder.glob("dialog.sqlite.damaged-*"))) == 1
    server.start()
    assert hall.picture(anna)["seq"] > held_in(copies(server)[0].path)[hall.id].seq + 1000


def test_what_cannot_be_put_back_is_said_and_changes_nothing(copied: Hall) -> None:
    hall, server = copied, copied.server
    hall.goes_to("collect")
    until(lambda: copies(server))
    newest = copies(server)[0].path
    server.stop()
    hall.store.dispose()
    before = rows(server.folder / "dialog.sqlite", "SELECT step, seq FROM dialogues")
    broken = newest.with_name("2020-01-01_10-00-00.sqlite")
    broken.write_bytes(newest.read_bytes()[: newest.stat().st_size // 2])
    from_tomorrow = newest.with_name("2020-01-02_10-00-00.sqlite")
    from_tomorrow.write_bytes(newest.read_bytes())
    with closing(sqlite3.connect(from_tomorrow)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    assert "Eine Kopie mit dem Namen morgen gibt es nicht." in told(server, "restore", "morgen", status=1)
    assert "Eine Kopie mit dem Namen" in told(server, "restore", "../dialog.sqlite", status=1)
    assert "ist beschädigt" in told(server, "restore", broken.stem, status=1)
    assert "neueren Version" in told(server, "restore", from_tomorrow.stem, status=1)

    assert "beschädigt" in told(server, "backups")
    assert rows(server.folder / "dialog.sqlite", "SELECT step, seq FROM dialogues") == before
    assert len(copies(server)) == 3, "nothing was put aside for it"


def test_a_copy_while_twenty_people_write_loses_nothing(tmp_path: Path) -> None:
    server = started(tmp_path, BACKUP_EVERY=OFTEN)
    hall = hall_of(server)
    people = [hall.joins(("jobcenter", "traeger", "leistungsberechtigte")[n % 3]) for n in range(20)]
    hall.goes_to("collect")
    told_of: list[tuple[int, str]] = []

    def writes(guest: Guest) -> None:
        """Ten cards, and then fewer and fewer until a copy was made while people wrote."""
        for number in range(MOST_CARDS):
            until_then = time.monotonic() + (SOON / 10 if number >= 10 else 0)
            while time.monotonic() < until_then and len(copies(server)) == before:
                time.sleep(0.05)
            if number >= 10 and len(copies(server)) > before:
                break
            text = f"{number} von {guest.number}"
            told_of.append((hall.writes(guest, text), text))

    until(lambda: copies(server))
    before = len(copies(server))
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(writes, people))
    until(lambda: held_in(copies(server)[0].path)[hall.id].seq == max(seq for seq, _ in told_of))
    hall.store.dispose()
    server.stop()
    quiet(server)

    assert len(told_of) >= 200
    for copy in copies(server):
        seq = held_in(copy.path)[hall.id].seq
        assert is_sound(copy.path)
        assert rows(copy.path, "SELECT seq FROM journal ORDER BY seq") == [(n,) for n in range(1, seq + 1)]
        there = {text for (text,) in rows(copy.path, "SELECT text FROM cards")}
        assert there == {text for number, text in told_of if number <= seq}
    some = {len(rows(copy.path, "SELECT 1 FROM cards")) for copy in copies(server)}
    assert any(0 < number < len(told_of) for number in some), "at least one copy was made while people wrote"


def test_nothing_new_is_no_new_copy(tmp_path: Path) -> None:
    server = started(tmp_path, BACKUP_EVERY=OFTEN)
    hall = hall_of(server)
    hall.joins()
    until(lambda: copies(server) and held_in(copies(server)[0].path)[hall.id].seq == hall.seq())
    kept = [copy.name for copy in copies(server)]
    time.sleep(3)
    assert [copy.name for copy in copies(server)] == kept
    hall.joins()
    until(lambda: len(copies(server)) > len(kept))
    hall.store.dispose()
    server.stop()
    quiet(server)


def fill(database: Path, megabytes: int) -> None:
    """A table of another program's, so that the file is as large as after hundreds of dialogues."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE ballast (filler BLOB)")
        connection.executemany("INSERT INTO ballast VALUES (zeroblob(1000000))", [()] * megabytes)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_nobody_waits_for_a_copy(copied: Hall) -> None:
    hall, server = copied, copied.server
    fill(server.folder / "dialog.sqlite", 100)
    people = [hall.joins(("jobcenter", "traeger")[n % 2]) for n in range(12)]
    hall.goes_to("collect")
    until(lambda: copies(server), within=30)

    def write(cards: int) -> list[float]:
        """Seconds until each card was acknowledged, in order."""
        took = []
        for number in range(cards):
            began = time.perf_counter()
            hall.writes(people[number % len(people)], f"Karte {number} um {began}")
            took.append(time.perf_counter() - began)
            time.sleep(0.02)
        return sorted(took)

    alone, before = write(100), len(copies(server))
    began = time.perf_counter()
    hall.goes_to("sort")
    at_once = time.perf_counter() - began < 0.5 or len(copies(server)) == before
    assert at_once, "the moderator does not wait for the copy of the moment before"
    hall.goes_to("collect")
    made = len(copies(server))
    until(lambda: list(folder(server).glob("*.making")) or len(copies(server)) > made)
    meanwhile = write(100)
    assert list(folder(server).glob("*.making")) or len(copies(server)) > made, "it was made while people wrote"
    until(lambda: len(copies(server)) > made, within=30)
    assert meanwhile[50] < 2 * alone[50] + 0.05 * busyness()
