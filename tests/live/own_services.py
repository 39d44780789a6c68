"""A Redis and a PostgreSQL of a test's own, real processes that it may kill and start again."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from tests.server import free_port

PATIENCE = 30
"""Seconds that a service may take to answer."""


class OwnRedis:
    """It keeps nothing on disk: killed, it forgets everything."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder, self.port = program, folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([self.program, *options, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        _wait(self._answers)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as client:
                return bool(client.ping())
        except RedisError:
            return False


class OwnPostgres:
    """A cluster in a folder that lies where anybody may go.

    `kill` is what a power cut is to it: every process gone at once, recovery at the start.
    """

    def __init__(self, program: str, initdb: str, folder: Path) -> None:
        self.program, self.port = program, free_port()
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"
        self._folder = folder / "cluster"
        self._as: dict[str, int] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            who = pwd.getpwnam("postgres")
            self._as = {"user": who.pw_uid, "group": who.pw_gid}
            os.chown(folder, who.pw_uid, who.pw_gid)
        init = [initdb, "-D", str(self._folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        self._run([*init, "--no-sync"])

    def start(self) -> None:
        options = ["-p", str(self.port), "-h", "127.0.0.1", "-k", ""]
        self.process = subprocess.Popen(
            [self.program, "-D", str(self._folder), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **self._as,
        )
        _wait(self._answers)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=PATIENCE)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url.replace("+psycopg", ""), connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def _run(self, command: Sequence[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self._as)


def _wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until, "The service does not answer."
        time.sleep(0.1)
