"""LibreOffice opens the workbook and prints all of it."""

import subprocess
from pathlib import Path

import pytest

from dialog.store import Store
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.held_twice import HeldTwice


@pytest.mark.timeout(240)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_libreoffice_prints_the_workbook(store: Store, tmp_path: Path, soffice: str) -> None:
    path = tmp_path / "workbook.xlsx"
    write_workbook(book(HeldTwice(store).both_rounds().report()), path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    printed = (tmp_path / "workbook.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type/Page") + printed.count(b"/Type /Page") > 18
