"""Who uses the database file: several programs at once share it, and whoever puts a copy back has it alone."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sessions.settings import Settings, WrongSetting
from sessions.words import N_

ASK_AGAIN = 0.1
"""Seconds."""


def share_database(settings: Settings) -> int | None:
    """Say that this program uses the database file, until it ends, however it ends.

    Returns what `have_alone` needs. Raises WrongSetting while somebody has the file alone.
    """
    if settings.sqlite_file is None:
        return None
    try:
        lock = os.open(f"{settings.sqlite_file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None  # The folder is missing or closed to us: what the database says of it is the better sentence.
    if not _take(lock, fcntl.LOCK_SH, patience=ASK_AGAIN):
        os.close(lock)
        raise WrongSetting(N_("A copy of the data is just being put back. Please start again when that is done."))
    return lock


def have_alone(lock: int, patience: float) -> bool:
    """Whether no other program uses the file now; as long as this one runs, none can begin to."""
    return _take(lock, fcntl.LOCK_EX, patience)


@contextmanager
def folder_alone(folder: Path, rest: Callable[[], None]) -> Iterator[None]:
    """Nobody else writes into this folder, of copies or of files being made.

    `rest` waits between two attempts; whatever it raises ends the waiting. Raises OSError without a folder.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _take(lock, fcntl.LOCK_EX, patience=0):
            rest()
        yield
    finally:
        os.close(lock)


def _take(lock: int, kind: int, patience: float) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(ASK_AGAIN)
