"""The forum's workbook: every figure again from the plain rows, and nothing in the public one that tells of a few."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dialog.commands.name_categories import NameCategories, name_categories
from dialog.models import Dialogue
from dialog.store import Store
from exports.forum_book import read_forum, write_forum_workbook
from exports.forum_sheets import ForumReport, forum_book
from exports.profile import Profile
from exports.said import said
from exports.sheet import Grid
from tests.exports.held import below, tables
from tests.exports.rooms import Room, a_plan, a_room, write
from tests.exports.store import empty
from tests.exports.test_public import change_places, exchange_cards, exchange_topics, exchange_votes

TODAY = date(2027, 3, 1)
NUMBERS = count(1)
SEEDS = st.integers(0, 2**32)
ALL = {"running": ["1"]}


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def a_forum(store: Store, random: Random, rooms: int = 3) -> list[Room]:
    """Some dialogues at random in different years and places; what was in the forum before is gone."""
    with store.writing() as db:
        for old in db.query(Dialogue):
            db.delete(old)
    made = []
    for _ in range(rooms):
        number = next(NUMBERS)
        day = date(random.choice((2025, 2026)), random.randint(1, 12), 3)
        plan = a_plan(random.choice((2, 3, 4)), title=f"Dialog {number}", place=f"Ort {number % 2}", held_on=day)
        room = a_room(random, f"f{number}", plan)
        room.dialogue["closed"] = random.random() < 0.5
        write(store, room)
        made.append(room)
    return made


def report_of(
    store: Store, chosen: Mapping[str, Sequence[str]] = ALL, profile: Profile = Profile.INTERNAL
) -> ForumReport:
    return read_forum(store.reading, "forum", chosen, profile, TODAY)


def open_cards(rooms: Sequence[Room]) -> Iterator[tuple[Room, dict[str, Any], str, str | None]]:
    """Each card that may be told, with its author's stakeholder and the key of its category; from the rows alone."""
    for room in rooms:
        topics = {topic["id"]: topic for topic in room.topics}
        for card in room.cards:
            if room.group(card["group_id"])["revealed"] and not card["hidden"] and not card["withdrawn"]:
                topic = topics.get(card["topic_id"])
                yield room, card, room.stakeholder_of(card), topic["category"] if topic else None


def label(key: str | None) -> str | None:
    names = {"kommunikation": "Kommunikation", "motivation": "Motivation"}
    return None if key is None else names.get(key, key)


def forums(examples: int) -> Any:
    calm = settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
    )
    return lambda test: calm(given(SEEDS)(test))


def test_every_figure_is_that_of_the_rows(own_store: Store) -> None:
    seen = Counter[str]()

    @forums(6)
    def holds(seed: int) -> None:
        rooms = a_forum(own_store, Random(seed))
        found = report_of(own_store).comparison
        people = Counter(one["stakeholder"] for room in rooms for one in room.here)
        assert found.people == people
        cards, mentions = Counter[Any](), Counter[Any]()
        for _room, card, who, category in open_cards(rooms):
            cards[label(category), who, card["valence"]] += 1
            for to in card["addressees"]:
                mentions[label(category), who, to] += 1
        told = {(row.category, row.who, "works"): row.works for row in found.themes.rows}
        told |= {(row.category, row.who, "fails"): row.fails for row in found.themes.rows}
        assert +Counter(told) == cards
        assert +Counter({(r.category, r.who, to): n for r in found.themes.rows for to, n in r.to.items()}) == mentions
        for row in found.themes.rows:
            here = people[row.who]
            exact = 10 * row.cards / here if here >= 10 else None
            assert (row.rate.per_ten is None) == (exact is None)
            assert exact is None or abs((row.rate.tenths or 0) / 10 - exact) <= 0.05 + 1e-9
        seen["cards"] += found.themes.cards > 20
        seen["rates"] += any(row.rate.per_ten for row in found.themes.rows)

    holds()
    assert min(seen.values()) > 3, seen


def test_attribution_and_priorities_are_those_of_the_rows(own_store: Store) -> None:
    seen = Counter[str]()

    @forums(6)
    def holds(seed: int) -> None:
        rooms = a_forum(own_store, Random(seed))
        found = report_of(own_store).comparison
        elsewhere, failing = Counter[Any](), Counter[Any]()
        for room, card, who, _category in open_cards(rooms):
            if card["valence"] == "fails":
                failing[room.plan.held_on.year, who] += 1
                elsewhere[room.plan.held_on.year, who] += who not in card["addressees"]
        told = {(moment.year, who): counted for moment in found.years for who, counted in moment.by.items()}
        assert {key: counted.failing for key, counted in told.items()} == failing
        assert {key: counted.elsewhere for key, counted in told.items()} == dict(elsewhere)
        shared = sorted((room.plan.title, title) for room in rooms for title in important_to_all(room))
        assert sorted((one.dialogue.title, one.topic.title) for one in found.priorities.topics) == shared
        seen["shared"] += bool(shared)
        seen["failing"] += len(failing) > 3

    holds()
    assert min(seen.values()) > 1, seen


