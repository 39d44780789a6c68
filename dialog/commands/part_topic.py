"""Let a topic stand by itself on the ballot again."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicJoined
from dialog.models import Topic
from dialog.store import Db
from dialog.words import Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class PartTopic(Command):
    topic_id: str


def part_topic(db: Db, command: PartTopic) -> list[Happening]:
    """Raises NoSuchThing, or VotesAlreadyThere once the vote is open."""
    preparing = queries.dialogue(db, command.dialogue_id).voting == Voting.PREPARING
    if not preparing or queries.votes_given(db, command.dialogue_id):
        raise errors.VotesAlreadyThere()
    topic = db.get(Topic, command.topic_id)
    if topic is None or topic.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    if topic.joined_to is None:
        return []
    return [TopicJoined(topic_id=topic.id, joined_to=None, was_joined_to=topic.joined_to)]
