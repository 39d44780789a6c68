"""The cover of the workbook: which steps were held and when, and what the plan sets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dialog.format import Plan, all_formats
from dialog.store import Store
from dialog.words import Step
from exports.sheets import book
from exports.tables.settings import settings
from exports.workbook import write_workbook
from tests.exports.held import Held, below, tables
from tests.people import small_plan

STEPS, SETTINGS = "Gehaltene Schritte", "Einstellungen"


@pytest.fixture
def held(store: Store) -> Held:
    return Held(store)


def steps(held: Held, folder: Path) -> Mapping[str, dict[str, Any]]:
    return {row["Schritt"]: row for row in below(held.workbook(folder)["Übersicht"], STEPS)}


def test_steps_stand_with_begin_and_end_as_the_clock_on_the_wall_showed(held: Held, tmp_path: Path) -> None:
    day = held.afternoon
    for minutes, step in ((32, Step.COLLECT), (26, Step.SORT), (0.4, Step.NOMINATE), (10, Step.WEIGH)):
        day.later(60 * minutes)
        day.go(step)
    found = steps(held, tmp_path)
    assert found["Ankommen"]["Beginn"] in ("", None)
    assert found["Ankommen"]["Ende"] == "10:32"  # Nine in Greenwich is ten in Germany in November.
    collect = found["Sammeln"]
    assert (collect["Beginn"], collect["Ende"], collect["Minuten gehalten"]) == ("10:32", "10:58", 26)
    assert collect["Minuten geplant"] == 20
    assert (found["Ordnen"]["Stand"], found["Ordnen"]["Beginn"] or "") == ("ausgelassen", "")
    assert (found["Gewichten"]["Stand"], found["Gewichten"]["Beginn"]) == ("jetzt", "11:08")
    assert found["Spiegeln"]["Minuten gehalten"] is None


def test_summer_has_its_own_clock_and_another_day_its_date(held: Held, tmp_path: Path) -> None:
    held.afternoon.now = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    held.afternoon.go(Step.COLLECT)
    assert steps(held, tmp_path)["Sammeln"]["Beginn"] == "02.07.2027 00:30"


def test_a_planned_dialogue_says_that_no_times_are_known(held: Held, tmp_path: Path) -> None:
    sheet = held.workbook(tmp_path)["Übersicht"]
    said = {cell.value for cell in sheet["A"]}
    assert any(str(text).startswith("Es sind keine Zeiten bekannt") for text in said)


def test_the_settings_stand_as_the_plan_has_them(store: Store, tmp_path: Path) -> None:
    plan = small_plan(votes_per_person=5, cards_per_person=7, characters=99, people_per_table=6)
    path = tmp_path / "workbook.xlsx"
    held = Held(store, plan=plan)
    write_workbook(book(held.report()), path)
    found = {row["Einstellung"]: row["Wert"] for row in tables(held.workbook(tmp_path)["Übersicht"])[SETTINGS]}
    assert found["Stimmen je Person"] == 5
    assert found["Karten je Person höchstens"] == 7
    assert found["Zeichen je Karte höchstens"] == 99
    assert found["Personen je Tisch"] == 6
    assert found["Lösungsansätze werden bewertet nach"] == "Wirkung und Umsetzbarkeit, je 1 bis 5"


def test_a_format_says_only_what_its_steps_need(store: Store) -> None:
    usual = small_plan()
    consensing = all_formats()["konsensieren"].model_dump()
    plan = Plan(**consensing, **usual.model_dump(include={"title", "place", "held_on", "deletes_on", "expected"}))
    said = dict(settings(Held(store, plan=plan).report()).rows)
    assert said["Lösungsansätze werden bewertet nach"] == "Widerstand, 0 bis 10"
    assert "Stimmen je Person" not in said
