"""User text is always text: whatever somebody writes on a card, the cell shows it and does nothing else."""

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.cells import LONGEST, needs_quote, safe_text
from exports.sheet import Book, Facts, Sheet
from exports.workbook import write_workbook
from tests.exports.held import unescaped

AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+49 30 1",
    "-2",
    "@SUM(A1)",
    "'quoted",
    "\t=1+1",
    "#N/A",
    "#REF!",
    "TRUE",
    "1.5",
    "2026-11-24",
    "50 %",
    "_x0041_",
    "_x000D_ und _x005F_",
    "عربي ‏مختلط ABC",
    "👩‍👩‍👧 ja 🎉",
    "eins\nzwei",
    " Rand ",
    "<b>&amp;</b>",
    "]]>",
]
WRITTEN_BY_SOMEBODY = st.one_of(st.sampled_from(AWKWARD), st.text(), st.text(alphabet="=+-@#_x0123456789ABCDEF \t"))


def written_and_read(texts: list[str], folder: Path) -> list[tuple[object, str]]:
    """Values and kinds of the cells in which these texts arrive, in a file without a single formula."""
    path = folder / "texts.xlsx"
    rows = [("Text", text) for text in texts]
    sheet = Sheet(title="Texte", lead="", blocks=[Facts(heading="Alle", rows=rows)])
    write_workbook(Book(title=texts[0], subtitle=texts[-1], created_on=date(2026, 11, 24), sheets=[sheet]), path)
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert parts.testzip() is None
    cells = [load_workbook(path)["Texte"].cell(6 + at, 2) for at in range(len(texts))]
    return [(cell.value, cell.data_type) for cell in cells]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_arrives_as_it_was_written(text: str, tmp_path: Path) -> None:
    ((value, kind),) = written_and_read([text], tmp_path)
    assert kind == "s"
    assert unescaped(str(value)) == text


@settings(deadline=None, max_examples=60)
@given(st.lists(WRITTEN_BY_SOMEBODY, min_size=1, max_size=20))
def test_any_text_is_text(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        for text, (value, kind) in zip(texts, written_and_read(texts, Path(folder)), strict=True):
            if safe_text(text):
                assert (value, kind) == (safe_text(text), "s")
            else:
                assert value is None


@settings(deadline=None)
@given(st.text())
def test_only_what_a_file_cannot_hold_is_left_out(text: str) -> None:
    shown = unescaped(safe_text(text))
    kept = iter(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert all(char in kept for char in shown)
    assert all(char in shown for char in text if char.isalnum() or char in " \n\t.,;")


@settings(deadline=None, max_examples=40)
@given(st.text("aß👩_x0041 ع\n", min_size=1, max_size=40), st.integers(33_000, 60_000))
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(text: str, length: int) -> None:
    shown = safe_text((text + "x") * (length // len(text) + 1))
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
    assert shown.endswith(" … (gekürzt: Der Text ist zu lang für eine Zelle)")


def test_forty_thousand_characters_keep_nearly_all_that_fits(tmp_path: Path) -> None:
    ((value, kind),) = written_and_read(["ä" * 40_000], tmp_path)
    assert kind == "s"
    assert LONGEST - 100 < len(str(value)) <= LONGEST


def test_control_characters_and_half_characters_are_left_out() -> None:
    assert safe_text("a\x00b\x0bc\x1bd\ud800e\uffff") == "abcde"


def test_what_would_become_a_formula_on_editing_is_quoted() -> None:
    assert all(map(needs_quote, ["=1", "+1", "-1", "@a", "'a", "\ta"]))
    assert not any(map(needs_quote, ["", "a=1", "1+1", "Nur Briefe, nie ein Anruf"]))