def important_to_all(room: Room) -> Iterator[str]:
    """Titles of the topics that at least a third of the voters of each stakeholder chose, by the papers alone."""
    here = {person["id"] for person in room.here}
    papers = [paper for paper in room.ballots if paper["participant_id"] in here]
    voted = Counter(paper["stakeholder"] for paper in papers)
    known = {group["id"] for group in room.groups if group["revealed"]}
    titles = {topic["id"]: topic["title"] for topic in room.topics if topic["group_id"] in known}
    nominated = {one["topic_id"] for one in room.nominations}
    heads = {topic["joined_to"] or topic["id"] for topic in room.topics if topic["id"] in nominated}
    for head in heads:
        chose = Counter(paper["stakeholder"] for paper in papers if head in paper["votes"])
        if len(voted) > 1 and all(3 * chose[who] >= n for who, n in voted.items()):
            yield titles[head]


def test_a_choice_counts_what_fits_and_nothing_else(own_store: Store) -> None:
    @forums(6)
    def holds(seed: int) -> None:
        random = Random(seed)
        rooms = a_forum(own_store, random)
        who, to = random.choice(rooms[0].keys), random.choice(rooms[0].plan.stakeholders).key
        chosen = {
            "year": [random.choice(("2025", "2026"))],
            "who": [random.choice((who, ""))],
            "to": [random.choice((to, ""))],
            "category": [random.choice(("Kommunikation", "(ohne)", ""))],
            "valence": [random.choice(("works", "fails", ""))],
            "running": [random.choice(("1", ""))],
        }
        fits = [
            card["text"]
            for room, card, author, category in open_cards(rooms)
            if str(room.plan.held_on.year) in chosen["year"]
            and (room.dialogue["closed"] or chosen["running"] == ["1"])
            and chosen["who"][0] in ("", author)
            and (not chosen["to"][0] or chosen["to"][0] in card["addressees"])
            and chosen["category"][0] in ("", label(category) or "(ohne)")
            and chosen["valence"][0] in ("", card["valence"])
        ]
        report = report_of(own_store, chosen)
        assert sorted(row[-1] for row in report.cards) == sorted(fits)
        assert report.comparison.themes.cards == len(fits)

    holds()


def test_the_cells_say_the_figures(own_store: Store, tmp_path: Path) -> None:
    rooms = a_forum(own_store, Random(7))
    heard: list[tuple[int, int]] = []
    path = tmp_path / "forum.xlsx"
    write_forum_workbook(
        own_store.reading, "forum", ALL, Profile.INTERNAL, path, TODAY, lambda done, of: heard.append((done, of))
    )
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
    workbook = load_workbook(path)
    assert workbook.sheetnames == [
        "Dialoge",
        "Themenhäufigkeit",
        "Wer über wen",
        "Zuschreibung über die Zeit",
        "Gemeinsame Prioritäten",
        "Wiederkehrende Lösungsansätze",
        "Vereinbarungen",
        "Kategorien-Zuordnung",
        "Karten",
        "Lesehilfe",
    ]
    cards = list(open_cards(rooms))
    flat = below(workbook["Karten"], None)
    assert sorted(row["Karte"] for row in flat) == sorted(card["text"] for _, card, _, _ in cards)
    for row in flat:
        room, card, _who, category = next(one for one in cards if one[1]["text"] == row["Karte"])
        assert (row["Dialog"], row["Ort"]) == (room.plan.title, room.plan.place)
        assert row["Kategorie im Forum"] == (label(category) or "ohne Kategorie")
        assert len(row["Gerichtet an"].split(", ")) == len(card["addressees"])
    by_category = tables(workbook["Themenhäufigkeit"])["Nach Kategorie und Akteur"]
    assert by_category[-1]["Karten zusammen"] == len(cards)
    people = [row for row in tables(workbook["Dialoge"])["Dialoge"] if row["Dialog"] == "Zusammen"]
    assert people[0]["Personen zusammen"] == sum(len(room.here) for room in rooms)


def test_the_public_book_adds_up_what_public_reports_tell(own_store: Store) -> None:
    @forums(5)
    def holds(seed: int) -> None:
        rooms = a_forum(own_store, Random(seed))
        whole = report_of(own_store, profile=Profile.PUBLIC).comparison
        alone = [report_of(own_store, {**ALL, "dialogue": [room.id]}, Profile.PUBLIC).comparison for room in rooms]
        assert whole.people == sum((one.people for one in alone), Counter[str]())
        cards = Counter[Any]()
        for one in alone:
            for row in one.themes.rows:
                cards[row.category, row.who] += row.cards
        assert {(row.category, row.who): row.cards for row in whole.themes.rows} == dict(cards)

    holds()


