"""The workbook as a file: what it shows, what it must never show, and how it looks."""

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from dialog import queries
from dialog.acting import board_scope
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.go_to_step import go_to_step
from dialog.commands.hide_card import hide_card
from dialog.models import Participant
from dialog.store import Store
from dialog.words import Step
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.held import Held, all_text, below, facts

SHEETS = [
    "Übersicht",
    "Karten",
    "Themenhäufigkeit",
    "Wer über wen",
    "Top-Themen",
    "Abstimmung",
    "Tische",
    "Ideal und Vorteile",
    "Lösungsansätze",
    "Bewertung",
    "Vereinbarungen",
    "Argumentationslinien",
    "Feedback",
    "Daten",
    "Lesehilfe",
]


@pytest.fixture
def held(store: Store) -> Held:
    return Held(store)


def test_the_sheets_have_their_names_and_say_what_they_count(held: Held, tmp_path: Path) -> None:
    workbook = held.whole_round().workbook(tmp_path)
    assert workbook.sheetnames == SHEETS
    for sheet in workbook.worksheets:
        assert sheet["A1"].value == sheet.title
        assert sheet["A2"].value == "Arbeitsmarktdialog · Gemeindesaal, 23.11.2026"
        assert sheet["A3"].value


def test_every_sheet_is_ready_for_screen_and_paper(held: Held, tmp_path: Path) -> None:
    for sheet in held.whole_round().workbook(tmp_path).worksheets:
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert not sheet.merged_cells.ranges
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "Seite &P von &N"


def test_charts_are_native_and_show_their_axes(held: Held, tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    write_workbook(book(held.whole_round().report()), path)
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 6
    for chart in charts:
        assert len(re.findall('<delete val="0"', chart)) == 2
        assert len(re.findall("<title>", chart)) == 3
        assert "<barChart>" in chart


def test_dates_are_dates_in_german_form(held: Held, tmp_path: Path) -> None:
    workbook = held.whole_round().workbook(tmp_path)
    assert facts(workbook["Übersicht"])["Datum"] == datetime(2026, 11, 23)
    assert facts(workbook["Übersicht"])["Erstellt am"] == datetime(2026, 11, 24)
    day = workbook["Daten"].cell(6, 4)
    assert (day.value, day.number_format) == (datetime(2026, 11, 23), "DD.MM.YYYY")


def held_at(workbook: Workbook) -> set[str]:
    """The only times of day: when the steps were held, on the cover."""
    steps = below(workbook["Übersicht"], "Gehaltene Schritte")
    return {str(row[head]) for row in steps for head in ("Beginn", "Ende")}


def test_the_file_tells_no_person_and_no_time_of_day_but_of_steps(held: Held, store: Store, tmp_path: Path) -> None:
    workbook = held.whole_round().workbook(tmp_path)
    with store.reading() as db:
        people = db.scalars(select(Participant)).all()
        cards = queries.cards(db, held.afternoon.id)
    told = set(all_text(workbook))
    assert len(people) == 23
    assert not {secret for person in people for secret in (person.id, person.number)} & told
    assert not {card.id for card in cards} & told
    assert not [text for text in told - held_at(workbook) if re.search(r"\b\d\d:\d\d\b", text)]
    times = [
        cell.value.time()
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, datetime)
    ]
    assert set(times) == {time()}
    assert workbook.properties.modified.date() == date(2026, 11, 24)
    assert str(workbook.properties.modified.time()) == "00:00:00"


def test_hidden_and_withdrawn_cards_stand_nowhere(held: Held, tmp_path: Path) -> None:
    held.whole_round()
    with held.afternoon.reading() as db:
        cards = queries.cards(db, held.afternoon.id)
    told = " ".join(all_text(held.workbook(tmp_path)))
    hidden = [card.text for card in cards if card.hidden]
    shown = [card.text for card in cards if not card.hidden]
    assert hidden
    assert all(re.search(rf"{text}\b", told) for text in shown)
    assert not [text for text in [*hidden, "Gedanke 5", "Gedanke 18"] if re.search(rf"{text}\b", told)]


def test_before_the_reveal_no_card_is_told(held: Held, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.people_write()
    workbook = held.workbook(tmp_path)
    assert not [text for text in all_text(workbook) if "Gedanke " in text and text[8:].isdecimal()]
    assert facts(workbook["Übersicht"])["Karten noch nicht aufgedeckt"] == 37
    assert "Karten" not in workbook["Karten"].tables


@pytest.mark.parametrize("closed", [False, True])
def test_before_the_reveal_no_tally_is_told(held: Held, tmp_path: Path, closed: bool) -> None:
    held.up_to_the_vote()
    if closed:
        held.afternoon.cockpit(go_to_step, step=Step.MIRROR)
    sheet = held.workbook(tmp_path)["Abstimmung"]
    values = [value for row in sheet.iter_rows(min_row=5, values_only=True) for value in row if value is not None]
    assert values == ["Das Ergebnis der Abstimmung ist noch nicht aufgedeckt. Bis dahin steht hier keine Zahl."]


def test_the_closed_dialogue_gives_the_same_figures(held: Held, tmp_path: Path) -> None:
    held.whole_round()
    before = held.workbook(tmp_path)
    held.afternoon.go(Step.CLOSE)
    held.afternoon.cockpit(close_dialogue)
    after = held.workbook(tmp_path)
    for name in SHEETS[1:]:
        assert _values(before, name) == _values(after, name)
    assert facts(after["Übersicht"])["Schritt"] == "abgeschlossen"


def _values(workbook: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(workbook[name].iter_rows(values_only=True))


def test_a_dialogue_without_anybody_gives_a_whole_file(held: Held, tmp_path: Path) -> None:
    workbook = held.workbook(tmp_path)
    assert workbook.sheetnames == SHEETS
    assert facts(workbook["Übersicht"])["Karten"] == 0
    assert [row["Personen anwesend"] for row in below(workbook["Übersicht"], "Personen und Karten")] == [0, 0, 0]


def test_a_dialogue_where_people_only_arrived_gives_a_whole_file(held: Held, tmp_path: Path) -> None:
    held.people_arrive()
    rows = below(held.workbook(tmp_path)["Übersicht"], "Personen und Karten")
    assert [row["Personen anwesend"] for row in rows] == [12, 6, 5]


def test_a_dialogue_with_all_cards_hidden_gives_a_whole_file(held: Held, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.people_write(12)
        held.groups_sort()
    with held.afternoon.reading() as db:
        cards = queries.cards(db, held.afternoon.id)
    for card in cards:
        held.afternoon.act(hide_card, scope=board_scope(card.group_id), card_id=card.id)
    workbook = held.workbook(tmp_path)
    assert facts(workbook["Übersicht"])["Karten"] == 0
    assert facts(workbook["Übersicht"])["Karten ausgeblendet"] == 11
    assert not [text for text in all_text(workbook) if "Gedanke " in text and text[8:].isdecimal()]


def test_every_part_of_the_file_is_well_formed(held: Held, tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    write_workbook(book(held.whole_round().report()), path)
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
    assert load_workbook(path).sheetnames == SHEETS


def test_styles_have_names_that_excel_accepts(held: Held, tmp_path: Path) -> None:
    names = [name for name in held.whole_round().workbook(tmp_path).named_styles if name != "Normal"]
    assert 10 < len(names) < 60
    assert all(re.fullmatch(r"[\w ]{1,100}", name) for name in names)
