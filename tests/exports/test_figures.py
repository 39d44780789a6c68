"""The figures of the workbook, compared with an independent count of the rows in the database."""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from dialog.store import Store
from tests.exports.held import PEOPLE, Held, below, facts, plain, totals
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER

LABEL = {
    JOBCENTER: "Jobcenter",
    TRAEGER: "Träger",
    BERECHTIGTE: "Leistungsberechtigte",
    "politik": "Politik",
    "medien": "Medien",
}
CATEGORY = {"kommunikation": "Kommunikation", "motivation": "Motivation", None: "ohne Kategorie"}
VALENCE = {"works": "läuft gut", "fails": "läuft schlecht"}

CARDS = """
    SELECT c.id, g.stakeholder, g.name, c.valence, c.text, t.title, t.category, c.hidden
    FROM cards c JOIN groups g ON g.id = c.group_id LEFT JOIN topics t ON t.id = c.topic_id
    WHERE c.dialogue_id = 'd1' AND NOT c.withdrawn
"""
ADDRESSEES = "SELECT card_id, addressee FROM card_addressees ORDER BY card_id, position"
VOTES = """
    SELECT t.title, g.name, b.stakeholder, v.count
    FROM votes v JOIN ballots b ON b.id = v.ballot_id
    JOIN topics t ON t.id = v.topic_id JOIN groups g ON g.id = t.group_id
"""
VOTERS = """
    SELECT b.stakeholder, COUNT(DISTINCT b.id) FROM ballots b JOIN votes v ON v.ballot_id = b.id GROUP BY b.stakeholder
"""


class Counted:
    """The open cards and the votes, counted by hand from raw rows."""

    def __init__(self, store: Store) -> None:
        with store.reading() as db:
            rows = [row._asdict() for row in db.execute(text(CARDS))]
            to: dict[str, list[str]] = {}
            for card_id, addressee in db.execute(text(ADDRESSEES)):
                to.setdefault(card_id, []).append(addressee)
            self.votes = list(db.execute(text(VOTES)))
            self.voters: dict[str, int] = {who: count for who, count in db.execute(text(VOTERS))}
        self.hidden = [row for row in rows if row["hidden"]]
        self.cards: list[dict[str, Any]] = [{**row, "to": to[row["id"]]} for row in rows if not row["hidden"]]


@pytest.fixture
def held(store: Store) -> Held:
    return Held(store).whole_round()


@pytest.fixture
def workbook(held: Held, tmp_path: Path) -> Workbook:
    return held.workbook(tmp_path)


@pytest.fixture
def counted(held: Held, store: Store) -> Counted:
    counted = Counted(store)
    assert len(counted.cards) > 20
    assert counted.hidden
    return counted


def test_the_overview_counts_people_and_cards(workbook: Workbook, counted: Counted) -> None:
    sheet = workbook["Übersicht"]
    said = facts(sheet)
    assert said["Karten"] == len(counted.cards)
    assert said["Karten ausgeblendet"] == len(counted.hidden)
    assert said["Karten noch nicht aufgedeckt"] == 0
    rows = below(sheet, "Personen und Karten")
    assert {plain(row["Akteur"]): row["Personen anwesend"] for row in rows} == {LABEL[k]: n for k, n in PEOPLE.items()}
    works = Counter(LABEL[card["stakeholder"]] for card in counted.cards if card["valence"] == "works")
    assert {plain(row["Akteur"]): row["Karten: läuft gut"] for row in rows} == dict(works)
    assert totals(sheet, "Personen und Karten")["Karten zusammen"] == len(counted.cards)


def test_every_card_stands_there_once(workbook: Workbook, counted: Counted) -> None:
    rows = below(workbook["Karten"], None)
    assert Counter((row["Karte"], row["Bewertung"], row["Gerichtet an"], row["Gruppe"]) for row in rows) == Counter(
        (card["text"], VALENCE[card["valence"]], ", ".join(LABEL[to] for to in card["to"]), card["name"])
        for card in counted.cards
    )


@pytest.mark.parametrize(("heading", "key"), [("Nach Kategorie", "category"), ("Nach Thema", "title")])
def test_topic_frequency_counts_cards_and_mentions_apart(
    workbook: Workbook, counted: Counted, heading: str, key: str
) -> None:
    def name(card: dict[str, Any]) -> str:
        if key == "category":
            return CATEGORY[card["category"]]
        return f"{card['title']} ({card['name']})" if card["title"] else "ohne Thema"

    cards = Counter((name(c), LABEL[c["stakeholder"]], VALENCE[c["valence"]]) for c in counted.cards)
    mentions = Counter(
        (name(c), LABEL[c["stakeholder"]], VALENCE[c["valence"]], LABEL[to]) for c in counted.cards for to in c["to"]
    )
    rows = below(workbook["Themenhäufigkeit"], heading)
    told = {(row["Kategorie oder Thema"], plain(row["Akteur der Karte"]), row["Bewertung"]): row for row in rows}
    assert len(told) == len(rows)
    assert {of: row["Karten"] for of, row in told.items()} == dict(cards)
    for of, row in told.items():
        assert {to: row[f"Nennungen: {to}"] for to in LABEL.values()} == {
            to: mentions[(*of, to)] for to in LABEL.values()
        }
        assert row["Nennungen"] == sum(mentions[(*of, to)] for to in LABEL.values())
    last = totals(workbook["Themenhäufigkeit"], heading)
    assert (last["Karten"], last["Nennungen"]) == (len(counted.cards), mentions.total())


