"""What a second worker adds, on PostgreSQL and Redis behind nginx: acts a second, and the way from one to the other.

Workers, database, nginx and the phones share this machine; what a worker has to do for an act says what it could on
cores of its own.
"""

import asyncio
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from tests.bench.figures import Figure, Times, percentile
from tests.bench.phones import Screen, all_come_in, all_leave, cockpit_of, phone_of
from tests.bench.stand import Held, Stand
from tests.loops import run
from tests.workers import Worker, Workers

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
DIALOGUES, PHONES = 8, 4
WARM, SECONDS = 1.0, 6.0
HASTE = 0.12
"""Seconds between two cards of a phone at least: nobody is asked to wait."""
CROSSING = 60


@contextmanager
def several(count: int) -> Iterator[tuple[Stand, Workers]]:
    """Dialogues in a schema of their own, and so many workers."""
    schema, server = f"bench_{secrets.token_hex(6)}", create_engine(POSTGRES)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        workers = Workers(count, REDIS_URL=REDIS, REDIS_PREFIX=schema)
        try:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                url = f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
                here = Stand(Path(folder), PHONES, DIALOGUES, server=workers, database_url=url)
                workers.start()
                yield here, workers
        finally:
            workers.stop()
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


def workers() -> list[Figure]:
    """The same dialogues with one worker and with two."""
    alone, per_act_alone, _ = _measured(1)
    both, per_act, (near, far) = _measured(2)
    return [
        Figure("acts with one worker", "1/s", alone),
        Figure("acts with two workers", "1/s", both, ceiling=alone),
        Figure("CPU of a worker per act, one", "ms", 1000 * per_act_alone),
        Figure("CPU of both per act, two", "ms", 1000 * per_act, ceiling=1000 * per_act_alone),
        Figure("heard on the same worker p95", "ms", 1000 * percentile(near, 0.95)),
        Figure("heard on the other worker p95", "ms", 1000 * percentile(far, 0.95)),
    ]


def _measured(count: int) -> tuple[float, float, tuple[list[float], list[float]]]:
    with several(count) as (here, running):
        rate, per_act = run(_write(here, running))
        across = run(_across(here, running)) if count > 1 else ([], [])
        return rate, per_act, across


def _cpu(running: Workers) -> float:
    """Seconds of processor time that all workers have used."""
    used = 0.0
    for worker in running.all:
        assert worker.process is not None
        for process in psutil.Process(worker.process.pid).children():
            times = process.cpu_times()
            used += times.user + times.system
    return used


async def _write(here: Stand, running: Workers) -> tuple[float, float]:
    """All phones of all dialogues write as fast as they are answered; acts a second, and seconds of processor each."""
    rooms = [[_phone(running.port, held, at) for at in range(PHONES)] for held in here.dialogues]
    screens = [screen for room in rooms for screen in room]
    await all_come_in(screens)
    acts, until = 0, time.monotonic() + WARM + SECONDS

    async def write(dialogue_id: str, screen: Screen) -> None:
        nonlocal acts
        number = 0
        while (began := time.monotonic()) < until:
            number += 1
            fields = {"valence": "fails", "text": f"Gedanke {number}", "addressees": ["jobcenter"]}
            status, answer, _ = await screen.web.post(f"/d/{dialogue_id}/cards", fields)
            assert status == 200, answer
            acts += 1
            await asyncio.sleep(max(0.0, HASTE - (time.monotonic() - began)))

    async def count() -> tuple[float, float]:
        await asyncio.sleep(WARM)
        began, had, used = time.monotonic(), acts, _cpu(running)
        await asyncio.sleep(SECONDS - 0.1)
        done = acts - had
        return done / (time.monotonic() - began), (_cpu(running) - used) / max(1, done)

    counting = asyncio.create_task(count())
    await asyncio.gather(
        *(write(held.id, screen) for held, room in zip(here.dialogues, rooms, strict=True) for screen in room)
    )
    await all_leave(screens)
    return await counting


async def _across(here: Stand, running: Workers) -> tuple[list[float], list[float]]:
    """Seconds until a card is seen in a cockpit on its own worker, and in one on the other."""
    held = here.dialogues[0]
    home = running.of(held.id)
    other = next(worker for worker in running.all if worker is not home)
    near, far = Times(), Times()
    cockpits = [_cockpit(worker, held, times) for worker, times in ((home, near), (other, far))]
    writer = _phone(running.port, held, 0)
    await all_come_in([writer, *cockpits])
    for number in range(CROSSING):
        began = time.perf_counter()
        fields = {"valence": "works", "text": f"Von hier nach dort {number}", "addressees": ["politik"]}
        status, answer, _ = await writer.web.post(f"/d/{held.id}/cards", fields)
        if status != 200:
            break  # Everybody has a limit of cards.
        near.sent[answer["seq"]] = far.sent[answer["seq"]] = began
        await asyncio.sleep(HASTE)
    await asyncio.sleep(0.5)
    await all_leave([writer, *cockpits])
    return near.delays(), far.delays()


def _phone(port: int, held: Held, at: int) -> Screen:
    return Screen(port, held.seats[at].cookie, phone_of(held.id), _not_watched)


def _cockpit(worker: Worker, held: Held, times: Times) -> Screen:
    return Screen(worker.port, held.mara, cockpit_of(held.id), times.heard)


def _not_watched(_screen: Screen, _seq: int, _now: float) -> None:
    pass
