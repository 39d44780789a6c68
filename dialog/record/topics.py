"""Topics and nominations in the rows."""

from sqlalchemy import delete, select, update

from dialog import events as e
from dialog import queries, table_queries
from dialog.models import Card, Dialogue, Group, Nomination, Topic, Vote
from dialog.record.writers import row, still, writes
from dialog.store import Db


@writes(e.TopicMade)
def _topic_made(db: Db, dialogue: Dialogue, happening: e.TopicMade) -> None:
    row(db, Group, happening.topic.group_id)
    _known_category(dialogue, happening.topic.category)
    db.add(Topic(dialogue_id=dialogue.id, joined_to=None, **happening.topic.model_dump()))


@writes(e.TopicRemoved)
def _topic_removed(db: Db, dialogue: Dialogue, happening: e.TopicRemoved) -> None:
    topic = row(db, Topic, happening.topic.id)
    filled = select(Card.id).where(Card.topic_id == topic.id, Card.withdrawn.is_(False)).exists()
    nominated = select(Nomination.place).where(Nomination.topic_id == topic.id).exists()
    joined = select(Topic.id).where(Topic.joined_to == topic.id).exists()
    voted_on = select(Vote.count).where(Vote.topic_id == topic.id).exists()
    still(
        (db.scalar(select(filled | nominated | joined | voted_on)), False),
        (topic.id in dialogue.chosen_topics, False),
        (table_queries.works_on(db, topic.id), False),
    )
    db.execute(update(Card).where(Card.topic_id == topic.id).values(topic_id=None))
    db.delete(topic)


@writes(e.TopicNamed)
def _topic_named(db: Db, dialogue: Dialogue, happening: e.TopicNamed) -> None:
    topic = row(db, Topic, happening.topic_id)
    still((topic.title, happening.was_title))
    topic.title = happening.title


@writes(e.TopicCategorised)
def _topic_categorised(db: Db, dialogue: Dialogue, happening: e.TopicCategorised) -> None:
    topic = row(db, Topic, happening.topic_id)
    still((topic.category, happening.was_category))
    _known_category(dialogue, happening.category)
    topic.category = happening.category


@writes(e.TopicPlaced)
def _topic_placed(db: Db, dialogue: Dialogue, happening: e.TopicPlaced) -> None:
    topic = row(db, Topic, happening.topic_id)
    still((topic.rank, happening.was_rank))
    topic.rank = happening.rank


@writes(e.TopicsNominated)
def _nominated(db: Db, dialogue: Dialogue, happening: e.TopicsNominated) -> None:
    now = queries.nominations(db, dialogue.id).get(happening.group_id, ())
    taken_off = set(now) - set(happening.topic_ids)
    still((now, happening.was_topic_ids), (bool(taken_off) and queries.votes_given(db, dialogue.id), False))
    for topic_id in happening.topic_ids:
        row(db, Topic, topic_id)
    db.execute(delete(Nomination).where(Nomination.group_id == happening.group_id))
    for place, topic_id in enumerate(happening.topic_ids, start=1):
        db.add(Nomination(group_id=happening.group_id, place=place, topic_id=topic_id))


@writes(e.TopicJoined)
def _topic_joined(db: Db, dialogue: Dialogue, happening: e.TopicJoined) -> None:
    topic = row(db, Topic, happening.topic_id)
    still((topic.joined_to, happening.was_joined_to), (queries.votes_given(db, dialogue.id), False))
    if happening.joined_to is not None:
        row(db, Topic, happening.joined_to)
    topic.joined_to = happening.joined_to


def _known_category(dialogue: Dialogue, category: str | None) -> None:
    still((category is None or category in {known.key for known in queries.plan(dialogue).categories}, True))
