"""The first start, the next one, and what keeps the server from starting."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sessions.app import create_app
from sessions.serve import serve
from sessions.settings import read_settings
from tests.live.hall import Browser
from tests.server import ROOT, Server, free_port


def test_the_first_start_hands_out_one_link_and_the_next_one_keeps_everything(tmp_path: Path) -> None:
    server = Server(tmp_path / "data" / "in" / "the hall", PYTHONWARNINGS="error")
    server.folder.mkdir(parents=True)
    server.start()
    first_link, key = server.set_up_link, (server.folder / "secret.key").read_text()
    assert "Dieser Laptop:" in server.console
    assert "Handys im selben Netz:" in server.console
    assert "█" in server.console
    server.stop()

    server.start()
    mara = Browser(server.url)
    assert mara.get(first_link.removeprefix(server.url), Accept="text/html").status_code == 403
    account = {"forum_name": "Region Nord", "account_name": "mara", "password": "lang genug ist das", "again": ""}
    account["again"] = account["password"]
    answer = mara.post(server.set_up_link.removeprefix(server.url), **account)
    assert answer.status_code in (200, 303), answer.text
    assert "Region Nord" in mara.get("/forum", Accept="text/html").text
    server.stop()

    links = server.console.count("/set-up/")
    server.start()
    assert server.console.count("/set-up/") == links
    assert "Region Nord" in mara.get("/forum", Accept="text/html").text
    assert (server.folder / "secret.key").read_text() == key
    server.stop()
    assert "Traceback" not in server.console


def told(**environ: str) -> str:
    """The sentence with which the server does not start."""
    with pytest.raises(SystemExit) as end:
        serve(lambda: create_app(read_settings(environ)))
    assert isinstance(end.value.code, str)
    return end.value.code


def test_a_wrong_setting_is_one_german_sentence_and_no_trace() -> None:
    ended = subprocess.run(
        [sys.executable, "wsgi.py"], cwd=ROOT, env={"PORT": "achttausend"}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == "PORT: „achttausend“ ist kein Port. Bitte eine Zahl von 1 bis 65535 schreiben.\n"
    assert ended.stdout == ""


def test_a_database_that_does_not_answer_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://forum:geheim@127.0.0.1:{free_port()}/dialog"
    sentence = told(DATA_FOLDER=str(tmp_path), DATABASE_URL=address)
    assert sentence.startswith("DATABASE_URL: Die Datenbank ist nicht benutzbar.")
    assert "geheim" not in sentence


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "dialog.sqlite").write_text("Das ist ein Brief und keine Datenbank. " * 100)
    assert told(DATA_FOLDER=str(tmp_path)).startswith("DATABASE_URL: Die Datenbank ist nicht benutzbar.")


def test_a_port_in_use_is_one_sentence(own_server: Server, tmp_path: Path) -> None:
    sentence = told(DATA_FOLDER=str(tmp_path), PORT=str(own_server.port), HOST="127.0.0.1")
    assert sentence.startswith(f"Port {own_server.port} an 127.0.0.1 ist nicht benutzbar")


def test_an_invalid_format_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    program = tmp_path / "program"
    skip = shutil.ignore_patterns("node_modules", "__pycache__", ".*", "tests", "data")
    shutil.copytree(ROOT, program, ignore=skip)
    formats = program / "dialog" / "formats"
    text = next(formats.glob("*.yaml")).read_text(encoding="utf-8")
    (formats / "mein-format.yaml").write_text(text.replace("key: jobcenter", "key: Job Center", 1), encoding="utf-8")
    line = 1 + text[: text.index("key: jobcenter")].count("\n")
    ended = subprocess.run(
        [sys.executable, "wsgi.py"],
        cwd=program,
        env={"DATA_FOLDER": str(tmp_path), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Ein Format ist nicht benutzbar. Bitte berichtigen und neu starten: ")
    assert f"mein-format.yaml, line {line}: stakeholders" in ended.stderr
    assert "Traceback" not in ended.stderr
