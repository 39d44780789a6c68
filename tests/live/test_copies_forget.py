"""Copies forget what the database forgets: authorship with the close, whole dialogues with their last day."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from dialog.copies import copies_in, held_in, is_sound
from dialog.models import Base, Dialogue
from dialog.store import Store
from tests.live.hall import SECRET_KEY, Guest, Hall, quiet, until
from tests.server import ROOT, Server

NEAR = 300
"""Bytes within which one row's columns lie."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error").start()
    yield server
    server.stop()
    quiet(server)


@pytest.fixture
def hall(server: Server) -> Iterator[Hall]:
    yield from held(server)


@pytest.fixture
def elsewhere(server: Server) -> Iterator[Hall]:
    """Another dialogue in the same file."""
    yield from held(server)


def held(server: Server) -> Iterator[Hall]:
    hall = Hall(server, Store(f"sqlite:///{server.folder / 'dialog.sqlite'}"))
    yield hall
    hall.leave()
    hall.store.dispose()


def paths(server: Server) -> list[Path]:
    return [copy.path for copy in copies_in(server.folder / "backups")]


def everything(server: Server) -> dict[Path, bytes]:
    """Every file that the server has made, byte by byte."""
    contents = {}
    for path in server.folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # Some are only there for a moment.
            contents[path] = path.read_bytes()
    return contents


def links(content: bytes, person: Guest, text: str) -> bool:
    """Whether a person's id lies beside what that person wrote, or beside the key of the act in the journal."""
    wanted = person.id.encode()
    at = content.find(wanted)
    while at >= 0:
        near = content[max(at - NEAR, 0) : at + NEAR]
        if text.encode() in near or b"key-of-anna" in near:
            return True
        at = content.find(wanted, at + 1)
    return False


def telling_of(person: Guest, server: Server) -> list[Path]:
    """The files that link her to what she wrote."""
    return [path for path, content in everything(server).items() if links(content, person, "Anna sagt etwas")]


def writes(hall: Hall, guest: Guest, text: str) -> None:
    fields = {"valence": "fails", "text": text, "addressees": ["jobcenter"]}
    guest.browser.does(f"/d/{hall.id}/cards", key="key-of-anna-12345678", **fields)


def copied(hall: Hall, step: str) -> None:
    """Go on, and wait until the moment before is copied."""
    seq = hall.seq()
    hall.goes_to(step)
    until(lambda: any(there[hall.id].seq == seq for p in paths(hall.server) if hall.id in (there := held_in(p))))


def test_after_the_close_no_copy_tells_who_wrote_what(hall: Hall, elsewhere: Hall) -> None:
    server = hall.server
    anna, ben = hall.joins(), elsewhere.joins()
    for here, guest, text in ((hall, anna, "Anna sagt etwas"), (elsewhere, ben, "Ben sagt etwas")):
        here.goes_to("collect")
        writes(here, guest, text)
    copied(hall, "sort")
    copied(elsewhere, "sort")
    copied(hall, "close")
    telling = {path for path in paths(server) if links(path.read_bytes(), anna, "Anna sagt etwas")}
    assert len(telling) >= 2
    others = {path: rows(path, elsewhere.id) for path in paths(server)}
    assert any(others.values())

    hall.moderates("close_dialogue", understood="y")

    until(lambda: all(there[hall.id].closed for p in paths(server) if hall.id in (there := held_in(p))), within=30)
    until(lambda: (server.folder / "dialog.sqlite.ledger").exists(), within=30)
    until(lambda: not telling_of(anna, server), within=30)
    assert set(others) <= set(paths(server)), "no copy was lost over it"
    for path, was in others.items():
        assert is_sound(path)
        assert rows(path, elsewhere.id) == was, "another dialogue in the same file lost nothing"
    assert any(links(path.read_bytes(), ben, "Ben sagt etwas") for path in paths(server))
    assert any("Anna sagt etwas" in str(rows(path, hall.id)) for path in telling), "the card itself stays"


