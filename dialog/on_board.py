"""What lies on a group's board, for the acts that arrange it."""

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import CardPlaced, Happening, TopicJoined, TopicNamed, TopicRemoved, TopicsChosen, TopicsNominated
from dialog.models import Card, Group, Topic
from dialog.store import Db


def run_group(db: Db, command: Command, group_id: str) -> Group:
    """A revealed group whose board the actor runs. Raises NoSuchThing, NotYourGroup or NotRevealed."""
    group = db.get(Group, group_id)
    if group is None or group.dialogue_id != command.dialogue_id or group.round != 1:
        raise errors.NoSuchThing()
    command.by.must_run(group.id)
    if not group.revealed:
        raise errors.NotRevealed()
    return group


def run_card(db: Db, command: Command, card_id: str) -> Card:
    """A standing card on a board the actor runs. Raises NoSuchThing, NotYourGroup or NotRevealed."""
    card = db.get(Card, card_id)
    if card is None or card.dialogue_id != command.dialogue_id or card.withdrawn:
        raise errors.NoSuchThing()
    run_group(db, command, card.group_id)
    return card


def run_topic(db: Db, command: Command, topic_id: str) -> Topic:
    """A topic on a board the actor runs. Raises NoSuchThing, NotYourGroup or NotRevealed."""
    topic = db.get(Topic, topic_id)
    if topic is None or topic.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    run_group(db, command, topic.group_id)
    return topic


def cards_in(db: Db, group: Group | Topic, topic_id: str | None) -> list[Card]:
    """The standing cards of a topic, or of the unsorted rest of its board, in order."""
    group_id = group.id if isinstance(group, Group) else group.group_id
    return [card for card in queries.cards(db, group.dialogue_id, group_id) if card.topic_id == topic_id]


def placed(card: Card, topic_id: str | None, rank: float) -> CardPlaced:
    return CardPlaced(
        card_id=card.id,
        group_id=card.group_id,
        topic_id=topic_id,
        rank=rank,
        was_topic_id=card.topic_id,
        was_rank=card.rank,
    )


def named(db: Db, topic: Topic, title: str) -> TopicNamed:
    on_ballot = topic.id in {listed.id for listed in queries.ballot_topics(db, topic.dialogue_id)}
    return TopicNamed(
        topic_id=topic.id, group_id=topic.group_id, on_ballot=on_ballot, title=title, was_title=topic.title
    )


def taken_away(db: Db, topic: Topic, heir: Topic | None) -> list[Happening]:
    """What removes an emptied topic: an heir takes over its nomination; what was joined to it stands alone again.

    Raises VotesAlreadyThere if it is up for a vote that has begun, StillInUse if a table works on it.
    """
    if table_queries.works_on(db, topic.id):
        raise errors.StillInUse(name=topic.title)
    nominated = queries.nominations(db, topic.dialogue_id).get(topic.group_id, ())
    happenings: list[Happening] = []
    joined = [other for other in queries.topics(db, topic.dialogue_id) if other.joined_to == topic.id]
    if (topic.id in nominated or joined) and queries.votes_given(db, topic.dialogue_id):
        raise errors.VotesAlreadyThere()
    if topic.id in nominated:
        keeps = heir.id if heir is not None and heir.id not in nominated else None
        left = tuple(keeps if nominee == topic.id else nominee for nominee in nominated)
        happenings.append(
            TopicsNominated(
                group_id=topic.group_id,
                topic_ids=tuple(nominee for nominee in left if nominee is not None),
                was_topic_ids=nominated,
            )
        )
    happenings += [TopicJoined(topic_id=other.id, joined_to=None, was_joined_to=topic.id) for other in joined]
    if topic.joined_to is not None:
        happenings.append(TopicJoined(topic_id=topic.id, joined_to=None, was_joined_to=topic.joined_to))
    chosen = tuple(queries.dialogue(db, topic.dialogue_id).chosen_topics)
    if topic.id in chosen:
        left_over = tuple(topic_id for topic_id in chosen if topic_id != topic.id)
        happenings.append(TopicsChosen(topic_ids=left_over, was_topic_ids=chosen))
    return [*happenings, TopicRemoved(topic=queries.topic_state(topic))]
