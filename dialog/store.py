"""The only engine and the only transactions.

Reading never blocks writing. On SQLite a writing transaction begins with BEGIN IMMEDIATE (a deferred one loses sequence
numbers under load), WAL and synchronous=FULL, so that what was acknowledged survives the power cable, and
secure_delete and `forget`, so that who wrote what is gone from the file once authorship is cut.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Connection, Engine, Executable, Row, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import sessionmaker

__all__ = ["Db", "Store", "StoreAway", "StoreFull", "whole_or_not_at_all"]

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 5.0
"""Seconds a writer waits for a locked SQLite file, in small sleeps that let other people's requests run."""

LONG = 2000
"""Characters."""

ASLEEP = 15
"""Seconds after which PostgreSQL takes the lock from a writer that does nothing: its machine is gone."""

WAIT_NOT_FOR_EVER = (
    "SELECT set_config('lock_timeout', %s, true), set_config('idle_in_transaction_session_timeout', %s, true)"
)
"""For this transaction."""


class StoreAway(Exception):
    """The database is locked or away. Nothing was written; trying again later is right."""


class StoreFull(StoreAway):
    """The disk takes nothing more. Nothing was written; somebody has to make room."""


class Store:
    """One database, by its SQLAlchemy address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        self._maker = sessionmaker(self.engine, expire_on_commit=False)
        _stay_known(self._maker)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """A transaction that only reads; what it sees does not change while it lasts."""
        with self._told_apart(), self._maker() as db:
            if self.is_sqlite:
                _connection(db).exec_driver_sql("BEGIN")
            else:
                _connection(db, isolation_level="REPEATABLE READ")
            yield db
            # The end rolls back after everything was let go: what was read stays readable.

    def ask(self, question: Executable, asked: Mapping[str, Any]) -> Row[*tuple[Any, ...]] | None:
        """The row that answers one question by itself: what one statement sees is of one moment without more."""
        with self._told_apart(), self.engine.connect() as connection:
            return connection.execute(question, asked).first()

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[Db]:
        """A transaction that commits at the end, or leaves nothing behind. `patience`: seconds to wait for a lock."""
        with self._told_apart(), self._maker() as db:
            if self.is_sqlite:
                self._begin_immediate(db, patience)
            else:
                _connection(db).exec_driver_sql(
                    WAIT_NOT_FOR_EVER, (str(max(1, int(1000 * patience))), str(1000 * ASLEEP))
                )
            yield db
            db.commit()

    def forget(self, patience: float = PATIENCE) -> bool:
        """Take what was deleted out of SQLite's file and log; False if others held them for `patience` seconds.

        secure_delete leaves copies where pages were split, and the log holds everything until it is begun anew. In
        PostgreSQL no query, dump or later backup shows what was deleted; its own vacuum clears the pages.
        """
        if not self.is_sqlite:
            return True
        until = time.monotonic() + patience
        with self._told_apart(), self.engine.connect() as connection:
            run = connection.exec_driver_sql
            run("PRAGMA temp_store=MEMORY")
            rewritten = _insist(lambda: bool(run("VACUUM")), until)
            return rewritten and _insist(lambda: run("PRAGMA wal_checkpoint(TRUNCATE)").scalar() == 0, until)

    def migrate(self) -> None:
        """Bring the schema to the newest version, keeping all rows."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self.engine
        alembic.upgrade(config, "head")

    def answers(self) -> bool:
        """Whether the database answers right now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def dispose(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, PoolTimeout) as error:
            raise (StoreFull if _no_room(error) else StoreAway) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreAway from error
            raise

    def _begin_immediate(self, db: Db, patience: float) -> None:
        """Take SQLite's one writer's place, waiting in sleeps that a cooperative server can use."""
        until = time.monotonic() + patience
        while True:
            try:
                _connection(db).exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError:
                db.rollback()
                if time.monotonic() > until:
                    raise
                time.sleep(random.uniform(0.002, 0.02))


def _connection(db: Db, **options: Any) -> Connection:
    """The transaction's own, kept for what is asked and written without objects (`direct`)."""
    connection = db.info["connection"] = db.connection(execution_options=options)
    return connection


def _no_room(error: Exception) -> bool:
    """SQLite tells a full disk apart from a file that may grow no more; PostgreSQL has one word for both."""
    orig = getattr(error, "orig", None)
    reason = getattr(orig, "sqlite_errorname", "") or getattr(orig, "sqlstate", "")
    return reason in ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "53100")


@contextmanager
def whole_or_not_at_all(db: Db) -> Iterator[None]:
    """A part of a writing transaction that leaves nothing behind when it fails; the rest can still be committed."""
    with db.begin_nested():
        yield


def _stay_known(maker: sessionmaker[Db]) -> None:
    """What a transaction has read or written it knows to its end; by itself it would forget it and read it again."""

    def know(db: Db, thing: Any) -> None:
        db.info.setdefault("known", []).append(thing)

    for moment in ("loaded_as_persistent", "pending_to_persistent"):
        event.listen(maker, moment, know)


def _insist(done: Callable[[], bool], until: float) -> bool:
    """Try until it is done, in sleeps that a cooperative server can use; False if that never was before `until`."""
    while True:
        try:
            if done():
                return True
        except OperationalError:
            pass  # Somebody else writes just now.
        if time.monotonic() > until:
            return False
        time.sleep(random.uniform(0.002, 0.02))


def _read_json(text: str) -> Any:
    """What a column holds. A plan, long and needed by every act, is read once and shared: not to be changed."""
    return _read_long_json(text) if len(text) > LONG and text.startswith("{") else json.loads(text)


_read_long_json = lru_cache(maxsize=64)(json.loads)


def _engine(url: str) -> Engine:
    """What people wrote never stands in an error message, and so in no log: `hide_parameters`.

    The connection that was used last is used next (`pool_use_lifo`): it knows the pages that were just written, and
    every other one has to read them from the file again.
    """
    pool = {"pool_size": 10, "max_overflow": 20, "pool_timeout": PATIENCE, "pool_use_lifo": True}
    options = {**pool, "hide_parameters": True}
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": int(PATIENCE)}, **options)
    engine = create_engine(url, connect_args={"timeout": 0.05}, json_deserializer=_read_json, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
