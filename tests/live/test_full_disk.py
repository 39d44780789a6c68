"""A disk without room for a copy: one sentence, never half a copy, and the dialogue goes on."""

import os
import resource
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import disk_usage

import pytest

from dialog.copies import copies_in, held_in, is_sound
from dialog.store import Store
from tests.live.hall import SECRET_KEY, Hall, quiet, until
from tests.server import Server

MEGABYTE = 1_000_000


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error").start()
    hall = Hall(server, Store(f"sqlite:///{tmp_path / 'dialog.sqlite'}"))
    yield hall
    hall.leave()
    hall.store.dispose()
    server.stop()
    quiet(server)


def fill(database: Path, megabytes: int) -> None:
    """Another table, so that the file is as large as after many dialogues."""
    with closing(sqlite3.connect(database)) as connection:
        with connection:
            connection.execute("CREATE TABLE ballast (filler BLOB)")
            connection.executemany("INSERT INTO ballast VALUES (zeroblob(1000000))", [()] * megabytes)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_disk_that_fills_up_in_the_middle_of_a_copy_costs_only_the_copy(hall: Hall) -> None:
    server, folder = hall.server, hall.server.folder / "backups"
    anna = hall.joins()
    hall.goes_to("collect")
    until(lambda: copies_in(folder))
    (first,) = copies_in(folder)
    fill(server.folder / "dialog.sqlite", 20)
    assert server.process is not None
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (8 * MEGABYTE, resource.RLIM_INFINITY))
    hall.writes(anna, "Es wird eng")

    hall.goes_to("sort")

    until(lambda: "keine Kopie machen" in server.console)
    assert server.console.count("Der Dialog geht weiter.") == 1
    assert copies_in(folder) == [first], "what was there stays"
    assert {path.name for path in folder.iterdir()} == {".lock", first.path.name}, "and nothing half is left"
    assert is_sound(first.path)
    hall.goes_to("collect")
    hall.writes(anna, "Es geht weiter")
    assert hall.picture(anna)["seq"] == hall.seq()

    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
    seq = hall.seq()
    hall.goes_to("sort")
    until(lambda: copies_in(folder) and held_in(copies_in(folder)[0].path)[hall.id].seq == seq)


def test_a_copy_never_takes_the_room_that_the_dialogue_needs(hall: Hall) -> None:
    server, folder = hall.server, hall.server.folder / "backups"
    anna = hall.joins()
    database = server.folder / "dialog.sqlite"
    hall.store.dispose()
    server.stop()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = disk_usage(server.folder).free // 4096 + 1000
    with database.open("rb+") as file:  # A file with holes: it is larger than the disk has room, and takes none.
        file.seek(28)
        file.write(struct.pack(">I", pages))
        os.truncate(file.fileno(), pages * 4096)
    server.start()

    hall.goes_to("collect")

    until(lambda: "zu wenig Platz auf der Festplatte" in server.console)
    assert copies_in(folder) == []
    hall.writes(anna, "Trotzdem")
    assert hall.cards() == ["Trotzdem"]
