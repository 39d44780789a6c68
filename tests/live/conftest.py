"""The real server as its own process, on SQLite and on PostgreSQL. Warnings are errors there as well."""

from collections.abc import Callable, Iterator

import pytest

from dialog.store import Store
from tests.live.hall import SECRET_KEY, Hall
from tests.server import Server

DATABASES = ("sqlite", "postgresql")


def quiet(server: Server) -> None:
    """Nothing unexpected stands on the console, and nobody's address."""
    for word in ("Traceback", "Warning", "127.0.0.1"):
        assert word not in server.console, server.console


@pytest.fixture(scope="session", params=DATABASES)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Store]]:
    """One server for all tests that leave it as it was: each plans a dialogue of its own."""
    folder = tmp_path_factory.mktemp(f"live-{request.param}")
    url = f"sqlite:///{folder / 'dialog.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_schema")()
    server = Server(folder, SECRET_KEY=SECRET_KEY, DATABASE_URL=url, PYTHONWARNINGS="error").start()
    store = Store(url)
    yield server, store
    store.dispose()
    server.stop()
    quiet(server)


@pytest.fixture
def hall(running: tuple[Server, Store]) -> Iterator[Hall]:
    """A dialogue of this test's own in a running server."""
    hall = Hall(*running)
    yield hall
    hall.leave()


@pytest.fixture
def own_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Hall]]:
    """Makes a server that this test may stop, kill and starve. SQLite unless a `DATABASE_URL` is given."""
    halls: list[Hall] = []

    def make(**environment: str) -> Hall:
        folder = tmp_path_factory.mktemp("hall")
        url = environment.get("DATABASE_URL", f"sqlite:///{folder / 'dialog.sqlite'}")
        settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "PYTHONWARNINGS": "error", **environment}
        hall = Hall(Server(folder, **settings).start(), Store(environment.get("DIRECT_URL", url)))
        halls.append(hall)
        return hall

    yield make
    for hall in halls:
        hall.leave()
        hall.store.dispose()
        hall.server.stop()
        quiet(hall.server)