def rows(path: Path, dialogue_id: str) -> list[tuple[object, ...]]:
    """What a copy holds of a dialogue, as far as it hangs on it directly."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        having = [
            t for t in tables if "dialogue_id" in {row[1] for row in connection.execute(f"PRAGMA table_info({t})")}
        ]
        return [
            (table, *row)
            for table in sorted(having)
            for row in sorted(
                connection.execute(f"SELECT * FROM {table} WHERE dialogue_id = ?", (dialogue_id,)), key=repr
            )
        ]


def test_a_server_killed_before_its_copies_forgot_goes_on_with_the_next_start(hall: Hall) -> None:
    server = hall.server
    anna = hall.joins()
    hall.goes_to("collect")
    writes(hall, anna, "Anna sagt etwas")
    copied(hall, "sort")
    copied(hall, "close")
    server.kill()
    telling = [path for path in paths(server) if links(path.read_bytes(), anna, "Anna sagt etwas")]
    assert telling
    kept = {path: path.read_bytes() for path in telling}
    server.start()
    hall.moderates("close_dialogue", understood="y")
    server.kill()
    time.sleep(3)  # What the killed server had begun beside it may have come to its end.
    for path, content in kept.items():
        path.write_bytes(content)
    (server.folder / "dialog.sqlite.ledger").unlink(missing_ok=True)
    (server.folder / "backups" / "2026-01-01_10-00-00.making").write_bytes(kept[telling[0]][:5000])

    server.start()

    until(lambda: (server.folder / "dialog.sqlite.ledger").exists(), within=30)
    assert not telling_of(anna, server)
    assert not list(server.folder.rglob("*.making"))


def last_day(hall: Hall, day: date) -> None:
    with hall.store.writing() as db:
        db.execute(update(Dialogue).where(Dialogue.id == hall.id).values(deletes_on=day))


def test_after_its_last_day_nothing_is_left_of_a_dialogue_and_everything_of_another(
    hall: Hall, elsewhere: Hall
) -> None:
    server = hall.server
    anna, ben = hall.joins(), elsewhere.joins()
    hall.link("board", hall.group_of["jobcenter"])
    for here, guest, text in ((hall, anna, "Anna sagt etwas"), (elsewhere, ben, "Ben sagt etwas")):
        here.goes_to("collect")
        writes(here, guest, text)
    copied(hall, "sort")
    copied(elsewhere, "sort")
    for here in (hall, elsewhere):
        last_day(here, date.today())
        here.store.dispose()
    server.stop()
    assert purged(server) == "Bei keinem Dialog ist das Löschdatum vorbei.\n", "the last day is still one"
    marks = [mark.encode() for mark in (hall.id, anna.id, hall.code, "Anna sagt etwas")]
    for mark in marks:
        assert [path for path, content in everything(server).items() if mark in content and path in paths(server)]
    others = {path: rows(path, elsewhere.id) for path in (server.folder / "dialog.sqlite", *paths(server))}
    last_day(hall, date.today() - timedelta(days=1))
    hall.store.dispose()

    server.start()

    until(lambda: not [path for path in paths(server) if hall.id in held_in(path)], within=30)
    until(lambda: not [p for p, content in everything(server).items() if any(m in content for m in marks)], within=30)
    assert {path: rows(path, elsewhere.id) for path in others} == others
    assert hall.mara.get(f"/d/{hall.id}/board.json").status_code in (403, 404)
    assert elsewhere.picture(ben)["seq"] == elsewhere.seq()


def purged(server: Server) -> str:
    """What the command says that does it by hand."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "purge"],
        cwd=ROOT,
        env={**os.environ, **server.environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_command_says_what_it_removed(hall: Hall) -> None:
    hall.joins()
    copied(hall, "collect")
    last_day(hall, date.today() - timedelta(days=1))
    said = purged(hall.server)
    assert said == "Gelöscht: Arbeitsmarktdialog, Gemeindesaal, 23.11.2026\nDaraus entfernt in Kopien: 1\n"
    assert purged(hall.server) == "Bei keinem Dialog ist das Löschdatum vorbei.\n"
    assert "Gemeindesaal" not in hall.server.console, "the log holds nothing of it"


def test_on_postgresql_the_rows_go(running: tuple[Server, Store]) -> None:
    server, store = running
    hall, elsewhere = Hall(server, store), Hall(server, store)
    for here in (hall, elsewhere):
        here.joins()
        here.goes_to("collect")
    kept = of_dialogue(store, elsewhere.id)
    assert of_dialogue(store, hall.id)["participants"] == 1
    last_day(hall, date.today() - timedelta(days=1))
    assert "Gelöscht: Arbeitsmarktdialog" in purged(server)
    assert set(of_dialogue(store, hall.id).values()) == {0}
    assert of_dialogue(store, elsewhere.id) == kept


def of_dialogue(store: Store, dialogue_id: str) -> dict[str, int]:
    """How many rows each table holds of a dialogue."""
    with store.reading() as db:
        return {
            name: len(db.execute(select(table).where(table.c.dialogue_id == dialogue_id)).all())
            for name, table in Base.metadata.tables.items()
            if "dialogue_id" in table.c
        }
