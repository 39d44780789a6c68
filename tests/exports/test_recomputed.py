"""Every table of figures of the workbook, in both profiles, against a count by hand of a room at random."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dialog.store import Store
from exports.profile import Profile
from exports.report import read_report
from exports.sheets import book
from tests.exports.by_hand import COMPLEMENT, FAILS, SMALL, TOGETHER, WORKS, ByHand, places, share, told_mean
from tests.exports.rooms import a_room, ballot, seeds, write
from tests.exports.shown import Shown, plain
from tests.exports.store import empty

NUMBERS = count(1)
VALENCE = {"works": WORKS, "fails": FAILS}


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


@pytest.mark.parametrize("profile", list(Profile))
def test_every_figure_is_that_of_the_raw_rows(own_store: Store, profile: Profile) -> None:
    seen = Counter[str]()

    @seeds(8)
    def holds(seed: int) -> None:
        room = a_room(Random(seed), f"r{next(NUMBERS)}")
        write(own_store, room)
        with own_store.reading() as db:
            shown = Shown(book(read_report(db, room.id, date(2026, 11, 24), profile)))
        hand = ByHand(room, profile)
        people_and_cards(shown, hand)
        frequencies(shown, hand)
        who_about_whom(shown, hand)
        top_topics(shown, hand)
        vote(shown, hand)
        tables(shown, hand)
        appraised(shown, hand)
        answered(shown, hand)
        flat(shown, hand)
        seen["pools"] += bool(hand.pool)
        seen["votes"] += ("Abstimmung", "Ergebnis") in shown
        seen["marks"] += ("Bewertung", "Ergebnis") in shown
        seen["answers"] += ("Feedback", "Antworten") in shown

    holds()
    assert all(seen[what] for what in ("votes", "marks", "answers")), seen
    assert bool(seen["pools"]) is (profile is Profile.PUBLIC)


def people_and_cards(shown: Shown, hand: ByHand) -> None:
    rows = shown.rows("Übersicht", "Personen und Karten")
    assert [plain(row["who"]) for row in rows] == hand.parts()
    for row in rows:
        label = plain(row["who"])
        members = [key for key in hand.room.keys if hand.part(key) == label]
        here = sum(hand.present[key] for key in members)
        expected = sum(hand.room.plan.expected[key] for key in members)
        assert (row["here"], row["expected"]) == ((here, expected) if hand.told else (SMALL, SMALL))
        assert row["groups"] == sum(g["round"] == 1 and g["stakeholder"] in members for g in hand.room.groups)
        cards = Counter(card["valence"] for card in hand.cards if hand.author(card) == label)
        assert (row["works"], row["fails"], row["cards"]) == (cards["works"], cards["fails"], cards.total())


def frequencies(shown: Shown, hand: ByHand) -> None:
    for singular, plural in (("Kategorie", "Kategorien"), ("Thema", "Themen")):
        keyed = [(hand.category_of(c), c) if singular == "Kategorie" else (c["topic_id"], c) for c in hand.cards]
        found = Counter[tuple[Any, ...]]()
        glance = Counter[tuple[Any, ...]]()
        everybody = [who.key for who in hand.room.plan.stakeholders]
        for key in {key for key, _card in keyed}:
            name = key if singular == "Kategorie" else hand.topic(key)
            mine = [card for of, card in keyed if of == key]
            by_valence = [sum(card["valence"] == valence for card in mine) for valence in ("works", "fails")]
            glance[name, *by_valence, sum(len(card["addressees"]) for card in mine)] += 1
            for who, valence in {(hand.author(card), card["valence"]) for card in mine}:
                cards = [card for card in mine if (hand.author(card), card["valence"]) == (who, valence)]
                to = [sum(key in card["addressees"] for card in cards) for key in everybody]
                found[name, who, VALENCE[valence], len(cards), sum(to), *to] += 1
        rows = shown.rows("Themenhäufigkeit", f"Nach {singular}")
        assert found == Counter(
            (r["key"], plain(r["who"]), r["valence"], r["cards"], r["mentions"], *(r[f"to {k}"] for k in everybody))
            for r in rows
        )
        rows = shown.rows("Übersicht", plural)
        assert glance == Counter((row["key"], row["works"], row["fails"], row["mentions"]) for row in rows)
    together = shown.rows("Themenhäufigkeit", "Kategorien zusammen")
    assert {row["key"]: row["cards"] for row in together} == Counter(map(hand.category_of, hand.cards))


def who_about_whom(shown: Shown, hand: ByHand) -> None:
    for heading, valence in (("Was läuft gut", "works"), ("Was läuft schlecht", "fails")):
        spoken = [card for card in hand.cards if card["valence"] == valence]
        for row in shown.rows("Wer über wen", heading):
            mine = [card for card in spoken if hand.author(card) == plain(row["who"])]
            assert row["cards"] == len(mine)
            for who in hand.room.plan.stakeholders:
                assert row[f"to {who.key}"] == sum(who.key in card["addressees"] for card in mine)
    for row in shown.rows("Wer über wen", "Zuschreibung an andere"):
        key = next((key for key in hand.room.keys if hand.part(key) == plain(row["who"])), "")
        failing = [card for card in hand.cards if card["valence"] == "fails" and hand.author(card) == plain(row["who"])]
        elsewhere = sum(key not in card["addressees"] for card in failing)
        told = (elsewhere, len(failing) - elsewhere, share(elsewhere, len(failing)))
        assert row["failing"] == len(failing)
        assert (row["elsewhere"], row["itself"], row["share"]) == ((COMPLEMENT,) * 3 if key in hand.pool else told)


def top_topics(shown: Shown, hand: ByHand) -> None:
    groups = Counter(group["stakeholder"] for group in hand.room.groups if group["round"] == 1)
    expected = Counter[tuple[Any, ...]]()
    for one in hand.room.nominations:
        topic = next(topic for topic in hand.room.topics if topic["id"] == one["topic_id"])
        key = hand.room.stakeholder_of(topic)
        in_order = not hand.public or key not in hand.pool and groups[key] == 1
        cards = sum(card["topic_id"] == topic["id"] for card in hand.cards)
        expected[hand.part(key), one["place"] if in_order else TOGETHER, topic["title"] or "(ohne Namen)", cards] += 1
    rows = shown.rows("Top-Themen", "")
    assert Counter((plain(row["who"]), row["place"], row["topic"], row["cards"]) for row in rows) == expected


def vote(shown: Shown, hand: ByHand) -> None:
    if not hand.votes_told:
        assert ("Abstimmung", "Ergebnis") not in shown
        return
    raw, labels = hand.raw_votes(), hand.parts()
    keys = list(raw)
    ranks = dict(zip(keys, places([hand.balanced(key) for key in keys], lambda a, b: a > b), strict=True))
    ranks_raw = dict(zip(keys, places(list(raw.values()), lambda a, b: a > b), strict=True))
    enough = sum(hand.voted.values()) >= 10
    expected = Counter[tuple[Any, ...]]()
    for key in ballot(hand.room):
        balanced = int(100 * hand.balanced(key) + Fraction(1, 2)) / 100 if enough else "–"
        told = (COMPLEMENT, COMPLEMENT) if hand.pool else (ranks[key], balanced)
        voters = [hand.voters(key, label) for label in labels]
        shares = [share(hand.voters(key, label), hand.voted_of(label)) for label in labels]
        expected[hand.topic(key), *told, raw[key], ranks_raw[key], *voters, *shares] += 1
    rows = shown.rows("Abstimmung", "Ergebnis")
    first = ("topic", "rank", "balanced", "raw", "rank_raw")
    assert expected == Counter((*(row[key] for key in first), *_of(row, "voters"), *_of(row, "share")) for row in rows)
    for row in shown.rows("Abstimmung", "Beteiligung"):
        label = plain(row["who"])
        here = sum(hand.present[key] for key in hand.room.keys if hand.part(key) == label)
        voted = hand.voted_of(label)
        assert (row["here"], row["voted"], row["abstained"]) == (here, voted, here - voted)


def _of(row: Mapping[str, Any], figure: str) -> list[Any]:
    return [value for key, value in row.items() if key.startswith(f"{figure} ")]


def tables(shown: Shown, hand: ByHand) -> None:
    at = {seat["participant_id"]: seat["table_id"] for seat in hand.room.seats}
    sizes = Counter(at.values())
    small = hand.public and (not hand.told or any(0 < n < 5 for n in sizes.values()))
    rows = shown.rows("Tische", "Personen an den Tischen")
    for row, table in zip(rows, hand.room.tables, strict=True):
        assert row["people"] == (SMALL if small else sizes[table["group_id"]])
        for key in hand.room.keys:
            seated = sum(at[p["id"]] == table["group_id"] and p["stakeholder"] == key for p in hand.room.here)
            assert row[f"people {key}"] == (TOGETHER if hand.public else seated)
    for row, table in zip(
        shown.rows("Ideal und Vorteile", "Wie viele Vorteile für wen"), hand.room.tables, strict=True
    ):
        found = [one for one in hand.room.benefits if one["table_id"] == table["group_id"]]
        assert row["together"] == len(found)
        assert [row[f"for {key}"] for key in hand.room.keys] == [
            sum(one["stakeholder"] == key for one in found) for key in hand.room.keys
        ]
    assert (("Tische", "Regeln des Mischens") in shown) is (not hand.public)


def appraised(shown: Shown, hand: ByHand) -> None:
    if not hand.told:
        assert ("Bewertung", "Ergebnis") not in shown
        return
    labels, asked = hand.parts(hand.appraisal_pool), hand.asked()
    highest = 10 if asked == ["resistance"] else 5
    titles = {one["id"]: one["title"] for one in hand.room.proposals} | {None: "Es bleibt, wie es ist"}
    rows = {row["title"]: row for row in shown.rows("Bewertung", "Ergebnis")}
    assert set(rows) == {titles[option] for option in hand.options()}
    scored = {
        option: None if None in (found := [hand.in_all(option, one) for one in asked]) else sum(map(_sure, found))
        for option in hand.options()
        if option not in hand.few
    }
    known = [score for score in scored.values() if score is not None]
    for option in hand.options():
        row = rows[titles[option]]
        if option in hand.few:
            assert {row[key] for key in ("rank", "people", *asked)} == {SMALL}
            assert {value for one in asked for value in _of(row, one)} == {SMALL}
            continue
        score = scored[option]
        better = sum(one < score if highest == 10 else one > score for one in known if score is not None)
        assert row["rank"] == (None if score is None else 1 + better)
        assert row["people"] == hand.appraisers()[option][0]
        for one in asked:
            marks = hand.marks(option, one)
            if highest == 10 and 0 < len(marks) < 10:
                assert row[one] == f"Summe {sum(marks)}"
            else:
                assert row[one] == told_mean(marks, highest, hand.in_all(option, one))
            assert _of(row, one) == [told_mean(hand.marks(option, one, label), highest) for label in labels]
    every_mark(shown, hand, titles, labels)


def every_mark(shown: Shown, hand: ByHand, titles: Mapping[str | None, str], labels: list[str]) -> None:
    words = {"effect": "Wirkung", "feasibility": "Umsetzbarkeit", "resistance": "Widerstand"}
    scale = range(11) if hand.asked() == ["resistance"] else range(1, 6)
    expected = {}
    for option in set(hand.options()) - hand.few:
        for asked in hand.asked():
            for label in (None, *labels):
                marks = hand.marks(option, asked, label)
                if marks or label is None:
                    counts = [marks.count(mark) for mark in scale]
                    told = [len(marks), told_mean(marks, scale[-1]), *counts]
                    expected[titles[option], words[asked], label or "alle"] = told
    rows = shown.rows("Bewertung", "Wie viele welchen Wert gaben")
    assert expected == {
        (row["title"], row["asked"], plain(row["who"])): [row["people"], row["mean"], *_of(row, "mark")] for row in rows
    }


def _sure(value: Any) -> Any:
    assert value is not None
    return value


def answered(shown: Shown, hand: ByHand) -> None:
    papers = sum(bool(paper["answers"] or paper["sentence"]) for paper in hand.room.feedback)
    if not papers or hand.public and (not hand.told or papers < 5):
        assert ("Feedback", "Antworten") not in shown
        return
    words = {question.question["de"]: question.key for question in hand.room.plan.feedback}
    rows = shown.rows("Feedback", "Antworten")
    assert len(rows) == len(words)
    few = set()
    for row in rows:
        marks = hand.answers(words[row["question"]])
        if hand.public and 0 < len(marks) < 5:
            few.add(row["question"])
            assert {row["people"], row["mean"], *_of(row, "mark")} == {SMALL}
        else:
            assert _all(row) == _told(marks)
    expected = {
        (words_, label): _told(marks)
        for words_, key in words.items()
        for label in hand.parts(hand.feedback_pool)
        if words_ not in few and (marks := hand.answers(key, label))
    }
    rows = shown.rows("Feedback", "Nach Akteur")
    assert {(row["question"], plain(row["who"])): _all(row) for row in rows} == expected
    assert (("Feedback", "In eigenen Worten") in shown) is (not hand.public)


def _told(marks: list[int]) -> list[Any]:
    return [len(marks), told_mean(marks, 5), *(marks.count(mark) for mark in range(1, 6))]


def _all(row: Mapping[str, Any]) -> list[Any]:
    return [row["people"], row["mean"], *_of(row, "mark")]


def flat(shown: Shown, hand: ByHand) -> None:
    labels = {who.key: who.label["de"] for who in hand.room.plan.stakeholders}
    expected = Counter[tuple[Any, ...]]()
    for card in hand.cards:
        key = hand.room.stakeholder_of(card)
        for to in card["addressees"]:
            itself = COMPLEMENT if key in hand.pool else "ja" if to == key else "nein"
            group = "alle" if hand.public else hand.room.group(card["group_id"])["name"]
            weight = 1 / len(card["addressees"])
            found = (VALENCE[card["valence"]], card["text"], labels[to], itself, hand.category_of(card), weight)
            expected[group, hand.author(card), *found] += 1
    keys = ("group", "who", "valence", "text", "to", "itself", "category", "card")
    assert Counter(tuple(row[key] for key in keys) for row in shown.rows("Daten", "")) == expected
    assert {row["mention"] for row in shown.rows("Daten", "")} <= {1}
