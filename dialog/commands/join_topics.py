"""Let two groups' topics that mean the same be voted on as one. Each group keeps its own cards."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicJoined
from dialog.store import Db
from dialog.words import Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinTopics(Command):
    """The ballot then shows `into` for both."""

    topic_id: str
    into: str


def join_topics(db: Db, command: JoinTopics) -> list[Happening]:
    """Raises SameTopic, NotOnTheBallot, or VotesAlreadyThere once the vote is open."""
    preparing = queries.dialogue(db, command.dialogue_id).voting == Voting.PREPARING
    if not preparing or queries.votes_given(db, command.dialogue_id):
        raise errors.VotesAlreadyThere()
    heads = {topic.id for topic in queries.ballot_topics(db, command.dialogue_id)}
    if command.topic_id == command.into:
        raise errors.SameTopic()
    if not {command.topic_id, command.into} <= heads:
        raise errors.NotOnTheBallot()
    return [
        TopicJoined(topic_id=topic.id, joined_to=command.into, was_joined_to=topic.joined_to)
        for topic in queries.topics(db, command.dialogue_id)
        if topic.id == command.topic_id or topic.joined_to == command.topic_id
    ]
