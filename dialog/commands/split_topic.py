"""Take some cards out of a topic into a new one beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicMade, TopicState
from dialog.on_board import cards_in, placed, run_topic
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class SplitTopic(Command):
    topic_id: str
    card_ids: Sequence[str]


def split_topic(db: Db, command: SplitTopic) -> list[Happening]:
    """Raises NothingToSplit, NoSuchThing, NotYourGroup or NotRevealed."""
    topic = run_topic(db, command, command.topic_id)
    inside = cards_in(db, topic, topic.id)
    chosen = [card for card in inside if card.id in set(command.card_ids)]
    if not chosen or len(chosen) == len(inside):
        raise errors.NothingToSplit()
    later = [t.rank for t in queries.topics(db, command.dialogue_id, topic.group_id) if t.rank > topic.rank]
    new = TopicState(
        id=command.new_id("topic"),
        group_id=topic.group_id,
        title="",
        category=topic.category,
        rank=(topic.rank + min(later)) / 2 if later else topic.rank + 1.0,
    )
    moved = [placed(card, new.id, float(at)) for at, card in enumerate(chosen, start=1)]
    return [TopicMade(topic=new), *moved]
