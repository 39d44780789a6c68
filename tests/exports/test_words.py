"""The words of the reports: all of them are German, and read from the catalogue itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError, read_po

from exports.words import GERMAN, _, read_catalogue

ROOT = Path(__file__).parents[2]


def test_every_word_of_the_reports_is_in_the_catalogue_and_no_other(tmp_path: Path) -> None:
    template = tmp_path / "exports.pot"
    pybabel = Path(sys.executable).parent / "pybabel"
    subprocess.run([pybabel, "-q", "extract", "-o", template, "exports"], cwd=ROOT, check=True, capture_output=True)
    with template.open("rb") as said, GERMAN.open("rb") as german:
        msgids = {message.id for message in read_po(said) if message.id}
        told = {message.id: message.string for message in read_po(german, locale="de") if message.id}
    assert msgids == set(told)
    assert all(told.values())
    assert _("Who about whom") == "Wer über wen"


def test_a_broken_catalogue_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "de.po"
    broken.write_text("<<<<<<< mine\n")
    with pytest.raises(PoFileError):
        read_catalogue(broken)


def test_guesses_are_left_out(tmp_path: Path) -> None:
    catalogue = tmp_path / "de.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalogue.write_text(f'{head}msgid "sure"\nmsgstr "sicher"\n\n#, fuzzy\nmsgid "maybe"\nmsgstr "vielleicht"\n')
    words = read_catalogue(catalogue)
    assert (words.gettext("sure"), words.gettext("maybe")) == ("sicher", "maybe")
