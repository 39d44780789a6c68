"""What the workbook must not tell of round 2 before its time, or ever; and what it does with whatever people write."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select, text

from dialog.commands.close_appraisal import close_appraisal
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.draw_mixed_groups import draw_mixed_groups
from dialog.commands.give_feedback import give_feedback
from dialog.commands.go_to_step import go_to_step
from dialog.commands.make_commitment import make_commitment
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.show_tables import show_tables
from dialog.commands.write_vision import write_vision
from dialog.models import Participant
from dialog.store import Store
from dialog.words import Step
from tests.exports.held import all_text, below, facts, unescaped
from tests.exports.held_twice import AWKWARD, HeldTwice, consensing
from tests.exports.test_workbook import SHEETS, held_at

ROUND_TWO = SHEETS[6:13]
RESISTANCE = "SELECT p.title, a.resistance FROM appraisals a LEFT JOIN proposals p ON p.id = a.proposal_id"
HEX = re.compile(r"(?<![.\w])(?:[0-9a-f]{16}|[0-9a-f]{64})\b")
"""Ids and hashes; digits behind a point are a number."""


@pytest.fixture
def held(store: Store) -> HeldTwice:
    return HeldTwice(store)


def said(workbook: Workbook, name: str) -> list[object]:
    """All that a sheet says below its lead."""
    return [
        value for row in workbook[name].iter_rows(min_row=5, values_only=True) for value in row if value is not None
    ]


def everything_in(path: Path, folder: str = "") -> str:
    """Every part of the file below a folder, as text."""
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith(folder)]
        return "\n".join(parts.read(name).decode() for name in names)


def test_an_empty_round_two_says_so(held: HeldTwice, tmp_path: Path) -> None:
    held.people_arrive()
    workbook = held.workbook(tmp_path)
    assert workbook.sheetnames == SHEETS
    nothing = {name: said(workbook, name) for name in ROUND_TWO}
    assert nothing["Tische"][1:] == ["Die Tische sind noch nicht gezeigt. Bis dahin steht hier nichts von ihnen."]
    assert nothing["Lösungsansätze"][1:] == ["Noch kein Tisch hat einen Lösungsansatz aufgeschrieben."]
    assert nothing["Bewertung"] == ["Die Bewertung ist noch nicht aufgedeckt. Bis dahin steht hier keine Zahl."]
    assert nothing["Vereinbarungen"] == ["Noch ist nichts vereinbart."]
    assert nothing["Argumentationslinien"] == ["Es gibt noch keine Karte, keinen Lösungsansatz und keine Vereinbarung."]
    assert nothing["Feedback"] == ["Noch hat niemand Feedback gegeben."]
    assert facts(workbook["Übersicht"])["Tische"] == 0


def test_tables_stand_there_once_they_have_been_shown(held: HeldTwice, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.afternoon.go(Step.MIX)
        held.afternoon.cockpit(draw_mixed_groups, tables=3, seed=1)
    assert said(held.workbook(tmp_path), "Tische")[1:] == [
        "Die Tische sind noch nicht gezeigt. Bis dahin steht hier nichts von ihnen."
    ]
    held.afternoon.cockpit(show_tables)
    assert len(below(held.workbook(tmp_path)["Tische"], "Personen an den Tischen")) == 3


def test_proposals_stand_there_once_they_lie_open_and_figures_once_revealed(held: HeldTwice, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.tables_are_shown()
        held.tables_propose()
    workbook = held.workbook(tmp_path)
    assert said(workbook, "Lösungsansätze") == [
        "Lösungsansätze, die noch nicht allen offen liegen: 6. Sie stehen hier nach diesem Schritt."
    ]
    assert "Vorschlag" not in " ".join(all_text(workbook))
    with held.afternoon.in_one_go():
        held.people_appraise()
    for act in (None, close_appraisal):
        if act:
            held.afternoon.cockpit(act)
        workbook = held.workbook(tmp_path)
        assert len(below(workbook["Lösungsansätze"], "Lösungsansätze")) == 6
        assert said(workbook, "Bewertung") == [
            "Die Bewertung ist noch nicht aufgedeckt. Bis dahin steht hier keine Zahl."
        ]
    held.afternoon.cockpit(go_to_step, step=Step.COMMIT)
    assert said(held.workbook(tmp_path), "Bewertung") == [
        "Die Bewertung ist noch nicht aufgedeckt. Bis dahin steht hier keine Zahl."
    ]


def test_no_person_is_told_and_after_the_close_nothing_links_one(held: HeldTwice, tmp_path: Path) -> None:
    held.both_rounds()
    with held.store.reading() as db:
        people = db.scalars(select(Participant)).all()
    secrets = {secret for person in people for secret in (person.id, person.device_hash)}
    assert len(secrets) == 46
    numbers = {person.number for person in people}
    before = held.written(tmp_path / "before.xlsx")
    held.afternoon.cockpit(close_dialogue)
    after = held.written(tmp_path / "after.xlsx")
    for workbook, path in ((before, tmp_path / "before.xlsx"), (after, tmp_path / "after.xlsx")):
        told = " ".join(all_text(workbook))
        assert not [number for number in numbers if re.search(rf"\b{number}\b", told)]
        assert not numbers & {
            str(cell)
            for sheet in workbook.worksheets
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, int)
        }
        file = everything_in(path)
        assert not [secret for secret in secrets if secret in file]
        assert not HEX.findall(file)
        assert not set(re.findall(r"\b\d\d:\d\d\b", told)) - held_at(workbook)
    for name in ROUND_TWO[1:]:
        assert said(before, name) == said(after, name)
    assert below(before["Tische"], "Personen an den Tischen") == below(after["Tische"], "Personen an den Tischen")
    rules = [row["Regel"] for row in below(after["Tische"], "Regeln des Mischens")]
    assert len(rules) == 5
    assert not [rule for rule in rules if re.search("zusammensitzen|getrennt|festen Platz|gewünscht", rule)]
    assert "Wünsche, Paare und feste Plätze werden mit dem Abschluss gelöscht" in " ".join(all_text(after))


def test_whatever_people_write_is_text(held: HeldTwice, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.tables_are_shown(1)
        (table_id,) = held.tables()
        held.afternoon.go(Step.ENVISION)
        for words in AWKWARD:
            held.writes(table_id, write_vision, text=words, plain=words)
        held.afternoon.go(Step.SOLVE)
        for words in AWKWARD:
            held.proposes(table_id, title=words[:120], what=words, first_step=words)
        held.afternoon.go(Step.COMMIT)
        (first, *_) = held.rows("SELECT id FROM proposals ORDER BY number")
        for words in AWKWARD:
            day = date(2027, 1, 1)
            promise = {"proposal_id": first, "who": words[:80], "what": words, "until": day, "review_on": None}
            held.afternoon.cockpit(make_commitment, **promise)
        held.afternoon.go(Step.CLOSE)
        for person, words in zip(held.people, AWKWARD, strict=False):
            held.afternoon.act(give_feedback, person.actor, answers={}, sentence=words)
    path = tmp_path / "awkward.xlsx"
    workbook = held.written(path)
    kept = {words.replace("\x0b", " ") for words in AWKWARD}
    for name, heading, head in (
        ("Ideal und Vorteile", "Ideal", "Ideal"),
        ("Ideal und Vorteile", "Ideal", "In einfachen Worten"),
        ("Lösungsansätze", "Lösungsansätze", "Was genau"),
        ("Lösungsansätze", "Lösungsansätze", "Erster Schritt"),
        ("Vereinbarungen", None, "Was"),
        ("Feedback", "In eigenen Worten", "Was möchten Sie uns noch sagen?"),
    ):
        assert {unescaped(str(row[head])) for row in below(workbook[name], heading)} == kept
    assert {unescaped(row["Wer"]) for row in below(workbook["Vereinbarungen"], None)} == {words[:80] for words in kept}
    titles = {row["Lösungsansatz"] for row in below(workbook["Lösungsansätze"], "Lösungsansätze")}
    assert titles == {words[:120] for words in kept}
    assert "<f>" not in everything_in(path, "xl/worksheets/")
    kinds = {
        cell.data_type
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert kinds == {"s"}


def test_only_proposals_and_no_appraisal_give_a_whole_file(held: HeldTwice, tmp_path: Path) -> None:
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.tables_are_shown()
        held.tables_propose()
        held.afternoon.go(Step.APPRAISE)
        held.afternoon.cockpit(open_appraisal)
        held.appraisal_is_revealed()
    workbook = held.workbook(tmp_path)
    rows = below(workbook["Bewertung"], "Ergebnis")
    assert [(row["Personen"], row["Wirkung"], row["Platz"]) for row in rows] == [(0, "–", None)] * 6
    assert f"0 von {len(held.people)} Personen haben bewertet." in said(workbook, "Bewertung")
    assert "Niemand von Träger hat bewertet; die Zahlen sprechen nicht für diese Gruppe." in said(workbook, "Bewertung")


def test_consensing_tells_resistance_and_leaves_out_round_one(store: Store, tmp_path: Path) -> None:
    held = HeldTwice(store, plan=consensing())
    with held.afternoon.in_one_go():
        held.people_arrive()
        held.tables_are_shown()
        held.tables_propose()
        held.people_appraise()
        held.appraisal_is_revealed()
    path = tmp_path / "consensing.xlsx"
    workbook = held.written(path)
    assert workbook.sheetnames == [
        "Übersicht",
        "Tische",
        "Lösungsansätze",
        "Bewertung",
        "Vereinbarungen",
        "Argumentationslinien",
        "Feedback",
        "Lesehilfe",
    ]
    assert not any(name.startswith("Karten") for name in facts(workbook["Übersicht"]))
    assert [row["Personen anwesend"] for row in below(workbook["Übersicht"], "Personen")] == [12, 6, 5]
    with store.reading() as db:
        given = db.execute(text(RESISTANCE)).all()
    rows = {row["Lösungsansatz"]: row for row in below(workbook["Bewertung"], "Ergebnis")}
    assert set(rows) == {*(f"Vorschlag {at}" for at in range(6)), "Es bleibt, wie es ist"}
    for title, row in rows.items():
        marks = [mark for of, mark in given if (of or "Es bleibt, wie es ist") == title]
        assert (row["Personen"], row["Summe Widerstand"]) == (len(marks), sum(marks))
        if len(marks) < 10:
            assert (row["Widerstand"], row["Akzeptanz"]) == (f"Summe {sum(marks)}", "–")
        else:
            assert row["Akzeptanz"] == pytest.approx(1 - row["Widerstand"] / 10, abs=0.01)
    assert "Thema" not in below(workbook["Tische"], "Personen an den Tischen")[0]
    now = rows["Es bleibt, wie es ist"]["Platz"]
    for row in rows.values():
        assert ("trägt weiter als der Stand heute" in (row["In Worten"] or "")) == (row["Platz"] < now)
