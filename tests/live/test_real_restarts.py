"""Redis and PostgreSQL die as processes and start again, while two workers serve a vote."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.live.crowd import crowd
from tests.live.own_services import OwnPostgres, OwnRedis
from tests.live.several import Several, all_there, two_workers
from tests.live.test_a_process_goes_away import all_is_well, nothing_is_lost, they_vote, voting
from tests.loops import run


@pytest.fixture(scope="module")
def redis(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    redis = OwnRedis(program("redis-server"), tmp_path_factory.mktemp("redis"))
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture(scope="module")
def postgres(program: Callable[[str], str]) -> Iterator[OwnPostgres]:
    """Not in the folder of the test, which is closed to the account that PostgreSQL runs under."""
    with TemporaryDirectory(prefix="postgres-") as folder:
        postgres = OwnPostgres(program("postgres"), program("initdb"), Path(folder))
        postgres.start()
        yield postgres
        postgres.kill()


@pytest.fixture(scope="module")
def served(nginx: str, redis: OwnRedis, postgres: OwnPostgres) -> Iterator[Several]:
    with two_workers(postgres.url, redis.url) as server:
        all_there(server)
        yield server


def test_redis_is_killed_and_starts_empty(served: Several, redis: OwnRedis) -> None:
    room, ledger, devices = voting(served)
    since = {room.hall.id: room.hall.seq()}

    async def vote() -> None:
        async with crowd(devices, ledger) as people:
            for device, life in room.lives:
                people.employ(device, life, 0.2)
            await they_vote(people, 1)
            await asyncio.to_thread(redis.kill)
            await they_vote(people, 1)
            await asyncio.to_thread(redis.start)
            await they_vote(people, 1)
            await all_is_well(people)

    run(vote())
    nothing_is_lost("Redis is killed", served, room, ledger, since)


def test_postgresql_is_killed_and_recovers(served: Several, postgres: OwnPostgres) -> None:
    room, ledger, devices = voting(served)
    since = {room.hall.id: room.hall.seq()}

    async def vote() -> None:
        async with crowd(devices, ledger) as people:
            for device, life in room.lives:
                people.employ(device, life, 0.2)
            await they_vote(people, 1)
            await asyncio.to_thread(postgres.kill)
            answer = await asyncio.to_thread(room.hall.mara.post, f"/m/{room.hall.id}/go_to_step", step="mirror")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
            assert "bleibt auf Ihrem Gerät" in answer.json()["error"]
            await asyncio.to_thread(postgres.start)
            await they_vote(people, 2)
            await all_is_well(people)

    run(vote())
    assert ledger.retried > 0
    nothing_is_lost("PostgreSQL is killed", served, room, ledger, since)
