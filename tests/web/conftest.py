"""A server to ask, once on SQLite and once on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from dialog.store import Store
from sessions import apart
from sessions.app import create_app
from sessions.settings import Settings
from tests.web.house import House


def server_on(database_url: str, folder: Path) -> Flask:
    """The whole server on this database."""
    settings = Settings(
        data_folder=folder,
        backups=folder / "backups",
        backup_every=5,
        database_url=database_url,
        secret_key="a key that only the tests know",
        host="127.0.0.1",
        port=8000,
        public_url="http://localhost:8000",
    )
    app = create_app(settings)
    app.config["TESTING"] = False
    return app


@pytest.fixture(scope="session", autouse=True)
def nothing_goes_on() -> Iterator[None]:
    """A file that nobody fetches is not made to its end after the tests."""
    yield
    apart.end_all()
    for process in apart.going_on:
        process.kill()
        process.wait()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole server, on both databases; every test has a forum of its own in it, so that none needs an empty one."""
    folder = tmp_path_factory.mktemp("server")
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), folder / 'dialog.sqlite')}"
    else:
        url = request.getfixturevalue("migrated_postgres").url
    app = server_on(url, folder)
    yield app
    app.extensions["store"].dispose()


@pytest.fixture
def empty_app(store: Store, tmp_path: Path) -> Iterator[Flask]:
    """The whole server on an empty store, for what only happens there."""
    app = server_on(store.url, tmp_path)
    yield app
    app.extensions["store"].dispose()


@pytest.fixture(scope="session")
def lone_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One server for all tests that store nothing."""
    folder = tmp_path_factory.mktemp("lone")
    app = server_on(f"sqlite:///{folder / 'dialog.sqlite'}", folder)
    yield app
    app.extensions["store"].dispose()


@pytest.fixture
def house(app: Flask) -> House:
    """A server with Mara's forum and one dialogue."""
    return House(app)
