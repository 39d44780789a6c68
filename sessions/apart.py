"""Our own modules as processes apart from the server, behind everything else that this machine has to do.

What takes long in Python would otherwise hold up the room: a process that computes lets no request in between.
"""

import atexit
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LAST = 10
"""How far behind it is, as `nice` counts: this leaves everybody else their turn."""
SOON = 5
"""When somebody waits for it before an empty page."""
ENDS_WITHIN = 3.0
"""Seconds a stopped process may take to say goodbye."""

launched: list["subprocess.Popen[bytes]"] = []
"""Those that may still run and end with this program. One that has ended is let go when the next one begins."""
going_on: list["subprocess.Popen[bytes]"] = []
"""The same for those that go on when it ends."""


def launch(
    module: str, *arguments: str, behind: int = LAST, outlives: bool = False, database_url: str = "", **how: Any
) -> "subprocess.Popen[bytes]":
    """The process of `python -m module`, which has just begun; `how` as subprocess takes it. Raises OSError.

    It reads the database of this address. A module that steps back by itself is 0 behind. It ends with the program that
    started it, unless it `outlives` that one.
    """
    for kept in (launched, going_on):
        kept[:] = [process for process in kept if process.poll() is None]
    process = subprocess.Popen(_command(module, arguments, behind), cwd=ROOT, env=_environ(database_url), **how)
    (going_on if outlives else launched).append(process)
    return process


@atexit.register
def end_all() -> None:
    """Nobody waits any more for what was started here; what outlives this program goes on."""
    left = [process for process in launched if process.poll() is None]
    for process in left:
        process.terminate()
    for process in left:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(ENDS_WITHIN)
            continue
        process.kill()
        process.wait()
    for process in going_on:
        process.poll()


def answer_of(
    module: str, *arguments: str, told: bytes = b"", patience: float, behind: int = LAST, database_url: str = ""
) -> bytes:
    """What `python -m module` prints when it is told this; who asks waits so many seconds.

    Raises OSError, or subprocess.SubprocessError: TimeoutExpired, or CalledProcessError with what went wrong there.
    """
    return subprocess.run(
        _command(module, arguments, behind),
        cwd=ROOT,
        env=_environ(database_url),
        input=told,
        capture_output=True,
        timeout=patience,
        check=True,
    ).stdout


def _command(module: str, arguments: tuple[str, ...], behind: int) -> list[str]:
    nice = ["nice", "-n", str(behind)] if behind and os.name == "posix" else []
    return [*nice, sys.executable, "-m", module, *arguments]


def _environ(database_url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url} if database_url else dict(os.environ)
