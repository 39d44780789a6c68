"""A dialogue held for the reports: 23 people, cards of every kind, a vote; and its workbook, opened again."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dialog import queries
from dialog.acting import Actor, board_scope
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.categorise_topic import categorise_topic
from dialog.commands.close_voting import close_voting
from dialog.commands.hide_card import hide_card
from dialog.commands.join_topics import join_topics
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.reveal_cards import reveal_cards
from dialog.commands.reveal_result import reveal_result
from dialog.commands.withdraw_card import withdraw_card
from dialog.format import Plan
from dialog.journal import Outcome, carry_out
from dialog.store import Db, Store
from dialog.words import Step, Valence
from exports.report import Report, read_report
from exports.sheets import book
from exports.workbook import write_workbook
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, Person, small_plan

TODAY = date(2026, 11, 24)
PEOPLE = {JOBCENTER: 12, TRAEGER: 6, BERECHTIGTE: 5}
ADDRESSEES = (JOBCENTER, TRAEGER, BERECHTIGTE, "politik", "medien")
CATEGORIES = ("kommunikation", "motivation", None)

ESCAPED = re.compile("_x([0-9A-F]{4})_")


class InOneGo(Afternoon):
    """An afternoon that can be carried out in one transaction, which is faster than one for each act."""

    db: Db | None = None

    @contextmanager
    def in_one_go(self) -> Iterator[None]:
        with self.store.writing() as self.db:
            yield
        self.db = None

    def perform(self, act: Callable[..., Any], command: Any) -> Outcome:
        return carry_out(self.db, act, command) if self.db else super().perform(act, command)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        if self.db is not None:
            yield self.db
        else:
            with super().reading() as db:
                yield db


class Held:
    """A dialogue that goes on until a test has what it needs."""

    def __init__(self, store: Store, seed: int = 1, plan: Plan | None = None) -> None:
        self.store, self.random = store, Random(seed)
        self.afternoon = InOneGo(store, plan or small_plan(expected=PEOPLE))
        self.people: list[Person] = []
        self.topics: dict[str, list[str]] = {}

    def people_arrive(self) -> None:
        self.people = [self.afternoon.join(key) for key, count in PEOPLE.items() for _ in range(count)]

    def people_write(self, count: int = 40) -> None:
        self.afternoon.go(Step.COLLECT)
        for number in range(count):
            author = self.people[number * 7 % len(self.people)]
            addressees = self.random.sample(ADDRESSEES, self.random.randint(1, 3))
            valence = self.random.choice(list(Valence))
            card = self.afternoon.write(author.actor, f"Gedanke {number}", valence, addressees=addressees)
            if number % 13 == 5:
                self.afternoon.act(withdraw_card, author.actor, card_id=card)

    def groups_sort(self) -> None:
        """Three topics each, with and without a category; some cards stay unsorted, every ninth is hidden."""
        self.afternoon.cockpit(reveal_cards)
        self.afternoon.go(Step.SORT)
        for group_id in self._groups():
            with self.afternoon.reading() as db:
                cards = [card.id for card in queries.cards(db, self.afternoon.id, group_id)]
            self.topics[group_id] = []
            for at, category in enumerate(CATEGORIES):
                topic = self.afternoon.topic(group_id, f"Thema {at}", tuple(cards[at :: len(CATEGORIES) + 1]))
                self.topics[group_id].append(topic)
                if category:
                    self.afternoon.on_board(group_id, categorise_topic, topic_id=topic, category=category)
            for card in cards[::9]:
                self.afternoon.act(hide_card, scope=board_scope(group_id), card_id=card)

    def groups_nominate(self) -> None:
        self.afternoon.go(Step.NOMINATE)
        for group_id, topics in self.topics.items():
            sender = next(person for person in self.people if person.group_id == group_id)
            chosen = [topics[2], topics[0]]
            self.afternoon.act(nominate_topics, sender.actor, group_id=group_id, topic_ids=chosen)

    def people_vote(self) -> None:
        """Two topics are joined; every fifth person abstains."""
        self.afternoon.go(Step.WEIGH)
        first, second, _ = self.topics.values()
        self.afternoon.cockpit(join_topics, topic_id=second[0], into=first[0])
        self.afternoon.cockpit(open_voting)
        with self.afternoon.reading() as db:
            ballot = [topic.id for topic in queries.ballot_topics(db, self.afternoon.id)]
        for at, person in enumerate(self.people):
            if at % 5:
                votes = dict.fromkeys(self.random.sample(ballot, self.random.randint(1, 3)), 1)
                self.afternoon.act(cast_ballot, Actor(person.actor.role, person.id), votes=votes)

    def result_is_revealed(self) -> None:
        self.afternoon.cockpit(close_voting)
        self.afternoon.cockpit(reveal_result)
        self.afternoon.go(Step.MIRROR)

    def up_to_the_vote(self) -> "Held":
        with self.afternoon.in_one_go():
            self.people_arrive()
            self.people_write()
            self.groups_sort()
            self.groups_nominate()
            self.people_vote()
        return self

    def whole_round(self) -> "Held":
        self.up_to_the_vote().result_is_revealed()
        return self

    def report(self) -> Report:
        with self.afternoon.reading() as db:
            return read_report(db, self.afternoon.id, TODAY)

    def workbook(self, folder: Path) -> Workbook:
        path = folder / "workbook.xlsx"
        write_workbook(book(self.report()), path)
        return load_workbook(path)

    def _groups(self) -> list[str]:
        with self.afternoon.reading() as db:
            return [group.id for group in queries.groups(db, self.afternoon.id)]


def below(sheet: Worksheet, heading: str | None) -> list[dict[str, Any]]:
    """The rows of the table under a heading, by column head, without the row of totals; None is the first table."""
    found = tables(sheet)[heading]
    return [row for row in found if next(iter(row.values())) != "Zusammen"]


def totals(sheet: Worksheet, heading: str | None) -> dict[str, Any]:
    return next(row for row in tables(sheet)[heading] if next(iter(row.values())) == "Zusammen")


def tables(sheet: Worksheet) -> dict[str | None, list[dict[str, Any]]]:
    """Every table of a sheet by its heading. A head is a row of filled cells."""
    found: dict[str | None, list[dict[str, Any]]] = {}
    heading: str | None = None
    heads: Sequence[str] = ()
    for cells in sheet.iter_rows(min_row=5):
        values = [cell.value for cell in cells]
        if cells[0].value is None and all(value is None for value in values):
            heads, heading = (), None
        elif cells[0].fill.fill_type == "solid" and cells[0].font.color.rgb.endswith("FFFFFF"):
            heads = [str(value) for value in values if value is not None]
            found[heading] = []
        elif heads:
            found[heading].append(dict(zip(heads, values, strict=False)))
        else:
            heading = heading or str(cells[0].value)
    return found


def facts(sheet: Worksheet) -> Mapping[str, Any]:
    """What the first block says, up to the first empty line."""
    said = {}
    for name, value in sheet.iter_rows(min_row=6, max_col=2, values_only=True):
        if name is None:
            break
        said[str(name)] = value
    return said


def all_text(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


def plain(stakeholder: str) -> str:
    """The name of a stakeholder without its sign."""
    return stakeholder.partition(" ")[2]


def unescaped(text: str) -> str:
    """What Excel shows for a stored text."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
