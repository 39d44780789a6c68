"""A dump of PostgreSQL is made and put back with the commands of the README, and the dialogue goes on."""

import os
import re
import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from dialog.store import Store
from tests.conftest import POSTGRES
from tests.live.hall import SECRET_KEY, Hall, quiet
from tests.server import ROOT, Server


@pytest.fixture
def database(postgres_url: str) -> Iterator[URL]:
    """A database of this test's own; `postgres_url` says first whether there is a PostgreSQL."""
    assert postgres_url
    name = f"copy_{secrets.token_hex(6)}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(POSTGRES).set(database=name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def hall(database: URL, tmp_path: Path) -> Iterator[Hall]:
    url = database.render_as_string(hide_password=False)
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error", DATABASE_URL=url).start()
    hall = Hall(server, Store(url))
    yield hall
    hall.leave()
    hall.store.dispose()
    server.stop()
    quiet(server)


def told_by_the_readme(command: str) -> str:
    (line,) = re.findall(rf"^{command} .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return str(line)


def test_a_dump_is_put_back_and_the_dialogue_goes_on(
    hall: Hall, database: URL, tmp_path: Path, program: Callable[[str], str]
) -> None:
    def run(command: str, file: str = "") -> None:
        """In a shell, with this test's database and file in place of the README's."""
        address = database.set(drivername="postgresql").render_as_string(hide_password=False)
        line = told_by_the_readme(command).replace("postgresql://user@host/name", address)
        if file:
            line = re.sub(r"dialog_\S+\.dump", file, line)
        path = f"{Path(program(command)).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["bash", "-c", line], cwd=tmp_path, env={**os.environ, "PATH": path}, check=True, timeout=60)

    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    hall.writes(anna, "Bleibt")
    before = hall.picture(anna)
    run("pg_dump")
    (dump,) = tmp_path.glob("dialog_*.dump")
    last = hall.writes(ben, "Kommt abhanden")
    hall.server.stop()
    hall.store.dispose()

    run("pg_restore", dump.name)
    run("psql")
    hall.server.start()

    back = hall.picture(anna)
    assert hall.cards() == ["Bleibt"]
    assert back["seq"] > last, "no screen has seen this number"
    assert {**back, "seq": 0} == {**before, "seq": 0}
    ear = hall.phone(ben)
    ear.hears(hall.writes(ben, "Nach der Rückkehr"))
    assert hall.cards() == ["Bleibt", "Nach der Rückkehr"]
