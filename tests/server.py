"""The real server as a process of its own, started with README's program."""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


class Server:
    """`python wsgi.py` with its own data folder and port. Its console is kept in `console.txt` of the folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            "DATA_FOLDER": str(folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "PUBLIC_URL": self.url,
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def console(self) -> str:
        return (self.folder / "console.txt").read_text(encoding="utf-8")

    @property
    def set_up_link(self) -> str:
        """The one-time link of the newest start."""
        return re.findall(r"http://\S+/set-up/\S+", self.console)[-1]

    def start(self) -> "Server":
        """Start and wait until the database answers. Raises RuntimeError with the console if it does not."""
        with (self.folder / "console.txt").open("ab") as console:
            self.process = subprocess.Popen(
                [sys.executable, "wsgi.py"],
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):
                    return self
            except (URLError, OSError):
                time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"The server did not start:\n{self.console}")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As if somebody tripped over the cable."""
        self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(by)
            self.process.wait(timeout=30)


def free_port() -> int:
    """One below those that the system gives to whoever calls somebody: no caller takes it before it is used."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
