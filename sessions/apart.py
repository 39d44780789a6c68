"""Our own modules as processes apart from the server, behind everything else that this machine has to do.

What takes long in Python would otherwise hold up the room: a process that computes lets no request in between.
"""

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


def launch(
    module: str, *arguments: str, behind: int = LAST, database_url: str = "", **how: Any
) -> "subprocess.Popen[bytes]":
    """The process of `python -m module`, which has just begun; `how` as subprocess takes it. Raises OSError.

    It reads the database of this address. A module that steps back by itself is 0 behind.
    """
    return subprocess.Popen(_command(module, arguments, behind), cwd=ROOT, env=_environ(database_url), **how)


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