def cells(report: ForumReport) -> object:
    """Everything that the book says, with how it looks."""
    book = forum_book(report)
    return (
        book.title,
        book.subtitle,
        [(sheet.title, sheet.lead, list(map(_block, sheet.blocks))) for sheet in book.sheets],
    )


def _block(block: object) -> object:
    if not isinstance(block, Grid):
        return repr(block)
    told = [[said(*pair) for pair in zip(block.table.columns, row, strict=True)] for row in block.table.rows]
    return block.heading, block.note, repr(block.chart), repr(block.table.columns), told


def test_who_of_a_small_group_wrote_what_changes_no_cell_of_the_public_book(own_store: Store) -> None:
    seen = Counter[str]()

    @forums(8)
    def holds(seed: int) -> None:
        random = Random(seed)
        rooms = a_forum(own_store, random)
        public, internal = (cells(report_of(own_store, profile=profile)) for profile in reversed(Profile))
        pooled = {
            one.dialogue_id: one.pooled for one in report_of(own_store, profile=Profile.PUBLIC).comparison.dialogues
        }
        with own_store.writing() as db:
            for old in db.query(Dialogue):
                db.delete(old)
        for room in rooms:
            members = [key for pool in pooled[room.id] for key in pool.split("+")]
            exchange_topics(room, members, random)
            exchange_cards(room, members, random)
            exchange_votes(room, members, random)
            change_places(room, members, random)
            write(own_store, room)
        assert cells(report_of(own_store, profile=Profile.PUBLIC)) == public
        seen["pools"] += any(pooled.values())
        seen["differs"] += cells(report_of(own_store)) != internal

    holds()
    assert min(seen["pools"], seen["differs"]) > 2, seen


def test_the_names_of_the_forum_bring_categories_together(own_store: Store) -> None:
    a_forum(own_store, Random(3))
    before = report_of(own_store).comparison.themes
    assert {"Kommunikation", "Motivation"} <= set(before.categories)
    with own_store.writing() as db:
        names = {("regionaler-arbeitsmarktdialog", key): " Miteinander " for key in ("kommunikation", "motivation")}
        name_categories(db, NameCategories(forum_id="forum", names=names))
    report = report_of(own_store)
    after = report.comparison.themes
    assert not {"Kommunikation", "Motivation"} & set(after.categories)
    together = sum(row.cards for name in ("Kommunikation", "Motivation") for row in before.of(name))
    assert sum(row.cards for row in after.of("Miteinander")) == together > 0
    assert after.cards == before.cards
    sheet = next(sheet for sheet in forum_book(report).sheets if sheet.title == "Kategorien-Zuordnung")
    named = [
        row for block in sheet.blocks if isinstance(block, Grid) for row in block.table.rows if row[2] == "Miteinander"
    ]
    assert {row[1] for row in named} == {"Kommunikation", "Motivation"}
    assert {row[3] for row in named} == {"ja"}


def test_what_was_only_practised_is_in_no_book(own_store: Store) -> None:
    rooms = a_forum(own_store, Random(5))
    with own_store.writing() as db:
        db.get_one(Dialogue, rooms[0].id).rehearsal = True
    assert {one.dialogue_id for one in report_of(own_store).comparison.dialogues} == {room.id for room in rooms[1:]}


@pytest.mark.parametrize("profile", list(Profile))
def test_a_forum_without_dialogues_and_awkward_texts_make_a_book(
    own_store: Store, tmp_path: Path, profile: Profile
) -> None:
    rooms = a_forum(own_store, Random(11))
    path = tmp_path / "forum.xlsx"
    write_forum_workbook(own_store.reading, "forum", {"place": ["nowhere"]}, profile, path, TODAY)
    assert "Zu dieser Auswahl gibt es keinen Dialog." in str(list(load_workbook(path)["Dialoge"].values))
    awkward = ("=1+1", "@SUM(A1)", "#N/A", "a\x0bb", "🙂 نص", "x" * 40_000)
    again = rooms[0].copy("awkward")
    again.plan = again.plan.model_copy(update={"title": "=1+1", "place": "@Ort"})
    for card, text in zip(again.cards, awkward, strict=False):
        card.update(text=text, hidden=False, withdrawn=False)
    for group in again.groups:
        group["revealed"] = True
    write(own_store, again)
    write_forum_workbook(own_store.reading, "forum", ALL, profile, path, TODAY)
    texts = {row["Karte"] for row in below(load_workbook(path)["Karten"], None)}
    assert {"=1+1", "@SUM(A1)", "#N/A", "ab", "🙂 نص"} <= texts
    assert any(text.endswith("zu lang für eine Zelle)") for text in texts)
