"""The flat data as a CSV file: the rows of the sheet, and whatever people write survives in it."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from dialog.store import Store
from exports.flat import safe_field, write_csv
from exports.profile import Profile
from exports.report import Report, read_report
from exports.said import said
from exports.tables.cards import flat
from tests.exports.rooms import Room, a_plan, a_room, write
from tests.exports.store import empty

FORMULAS = ("=1+1", "@SUM(A1)", "+49 30 123", "-5 Punkte", "\t=1", "\r=1", "\n=1", "＝1+1")
PLAIN = (
    "#N/A",
    "eins\x0bzwei",
    "👩‍👩‍👧 ja 🎉",
    "عربي ‏مختلط ABC",
    'er sagte "ja"; sie nein',
    "erste Zeile\nzweite Zeile\r\ndritte",
    "'schon mit Strich",
    "ä" * 40_000,
    "",
    " =1+1",
)


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def awkward_room() -> Room:
    room = a_room(Random(3), "flat", a_plan(3, title="=Titel", place="@Ort"))
    room.cards = [card for card in room.cards if room.group(card["group_id"])["revealed"]][:1]
    (card,) = room.cards
    card.update(hidden=False, withdrawn=False, addressees=["politik", "medien"])
    room.cards = [{**card, "id": f"c{at}", "text": text} for at, text in enumerate((*FORMULAS, *PLAIN))]
    for topic in room.topics:
        topic["title"] = "=1+1"
    return room


def read(store: Store, room: Room, path: Path, profile: Profile) -> tuple[Report, list[dict[str, str]]]:
    with store.reading() as db:
        report = read_report(db, room.id, date(2026, 11, 24), profile)
    write_csv(report, path)
    text = path.read_bytes().decode("utf-8-sig")
    return report, list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("profile", list(Profile))
def test_every_awkward_text_survives(own_store: Store, tmp_path: Path, profile: Profile) -> None:
    room, path = awkward_room(), tmp_path / "flat.csv"
    write(own_store, room)
    _report, rows = read(own_store, room, path, profile)
    told = [row["Karte"] for row in rows]
    assert {text.removeprefix("'") if text[1:] in FORMULAS else text for text in told} == {*FORMULAS, *PLAIN}
    assert len(rows) == 2 * len(room.cards)
    assert not [field for row in rows for field in row.values() if field[:1] in "=+-@\t\r\n＝" and field]
    assert {row["Ort"] for row in rows} == {"'@Ort"}
    assert {row["Dialog"] for row in rows} == {"'=Titel"}


def test_german_excel_opens_it_as_it_is(own_store: Store, tmp_path: Path) -> None:
    room, path = a_room(Random(7), "flat"), tmp_path / "flat.csv"
    write(own_store, room)
    read(own_store, room, path, Profile.INTERNAL)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfKarte Nr.;Dialog;Ort;Datum;")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert b";23.11.2026;" in raw
    assert b";0,5\r\n" in raw


@pytest.mark.parametrize("profile", list(Profile))
def test_the_file_has_the_rows_and_columns_of_the_sheet(own_store: Store, tmp_path: Path, profile: Profile) -> None:
    room = a_room(Random(11), "flat")
    write(own_store, room)
    report, rows = read(own_store, room, tmp_path / "flat.csv", profile)
    sheet = flat(report)
    assert rows
    assert list(rows[0]) == [column.head for column in sheet.columns]
    for row, values in zip(rows, sheet.rows, strict=True):
        for column, value in zip(sheet.columns, values, strict=True):
            told = said(column, value)[0]
            if isinstance(told, str):
                assert row[column.head] == safe_field(told)
            elif isinstance(told, int | float):
                assert float(row[column.head].replace(",", ".")) == pytest.approx(told)


def test_what_no_file_of_characters_holds_is_left_out() -> None:
    assert safe_field("a\ud800b\0c") == "abc"
