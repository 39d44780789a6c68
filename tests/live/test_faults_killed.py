"""The server is killed at random moments while many people write, vote, sort and edit.

Whatever was acknowledged is there exactly once; what was not arrives with the same key exactly once; every screen shows
what a fresh load shows; all that within five seconds after the server is back. `FAULT_ROUNDS` says how often it is
killed, `FAULT_PEOPLE` how many people there are.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import select

from dialog import queries, table_queries
from dialog.models import Card, Topic
from dialog.store import Store
from tests.bench.phones import board_of, cockpit_of, phone_of
from tests.live.counted import counted
from tests.live.crowd import Crowd, Device, Ledger, busyness, crowd
from tests.live.hall import SECRET_KEY, Guest, Hall, quiet
from tests.live.second_half import STAKEHOLDERS
from tests.loops import run
from tests.server import Server

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
PEOPLE = int(os.environ.get("FAULT_PEOPLE", "18"))
BACK_WITHIN = float(os.environ.get("FAULT_BACK", "15"))
"""Seconds after the server answers again; `FAULT_BACK=5` measures it alone, other tests beside it take their time."""
PAUSE = 0.3
"""Seconds between two acts of a person, about: nobody is so quick."""
MOST_STANDING = 8
TOPICS = 3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error").start()
    yield server
    server.stop()
    quiet(server)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    store = Store(f"sqlite:///{server.folder / 'dialog.sqlite'}")
    yield store
    store.dispose()


class Writer:
    """Writes cards, changes and withdraws them; knows which texts must stand."""

    path, kind = "cards", "card"

    def __init__(self, hall: Hall, guest: Guest) -> None:
        self.hall, self.guest = hall, guest
        self.standing: dict[str, str] = {}
        self.number = 0

    async def live(self, device: Device) -> None:
        home, self.number = f"/d/{self.hall.id}", self.number + 1
        text = f"Gedanke {self.number} von {self.guest.number}"
        chance = random.random()
        if not self.standing or (chance < 0.6 and len(self.standing) < MOST_STANDING):
            told = await device.does(f"{home}/{self.path}", self.written(text))
            self.standing[told[self.kind]] = text
        elif chance < 0.85:
            thing = random.choice(list(self.standing))
            changed = self.changed(text, self.standing[thing])
            await device.does(f"{home}/{self.kind_path}/{thing}", changed)
            self.standing[thing] = text
        else:
            thing = random.choice(list(self.standing))
            await device.does(f"{home}/{self.kind_path}/{thing}/withdraw", {})
            del self.standing[thing]

    kind_path = "cards"

    def written(self, text: str) -> dict[str, Any]:
        return {"valence": "fails", "text": text, "addressees": ["jobcenter"]}

    def changed(self, text: str, _was: str) -> dict[str, Any]:
        return self.written(text)


class TableWriter(Writer):
    """The same with sentences of the ideal at a table."""

    path, kind, kind_path = "write/vision", "entry", "entries"

    def written(self, text: str) -> dict[str, Any]:
        return {"text": text, "plain": ""}

    def changed(self, text: str, was: str) -> dict[str, Any]:
        return {"text": text, "plain": "", "was": f'{{"kind": "vision", "text": "{was}", "plain": ""}}'}


class Voter:
    """Changes the votes again and again; the last ballot counts."""

    def __init__(self, hall: Hall, guest: Guest, topics: list[str]) -> None:
        self.hall, self.guest, self.topics = hall, guest, topics
        self.chosen: list[str] = []

    async def live(self, device: Device) -> None:
        others = [topic for topic in self.topics if topic not in self.chosen]
        chosen = random.sample(others, min(len(others), random.randint(1, 2))) + random.sample(
            self.chosen, 1 if self.chosen else 0
        )
        await device.does(f"/d/{self.hall.id}/ballot", {"topic": chosen})
        self.chosen = chosen


class Sorter:
    """A tablet that brings paper cards from one topic to the other and gives the topics names."""

    def __init__(self, hall: Hall, group_id: str, topics: list[str], cards: list[str]) -> None:
        self.hall, self.group_id, self.topics = hall, group_id, topics
        self.lies: dict[str, str] = dict.fromkeys(cards, "none")
        self.titles: dict[str, str] = {}
        self.number = 0

    async def live(self, device: Device) -> None:
        home, self.number = f"/b/{self.hall.id}/{self.group_id}", self.number + 1
        if random.random() < 0.3:
            topic, title = random.choice(self.topics), f"Name {self.number}"
            await device.does(f"{home}/topics/{topic}/name", {"title": title})
            self.titles[topic] = title
        else:
            card = random.choice(list(self.lies))
            place = random.choice([place for place in ("none", *self.topics) if place != self.lies[card]])
            await device.does(f"{home}/cards/place", {"card": [card], "topic": place})
            self.lies[card] = place


class Room:
    """One dialogue in the middle of its afternoon, with everybody who acts in it."""

    def __init__(self, server: Server, store: Store, people: int, ledger: Ledger) -> None:
        more = {"cards_per_person": 100, "entries_per_table": 500, "people_per_group": 12}
        self.hall, self.ledger = Hall(server, store, people, **more), ledger
        self.guests = [self.hall.joins(STAKEHOLDERS[number % 3]) for number in range(people)]
        self.lives: list[tuple[Device, Any]] = []

    def device(self, cookie: str, greeting: dict[str, str]) -> Device:
        return Device(self.hall.server.port, f"dialog={cookie}", greeting, self.ledger)

    def phone(self, guest: Guest) -> Device:
        return self.device(guest.cookie, phone_of(self.hall.id))

    def watchers(self) -> list[Device]:
        """Screens on which nobody does anything."""
        return [self.device(self.hall.mara.cookie, cockpit_of(self.hall.id))]

    def topics(self, group_id: str) -> list[str]:
        made = [
            self.hall.mara.post(f"/b/{self.hall.id}/{group_id}/topics", title=f"Thema {number}").json()["topic"]
            for number in range(TOPICS)
        ]
        return list(made)


class WritingRoom(Room):
    def __init__(self, server: Server, store: Store, people: int, ledger: Ledger) -> None:
        super().__init__(server, store, people, ledger)
        hall = self.hall
        hall.goes_to("sort")
        hall.moderates("reveal_cards", group_id="")
        self.writers = [Writer(hall, guest) for guest in self.guests]
        self.sorters = []
        for group_id in dict.fromkeys(guest.group_id for guest in self.guests):
            for number in range(4):
                paper = {"valence": "works", "text": f"Papier {number} in {group_id}", "addressees": ["jobcenter"]}
                hall.mara.does(f"/b/{hall.id}/{group_id}/paper", **paper)
            with store.reading() as db:
                paper_cards = select(Card.id).where(Card.group_id == group_id, Card.paper.is_(True))
                cards = list(db.scalars(paper_cards))
            self.sorters.append(Sorter(hall, group_id, self.topics(group_id), cards))
        self.lives = [(self.phone(writer.guest), writer.live) for writer in self.writers]
        for sorter in self.sorters:
            self.lives.append((self.device(hall.mara.cookie, board_of(hall.id, sorter.group_id)), sorter.live))

    def holds(self, store: Store) -> None:
        """Each card stands as its writer was told, once; each paper card lies where it was last put."""
        wanted = Counter(text for writer in self.writers for text in writer.standing.values())
        with store.reading() as db:
            cards = queries.cards(db, self.hall.id)
            assert Counter(card.text for card in cards if not card.paper and not card.withdrawn) == wanted
            lies = {card.id: card.topic_id or "none" for card in cards if card.paper}
            titles = {
                topic.id: topic.title for topic in db.scalars(select(Topic).where(Topic.dialogue_id == self.hall.id))
            }
        for sorter in self.sorters:
            assert sorter.lies == {card_id: lies[card_id] for card_id in sorter.lies}
            assert sorter.titles == {topic_id: titles[topic_id] for topic_id in sorter.titles}


class VotingRoom(Room):
    def __init__(self, server: Server, store: Store, people: int, ledger: Ledger) -> None:
        super().__init__(server, store, people, ledger)
        hall = self.hall
        hall.goes_to("sort")
        hall.moderates("reveal_cards", group_id="")
        homes = {guest.group_id: guest for guest in self.guests}
        topics = {group_id: self.topics(group_id) for group_id in homes}
        hall.goes_to("nominate")
        for group_id, guest in homes.items():
            ranks = {f"rank-{place}": topic for place, topic in enumerate(topics[group_id], start=1)}
            guest.browser.does(f"/d/{hall.id}/nominations", **ranks)
        hall.goes_to("weigh")
        hall.moderates("open_voting")
        every = [topic for group in topics.values() for topic in group]
        self.voters = [Voter(hall, guest, every) for guest in self.guests]
        self.lives = [(self.phone(voter.guest), voter.live) for voter in self.voters]

    def holds(self, store: Store) -> None:
        with store.reading() as db:
            for voter in self.voters:
                assert queries.ballot_of(db, voter.guest.id) == dict.fromkeys(voter.chosen, 1)


class TableRoom(Room):
    def __init__(self, server: Server, store: Store, people: int, ledger: Ledger) -> None:
        super().__init__(server, store, people, ledger)
        self.hall.goes_to("mix")
        self.hall.moderates("draw_mixed_groups", tables=max(2, people // 5))
        self.hall.moderates("show_tables")
        self.hall.goes_to("envision")
        self.writers = [TableWriter(self.hall, guest) for guest in self.guests]
        self.lives = [(self.phone(writer.guest), writer.live) for writer in self.writers]

    def holds(self, store: Store) -> None:
        wanted = Counter(text for writer in self.writers for text in writer.standing.values())
        with store.reading() as db:
            tables = [table.id for table in table_queries.tables(db, self.hall.id)]
            entries = [entry for table_id in tables for entry in table_queries.entries(db, self.hall.id, table_id)]
            assert Counter(entry.content.model_dump()["text"] for entry in entries) == wanted


def test_a_killed_server_loses_and_doubles_nothing(server: Server, store: Store) -> None:
    ledger = Ledger()
    people = max(6, PEOPLE // 9 * 3)
    rooms = [kind(server, store, people, ledger) for kind in (WritingRoom, VotingRoom, TableRoom)]
    since = {room.hall.id: room.hall.seq() for room in rooms}
    back = run(kills(server, rooms, ledger))
    counts = ledger.against(store, since, since)
    counted(
        "the server is killed",
        {
            "killed": ROUNDS,
            "people": len(rooms) * people,
            **counts,
            "back s": round(median(back), 2),
            "worst": round(max(back), 2),
        },
    )
    for room in rooms:
        room.holds(store)
    wrong = {name: counts[name] for name in ("lost", "doubled", "never asked for", "refused", "gaps")}
    assert not any(wrong.values()), (wrong, ledger.refused)
    assert counts["acknowledged"] == counts["sent"] > ROUNDS * people
    assert counts["retried"] > 0, "the server was killed in the middle of something"


async def kills(server: Server, rooms: list[Any], ledger: Ledger) -> list[float]:
    """Seconds from the server's first answer until everything was acknowledged and shown everywhere, each time."""
    devices = [device for room in rooms for device, _life in room.lives]
    watchers = [device for room in rooms for device in room.watchers()]
    back = []
    async with crowd([*devices, *watchers], ledger) as people:
        for room in rooms:
            for device, life in room.lives:
                people.employ(device, life, PAUSE)
        for _round in range(ROUNDS):
            people.begin()
            await asyncio.sleep(random.uniform(0.3, 1.3))
            before = ledger.retried
            await asyncio.to_thread(server.kill)
            while ledger.retried == before:  # Somebody has noticed.
                await asyncio.sleep(0.01)
            people.rest()
            await asyncio.to_thread(server.start)
            back.append(await all_is_well(people))
    return back


async def all_is_well(people: Crowd) -> float:
    """Seconds until nothing is unsent and every screen is as fresh as a new one. Raises AssertionError if too many."""
    began, busy = time.monotonic(), busyness()
    await people.rested(60)
    await people.shows_the_newest(60)
    took = (time.monotonic() - began) / max(1.0, (busy + busyness()) / 2)
    assert took < BACK_WITHIN
    return took
