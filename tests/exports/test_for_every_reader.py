"""The workbook for whoever does not see it, or reads it on paper: words for charts, heads, names, nothing merged."""

import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dialog.store import Store
from exports.sheets import book
from exports.workbook import write_workbook
from exports.workbook.lines import lines_of
from tests.exports.held_twice import HeldTwice

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def path(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a dialogue with both rounds."""
    folder = tmp_path_factory.mktemp("readers")
    store = Store(f"sqlite:///{folder / 'dialog.sqlite'}")
    (folder / "dialog.sqlite").write_bytes(migrated_sqlite.read_bytes())
    report = HeldTwice(store).both_rounds().report()
    store.dispose()
    write_workbook(book(report), folder / "again.xlsx")
    write_workbook(book(report), folder / "workbook.xlsx")
    return folder / "workbook.xlsx"


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    return load_workbook(path)


def described(path: Path) -> list[dict[str, str]]:
    """The attributes of every chart's frame."""
    with zipfile.ZipFile(path) as parts:
        drawings = [name for name in parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        trees = [ElementTree.fromstring(parts.read(name)) for name in drawings]
    return [dict(found.attrib) for tree in trees for found in tree.iter(f"{DRAWING}cNvPr")]


def test_every_chart_has_a_name_and_says_what_it_shows(path: Path, workbook: Workbook) -> None:
    charts = described(path)
    assert len(charts) == sum(len(sheet._charts) for sheet in workbook.worksheets) >= 8
    for chart in charts:
        assert chart["name"] == chart["title"]
        assert chart["name"] in chart["descr"]
        assert "Alle Zahlen stehen in der Tabelle, die in Zelle A" in chart["descr"]
    assert any("Am längsten ist „" in chart["descr"] for chart in charts)
    assert any(" Punkte; nach rechts „" in chart["descr"] for chart in charts)


def test_words_of_a_chart_lead_to_its_table(path: Path, workbook: Workbook) -> None:
    (of_stakeholders,) = [chart for chart in described(path) if chart["name"] == "Karten je Akteur"]
    (cell,) = re.findall(r"Zelle (A\d+)", of_stakeholders["descr"])
    assert workbook["Übersicht"][cell].value == "Akteur"


def test_nothing_is_merged_and_every_sheet_repeats_its_heads(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert re.fullmatch(r"[\w -]{3,31}", sheet.title)
        assert sheet["A1"].value == sheet.title


def test_tables_have_a_head_in_every_column(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            heads = [cell.value for cell in sheet[table.ref][0]]
            assert all(heads)
            assert len(set(heads)) == len(heads)
            assert [column.name for column in table.tableColumns] == heads


def test_the_file_says_what_it_is(workbook: Workbook) -> None:
    properties = workbook.properties
    assert (properties.creator, properties.language) == ("Arbeitsmarktdialog", "de-DE")
    assert properties.title
    assert "23.11.2026" in str(properties.subject)


def test_who_about_whom_deepens_with_the_number(workbook: Workbook) -> None:
    sheet = workbook["Wer über wen"]
    scales = [rule.colorScale for area in sheet.conditional_formatting for rule in area.rules]
    assert len([scale for scale in scales if scale is not None]) >= 2


def test_the_same_report_gives_the_same_bytes(path: Path) -> None:
    assert path.read_bytes() == path.with_name("again.xlsx").read_bytes()
    with zipfile.ZipFile(path) as parts:
        assert {part.date_time[3:] for part in parts.infolist()} == {(0, 0, 0)}
        assert all(date(*part.date_time[:3]) == date(2026, 11, 24) for part in parts.infolist())


def test_progress_tells_every_sheet(tmp_path: Path, migrated_sqlite: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'dialog.sqlite'}")
    (tmp_path / "dialog.sqlite").write_bytes(migrated_sqlite.read_bytes())
    told: list[tuple[int, int]] = []
    made = book(HeldTwice(store).report())
    store.dispose()
    write_workbook(made, tmp_path / "workbook.xlsx", lambda done, of: told.append((done, of)))
    assert told == [(done, len(made.sheets)) for done in range(len(made.sheets) + 1)]


@given(st.text("ab- \n", max_size=400), st.sampled_from([8, 13, 25, 52]))
def test_a_row_is_never_lower_than_its_letters_need(text: str, width: int) -> None:
    room = max(8, int(1.15 * width))
    words = [len(line.replace(" ", "")) for line in text.split("\n")]
    assert lines_of(text, width) >= sum(max(1, -(-count // room)) for count in words)
    assert lines_of(text, width) <= len(text) + 1
