"""The only engine and the only transactions.

Reading never blocks writing. On SQLite a writing transaction begins with BEGIN IMMEDIATE (a deferred one loses sequence
numbers under load), WAL and synchronous=FULL, so that what was acknowledged survives the power cable, and
secure_delete, so that who wrote what is gone from the file once authorship is cut.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command as alembic
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import sessionmaker

__all__ = ["Db", "Store", "StoreAway", "whole_or_not_at_all"]

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 5.0
"""Seconds a writer waits for a locked SQLite file, in small sleeps that let other people's requests run."""


class StoreAway(Exception):
    """The database is locked or away. Nothing was written; trying again later is right."""


class Store:
    """One database, by its SQLAlchemy address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        self._maker = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """A transaction that only reads; what it sees does not change while it lasts."""
        with self._told_apart(), self._maker() as db:
            if self.is_sqlite:
                db.connection().exec_driver_sql("BEGIN")
            else:
                db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield db
            db.expunge_all()  # What was read stays readable: a rollback would forget it.
            db.rollback()

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[Db]:
        """A transaction that commits at the end, or leaves nothing behind. `patience`: seconds to wait for a lock."""
        with self._told_apart(), self._maker() as db:
            if self.is_sqlite:
                self._begin_immediate(db, patience)
            yield db
            db.commit()

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
            raise StoreAway from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreAway from error
            raise

    def _begin_immediate(self, db: Db, patience: float) -> None:
        """Take SQLite's one writer's place, waiting in sleeps that a cooperative server can use."""
        until = time.monotonic() + patience
        while True:
            try:
                db.connection().exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError:
                db.rollback()
                if time.monotonic() > until:
                    raise
                time.sleep(random.uniform(0.002, 0.02))


@contextmanager
def whole_or_not_at_all(db: Db) -> Iterator[None]:
    """A part of a writing transaction that leaves nothing behind when it fails; the rest can still be committed."""
    with db.begin_nested():
        yield


def _engine(url: str) -> Engine:
    """What people wrote never stands in an error message, and so in no log: `hide_parameters`."""
    options = {"pool_size": 10, "max_overflow": 20, "pool_timeout": PATIENCE, "hide_parameters": True}
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": int(PATIENCE)}, **options)
    engine = create_engine(url, connect_args={"timeout": 0.05}, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
