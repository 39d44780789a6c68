"""Starts and stops the simulated people: a process of their own with lower priority, one of each forum at a time.

A lock in the data folder is held by that process as long as it lives, however it was started and however it ends; the
lock's file tells its number and the dialogue.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from dialog import errors
from sessions import apart
from sessions.rehearsal.people import PACES
from sessions.settings import Settings

FEWEST, MOST = 2, 150
"""People of a rehearsal; more than that is a test of the server, and no practice."""
ENDS_WITHIN = 3.0
"""Seconds that people who were sent home may take to say goodbye."""


class RehearsalRuns(errors.RuleBroken):
    sentence = errors.N_("A rehearsal is already running. Please stop it first.")


@dataclass(frozen=True, slots=True)
class People:
    """Who comes: how many, in the proportions of the stakeholders in `like`, how fast, and drawn with which seed."""

    count: int
    like: Mapping[str, int]
    pace: str = next(iter(PACES))
    seed: int = 1


def running(settings: Settings, forum_id: str) -> str | None:
    """The dialogue that simulated people of this forum are in now, or None."""
    with _lock(settings, forum_id) as lock:
        if _take(lock):
            return None
        _pid, _, dialogue_id = os.pread(lock, 100, 0).decode().partition(" ")
        return dialogue_id or None


def start(settings: Settings, forum_id: str, dialogue_id: str, code: str, people: People) -> subprocess.Popen[bytes]:
    """Let them come in; they go when the program that let them in ends. Raises RehearsalRuns."""
    like = [f"--like={key}={count}" for key, count in people.like.items()]
    with _lock(settings, forum_id) as lock:
        if not _take(lock):
            raise RehearsalRuns()
        process = apart.launch(
            "sessions.rehearsal",
            here(settings),
            code,
            f"--people={people.count}",
            *like,
            f"--pace={people.pace}",
            f"--seed={people.seed}",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(lock,),
            start_new_session=True,
        )
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{process.pid} {dialogue_id}".encode(), 0)
    return process


def stop(settings: Settings, forum_id: str) -> None:
    """Send them home, and wait until they are gone; nothing if there are none."""
    with _lock(settings, forum_id) as lock:
        if _take(lock):
            return
        pid = os.pread(lock, 100, 0).decode().partition(" ")[0]
        if not pid.isdecimal():
            return
        for by in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(int(pid), by)
            until = time.monotonic() + ENDS_WITHIN
            while time.monotonic() < until:
                if _take(lock):
                    return
                time.sleep(0.05)


def here(settings: Settings) -> str:
    """Where the server of these settings answers on this machine."""
    host = "localhost" if settings.host in ("0.0.0.0", "::", "127.0.0.1") else settings.host
    return f"http://{host}:{settings.port}"


@contextmanager
def _lock(settings: Settings, forum_id: str) -> Iterator[int]:
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(settings.data_folder / f"rehearsal-{forum_id}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


def _take(lock: int) -> bool:
    """Whether nobody else holds it; then we do, until it is closed here and in every process that has it from us."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