def test_categories_together_add_up_stakeholders_and_valences(workbook: Workbook, counted: Counted) -> None:
    rows = below(workbook["Themenhäufigkeit"], "Kategorien zusammen")
    cards = Counter(CATEGORY[card["category"]] for card in counted.cards)
    assert {row["Kategorie oder Thema"]: row["Karten"] for row in rows} == dict(cards)
    at_a_glance = below(workbook["Übersicht"], "Kategorien")
    assert {row["Kategorie"]: row["Karten zusammen"] for row in at_a_glance} == dict(cards)


@pytest.mark.parametrize(("heading", "valence"), [("Was läuft gut", "works"), ("Was läuft schlecht", "fails")])
def test_the_matrix_counts_who_speaks_about_whom(
    workbook: Workbook, counted: Counted, heading: str, valence: str
) -> None:
    spoken = [card for card in counted.cards if card["valence"] == valence]
    mentions = Counter((LABEL[card["stakeholder"]], LABEL[to]) for card in spoken for to in card["to"])
    rows = below(workbook["Wer über wen"], heading)
    assert len(rows) == len(PEOPLE)
    for row in rows:
        author = plain(row["Wer spricht"])
        assert {to: row[f"Nennungen: {to}"] for to in LABEL.values()} == {
            to: mentions[author, to] for to in LABEL.values()
        }
        assert row["Karten"] == sum(LABEL[card["stakeholder"]] == author for card in spoken)


def test_attribution_to_others_is_the_share_of_failing_cards_that_go_elsewhere(
    workbook: Workbook, counted: Counted
) -> None:
    for row in below(workbook["Wer über wen"], "Zuschreibung an andere"):
        key = next(key for key, label in LABEL.items() if label == plain(row["Wer spricht"]))
        failing = [c for c in counted.cards if c["stakeholder"] == key and c["valence"] == "fails"]
        elsewhere = sum(key not in card["to"] for card in failing)
        assert (row["Karten: läuft schlecht"], row["Karten: nur an andere"]) == (len(failing), elsewhere)
        told = row["Anteil nur an andere"]
        if len(failing) < 10:
            assert told == (f"{elsewhere} von {len(failing)}" if failing else "–")
        else:
            assert told == int(Fraction(100 * elsewhere, len(failing)) + Fraction(1, 2)) / 100


def test_the_result_counts_votes_shares_and_the_balanced_mean(workbook: Workbook, counted: Counted) -> None:
    raw = Counter[str]()
    voters = Counter[tuple[str, str]]()
    for title, group, who, count in counted.votes:
        raw[f"{title} ({group})"] += count
        voters[f"{title} ({group})", who] += 1
    rows = below(workbook["Abstimmung"], "Ergebnis")
    assert sum(row["Stimmen"] for row in rows) == raw.total() > 0
    for row in rows:
        topic = row["Thema"]
        assert row["Stimmen"] == raw[topic]
        for who, n in counted.voters.items():
            assert row[f"Personen: {LABEL[who]}"] == voters[topic, who]
            if n < 10:
                assert row[f"Anteil: {LABEL[who]}"] == f"{voters[topic, who]} von {n}"
        shares = [Fraction(voters[topic, who], n) for who, n in counted.voters.items()]
        assert row["Ausgewogenes Ergebnis"] == int(100 * sum(shares) / len(shares) + Fraction(1, 2)) / 100
        shared = all(3 * voters[topic, who] >= n for who, n in counted.voters.items())
        assert ("gemeinsam wichtig" in (row["In Worten"] or "")) == shared
    turnout = {plain(row["Akteur"]): row for row in below(workbook["Abstimmung"], "Beteiligung")}
    for key, people in PEOPLE.items():
        row = turnout[LABEL[key]]
        assert (row["Personen anwesend"], row["Personen abgestimmt"]) == (people, counted.voters[key])
        assert row["Personen enthalten"] == people - counted.voters[key]


def test_top_topics_stand_in_the_groups_order(workbook: Workbook) -> None:
    rows = below(workbook["Top-Themen"], None)
    assert [(row["Gruppe"], row["Platz"], row["Thema"]) for row in rows] == [
        (group, place, topic) for group in ("J1", "T1", "L1") for place, topic in ((1, "Thema 2"), (2, "Thema 0"))
    ]
    joined = {(row["Gruppe"], row["Thema"]): row["Gemeinsam abgestimmt als"] for row in rows}
    assert joined["T1", "Thema 0"] == "Thema 0 (J1)"
    assert joined["J1", "Thema 0"] is None


def test_the_flat_data_count_cards_and_mentions(workbook: Workbook, counted: Counted) -> None:
    rows = below(workbook["Daten"], None)
    assert sum(row["Nennungen"] for row in rows) == sum(len(card["to"]) for card in counted.cards)
    assert sum(row["Kartengewicht"] for row in rows) == pytest.approx(len(counted.cards))
    assert {row["Karte Nr."] for row in rows} == set(range(1, len(counted.cards) + 1))
    assert Counter((row["Karte"], row["Adressat"]) for row in rows) == Counter(
        (card["text"], LABEL[to]) for card in counted.cards for to in card["to"]
    )
    (table,) = workbook["Daten"].tables.values()
    assert table.ref == f"A5:N{5 + len(rows)}"
