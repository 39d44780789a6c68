"""Dialogues at random, as plain rows: what the tests count again by hand, and change behind the software's back.

A room is written into the database as it is, without any act, so that it can hold what rarely happens: people who left,
groups of one, a vote of three.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.format import Plan, all_formats
from dialog.models import (
    Appraisal,
    BallotPaper,
    Benefit,
    Card,
    CardAddressee,
    Commitment,
    Dialogue,
    FeedbackPaper,
    Forum,
    Group,
    Nomination,
    Participant,
    Proposal,
    Seat,
    Table,
    Topic,
    Vision,
    Vote,
)
from dialog.store import Db, Store
from dialog.words import Step

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CATEGORIES = ("kommunikation", "motivation", "abgeschafft", None)
LETTERS = "JTLKMN"
Row = dict[str, Any]


@dataclass
class Room:
    """One dialogue. Every row has the columns of its table, except for `dialogue_id`."""

    id: str
    plan: Plan
    dialogue: Row = field(default_factory=dict)
    groups: list[Row] = field(default_factory=list)
    participants: list[Row] = field(default_factory=list)
    topics: list[Row] = field(default_factory=list)
    cards: list[Row] = field(default_factory=list)
    """With `addressees`."""
    nominations: list[Row] = field(default_factory=list)
    ballots: list[Row] = field(default_factory=list)
    """With `votes`."""
    tables: list[Row] = field(default_factory=list)
    seats: list[Row] = field(default_factory=list)
    visions: list[Row] = field(default_factory=list)
    benefits: list[Row] = field(default_factory=list)
    proposals: list[Row] = field(default_factory=list)
    appraisals: list[Row] = field(default_factory=list)
    commitments: list[Row] = field(default_factory=list)
    feedback: list[Row] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """The stakeholders that take part."""
        return [who.key for who in self.plan.participating]

    @property
    def here(self) -> list[Row]:
        return [person for person in self.participants if not person["left"]]

    def group(self, group_id: str) -> Row:
        return next(group for group in self.groups if group["id"] == group_id)

    def stakeholder_of(self, row: Row) -> str:
        """Of a card or a topic: that of its group."""
        return str(self.group(row["group_id"])["stakeholder"])

    def copy(self, room_id: str) -> "Room":
        """The same dialogue once more, with ids of its own that are in the same order."""
        twin = deepcopy(self)
        twin.id = room_id
        return twin


def a_plan(stakeholders: int = 3, appraising: str = "effect-feasibility", **what: Any) -> Plan:
    """The regional dialogue with so many stakeholders that take part, and some that are only addressed."""
    content = all_formats()["regionaler-arbeitsmarktdialog"].model_dump()
    known = [who for who in content["stakeholders"] if who["participates"]]
    more = [
        {
            **known[0],
            "key": f"akteur-{at}",
            "label": {"de": f"Akteur {at}"},
            "short": {"de": f"A{at}"},
            "letter": letter,
        }
        for at, letter in enumerate(LETTERS[3:stakeholders], start=4)
    ]
    addressed = [who for who in content["stakeholders"] if not who["participates"]]
    content["stakeholders"] = [*known[:stakeholders], *more, *addressed]
    content["appraising"] = appraising
    keys = [who["key"] for who in (*known[:stakeholders], *more)]
    told = {"title": "Dialog", "place": "Ort", "held_on": DAY, "deletes_on": date(2027, 11, 23)}
    return Plan(**{**content, **told, "expected": dict.fromkeys(keys, 7), **what})


def a_room(random: Random, room_id: str = "d1", plan: Plan | None = None) -> Room:
    """Everything at random: sizes, groups, cards, votes, tables, appraisals, feedback; everything is revealed."""
    how = random.choice(("effect-feasibility", "effect-feasibility", "resistance"))
    plan = plan or a_plan(random.choice((2, 3, 3, 4, 6)), how)
    plan = plan.model_copy(update={"expected": {who.key: random.randint(0, 12) for who in plan.participating}})
    room = Room(room_id, plan)
    room.dialogue = {"step": Step.CLOSE, "voting": "revealed", "appraising": "revealed", "tables_shown": True}
    _people(room, random)
    _cards(room, random)
    _vote(room, random)
    _tables(room, random)
    _appraise(room, random)
    _answer(room, random)
    return room


def seeds(rooms: int) -> Any:
    """A property of so many rooms at random; what is given is the seed of one."""
    calm = settings(max_examples=rooms, deadline=None, database=None)
    return lambda test: calm(given(st.integers(0, 2**32))(test))


def _new_ids(kind: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{kind}{number:04}"


def _people(room: Room, random: Random) -> None:
    groups, people = _new_ids("g"), _new_ids("p")
    for place, key in enumerate(room.keys):
        size = random.choice((0, 1, 2, 3, 4, 4, 5, 6, 7, 9, 12, 14))
        letter = LETTERS[place]
        mine = [next(groups) for _ in range(random.choice((1, 1, 2, 3)))]
        for at, group_id in enumerate(mine, start=1):
            name = {"stakeholder": key, "name": f"{letter}{at}", "position": len(room.groups)}
            room.groups.append({"id": group_id, "round": 1, "revealed": random.random() < 0.95, **name})
        for at in range(size + random.choice((0, 0, 1))):
            told = {"stakeholder": key, "group_id": random.choice(mine), "left": at >= size}
            number = f"{len(room.participants):04}"
            room.participants.append({"id": next(people), "number": number, "arrival": int(number), **told})


def _cards(room: Room, random: Random) -> None:
    topics, cards = _new_ids("t"), _new_ids("c")
    everybody = [who.key for who in room.plan.stakeholders]
    for group in room.groups:
        authors = [person for person in room.participants if person["group_id"] == group["id"]]
        mine = []
        for at in range(random.randint(1, 4) if authors else 0):
            named = {"title": random.choice(("Ton", "Zeit", "Geld", "Wege", "")), "category": random.choice(CATEGORIES)}
            mine.append({"id": next(topics), "group_id": group["id"], "rank": float(at), "joined_to": None, **named})
        room.topics += mine
        for place, topic in enumerate(random.sample(mine, min(len(mine), 3)) if group["revealed"] else (), start=1):
            room.nominations.append({"group_id": group["id"], "place": place, "topic_id": topic["id"]})
        for author in authors:
            for _ in range(random.randint(0, 3)):
                room.cards.append(
                    {
                        "id": next(cards),
                        "group_id": group["id"],
                        "author_id": author["id"],
                        "valence": random.choice(("works", "fails")),
                        "text": f"Gedanke {random.randint(0, 10**6)}",
                        "topic_id": random.choice([None, *(topic["id"] for topic in mine)]),
                        "rank": random.random(),
                        "hidden": random.random() < 0.1,
                        "withdrawn": random.random() < 0.05,
                        "addressees": random.sample(everybody, random.randint(1, 3)),
                    }
                )
    nominated = [one["topic_id"] for one in room.nominations]
    for topic in room.topics:
        if topic["id"] in nominated[1:] and random.random() < 0.2:
            topic["joined_to"] = nominated[0]
    room.dialogue["chosen_topics"] = random.sample(ballot(room), min(2, len(ballot(room))))


def ballot(room: Room) -> list[str]:
    """What people vote on: every nominated topic, or the one it is joined to."""
    topics = {topic["id"]: topic for topic in room.topics}
    nominated = [topics[one["topic_id"]] for one in room.nominations]
    return list(dict.fromkeys(topic["joined_to"] or topic["id"] for topic in nominated))


def _vote(room: Room, random: Random) -> None:
    papers, topics, eager = _new_ids("b"), ballot(room), random.choice((0.0, 0.3, 0.8, 1.0))
    for person in room.here if topics else ():
        if random.random() < eager:
            chosen = random.sample(topics, random.randint(1, min(3, len(topics))))
            given = {"stakeholder": person["stakeholder"], "votes": {topic: random.randint(1, 2) for topic in chosen}}
            room.ballots.append({"id": next(papers), "participant_id": person["id"], **given})


def _tables(room: Room, random: Random) -> None:
    tables, count = _new_ids("m"), random.randint(1, 4)
    for at in range(1, count + 1):
        named = {"stakeholder": "", "name": str(at), "position": 100 + at, "revealed": False}
        group = {"id": next(tables), "round": 2, **named}
        room.groups.append(group)
        topic = random.choice([None, *room.dialogue["chosen_topics"]])
        room.tables.append({"group_id": group["id"], "topic_id": topic})
    seated = [table["group_id"] for table in room.tables]
    room.seats = [{"participant_id": person["id"], "table_id": random.choice(seated)} for person in room.here]
    for kind, rows in (("v", room.visions), ("n", room.benefits), ("s", room.proposals)):
        ids = _new_ids(kind)
        for at in range(1, random.randint(1, 6)):
            table = random.choice(room.tables)
            row = {"id": next(ids), "table_id": table["group_id"], "topic_id": table["topic_id"], "number": at}
            rows.append({**row, **_said(kind, at, room, random)})
    if room.proposals:
        promised = {"who": "Amt", "what": "Ruft an", "until": date(2027, 1, 1), "review_on": None, "number": 1}
        room.commitments.append({"id": "a1", "proposal_id": room.proposals[0]["id"], **promised})


def _said(kind: str, at: int, room: Room, random: Random) -> Row:
    if kind == "v":
        return {"text": f"Ideal {at}", "plain": ""}
    if kind == "n":
        return {"text": f"Vorteil {at}", "stakeholder": random.choice(room.keys)}
    answered = random.sample([card["id"] for card in room.cards], min(2, len(room.cards)))
    level = random.choice(("A", "B", "C", None))
    found = {"level": level, "process_step": random.choice(("1", "2", None)) if level == "B" else None}
    return {"title": f"Vorschlag {at}", "what": "Was", "first_step": "", "card_ids": answered, **found}


def _appraise(room: Room, random: Random) -> None:
    ids, resisting = _new_ids("r"), room.plan.appraising == "resistance"
    what: list[str | None] = [proposal["id"] for proposal in room.proposals]
    for proposal in [*what, None] if resisting else what:
        eager = random.choice((0.2, 0.7, 1.0, 1.0))
        for person in room.here:
            if random.random() < eager:
                effect, feasibility = random.randint(1, 5), random.choice((1, 2, 3, 4, 5, 5, None))
                marks = {"effect": effect, "feasibility": feasibility, "resistance": None}
                if resisting:
                    marks = {"effect": None, "feasibility": None, "resistance": random.randint(0, 10)}
                given = {"participant_id": person["id"], "paper_id": person["id"], "stakeholder": person["stakeholder"]}
                room.appraisals.append({"id": next(ids), "proposal_id": proposal, **given, **marks})


def _answer(room: Room, random: Random) -> None:
    ids, eager = _new_ids("f"), random.choice((0.2, 0.8, 1.0))
    asked = [question.key for question in room.plan.feedback]
    for person in room.here:
        if random.random() < eager:
            answers = {key: random.randint(1, 5) for key in asked if random.random() < 0.8}
            sentence = f"Satz {random.randint(0, 10**6)}" if random.random() < 0.3 else ""
            given = {"participant_id": person["id"], "stakeholder": person["stakeholder"]}
            room.feedback.append({"id": next(ids), "answers": answers, "sentence": sentence, **given})


def write(store: Store, room: Room) -> None:
    """Write the rows of a room into the database; ids are made those of the room."""
    with store.writing() as db:
        if db.get(Forum, "forum") is None:
            db.add(Forum(id="forum", name="Forum Nord"))
            db.flush()
        _write(db, room, Ids(room.id))


class Ids:
    """Ids of the rows of one room, in the order of the plain ones."""

    def __init__(self, room_id: str) -> None:
        self.of = room_id

    def __call__(self, plain: str | None) -> str | None:
        return f"{self.of}-{plain}" if plain else None

    def row(self, row: Row, *but: str) -> Row:
        """A row with the ids of this room, and with the columns left out that are rows elsewhere."""
        kept = {key: value for key, value in row.items() if key not in but}
        for key in kept:
            if key == "id" or key.endswith("_id") or key == "joined_to":
                kept[key] = self(kept[key])
            elif key in ("card_ids", "chosen_topics"):
                kept[key] = [self(one) for one in kept[key]]
        return kept


def _write(db: Db, room: Room, ids: Ids) -> None:
    plan = room.plan
    held = {"title": plan.title, "place": plan.place, "held_on": plan.held_on, "deletes_on": plan.deletes_on}
    stage = {"step_began_at": NOON, "code": room.id[-6:].rjust(6, "X"), "forum_id": "forum", "closed": False}
    row = {**held, **stage, "plan": plan.model_dump(mode="json"), **ids.row(room.dialogue)}
    db.add(Dialogue(id=room.id, **row))
    db.flush()

    def add(kind: type[Any], rows: Sequence[Row], *but: str, dialogue: bool = True) -> None:
        of = {"dialogue_id": room.id} if dialogue else {}
        db.add_all(kind(**of, **ids.row(one, *but)) for one in rows)
        db.flush()

    add(Group, room.groups)
    add(Participant, room.participants)
    add(Topic, [{**topic, "joined_to": None} for topic in room.topics])
    for topic in room.topics:
        if topic["joined_to"]:
            db.get_one(Topic, ids(topic["id"])).joined_to = ids(topic["joined_to"])
    add(Card, room.cards, "addressees")
    for card in room.cards:
        for at, to in enumerate(card["addressees"]):
            db.add(CardAddressee(card_id=ids(card["id"]) or "", addressee=to, position=at))
    add(Nomination, room.nominations, dialogue=False)
    add(BallotPaper, room.ballots, "votes")
    for paper in room.ballots:
        for topic_id, count in paper["votes"].items():
            db.add(Vote(ballot_id=ids(paper["id"]) or "", topic_id=ids(topic_id) or "", count=count))
    add(Table, room.tables, dialogue=False)
    add(Seat, room.seats)
    for kind, rows in ((Vision, room.visions), (Benefit, room.benefits), (Proposal, room.proposals)):
        add(kind, rows)
    add(Appraisal, room.appraisals)
    add(Commitment, room.commitments)
    add(FeedbackPaper, room.feedback)
