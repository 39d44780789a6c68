"""Choose the topics for round 2, in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicsChosen
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseTopics(Command):
    topic_ids: Sequence[str]


def choose_topics(db: Db, command: ChooseTopics) -> list[Happening]:
    """Raises NominatedTwice or NotOnTheBallot."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if len(set(command.topic_ids)) < len(command.topic_ids):
        raise errors.NominatedTwice()
    if not set(command.topic_ids) <= {topic.id for topic in queries.ballot_topics(db, dialogue.id)}:
        raise errors.NotOnTheBallot()
    was = tuple(dialogue.chosen_topics)
    if tuple(command.topic_ids) == was:
        return []
    return [TopicsChosen(topic_ids=tuple(command.topic_ids), was_topic_ids=was)]
