"""The words of the reports are read from the catalogue itself."""

from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from exports.words import _, read_catalogue


def test_the_reports_speak_german() -> None:
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
