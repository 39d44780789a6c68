"""Move a topic to another place on its board."""

from dataclasses import dataclass

from dialog import queries
from dialog.acting import Command
from dialog.events import Happening, TopicPlaced
from dialog.models import Topic
from dialog.on_board import run_topic
from dialog.ranking import place_before, renumbered
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceTopic(Command):
    """`before` is the topic to stand in front of, None the end."""

    topic_id: str
    before: str | None = None


def place_topic(db: Db, command: PlaceTopic) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed."""
    topic = run_topic(db, command, command.topic_id)
    others = [t for t in queries.topics(db, command.dialogue_id, topic.group_id) if t.id != topic.id]
    order = [(other.id, other.rank) for other in others]
    rank = place_before(order, command.before)
    if rank is not None:
        return [] if rank == topic.rank else [_placed(topic, rank)]
    order = renumbered(order)
    fresh_rank = place_before(order, command.before)
    assert fresh_rank is not None
    moved = [_placed(other, new) for other, (_, new) in zip(others, order, strict=True)]
    return [*moved, _placed(topic, fresh_rank)]


def _placed(topic: Topic, rank: float) -> TopicPlaced:
    return TopicPlaced(topic_id=topic.id, group_id=topic.group_id, rank=rank, was_rank=topic.rank)
