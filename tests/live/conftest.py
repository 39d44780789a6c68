"""The real server as its own process, on SQLite and on PostgreSQL. Warnings are errors there as well."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext

from dialog.store import Store
from tests.live.hall import SECRET_KEY, Hall, quiet
from tests.live.pages import Devices, browsing
from tests.live.several import Halves, Several, all_there, two_workers
from tests.server import Server

DATABASES = ("sqlite", "postgresql")


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


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on SQLite that the tests of one file may stop, kill and starve, as long as they start it again."""
    folder = tmp_path_factory.mktemp("own")
    server = Server(folder, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error").start()
    yield server
    server.stop()
    quiet(server)


@pytest.fixture
def own_hall(own_server: Server) -> Iterator[Hall]:
    """A dialogue of this test's own in such a server."""
    store = Store(f"sqlite:///{own_server.folder / 'dialog.sqlite'}")
    hall = Hall(own_server, store)
    yield hall
    hall.leave()
    store.dispose()


@pytest.fixture
def device(browser: Browser) -> Iterator[Devices]:
    """Gives a browser of its own each time."""
    with ExitStack() as devices:

        def make(width: int = 360, height: int = 740) -> BrowserContext:
            return devices.enter_context(browsing(browser, width, height))

        yield make


@pytest.fixture
def context(device: Devices) -> BrowserContext:
    """One phone's browser."""
    return device()


@pytest.fixture(scope="module")
def workers(nginx: str, new_schema: Callable[[], str], redis_url: str) -> Iterator[Several]:
    """Two workers that the tests of one file may kill and cut off."""
    with two_workers(new_schema(), redis_url) as server:
        yield server


@pytest.fixture
def several(workers: Several) -> Several:
    """The same, both alive whatever became of them in the test before."""
    all_there(workers)
    return workers


@pytest.fixture
def halves(several: Several) -> Iterator[Halves]:
    """A dialogue of this test's own, with connections on both."""
    halves = Halves(several)
    yield halves
    halves.leave()
