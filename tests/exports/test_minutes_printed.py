"""LibreOffice opens the minutes and prints all of them, whatever was written."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialog.store import Store
from exports.minutes import write_minutes
from tests.exports.held_twice import AWKWARD, HeldTwice
from tests.exports.store import empty


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def printed(soffice: str, pdftotext: str, path: Path) -> list[str]:
    """The text of each page that LibreOffice prints."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    pages = subprocess.run(
        [pdftotext, "-layout", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True, text=True
    )
    return pages.stdout.removesuffix("\f").split("\f")


@pytest.mark.timeout(240)
def test_libreoffice_prints_the_minutes_with_a_topic_on_each_page(
    own_store: Store, tmp_path: Path, soffice: str, pdftotext: str
) -> None:
    report = HeldTwice(own_store).both_rounds().report()
    ids = list(report.cards)
    texts = dict(zip(ids, [*AWKWARD, "Wort " * 8_000], strict=False))
    cards = {key: card.model_copy(update={"text": texts.get(key, card.text)}) for key, card in report.cards.items()}
    path = tmp_path / "minutes.docx"
    write_minutes(replace(report, cards=cards), path)
    pages = printed(soffice, pdftotext, path)
    said = "\n".join(pages)
    assert "Fotoprotokoll" in pages[0]
    assert "Inhalt" in pages[1]
    assert "=1+1" in said
    assert "einszwei" in said
    first = [page.lstrip().splitlines()[0] for page in pages if page.strip()]
    topics = [line for line in first if re.match(r"1\.\d+ +Thema ", line)]
    assert len(topics) == 9, "each topic begins a page"
    assert f"Seite {len(pages)} von {len(pages)}" in pages[-1]
    assert said.count("Wort ") + said.count("Wort\n") > 7_900
