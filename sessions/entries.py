"""What tables write, as every screen draws it.

    {% from "parts/entries.html" import vision_card, benefit_card, proposal_card %}
    {{ proposal_card(entry, entry_settings(plan), table=table) }}

An entry is an `EntryState`, or the same as plain values from a board; a table is a `TableShown`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import queries, table_queries
from dialog.format import Plan
from dialog.models import Dialogue, Group
from dialog.store import Db
from sessions.language import words
from sessions.stakeholders import Who, everybody_addressed, taking_part
from sessions.table_signs import table_sign


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShown:
    """A level of proposals, or a step of the process: its key and its words in the reader's language."""

    key: str
    label: str
    in_process: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySettings:
    """What the macros of entries and cards take as `settings`."""

    stakeholders: Sequence[Who]
    taking_part: Sequence[Who]
    levels: Sequence[LevelShown]
    process_steps: Sequence[LevelShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """A mixed table: its number, the sign and word by which people find it, and what it works on ("" for nothing)."""

    id: str
    name: str
    sign: str
    word: str
    topic_id: str | None
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidShown:
    """A card of round 1 in the shape of the macro `card`, with the stakeholder of the group that wrote it."""

    id: str
    valence: str
    text: str
    addressees: Sequence[str]
    author: str
    hidden: bool = False


def entry_settings(plan: Plan) -> EntrySettings:
    return EntrySettings(
        stakeholders=everybody_addressed(plan),
        taking_part=taking_part(plan),
        levels=[
            LevelShown(key=level.key, label=words(level.label), in_process=level.in_process) for level in plan.levels
        ],
        process_steps=[
            LevelShown(key=step.key, label=words(step.label), in_process=True) for step in plan.process_steps
        ],
    )


def topic_titles(db: Db, dialogue_id: str) -> dict[str, str]:
    """The titles of all topics, by id."""
    return {topic.id: topic.title for topic in queries.topics(db, dialogue_id)}


def all_tables(db: Db, dialogue_id: str) -> dict[str, TableShown]:
    """All tables in order, by id. The caller asks whether people have been shown them."""
    titles = topic_titles(db, dialogue_id)
    shown = {}
    for table in table_queries.tables(db, dialogue_id):
        sign, word = table_sign(table.position)
        topic = titles.get(table.topic_id or "", "")
        shown[table.id] = TableShown(
            id=table.id, name=table.name, sign=sign, word=word, topic_id=table.topic_id, topic=topic
        )
    return shown


def said_on(db: Db, dialogue: Dialogue, topic_id: str | None) -> list[SaidShown]:
    """What was said on a topic in round 1, by whose group and to whom; never by which person."""
    cards = table_queries.topic_cards(db, dialogue.id, topic_id)
    authors = {group_id: db.get_one(Group, group_id).stakeholder for group_id in {card.group_id for card in cards}}
    return [
        SaidShown(
            id=card.id,
            valence=card.valence,
            text=card.text,
            addressees=tuple(card.addressees),
            author=authors[card.group_id],
        )
        for card in cards
    ]
