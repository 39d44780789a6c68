"""Read-only selects over all dialogues of a forum: what its comparison needs beside what each dialogue contributes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from dialog import queries
from dialog.comparison.values import Comparable, Names
from dialog.models import Card, CardAddressee, Dialogue, ForumCategory, Group, Topic
from dialog.store import Db


def names(db: Db, forum_id: str) -> Names:
    """What the forum calls the categories of its formats."""
    rows = db.scalars(select(ForumCategory).where(ForumCategory.forum_id == forum_id))
    return Names({(row.format, row.category): row.label for row in rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurring:
    """A category of a format that occurs in the forum's dialogues. `labels` are what their plans call it."""

    format: str
    format_name: str
    category: str
    labels: tuple[str, ...]
    dialogues: int


def held(db: Db, forum_id: str, closed_only: bool) -> list[Dialogue]:
    """The dialogues of a forum that can be compared, the newest day first: what was only practised never counts."""
    return [one for one in queries.dialogues(db, forum_id) if not one.rehearsal and (one.closed or not closed_only)]


def comparable(one: Dialogue) -> Comparable:
    """A dialogue, as far as choosing goes."""
    return Comparable(
        dialogue_id=one.id,
        title=one.title,
        place=one.place,
        held_on=one.held_on,
        format=one.plan["key"],
        format_name=one.plan["name"]["de"],
        closed=one.closed,
    )


def occurring(db: Db, dialogues: Sequence[Dialogue]) -> list[Occurring]:
    """Every category of these dialogues' plans, and those of topics that are no longer in a plan, format by format."""
    found: dict[tuple[str, str], tuple[str, dict[str, None], set[str]]] = {}
    of: dict[str, tuple[str, str]] = {}
    for one in dialogues:
        plan = one.plan
        of[one.id] = (plan["key"], plan["name"]["de"])
        for category in plan["categories"]:
            row = found.setdefault((plan["key"], category["key"]), (plan["name"]["de"], {}, set()))
            row[1][category["label"]["de"]] = None
            row[2].add(one.id)
    used = (
        select(Topic.dialogue_id, Topic.category)
        .join(Group, Group.id == Topic.group_id)
        .where(Topic.dialogue_id.in_(of), Topic.category.is_not(None), Group.revealed)
    )
    for dialogue_id, used_key in db.execute(used.distinct()):
        key = str(used_key)
        format, name = of[dialogue_id]
        _name, labels, where = found.setdefault((format, key), (name, {}, set()))
        if not labels:
            labels[key] = None
        where.add(dialogue_id)
    lines = [
        Occurring(format=format, format_name=name, category=category, labels=tuple(labels), dialogues=len(where))
        for (format, category), (name, labels, where) in found.items()
    ]
    return sorted(lines, key=lambda line: (line.format_name, line.format))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Cards of one dialogue by what they are; empty texts and None leave a thing open.

    `categories` are keys of the dialogue's format, None among them stands for cards without one.
    """

    dialogue_id: str
    who: str
    to: str
    valence: str
    categories: frozenset[str | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTold:
    """An open card that is not hidden."""

    id: str
    dialogue_id: str
    who: str
    valence: str
    text: str
    addressees: tuple[str, ...]
    topic: str
    category: str | None


def cards(db: Db, chosen: Chosen, offset: int, most: int) -> list[CardTold]:
    """Some of the chosen cards, in the order in which they lie; hidden ones and those not revealed never."""
    rows = db.execute(_open_cards(chosen).order_by(Card.rank, Card.id).offset(offset).limit(most))
    return [
        CardTold(
            id=card.id,
            dialogue_id=card.dialogue_id,
            who=who,
            valence=card.valence,
            text=card.text,
            addressees=card.addressees,
            topic=topic or "",
            category=category,
        )
        for card, who, topic, category in rows
    ]


def _open_cards(chosen: Chosen) -> Select[Card, str, str | None, str | None]:
    found = (
        select(Card, Group.stakeholder, Topic.title, Topic.category)
        .join(Group, Group.id == Card.group_id)
        .join(Topic, Topic.id == Card.topic_id, isouter=True)
        .where(Card.dialogue_id == chosen.dialogue_id, Card.withdrawn.is_(False), Card.hidden.is_(False))
        .where(Group.revealed)
    )
    if chosen.who:
        found = found.where(Group.stakeholder == chosen.who)
    if chosen.valence:
        found = found.where(Card.valence == chosen.valence)
    if chosen.to:
        spoken_to = select(CardAddressee.card_id).where(CardAddressee.addressee == chosen.to)
        found = found.where(Card.id.in_(spoken_to.where(CardAddressee.card_id == Card.id)))
    if chosen.categories is not None:
        named = Topic.category.in_([key for key in chosen.categories if key is not None])
        found = found.where(named | Topic.category.is_(None) if None in chosen.categories else named)
    return found
