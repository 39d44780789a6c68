"""The catalogues: German first, and complete."""

import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house.sources import ROOT, none_of

GERMAN = ROOT / "sessions" / "translations" / "de" / "LC_MESSAGES" / "messages.po"


def _extracted(folder: Path) -> Catalog:
    """What the code says today, found as `pybabel extract` finds it."""
    template = folder / "messages.pot"
    pybabel = Path(sys.executable).parent / "pybabel"
    command = [pybabel, "-q", "extract", "-F", "pyproject.toml", "-k", "_l", "-o", template, "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return read_po(template.open("rb"))


def test_the_german_catalogue_is_complete(tmp_path: Path) -> None:
    german = read_po(GERMAN.open("rb"), locale="de")
    said = [message for message in _extracted(tmp_path) if message.id]
    assert said, "No message was found in the code: [[tool.babel.mappings]] in pyproject.toml must be wrong."
    missing = [
        f"{message.locations[0][0]}: {message.id}"
        for message in said
        if not (entry := german.get(message.id, message.context)) or not entry.string or not all([*entry.string])
    ]
    none_of(missing, "The interface speaks German first; these sentences have no German yet.")


def test_the_german_catalogue_has_no_guesses() -> None:
    german = read_po(GERMAN.open("rb"), locale="de")
    none_of(
        [f"{message.lineno}: {message.id}" for message in german if message.id and message.fuzzy],
        "A fuzzy entry is the machine's guess; a person decides.",
    )
    wrong = [f"{message.lineno}: {error}" for message, errors in german.check() for error in errors]
    none_of(wrong, "Placeholders and plurals of the German entries must fit their sentences.")
