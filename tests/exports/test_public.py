"""Whoever reads all that is public cannot find out anything of a small group.

The attack: in a dialogue at random the members of a pool exchange what they said and gave, and finally change places
with everything. If not one letter of what is published changes, nothing published tells of one of them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest

from dialog.store import Store
from exports.profile import Profile
from exports.report import Report, read_report
from tests.exports.publications import published_everywhere, the_csv, the_workbook
from tests.exports.rooms import Room, Row, a_room, seeds, write
from tests.exports.store import empty

TODAY = date(2026, 11, 24)
NUMBERS = count(1)


@pytest.fixture
def own_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    yield from empty(migrated_sqlite, tmp_path)


def people(room: Room) -> dict[str, int]:
    return {key: sum(person["stakeholder"] == key for person in room.here) for key in room.keys}


def report_of(store: Store, room: Room, profile: Profile) -> Report:
    with store.reading() as db:
        return read_report(db, room.id, TODAY, profile)


def test_members_of_a_pool_can_exchange_what_they_said_and_gave(own_store: Store, tmp_path: Path) -> None:
    seen: dict[str, int] = {"pools": 0, "words": 0, "marks": 0}

    @seeds(5)
    def holds(seed: int) -> None:
        random = Random(seed)
        room = a_room(random, f"a{next(NUMBERS)}")
        write(own_store, room)
        report = report_of(own_store, room, Profile.PUBLIC)
        twin = room.copy(f"b{next(NUMBERS)}")
        exchange_topics(twin, report.parts.members, random)
        exchange_cards(twin, report.parts.members, random)
        exchange_votes(twin, report.parts.members, random)
        exchange_marks(twin, report.round_two.parts.members, random)
        exchange_answers(twin, report.round_two.feedback_parts.members, random)
        write(own_store, twin)
        before = published_everywhere(report, tmp_path)
        assert published_everywhere(report_of(own_store, twin, Profile.PUBLIC), tmp_path) == before
        first, second = (report_of(own_store, one, Profile.INTERNAL) for one in (room, twin))
        seen["pools"] += bool(report.withheld)
        seen["words"] += the_csv(first, tmp_path) != the_csv(second, tmp_path)
        seen["marks"] += the_workbook(first, tmp_path) != the_workbook(second, tmp_path)

    holds()
    assert min(seen.values()) > 1, seen


def test_members_of_a_pool_can_change_places_with_everything(own_store: Store, tmp_path: Path) -> None:
    seen = {"pools": 0, "differs": 0}

    @seeds(5)
    def holds(seed: int) -> None:
        random = Random(seed)
        room = a_room(random, f"c{next(NUMBERS)}")
        write(own_store, room)
        report = report_of(own_store, room, Profile.PUBLIC)
        twin = room.copy(f"d{next(NUMBERS)}")
        change_places(twin, report.parts.members, random)
        write(own_store, twin)
        before = published_everywhere(report, tmp_path)
        assert published_everywhere(report_of(own_store, twin, Profile.PUBLIC), tmp_path) == before
        inside = [the_csv(report_of(own_store, one, Profile.INTERNAL), tmp_path) for one in (room, twin)]
        seen["pools"] += bool(report.withheld)
        seen["differs"] += inside[0] != inside[1]

    holds()
    assert min(seen.values()) > 1, seen


def test_without_a_pool_an_exchange_is_seen(own_store: Store, tmp_path: Path) -> None:
    """So that the attack above is known to find what is published."""
    rooms = (a_room(Random(seed), "e1") for seed in count())
    room = next(room for room in rooms if len(room.keys) > 2 and all(n >= 9 for n in people(room).values()))
    room.ballots = []
    write(own_store, room)
    twin = room.copy("e2")
    exchange_topics(twin, room.keys, Random(1))
    exchange_cards(twin, room.keys, Random(1))
    write(own_store, twin)
    first, second = (report_of(own_store, one, Profile.PUBLIC) for one in (room, twin))
    assert not first.withheld
    assert published_everywhere(first, tmp_path)["csv"] != published_everywhere(second, tmp_path)["csv"]


def exchange_topics(room: Room, members: Sequence[str], random: Random) -> None:
    """Whole topics with their cards go from one group to another, nominated ones stay nominated."""
    homes = _homes(room, members)
    for topic in room.topics:
        if room.stakeholder_of(topic) in homes and random.random() < 0.5:
            new = random.choice(homes[random.choice(list(homes))])
            if room.group(topic["group_id"])["revealed"] != room.group(new)["revealed"]:
                continue
            for card in room.cards:
                if card["topic_id"] == topic["id"]:
                    card["group_id"] = new
            topic["group_id"] = new
            for nomination in room.nominations:
                if nomination["topic_id"] == topic["id"]:
                    taken = [one["place"] for one in room.nominations if one["group_id"] == new]
                    nomination.update(group_id=new, place=max(taken, default=0) + 1)


def exchange_cards(room: Room, members: Sequence[str], random: Random) -> None:
    """Cards that lie in no topic go from one group to another."""
    homes = _homes(room, members)
    for card in room.cards:
        if card["topic_id"] is None and room.stakeholder_of(card) in homes:
            new = random.choice(homes[random.choice(list(homes))])
            if room.group(card["group_id"])["revealed"] == room.group(new)["revealed"]:
                card["group_id"] = new


def _homes(room: Room, members: Sequence[str]) -> dict[str, list[str]]:
    """The groups of those members that are in the room."""
    here = {person["stakeholder"] for person in room.here}
    first = [group for group in room.groups if group["round"] == 1 and group["stakeholder"] in members]
    return {key: [g["id"] for g in first if g["stakeholder"] == key] for key in members if key in here}


def exchange_votes(room: Room, members: Sequence[str], random: Random) -> None:
    """Who voted votes as another one of the pool did."""
    _deal([paper for paper in room.ballots if paper["stakeholder"] in members], ["votes"], random)


def exchange_marks(room: Room, members: Sequence[str], random: Random) -> None:
    """Who appraised a proposal gives it the marks that another one of the pool gave."""
    for proposal in {row["proposal_id"] for row in room.appraisals}:
        rows = [r for r in room.appraisals if r["proposal_id"] == proposal and r["stakeholder"] in members]
        for both in (True, False):
            alike = [row for row in rows if (row["feasibility"] is None) is both]
            _deal(alike, ["effect", "feasibility", "resistance"], random)


def exchange_answers(room: Room, members: Sequence[str], random: Random) -> None:
    """Who answered a question answers it as another one of the pool did."""
    for question in room.plan.feedback:
        papers = [p["answers"] for p in room.feedback if p["stakeholder"] in members and question.key in p["answers"]]
        _deal(papers, [question.key], random)


def _deal(rows: Sequence[Row], columns: Sequence[str], random: Random) -> None:
    given = [{column: row[column] for column in columns} for row in rows]
    random.shuffle(given)
    for row, values in zip(rows, given, strict=True):
        row.update(values)


def change_places(room: Room, members: Sequence[str], random: Random) -> None:
    """Every member becomes another one: its people, groups, cards, votes, marks and what was expected of it."""
    order = list(members)
    random.shuffle(order)
    now = dict(zip(members, order, strict=True))
    for rows in (room.groups, room.participants, room.ballots, room.appraisals, room.feedback):
        for row in rows:
            row["stakeholder"] = now.get(row["stakeholder"], row["stakeholder"])
    expected = {now.get(key, key): people for key, people in room.plan.expected.items()}
    room.plan = room.plan.model_copy(update={"expected": expected})
