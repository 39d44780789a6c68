"""A file that is being made, as a folder: what was asked for, how far it is, and in the end the file.

The server writes the folder and looks into it, from whichever of its processes; a process of its own makes the file.

    ask.json        what is wanted, for which account, since when
    progress.json   how far it is; written in place, so that also a full disk can be told of
    wanted          gone as soon as nobody wants the file any more
    alive           locked by the process that makes the file, for as long as it lives
    file            the whole file, once it is ready
"""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from exports.making import Ask
from exports.profile import Profile

ROOM: int = 2048
"""Bytes that the progress takes on the disk, from the first moment."""
SILENT = timedelta(seconds=90)
"""Whoever makes a file says every few seconds that he lives."""


class State(StrEnum):
    WAITING = "waiting"
    """Others are being made first."""
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"
    """Whoever made it is gone without a word: killed, or its machine is."""

    @property
    def is_over(self) -> bool:
        return self not in (State.WAITING, State.MAKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is. `sentence` says why there is no file."""

    state: State
    done: int = 0
    of: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file for one account; `name` is what the file will be called."""

    folder: Path
    ask: Ask
    account_id: str
    name: str
    asked_at: datetime

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def file(self) -> Path:
        return self.folder / "file"

    @property
    def wanted(self) -> bool:
        return (self.folder / "wanted").exists()

    def progress(self) -> Progress:
        """What is true now, also if the process that made it can say nothing any more."""
        told = self._told()
        if told.state is State.READY and not self.file.exists():
            return Progress(state=State.LOST)
        if told.state.is_over:
            return told
        if not self.wanted:
            return Progress(state=State.CANCELLED)
        return told if self._is_alive() else self._told_at_the_end()

    def tell(self, progress: Progress) -> None:
        """Write how far it is. Needs no more room than it had at the beginning. Raises OSError without a folder."""
        line = json.dumps(asdict(progress)).encode()
        with (self.folder / "progress.json").open("rb+", buffering=0) as file:
            file.write(line[:ROOM].ljust(ROOM))

    def lives(self) -> None:
        """Say that the process is still there. Raises OSError without a folder."""
        os.utime(self.folder / "progress.json")

    def cancel(self) -> None:
        """Nobody wants the file any more; whoever makes it stops within a second."""
        (self.folder / "wanted").unlink(missing_ok=True)

    def remove(self) -> None:
        """All of it goes, also while it is being made."""
        self.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _told(self) -> Progress:
        try:
            told: dict[str, Any] = json.loads((self.folder / "progress.json").read_bytes())
            return Progress(**{**told, "state": State(told["state"])})
        except (OSError, ValueError, TypeError, KeyError):
            return Progress(state=State.MAKING)

    def _told_at_the_end(self) -> Progress:
        """It may have ended between two looks; then its last word holds."""
        told = self._told()
        return told if told.state.is_over else Progress(state=State.LOST)

    def _is_alive(self) -> bool:
        with suppress(OSError):
            if time.time() - (self.folder / "progress.json").stat().st_mtime > SILENT.total_seconds():
                return False
            lock = os.open(self.folder / "alive", os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            finally:
                os.close(lock)
        return False


def new_job(folder: Path, ask: Ask, account_id: str, name: str, now: datetime) -> tuple[Job, int]:
    """Put down what is wanted, as a whole or not at all, and the lock that its process holds for as long as it lives.

    Raises OSError when there is no room.
    """
    job_id = secrets.token_hex(16)
    making = folder / f".{job_id}"
    making.mkdir(mode=0o700, parents=True)
    try:
        asked = {**asdict(ask), "today": ask.today.isoformat()}
        whole = {"ask": asked, "account_id": account_id, "name": name, "asked_at": now.isoformat()}
        (making / "ask.json").write_text(json.dumps(whole), encoding="utf-8")
        (making / "progress.json").write_bytes(json.dumps({"state": State.WAITING}).encode().ljust(ROOM))
        (making / "wanted").touch()
        alive = os.open(making / "alive", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(alive, fcntl.LOCK_EX)
        making.rename(folder / job_id)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return Job(folder=folder / job_id, ask=ask, account_id=account_id, name=name, asked_at=now), alive


def read_job(folder: Path) -> Job | None:
    """The job in this folder; None if there is none, or none that can be read."""
    try:
        whole = json.loads((folder / "ask.json").read_text(encoding="utf-8"))
        asked = whole.pop("ask")
        ask = Ask(
            **{
                **asked,
                "dialogue_ids": tuple(asked["dialogue_ids"]),
                "profile": Profile(asked["profile"]),
                "chosen": {name: tuple(values) for name, values in asked["chosen"].items()},
                "today": date.fromisoformat(asked["today"]),
            }
        )
        return Job(**{**whole, "folder": folder, "ask": ask, "asked_at": datetime.fromisoformat(whole["asked_at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def jobs_in(folder: Path) -> Iterator[Job]:
    """All jobs that are kept, the oldest first."""
    found = [read_job(path) for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
    yield from sorted((job for job in found if job is not None), key=lambda job: job.asked_at)


def clear_old(folder: Path, before: datetime) -> None:
    """Remove what was asked for before this moment, and whatever is no job and as old."""
    for job in jobs_in(folder):
        if job.asked_at < before:
            job.remove()
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if path.is_dir() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                shutil.rmtree(path, ignore_errors=True)
