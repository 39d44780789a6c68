"""Two workers behind nginx that serve the same dialogues, and a hall whose people are spread over both."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from dialog.models import JournalEntry
from dialog.store import Store
from tests.live.cable import Cable
from tests.live.hall import SECRET_KEY, SOON, Ear, Hall, until
from tests.workers import Worker, Workers

AWAY, BACK = "Redis antwortet nicht", "Redis antwortet wieder"
"""What a worker says on its console."""


@dataclass
class Several:
    """Two workers, and the cables by which they reach PostgreSQL and Redis."""

    workers: Workers
    store: Store
    database: Cable
    redis: Cable


@contextmanager
def two_workers(database_url: str, redis_url: str) -> Iterator[Several]:
    """Started together; what they wrote to Redis is gone afterwards."""
    direct, redis, prefix = make_url(database_url), urlsplit(redis_url), f"test-{secrets.token_hex(6)}"
    to_database = Cable(direct.host or "127.0.0.1", direct.port or 5432)
    to_redis = Cable(redis.hostname or "127.0.0.1", redis.port or 6379)
    login = redis.netloc.rpartition("@")[0]
    workers = Workers(
        2,
        SECRET_KEY=SECRET_KEY,
        DATABASE_URL=direct.set(host="127.0.0.1", port=to_database.port).render_as_string(hide_password=False),
        REDIS_URL=redis._replace(netloc=f"{login}{'@' if login else ''}127.0.0.1:{to_redis.port}").geturl(),
        REDIS_PREFIX=prefix,
    )
    store = Store(direct.render_as_string(hide_password=False))
    with workers:
        yield Several(workers, store, to_database, to_redis)
        store.dispose()
        for word in ("Traceback", "127.0.0.1 "):
            assert word not in workers.console, workers.console
    to_database.pull()
    to_redis.pull()
    with Redis.from_url(redis_url) as left:
        for key in left.scan_iter(f"{prefix}*"):
            left.delete(key)


def all_there(server: Several) -> None:
    """Each test begins with two workers that reach everything, whatever became of them in the one before."""
    for cable in (server.database, server.redis):
        cable.plug()
    for worker in server.workers.all:
        if worker.process is None or worker.process.poll() is not None:
            worker.start()
    settled(server)
    until(lambda: all(reaches_redis(worker) for worker in server.workers.all), SOON)


def reaches_redis(worker: Worker) -> bool:
    """As it has said last; it says nothing while all is well."""
    said = worker.log.read_text(encoding="utf-8")
    return said.rfind(AWAY) <= said.rfind(BACK)


def settled(server: Several) -> None:
    """nginx sends to both again."""
    until(lambda: all(len(served(server, f"/d/{number}/")) == 1 for number in range(3)), SOON)
    until(lambda: len({server.workers.of(str(number)).number for number in range(20)}) == 2, SOON)


def served(server: Several, *paths: str) -> set[str]:
    """By whom these pages are sent."""
    answers = [requests.get(server.workers.url + path, timeout=20, allow_redirects=False) for path in paths]
    return {answer.headers["Served-By"] for answer in answers}


class Halves(Hall):
    """A hall in which every other connection is on the wrong worker, as after a worker has come back."""

    def __init__(self, server: Several) -> None:
        super().__init__(server.workers, server.store)  # It is asked for its address only.
        self.home = server.workers.of(self.id)
        self.away = next(worker for worker in server.workers.all if worker is not self.home)
        self.turn = 0

    def greets(self, cookie: str, greeting: object, **headers: str) -> Ear:
        self.turn += 1
        return self.at((self.home, self.away)[self.turn % 2], cookie, greeting, **headers)

    def at(self, worker: Worker, cookie: str, greeting: object, **headers: str) -> Ear:
        ear = Ear(worker.url, cookie, greeting, **headers)
        self.ears.append(ear)
        return ear


def gapless(store: Store, dialogue_id: str) -> bool:
    numbers = select(func.count(), func.min(JournalEntry.seq), func.max(JournalEntry.seq))
    with store.reading() as db:
        count, first, last = db.execute(numbers.where(JournalEntry.dialogue_id == dialogue_id)).one()
    return bool(first == 1 and count == last)
