"""`python -m exports workbook`: a whole file and exit code 0, or no file, one sentence and another code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dialog.store import Store
from tests.exports.held import Held

ROOT = Path(__file__).parents[2]


def export(
    database_url: str, dialogue_id: str, path: Path, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exports", "workbook", dialogue_id, str(path)]
    environ = {**os.environ, "DATABASE_URL": database_url}
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, preexec_fn=before
    )


def refused(run: subprocess.CompletedProcess[str], path: Path) -> str:
    """The one sentence of a refusal that left nothing behind."""
    assert run.returncode == 1
    assert not path.exists()
    assert not path.with_name(path.name + ".part").exists()
    assert run.stderr.count("\n") == 1
    return run.stderr.strip()


def test_a_workbook_is_made(store: Store, tmp_path: Path) -> None:
    Held(store).people_arrive()
    path = tmp_path / "dialog.xlsx"
    run = export(store.url, "d1", path)
    assert (run.returncode, run.stderr) == (0, "")
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert told[-1]["done"] == told[-1]["of"] == len(load_workbook(path).sheetnames)
    assert "Übersicht" in load_workbook(path).sheetnames
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith("dialog.xlsx")] == ["dialog.xlsx"]


def test_an_unknown_dialogue_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "dialog.xlsx"
    assert refused(export(store.url, "nowhere", path), path) == "Diesen Dialog gibt es nicht, oder er wurde gelöscht."


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dialog.xlsx"
    run = export(f"sqlite:///{tmp_path}/nowhere/dialog.sqlite", "d1", path)
    assert refused(run, path) == "Die Datenbank antwortet nicht. Bitte versuchen Sie es gleich noch einmal."


@pytest.mark.parametrize("url", ["", "no database at all"])
def test_a_missing_database_address_is_told(tmp_path: Path, url: str) -> None:
    path = tmp_path / "dialog.xlsx"
    assert refused(export(url, "d1", path), path) == "DATABASE_URL nennt keine Datenbank."


def test_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    Held(store)
    path = tmp_path / "away" / "dialog.xlsx"
    assert "Die Datei konnte nicht geschrieben werden" in refused(export(store.url, "d1", path), path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits on the size of files")
def test_a_full_disk_leaves_no_half_file(store: Store, tmp_path: Path) -> None:
    import resource

    Held(store).whole_round()
    path = tmp_path / "dialog.xlsx"

    def no_file_grows_beyond() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, 33_000))

    run = export(store.url, "d1", path, before=no_file_grows_beyond)
    assert "Die Datei konnte nicht geschrieben werden" in refused(run, path)


def test_an_older_file_stays_when_the_new_one_fails(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "dialog.xlsx"
    path.write_text("the one of yesterday")
    assert export(store.url, "nowhere", path).returncode == 1
    assert path.read_text() == "the one of yesterday"


def test_a_command_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "exports", "poem"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 2
