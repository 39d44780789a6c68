"""Writes into the rows what has happened. The only place where a dialogue's rows change while it is held.

Commands decide, `record` writes. A happening that says what `was` is only written onto rows that are still so; undoing and
redoing are therefore safe, and raise ChangedSince instead of destroying newer work.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Db

from dialog import errors, queries
from dialog import events as e
from dialog.models import (
    BallotPaper,
    Base,
    Card,
    CardAddressee,
    Dialogue,
    Group,
    JournalEntry,
    Link,
    Nomination,
    Participant,
    Topic,
    Vote,
)

Writer = Callable[[Db, Dialogue, Any], None]
WRITERS: dict[type[e.Happening], Writer] = {}
R = TypeVar("R", bound=Base)
H = TypeVar("H", bound=e.Happening)


CardHappening = e.CardPosted | e.CardEdited | e.CardWithdrawn | e.CardRestored | e.CardHidden | e.CardShown


def record(db: Db, dialogue: Dialogue, happening: H) -> H:
    """Write one happening and return it with its counts as they are after it.

    Raises ChangedSince when the rows no longer are what it says they were.
    """
    WRITERS[type(happening)](db, dialogue, happening)
    db.flush()
    return _counted(db, dialogue, happening)


def _counted(db: Db, dialogue: Dialogue, happening: H) -> H:
    fields = type(happening).model_fields
    fresh: dict[str, Any] = {}
    if "present" in fields:
        fresh["present"] = queries.present(db, dialogue.id)
    if "voted" in fields:
        fresh["voted"] = queries.voted(db, dialogue.id)
    if "written" in fields:
        card = _row(db, Card, happening.card.id)
        group = _row(db, Group, card.group_id)
        fresh |= {"card": queries.card_state(card), "written": group.written, "revealed": group.revealed}
    return happening.model_copy(update=fresh) if fresh else happening


def _writes(*kinds: type[e.Happening]) -> Callable[[Writer], Writer]:
    def enter(writer: Writer) -> Writer:
        WRITERS.update(dict.fromkeys(kinds, writer))
        return writer

    return enter


def _still(*pairs: tuple[Any, Any]) -> None:
    if any(is_now != was for is_now, was in pairs):
        raise errors.ChangedSince()


def _row(db: Db, model: type[R], row_id: str) -> R:
    found = db.get(model, row_id)
    if found is None:
        raise errors.ChangedSince()
    return found


# --- The room ---------------------------------------------------------------------------------------------------------


@_writes(e.PlanChanged)
def _plan(db: Db, dialogue: Dialogue, happening: e.PlanChanged) -> None:
    _still((queries.plan(dialogue), happening.was_plan))
    plan = happening.plan
    dialogue.plan = plan.model_dump(mode="json")
    dialogue.title, dialogue.place = plan.title, plan.place
    dialogue.held_on, dialogue.deletes_on = plan.held_on, plan.deletes_on


@_writes(e.DoorSet)
def _door(db: Db, dialogue: Dialogue, happening: e.DoorSet) -> None:
    _still((dialogue.door_open, happening.was_open))
    dialogue.door_open = happening.open


@_writes(e.StageSet)
def _stage(db: Db, dialogue: Dialogue, happening: e.StageSet) -> None:
    was = happening.was_stage.model_copy(update={"picture": dialogue.picture, "timer_ends_at": dialogue.timer_ends_at})
    _still((queries.stage(dialogue), was))
    stage = happening.stage
    dialogue.step, dialogue.step_began_at = stage.step, stage.began_at
    dialogue.left_step, dialogue.left_at = stage.left_step, stage.left_at
    dialogue.timer_ends_at, dialogue.picture = stage.timer_ends_at, stage.picture


@_writes(e.TimerSet)
def _timer(db: Db, dialogue: Dialogue, happening: e.TimerSet) -> None:
    _still((dialogue.timer_ends_at, happening.was_ends_at))
    dialogue.timer_ends_at = happening.ends_at


@_writes(e.PictureSet)
def _picture(db: Db, dialogue: Dialogue, happening: e.PictureSet) -> None:
    _still((dialogue.picture, happening.was_picture))
    dialogue.picture = happening.picture


@_writes(e.GroupMade)
def _group_made(db: Db, dialogue: Dialogue, happening: e.GroupMade) -> None:
    group = happening.group
    db.add(Group(dialogue_id=dialogue.id, revealed=False, written=0, **group.model_dump()))


@_writes(e.GroupRemoved)
def _group_removed(db: Db, dialogue: Dialogue, happening: e.GroupRemoved) -> None:
    group = _row(db, Group, happening.group.id)
    used = select(Participant.id).where(Participant.group_id == group.id).exists()
    written = select(Card.id).where(Card.group_id == group.id).exists()
    _still((db.scalar(select(used | written)), False))
    db.delete(group)


@_writes(e.PersonArrived)
def _person_arrived(db: Db, dialogue: Dialogue, happening: e.PersonArrived) -> None:
    person = happening.person.model_dump()
    person["languages"] = list(person["languages"])
    db.add(Participant(dialogue_id=dialogue.id, device_hash=happening.device_hash, left=False, **person))


@_writes(e.PersonMoved)
def _person_moved(db: Db, dialogue: Dialogue, happening: e.PersonMoved) -> None:
    person = _row(db, Participant, happening.person.id)
    _still((person.group_id, happening.was_person.group_id), (person.left, False))
    person.group_id, person.stakeholder = happening.person.group_id, happening.person.stakeholder
    own = update(BallotPaper).where(BallotPaper.participant_id == person.id)
    db.execute(own.values(stakeholder=person.stakeholder))


@_writes(e.PersonLeft, e.PersonReturned)
def _person_left(db: Db, dialogue: Dialogue, happening: e.PersonLeft | e.PersonReturned) -> None:
    person = _row(db, Participant, happening.person.id)
    leaves = isinstance(happening, e.PersonLeft)
    _still((person.left, not leaves))
    person.left = leaves


@_writes(e.PhoneChanged)
def _phone_changed(db: Db, dialogue: Dialogue, happening: e.PhoneChanged) -> None:
    person = _row(db, Participant, happening.person_id)
    person.device_hash, person.has_phone = happening.device_hash, happening.has_phone


@_writes(e.LinkMade, e.LinkRevoked)
def _link(db: Db, dialogue: Dialogue, happening: e.LinkMade | e.LinkRevoked) -> None:
    link = db.get(Link, happening.link_id)
    if link is None:
        link = Link(id=happening.link_id, dialogue_id=dialogue.id, kind=happening.kind, group_id=happening.group_id)
        db.add(link)
    link.revoked = isinstance(happening, e.LinkRevoked)


# --- Cards ------------------------------------------------------------------------------------------------------------


@_writes(e.CardPosted)
def _card_posted(db: Db, dialogue: Dialogue, happening: e.CardPosted) -> None:
    card = happening.card
    row = Card(
        id=card.id,
        dialogue_id=dialogue.id,
        group_id=card.group_id,
        author_id=happening.author_id,
        paper=card.paper,
        valence=card.valence,
        text=card.text,
        topic_id=card.topic_id,
        rank=card.rank,
        hidden=card.hidden,
        withdrawn=False,
    )
    row.spoken_to = _spoken_to(card)
    db.add(row)
    _row(db, Group, card.group_id).written += 1


@_writes(e.CardEdited)
def _card_edited(db: Db, dialogue: Dialogue, happening: e.CardEdited) -> None:
    card = _row(db, Card, happening.card.id)
    _still((card.text, happening.was_card.text), (card.withdrawn, False))
    card.valence, card.text = happening.card.valence, happening.card.text
    if card.addressees != happening.card.addressees:
        card.spoken_to.clear()
        db.flush()
        card.spoken_to.extend(_spoken_to(happening.card))


@_writes(e.CardWithdrawn, e.CardRestored)
def _card_withdrawn(db: Db, dialogue: Dialogue, happening: e.CardWithdrawn | e.CardRestored) -> None:
    card = _row(db, Card, happening.card.id)
    leaves = isinstance(happening, e.CardWithdrawn)
    _still((card.withdrawn, not leaves))
    card.withdrawn = leaves
    _row(db, Group, card.group_id).written += -1 if leaves else 1


@_writes(e.CardsRevealed, e.CardsCovered)
def _cards_revealed(db: Db, dialogue: Dialogue, happening: e.CardsRevealed | e.CardsCovered) -> None:
    group = _row(db, Group, happening.group_id)
    opens = isinstance(happening, e.CardsRevealed)
    _still((group.revealed, not opens))
    group.revealed = opens


@_writes(e.CardPlaced)
def _card_placed(db: Db, dialogue: Dialogue, happening: e.CardPlaced) -> None:
    card = _row(db, Card, happening.card_id)
    _still((card.topic_id, happening.was_topic_id), (card.rank, happening.was_rank))
    if happening.topic_id is not None:
        _row(db, Topic, happening.topic_id)
    card.topic_id, card.rank = happening.topic_id, happening.rank


@_writes(e.CardHidden, e.CardShown)
def _card_hidden(db: Db, dialogue: Dialogue, happening: e.CardHidden | e.CardShown) -> None:
    card = _row(db, Card, happening.card.id)
    hides = isinstance(happening, e.CardHidden)
    _still((card.hidden, not hides), (card.withdrawn, False))
    card.hidden = hides


def _spoken_to(card: e.CardState) -> list[CardAddressee]:
    return [CardAddressee(addressee=key, position=at) for at, key in enumerate(card.addressees)]


# --- Topics and votes -------------------------------------------------------------------------------------------------


@_writes(e.TopicMade)
def _topic_made(db: Db, dialogue: Dialogue, happening: e.TopicMade) -> None:
    db.add(Topic(dialogue_id=dialogue.id, joined_to=None, **happening.topic.model_dump()))


@_writes(e.TopicRemoved)
def _topic_removed(db: Db, dialogue: Dialogue, happening: e.TopicRemoved) -> None:
    topic = _row(db, Topic, happening.topic.id)
    filled = select(Card.id).where(Card.topic_id == topic.id, Card.withdrawn.is_(False)).exists()
    nominated = select(Nomination.place).where(Nomination.topic_id == topic.id).exists()
    joined = select(Topic.id).where(Topic.joined_to == topic.id).exists()
    voted_on = select(Vote.count).where(Vote.topic_id == topic.id).exists()
    _still((db.scalar(select(filled | nominated | joined | voted_on)), False))
    db.execute(update(Card).where(Card.topic_id == topic.id).values(topic_id=None))
    db.delete(topic)


@_writes(e.TopicNamed)
def _topic_named(db: Db, dialogue: Dialogue, happening: e.TopicNamed) -> None:
    topic = _row(db, Topic, happening.topic_id)
    _still((topic.title, happening.was_title))
    topic.title = happening.title


@_writes(e.TopicCategorised)
def _topic_categorised(db: Db, dialogue: Dialogue, happening: e.TopicCategorised) -> None:
    topic = _row(db, Topic, happening.topic_id)
    _still((topic.category, happening.was_category))
    topic.category = happening.category


@_writes(e.TopicPlaced)
def _topic_placed(db: Db, dialogue: Dialogue, happening: e.TopicPlaced) -> None:
    topic = _row(db, Topic, happening.topic_id)
    _still((topic.rank, happening.was_rank))
    topic.rank = happening.rank


@_writes(e.TopicsNominated)
def _nominated(db: Db, dialogue: Dialogue, happening: e.TopicsNominated) -> None:
    now = queries.nominations(db, dialogue.id).get(happening.group_id, ())
    _still((now, happening.was_topic_ids))
    for topic_id in happening.topic_ids:
        _row(db, Topic, topic_id)
    db.execute(delete(Nomination).where(Nomination.group_id == happening.group_id))
    for place, topic_id in enumerate(happening.topic_ids, start=1):
        db.add(Nomination(group_id=happening.group_id, place=place, topic_id=topic_id))


@_writes(e.TopicJoined)
def _topic_joined(db: Db, dialogue: Dialogue, happening: e.TopicJoined) -> None:
    topic = _row(db, Topic, happening.topic_id)
    _still((topic.joined_to, happening.was_joined_to))
    topic.joined_to = happening.joined_to


@_writes(e.VotingSet)
def _voting(db: Db, dialogue: Dialogue, happening: e.VotingSet) -> None:
    _still((dialogue.voting, happening.was_voting), (dialogue.voting_closed_at, happening.was_closed_at))
    dialogue.voting, dialogue.voting_closed_at = happening.voting, happening.closed_at


@_writes(e.BallotCast)
def _ballot(db: Db, dialogue: Dialogue, happening: e.BallotCast) -> None:
    paper = db.scalar(
        select(BallotPaper).where(
            BallotPaper.dialogue_id == dialogue.id, BallotPaper.participant_id == happening.person_id
        )
    )
    if paper is None:
        paper = BallotPaper(id=happening.ballot_id, dialogue_id=dialogue.id, participant_id=happening.person_id)
        db.add(paper)
    _still(({vote.topic_id: vote.count for vote in paper.votes}, happening.was_votes))
    paper.stakeholder = happening.stakeholder
    paper.votes.clear()
    db.flush()
    paper.votes.extend(Vote(topic_id=topic_id, count=count) for topic_id, count in happening.votes.items())


@_writes(e.TopicsChosen)
def _chosen(db: Db, dialogue: Dialogue, happening: e.TopicsChosen) -> None:
    _still((tuple(dialogue.chosen_topics), happening.was_topic_ids))
    dialogue.chosen_topics = list(happening.topic_ids)


@_writes(e.AuthorshipCut)
def _cut(db: Db, dialogue: Dialogue, happening: e.AuthorshipCut) -> None:
    """Cards lose their authors, ballots their people, people their phones; the journal goes as a whole."""
    db.execute(update(Card).where(Card.dialogue_id == dialogue.id).values(author_id=None))
    gone = select(Participant.id).where(Participant.dialogue_id == dialogue.id, Participant.left.is_(True))
    papers = select(BallotPaper.id).where(BallotPaper.participant_id.in_(gone))
    db.execute(delete(Vote).where(Vote.ballot_id.in_(papers)))
    db.execute(delete(BallotPaper).where(BallotPaper.participant_id.in_(gone)))
    db.execute(update(BallotPaper).where(BallotPaper.dialogue_id == dialogue.id).values(participant_id=None))
    db.execute(update(Participant).where(Participant.dialogue_id == dialogue.id).values(device_hash=""))
    db.execute(delete(JournalEntry).where(JournalEntry.dialogue_id == dialogue.id))
    dialogue.closed, dialogue.door_open = True, False
