"""Copies a SQLite file while people write into it: one moment of it, whole, page by page.

A reading transaction pins the moment. Its pages then stay what they are however long the copy takes, and nobody who
writes waits for it; without the pin every new card would let the copy begin again.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

PAGES = 64
"""Pages copied in one step, 256 KB: a millisecond in which nothing else of this process needs to stand still."""

FLUSH_EVERY = 8
"""Steps after which what was copied goes to the disk, so that the sync of a card never waits for a large one."""


def pin(source: Path) -> sqlite3.Connection:
    """A connection that sees this moment of a file in use until it is closed; any one thread may use it at a time.

    Raises sqlite3.OperationalError when the file is away or locked.
    """
    address = f"{source.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=0.2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def copy_pinned(pinned: sqlite3.Connection, target: Path, rest: Callable[[], None]) -> None:
    """Write the pinned moment to a new file that is on the disk when this returns.

    `rest` is called after every step; it may wait, and whatever it raises ends the copy. Raises sqlite3.Error or
    OSError when there is no room. The file is then not whole: the caller removes it.
    """
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        with target.open("rb+") as file:
            steps = 0

            def between(_status: int, _remaining: int, _total: int) -> None:
                nonlocal steps
                steps += 1
                if steps % FLUSH_EVERY == 0:
                    os.fsync(file.fileno())
                rest()

            # The journal would only be of use for going on with half a copy, and the disk is told below.
            copy.execute("PRAGMA journal_mode=OFF")
            copy.execute("PRAGMA synchronous=OFF")
            pinned.backup(copy, pages=PAGES, progress=between)
            copy.execute("PRAGMA journal_mode=DELETE")  # One plain file, without the log that the original has.
            os.fsync(file.fileno())
    finally:
        copy.close()


def put_in_place(made: Path, target: Path) -> None:
    """Give a finished file its name; on the disk the name stands for the old content or the new, never for half."""
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
