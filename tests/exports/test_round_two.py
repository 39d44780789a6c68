"""The figures of round 2 in the workbook, compared with an independent count of the rows in the database."""

import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from dialog.store import Store
from tests.exports.held import PEOPLE, all_text, below, facts, plain, tables, totals
from tests.exports.held_twice import HeldTwice
from tests.exports.test_figures import LABEL

LOWEST, HIGHEST = "1 (niedrigster)", "5 (höchster)"
MARKS = {1: LOWEST, 2: "2", 3: "3", 4: "4", 5: HIGHEST}


@pytest.fixture(scope="module")
def held(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldTwice]:
    path = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("held") / "dialog.sqlite")
    store = Store(f"sqlite:///{path}")
    yield HeldTwice(store).both_rounds()
    store.dispose()


@pytest.fixture(scope="module")
def workbook(held: HeldTwice, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return held.workbook(tmp_path_factory.mktemp("workbook"))


def raw(held: HeldTwice, select: str) -> list[dict[str, Any]]:
    with held.store.reading() as db:
        rows = [dict(row._mapping) for row in db.execute(text(select))]
    assert rows
    return rows


def half_up(number: Fraction) -> float:
    return int(number * 10 + Fraction(1, 2)) / 10


def told(marks: list[int], balanced: list[list[int]] | None = None) -> object:
    """What a cell says of these marks; `balanced` are the same ones, stakeholder by stakeholder."""
    if not marks:
        return "–"
    if len(marks) < 10:
        return f"{sum(mark >= 4 for mark in marks)} von {len(marks)}"
    means = [mean(map(Fraction, some)) for some in balanced or [marks] if some]
    return half_up(Fraction(sum(means)) / len(means))


def test_the_tables_count_people_by_stakeholder(held: HeldTwice, workbook: Workbook) -> None:
    people = Counter(
        (row["name"], row["stakeholder"])
        for row in raw(
            held,
            "SELECT g.name, p.stakeholder FROM seats s JOIN groups g ON g.id = s.table_id "
            "JOIN participants p ON p.id = s.participant_id",
        )
    )
    rows = below(workbook["Tische"], "Personen an den Tischen")
    assert [row["Tisch"] for row in rows] == ["Tisch 1", "Tisch 2", "Tisch 3"]
    for row in rows:
        number = row["Tisch"].removeprefix("Tisch ")
        assert [row[f"Personen: {LABEL[key]}"] for key in PEOPLE] == [people[number, key] for key in PEOPLE]
    assert totals(workbook["Tische"], "Personen an den Tischen")["Personen zusammen"] == sum(PEOPLE.values())
    topics = {row["name"]: row for row in raw(held, TOPICS_OF_TABLES)}
    assert {row["Tisch"]: (row["Thema"], row["Kategorie"]) for row in rows} == {
        f"Tisch {name}": (row["title"], "Kommunikation") for name, row in topics.items()
    }


TOPICS_OF_TABLES = """
    SELECT g.name, t.title FROM tables x JOIN groups g ON g.id = x.group_id JOIN topics t ON t.id = x.topic_id
"""


def test_every_rule_of_mixing_is_told(held: HeldTwice, workbook: Workbook) -> None:
    rows = {row["Regel"]: row for row in below(workbook["Tische"], "Regeln des Mischens")}
    assert len(rows) == 9
    sizes = Counter(row["table_id"] for row in raw(held, "SELECT table_id FROM seats")).values()
    assert rows["Gleich große Tische: höchstens eine Person mehr oder weniger"]["In Worten"] == (
        f"Personen je Tisch: {min(sizes)} bis {max(sizes)}."
    )
    seats = raw(held, "SELECT s.table_id, p.group_id FROM seats s JOIN participants p ON p.id = s.participant_id")
    meeting = Counter((row["table_id"], row["group_id"]) for row in seats)
    pairs = sum(many * (many - 1) // 2 for many in meeting.values())
    words = rows["Neue Gesichter: wenige aus derselben Gruppe der Runde 1"]["In Worten"]
    assert words.startswith(f"Paare an einem Tisch: {pairs}.")
    wishes = [json.loads(row["wishes"]) for row in raw(held, "SELECT wishes FROM seats")]
    topic = {row["group_id"]: row["topic_id"] for row in raw(held, "SELECT group_id, topic_id FROM tables")}
    at = [topic[row["table_id"]] for row in raw(held, "SELECT table_id FROM seats")]
    happy = sum(wished in mine for wished, mine in zip(at, wishes, strict=True))
    words = rows["Viele an einem Thema, das sie sich gewünscht haben"]["In Worten"]
    assert words.startswith(f"Personen an einem solchen Thema: {happy}.")
    alone = rows["Wer Dolmetschung braucht, sitzt bei jemandem, der die Sprache spricht"]
    assert (alone["Stand"], alone["In Worten"]) == ("eingehalten", None)


def test_what_the_tables_wrote_stands_there_once(held: HeldTwice, workbook: Workbook) -> None:
    sheet = workbook["Ideal und Vorteile"]
    visions = raw(held, "SELECT g.name, v.text, v.plain FROM visions v JOIN groups g ON g.id = v.table_id " + STANDS)
    assert len(visions) == 5
    assert Counter((row["Tisch"], row["Ideal"], row["In einfachen Worten"] or "") for row in below(sheet, "Ideal")) == (
        Counter((f"Tisch {row['name']}", row["text"], row["plain"]) for row in visions)
    )
    benefits = raw(held, BENEFITS + STANDS)
    assert Counter(
        (row["Tisch"], row["Vorteil"], plain(row["Wer davon etwas hat"])) for row in below(sheet, "Vorteile")
    ) == Counter((f"Tisch {row['name']}", row["text"], LABEL[row["stakeholder"]]) for row in benefits)
    counted = Counter((f"Tisch {row['name']}", row["stakeholder"]) for row in benefits)
    rows = below(sheet, "Wie viele Vorteile für wen")
    for row in rows:
        assert [row[f"Vorteile: {LABEL[key]}"] for key in PEOPLE] == [counted[row["Tisch"], key] for key in PEOPLE]
    assert rows[2]["Vorteile: Jobcenter"] == 0
    assert totals(sheet, "Wie viele Vorteile für wen")["Vorteile zusammen"] == len(benefits)


STANDS = " WHERE NOT withdrawn"
BENEFITS = "SELECT g.name, b.text, b.stakeholder FROM benefits b JOIN groups g ON g.id = b.table_id"
PROPOSALS = "SELECT p.*, g.name FROM proposals p JOIN groups g ON g.id = p.table_id WHERE NOT withdrawn ORDER BY number"


def test_proposals_stand_with_all_they_say(held: HeldTwice, workbook: Workbook) -> None:
    proposals = raw(held, PROPOSALS)
    rows = below(workbook["Lösungsansätze"], "Lösungsansätze")
    assert len(proposals) == 6
    assert [
        (row["Nr."], row["Lösungsansatz"], row["Was genau"], row["Erster Schritt"], row["Tisch"]) for row in rows
    ] == [(p["number"], p["title"], p["what"], p["first_step"], f"Tisch {p['name']}") for p in proposals]
    assert [(row["Ebene"] or "")[:1] for row in rows] == [p["level"] or "" for p in proposals]
    assert [(row["Prozessschritt"] or "")[:1] for row in rows] == [p["process_step"] or "" for p in proposals]
    assert [row["Wer gebraucht wird"] or "" for row in rows] == [
        ", ".join(LABEL[key] for key in json.loads(p["needs"])) for p in proposals
    ]
    said = {row["id"]: row["text"] for row in raw(held, "SELECT id, text FROM cards")}
    gains = {row["id"]: f"{LABEL[row['stakeholder']]}: {row['text']}" for row in raw(held, "SELECT * FROM benefits")}
    grounds = below(workbook["Lösungsansätze"], "Worauf sie antworten und was sie bringen")
    for row, proposal in zip(grounds, proposals, strict=True):
        cards = [said[card] for card in json.loads(proposal["card_ids"])]
        brought = [gains[benefit] for benefit in json.loads(proposal["benefit_ids"])]
        assert (row["Karten, auf die er antwortet"] or "") == "\n".join(f"• {card}" for card in cards)
        assert (row["Vorteile, die er bringt"] or "") == "\n".join(f"• {benefit}" for benefit in brought)
    assert any(row["Karten, auf die er antwortet"] for row in grounds)
    levels = Counter((p["level"] or "–", p["process_step"] or "") for p in proposals)
    assert {
        (row["Ebene"], "".join(c for c in row["Prozessschritt"] or "" if c.isdigit())): row["Lösungsansätze"]
        for row in below(workbook["Lösungsansätze"], "Nach Ebene")
    } == {key: levels[key] for key in [("A", ""), *(("B", s) for s in ("1", "2", "3", "4", "")), ("C", ""), ("–", "")]}
    assert facts(workbook["Übersicht"])["Lösungsansätze"] == 6


def test_the_appraisal_tells_means_counts_and_the_middle_half(held: HeldTwice, workbook: Workbook) -> None:
    given = raw(held, "SELECT p.title, a.* FROM appraisals a JOIN proposals p ON p.id = a.proposal_id")
    result = {row["Lösungsansatz"]: row for row in below(workbook["Bewertung"], "Ergebnis")}
    detail = below(workbook["Bewertung"], "Wie viele welchen Wert gaben")
    assert len(result) == 6
    assert (
        sorted(row["Personen"] for row in result.values())[0]
        < 10
        <= sorted(row["Personen"] for row in result.values())[1]
    )
    for title, row in result.items():
        for column, asked in (("effect", "Wirkung"), ("feasibility", "Umsetzbarkeit")):
            of = {key: [g[column] for g in given if g["title"] == title and g["stakeholder"] == key] for key in PEOPLE}
            marks = [mark for some in of.values() for mark in some]
            assert row["Personen"] == len(marks)
            assert row[asked] == told(marks, list(of.values()))
            for key in PEOPLE:
                assert row[f"{asked}: {LABEL[key]}"] == told(of[key])
            rows = [one for one in detail if (one["Lösungsansatz"], one["Gefragt nach"]) == (title, asked)]
            assert [one["Personen"] for one in rows] == [len(marks), *map(len, of.values())]
            for one, some in zip(rows, [marks, *of.values()], strict=True):
                assert one["Mittel"] == told(some)
                assert [one[MARKS[mark]] for mark in MARKS] == [some.count(mark) for mark in MARKS]
            assert rows[0]["Mittlere Hälfte"] == (_middle(marks) if len(marks) >= 10 else None)


def _middle(marks: list[int]) -> str:
    low, _median, high = quantiles([Fraction(mark) for mark in marks], n=4, method="inclusive")
    return f"{half_up(Fraction(low))} bis {half_up(Fraction(high))}".replace(".", ",")


def test_the_order_and_the_badges_follow_from_the_marks(held: HeldTwice, workbook: Workbook) -> None:
    given = raw(held, "SELECT p.title, a.* FROM appraisals a JOIN proposals p ON p.id = a.proposal_id")
    scores = {}
    for row in below(workbook["Bewertung"], "Ergebnis"):
        means, high, enough = [], [], []
        for column in ("effect", "feasibility"):
            of = [
                [g[column] for g in given if (g["title"], g["stakeholder"]) == (row["Lösungsansatz"], key)]
                for key in PEOPLE
            ]
            means.append([mean(map(Fraction, some)) for some in of])
            enough += [len(some) >= 5 for some in of]
            high += [2 * sum(mark >= 4 for mark in some) >= len(some) for some in of]
        scores[row["Platz"]] = sum(sum(some) / len(some) for some in means)
        apart = all(enough) and any(max(some) - min(some) >= Fraction(3, 2) for some in means)
        assert ("gemeinsam tragfähig" in (row["In Worten"] or "")) == all(high)
        assert ("Sichten gehen auseinander" in (row["In Worten"] or "")) == apart
    assert list(scores) == sorted(scores)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_agreements_have_real_dates(held: HeldTwice, workbook: Workbook) -> None:
    rows = below(workbook["Vereinbarungen"], None)
    promised = raw(held, "SELECT * FROM commitments WHERE NOT withdrawn ORDER BY number")
    assert [(row["Nr."], row["Wer"], row["Was"]) for row in rows] == [
        (one["number"], one["who"], one["what"]) for one in promised
    ]
    assert [row["Bis wann"] for row in rows] == [datetime(2027, 3, day) for day in (1, 2, 3)]
    assert [row["Wiedervorlage"] for row in rows] == [datetime(2027, 6, 1), None, None]
    assert workbook["Vereinbarungen"].cell(6, 4).number_format == "DD.MM.YYYY"
    first = raw(held, PROPOSALS)[0]
    assert [row["Lösungsansatz"] for row in rows] == [f"1. {first['title']}"] * 2 + [None]
    assert [row["Tisch"] for row in rows] == [f"Tisch {first['name']}"] * 2 + [None]
    assert "Zusage 3" not in " ".join(all_text(workbook))


def test_the_lines_lose_no_card_no_proposal_and_no_agreement(held: HeldTwice, workbook: Workbook) -> None:
    rows = below(workbook["Argumentationslinien"], None)
    cards = raw(held, "SELECT * FROM cards WHERE NOT withdrawn AND NOT hidden")
    proposals = raw(held, PROPOSALS)
    said = {card["id"]: card["text"] for card in cards}
    assert {row["Karte"] for row in rows if row["Karte"]} == set(said.values())
    answered = {(said[card], f"{p['number']}. {p['title']}") for p in proposals for card in json.loads(p["card_ids"])}
    assert answered
    assert {(row["Karte"], row["Lösungsansatz"]) for row in rows if row["Karte"] and row["Lösungsansatz"]} == answered
    assert {row["Lösungsansatz"] for row in rows if row["Lösungsansatz"]} == {
        f"{p['number']}. {p['title']}" for p in proposals
    }
    promises = {row["Vereinbarung"] for row in rows if row["Vereinbarung"]}
    assert promises == {f"{n + 1}. Träger, Leitung {n}: Zusage {n} (bis 0{n + 1}.03.2027)" for n in range(3)}
    votes = {row["Thema"]: row["Stimmen"] for row in below(workbook["Abstimmung"], "Ergebnis")}
    told_votes = {(row["Gemeinsam abgestimmt als"] or row["Thema"], row["Stimmen"]) for row in rows if row["Stimmen"]}
    assert told_votes
    assert {(topic, count) for topic, count in told_votes} <= {(t.partition(" (")[0], n) for t, n in votes.items()}
    (table,) = workbook["Argumentationslinien"].tables.values()
    assert table.ref == f"A5:I{5 + len(rows)}"


def test_feedback_counts_answers_and_hides_who_said_what(held: HeldTwice, workbook: Workbook) -> None:
    papers = raw(held, "SELECT stakeholder, answers, sentence FROM feedback")
    answers = [(paper["stakeholder"], json.loads(paper["answers"])) for paper in papers]
    asked = {question.question["de"]: question.key for question in held.report().plan.feedback}
    rows = below(workbook["Feedback"], "Antworten")
    assert [row["Frage"] for row in rows] == list(asked)
    for row in [*rows, *below(workbook["Feedback"], "Nach Akteur")]:
        who = plain(row["Akteur"]) or None
        marks = [
            given[asked[row["Frage"]]]
            for key, given in answers
            if asked[row["Frage"]] in given and who in (None, LABEL[key])
        ]
        assert row["Personen"] == len(marks) > 0
        assert row["Mittel"] == told(marks)
        assert [row[MARKS[mark]] for mark in MARKS] == [marks.count(mark) for mark in MARKS]
    sentences = tables(workbook["Feedback"])["In eigenen Worten"]
    assert [next(iter(row.values())) for row in sentences] == sorted(p["sentence"] for p in papers if p["sentence"])
    assert {len(row) for row in sentences} == {1}
    told_people = f"{len(papers)} von {sum(PEOPLE.values())} Personen haben Feedback gegeben."
    assert told_people in set(all_text(workbook))


def test_the_matrix_is_a_native_chart_of_the_cells_that_may_be_told(held: HeldTwice, tmp_path: Path) -> None:
    workbook = held.written(tmp_path / "workbook.xlsx")
    with zipfile.ZipFile(tmp_path / "workbook.xlsx") as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    (matrix,) = [chart for chart in charts if "<scatterChart>" in chart]
    sheet = workbook["Bewertung"]
    placed = {
        cell.row
        for cell in sheet["F"]
        if isinstance(cell.value, float) and isinstance(sheet.cell(cell.row, 7).value, float)
    }
    first = next(cell.row for cell in sheet["F"] if cell.value == "Wirkung")
    last = first + len(below(sheet, "Ergebnis"))
    placed = {row for row in placed if first < row <= last}
    assert len(placed) == 5
    for letter, part in (("A", "tx"), ("F", "xVal"), ("G", "yVal")):
        named = re.findall(rf"<{part}><(?:str|num)Ref><f>'Bewertung'!\$({letter})\$(\d+)", matrix)
        assert {int(row) for _letter, row in named} == placed
    assert len([chart for chart in charts if "<barChart>" in chart]) == 8
