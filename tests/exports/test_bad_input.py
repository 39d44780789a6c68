"""Dialogues that hardly took place, and whatever people write: in both profiles there is a whole file."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from dialog.store import Store
from dialog.words import Step
from exports.flat import write_csv
from exports.profile import Profile
from exports.report import Report, read_report
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.rooms import Room, a_plan, a_room, write
from tests.exports.store import empty

AWKWARD = (
    "=1+1",
    "@SUM(A1)",
    "#N/A",
    "eins\x0bzwei",
    "👩‍👩‍👧 🎉",
    "عربي ‏مختلط",
    'a"b;c\nd',
    "[Blatt]/?*:",
    "ä" * 40_000,
)


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def nothing(random: Random) -> Room:
    """Planned, and nobody came."""
    room = Room("bad", a_plan(3))
    room.dialogue = {"step": Step.ARRIVE, "voting": "preparing", "appraising": "preparing", "chosen_topics": []}
    return room


def only_arrived(random: Random) -> Room:
    room = nothing(random)
    other = a_room(random, "bad", room.plan)
    room.groups = [group for group in other.groups if group["round"] == 1]
    room.participants = other.participants
    return room


def all_hidden(random: Random) -> Room:
    room = a_room(random, "bad")
    for card in room.cards:
        card["hidden"] = True
    return room


def category_gone(random: Random) -> Room:
    room = a_room(random, "bad")
    for topic in room.topics:
        topic["category"] = "abgeschafft"
    return room


def one_person(random: Random) -> Room:
    room = a_room(random, "bad", a_plan(3))
    alone = room.here[0]
    room.participants = [alone]
    for rows in (room.ballots, room.appraisals, room.feedback, room.seats):
        rows[:] = [row for row in rows if row["participant_id"] == alone["id"]]
    for card in room.cards:
        card["author_id"] = None
    return room


def everybody_left(random: Random) -> Room:
    room = a_room(random, "bad")
    for person in room.participants:
        person["left"] = True
    return room


def awkward(random: Random) -> Room:
    """An awkward text in every field; of those that have a greatest length as much as fits."""
    plan = a_plan(3, title=random.choice(AWKWARD)[:120], place="=1+1")
    plan = plan.model_copy(
        update={
            "categories": tuple(
                one.model_copy(update={"label": {"de": random.choice(AWKWARD)[:400]}}) for one in plan.categories
            )
        }
    )
    room = a_room(random, "bad", plan)
    for rows, columns in (
        (room.cards, ("text",)),
        (room.visions, ("text", "plain")),
        (room.benefits, ("text",)),
        (room.proposals, ("title", "what", "first_step")),
        (room.commitments, ("who", "what")),
        (room.feedback, ("sentence",)),
    ):
        for row in rows:
            row.update({column: random.choice(AWKWARD) for column in columns})
    for topic in room.topics:
        topic["title"] = random.choice(AWKWARD)[:120]
    return room


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize(
    "make", [nothing, only_arrived, all_hidden, category_gone, one_person, everybody_left, awkward]
)
def test_there_is_a_whole_file(
    own_store: Store, tmp_path: Path, make: Callable[[Random], Room], profile: Profile
) -> None:
    room = make(Random(5))
    write(own_store, room)
    report = report_of(own_store, room, profile)
    write_workbook(book(report), tmp_path / "book.xlsx")
    write_csv(report, tmp_path / "flat.csv")
    workbook = load_workbook(tmp_path / "book.xlsx")
    assert workbook.sheetnames == [sheet.title for sheet in book(report).sheets]
    kinds = {c.data_type for s in workbook.worksheets for row in s.iter_rows() for c in row if isinstance(c.value, str)}
    assert kinds == {"s"}
    with (tmp_path / "flat.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert {len(row) for row in rows} == {14}
    assert len(rows) == 1 + sum(len(one.addressees) for one in report.said)


@pytest.mark.parametrize("make", [nothing, only_arrived, all_hidden, one_person, everybody_left, awkward])
def test_both_editions_have_the_same_sheets(own_store: Store, make: Callable[[Random], Room]) -> None:
    room = make(Random(5))
    write(own_store, room)
    internal, public = (book(report_of(own_store, room, profile)) for profile in Profile)
    assert [sheet.title for sheet in internal.sheets] == [sheet.title for sheet in public.sheets]
    assert "interne" in internal.edition.edition
    assert "öffentliche Fassung" in public.subtitle


def test_a_room_of_one_tells_no_figure_of_people(own_store: Store) -> None:
    room = one_person(Random(5))
    write(own_store, room)
    report = report_of(own_store, room, Profile.PUBLIC)
    assert report.cards
    assert (report.present, report.result, report.voted) == ({}, None, None)
    two = report.round_two
    assert (two.appraisals, two.appraised, two.answered, two.sizes, two.sentences) == (None, None, None, {}, ())
    assert not two.feedback.questions


def report_of(store: Store, room: Room, profile: Profile) -> Report:
    with store.reading() as db:
        return read_report(db, room.id, date(2026, 11, 24), profile)
