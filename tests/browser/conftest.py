"""A real Chromium on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The server as README starts it, on SQLite in an empty data folder."""
    server = Server(tmp_path).start()
    yield server
    server.stop()
    assert "Traceback" not in server.console, server.console
