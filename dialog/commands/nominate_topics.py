"""A group's most important topics, in order. Anybody of the group sets the whole list; the last change wins."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicsNominated
from dialog.models import Group, Participant, Topic
from dialog.store import Db
from dialog.words import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class NominateTopics(Command):
    group_id: str
    topic_ids: Sequence[str]


def nominate_topics(db: Db, command: NominateTopics) -> list[Happening]:
    """Once votes have been given, topics can be added and reordered, but not taken off.

    Raises TooManyNominations, NominatedTwice, TopicNeedsTitle, NoSuchThing, NotYourGroup or VotesAlreadyThere.
    """
    group = db.get(Group, command.group_id)
    if group is None or group.dialogue_id != command.dialogue_id or group.round != 1:
        raise errors.NoSuchThing()
    if command.by.role is Role.PARTICIPANT:
        if db.get_one(Participant, command.by.id).group_id != command.group_id:
            raise errors.NotYourGroup()
    else:
        command.by.must_run(command.group_id)
    limit = queries.plan(queries.dialogue(db, command.dialogue_id)).limits.nominations_per_group
    if len(command.topic_ids) > limit:
        raise errors.TooManyNominations(limit=limit)
    if len(set(command.topic_ids)) < len(command.topic_ids):
        raise errors.NominatedTwice()
    for topic_id in command.topic_ids:
        topic = db.get(Topic, topic_id)
        if topic is None or topic.group_id != command.group_id:
            raise errors.NoSuchThing()
        if not topic.title:
            raise errors.TopicNeedsTitle()
    was = queries.nominations(db, command.dialogue_id).get(command.group_id, ())
    if tuple(command.topic_ids) == was:
        return []
    if not set(was) <= set(command.topic_ids) and queries.votes_given(db, command.dialogue_id):
        raise errors.VotesAlreadyThere()
    return [TopicsNominated(group_id=command.group_id, topic_ids=tuple(command.topic_ids), was_topic_ids=was)]
