"""Put all cards of one topic into another of the same board.

The other keeps its name and category, or takes the only ones there are.
"""

from dataclasses import dataclass

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening, TopicCategorised
from dialog.on_board import cards_in, named, placed, run_topic, taken_away
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeTopics(Command):
    topic_id: str
    into: str


def merge_topics(db: Db, command: MergeTopics) -> list[Happening]:
    """Raises SameTopic, NoSuchThing, NotYourGroup, NotRevealed or VotesAlreadyThere."""
    topic = run_topic(db, command, command.topic_id)
    into = run_topic(db, command, command.into)
    if topic.id == into.id:
        raise errors.SameTopic()
    if topic.group_id != into.group_id:
        raise errors.NotYourGroup()
    last = max((card.rank for card in cards_in(db, into, into.id)), default=0.0)
    happenings: list[Happening] = [
        placed(card, into.id, last + at) for at, card in enumerate(cards_in(db, topic, topic.id), start=1)
    ]
    if topic.title and not into.title:
        happenings.append(named(db, into, topic.title))
    if topic.category and not into.category:
        happenings.append(
            TopicCategorised(
                topic_id=into.id, group_id=into.group_id, category=topic.category, was_category=into.category
            )
        )
    return [*happenings, *taken_away(db, topic, heir=into)]
