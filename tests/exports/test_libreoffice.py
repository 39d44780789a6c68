"""LibreOffice opens the workbook and prints all of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dialog.store import Store
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.held import Held


@pytest.fixture(scope="session")
def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("CI must have everything, but LibreOffice is not installed.")
    return found or pytest.skip("LibreOffice is not installed")


@pytest.mark.timeout(240)
def test_libreoffice_prints_the_workbook(store: Store, tmp_path: Path, soffice: str) -> None:
    if not store.is_sqlite:
        pytest.skip("one database is enough to print")
    path = tmp_path / "workbook.xlsx"
    write_workbook(book(Held(store).whole_round().report()), path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    printed = (tmp_path / "workbook.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type/Page") + printed.count(b"/Type /Page") > 8
