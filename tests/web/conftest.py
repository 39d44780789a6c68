"""A server to ask, once on SQLite and once on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from dialog.store import Store
from sessions.app import create_app
from sessions.settings import Settings
from tests.web.house import House


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Iterator[Flask]:
    """The whole server on an empty store."""
    app = create_app(
        Settings(
            data_folder=tmp_path,
            database_url=store.url,
            secret_key="a key that only the tests know",
            host="127.0.0.1",
            port=8000,
            public_url="http://localhost:8000",
        )
    )
    app.config["TESTING"] = False
    yield app
    app.extensions["store"].dispose()


@pytest.fixture
def house(app: Flask) -> House:
    """A server with Mara's forum and one dialogue."""
    return House(app)
