"""What every test may ask for: databases, Redis, a browser.

Whatever is missing is a skip that says why on somebody's own machine, and a failure on CI.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from dialog.models import Base
from dialog.store import Store

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with today's schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.dispose()
    return path


@pytest.fixture(scope="session")
def new_schema() -> Iterator[Callable[[], str]]:
    """Makes an empty schema in PostgreSQL and gives its address; all are dropped at the end."""
    server = create_engine(POSTGRES, connect_args={"connect_timeout": 3})
    schemas: list[str] = []

    def make() -> str:
        schema = f"test_{uuid4().hex[:12]}"
        try:
            with server.begin() as connection:
                connection.execute(text(f"CREATE SCHEMA {schema}"))
        except OperationalError as error:
            _missing(f"PostgreSQL does not answer at TEST_POSTGRES_URL ({error.orig})")
        schemas.append(schema)
        return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"

    yield make
    for schema in schemas:
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture(scope="session")
def postgres_url(new_schema: Callable[[], str]) -> str:
    """A schema of this run's own in PostgreSQL, for all tests that empty it again."""
    return new_schema()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[Store]:
    store = Store(postgres_url)
    store.migrate()
    yield store
    store.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store with today's schema, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "dialog.sqlite")
        store = Store(f"sqlite:///{path}")
        yield store
        store.dispose()
    else:
        store = request.getfixturevalue("migrated_postgres")
        with store.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(Base.metadata.tables)} CASCADE"))
        yield store


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis of which the tests may use one numbered database; keys carry a prefix of the test's own."""
    from redis import ConnectionError, Redis

    with Redis.from_url(REDIS, socket_connect_timeout=3) as redis:
        try:
            redis.ping()
        except ConnectionError as error:
            _missing(f"Redis does not answer at TEST_REDIS_URL ({error})")
    return REDIS


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium or Chrome."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or _missing(f"no browser is installed (looked for {', '.join(BROWSERS)})")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the whole run; each test takes a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def _missing(what: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have everything, but {what}.")
    pytest.skip(what)
