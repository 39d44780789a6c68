"""What every test may ask for: databases, Redis, a browser, programs that print.

Whatever is missing is a skip that says why on somebody's own machine, and a failure on CI.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
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
# The same examples with every run, however slow the machine is. Others: pytest --hypothesis-profile=others
settings.register_profile("others", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("others"), derandomize=True, database=None)
settings.load_profile("same")
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
    """Makes an empty schema in PostgreSQL and gives its address; all are dropped at the end.

    This PostgreSQL stays up, so nothing waits for its disk; tests that kill one start their own.
    """
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
        options = f"-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
        return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options={options}"

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
        with store.engine.begin() as connection:  # TRUNCATE takes ten times as long for a few rows.
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
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
def nginx() -> str:
    """The path of an installed nginx; Debian keeps it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or _missing("nginx is not installed")


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of an installed LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice") or _missing("LibreOffice is not installed")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The path of the program that reads the text of a PDF; Debian has it in poppler-utils."""
    return shutil.which("pdftotext") or _missing("pdftotext is not installed")


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Where a service's program is that a test starts for itself; Debian keeps PostgreSQL's outside the path."""

    def where(name: str) -> str:
        folders = [*sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True), os.environ["PATH"]]
        return shutil.which(name, path=os.pathsep.join(folders)) or _missing(f"{name} is not installed")

    return where


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
        expect.set_options(timeout=30_000)
        yield browser
        browser.close()


def pytest_xdist_auto_num_workers() -> int | None:
    """Half as many again as there are cores: much of a live test is waiting for a pause, a start or a lost network."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits begins first, so that at the end nobody waits while a core has nothing to do.

    What waits also depends on how busy the machine is. As in CPython's own suite, such a test is tried once more
    when it fails, and the end of the run names it. A fault of the program fails twice.
    """
    waiting = ("browser", "live")
    for item in items:
        if any(name in item.path.parts for name in waiting):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: next((at for at, name in enumerate(waiting) if name in item.path.parts), len(waiting)))


def _missing(what: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have everything, but {what}.")
    pytest.skip(what)
