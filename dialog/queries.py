"""Read-only selects. Rows become the values that events, screens and reports share.

What every page asks is put together once, above the function that asks it: that costs more than asking.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select

from dialog import counting, direct, errors
from dialog.attribution import Said
from dialog.audience import Audience, Kind
from dialog.counting import voted as voted
from dialog.events import AuthorshipCut, CardState, GroupState, PersonState, Present, Stage, TopicState, from_journal
from dialog.format import Plan, read_plan
from dialog.models import BallotPaper, Card, Dialogue, Group, JournalEntry, Nomination, Participant, Seat, Topic, Vote
from dialog.store import Db
from dialog.tally import Ballot, Result, tally
from dialog.words import Step, Valence


def dialogue(db: Db, dialogue_id: str) -> Dialogue:
    """The dialogue with this id. Raises NoSuchDialogue."""
    found = db.get(Dialogue, dialogue_id)
    if found is None:
        raise errors.NoSuchDialogue()
    return found


def numbers(db: Db, dialogue_ids: Collection[str]) -> dict[str, int]:
    """The number of the last act of each of these dialogues, as far as they exist."""
    found = db.execute(select(Dialogue.id, Dialogue.seq).where(Dialogue.id.in_(dialogue_ids)))
    return {dialogue_id: seq for dialogue_id, seq in found}


_BY_CODE = select(Dialogue).where(Dialogue.code == bindparam("code"), Dialogue.closed.is_(False))


def dialogue_by_code(db: Db, code: str) -> Dialogue:
    """The open dialogue with this code. Raises WrongCode."""
    found = db.scalar(_BY_CODE, {"code": code})
    if found is None:
        raise errors.WrongCode()
    return found


def dialogues(db: Db, forum_id: str) -> Sequence[Dialogue]:
    """All dialogues of a forum, the newest day first."""
    of_forum = select(Dialogue).where(Dialogue.forum_id == forum_id)
    return db.scalars(of_forum.order_by(Dialogue.held_on.desc(), Dialogue.title, Dialogue.id)).all()


def plan(dialogue: Dialogue) -> Plan:
    """The dialogue's plan, read from its row once."""
    read = dialogue.__dict__.get("_read_plan")
    if read is None or read[0] is not dialogue.plan:
        read = dialogue.__dict__["_read_plan"] = (dialogue.plan, read_plan(dialogue.id, dialogue.plan))
    kept: Plan = read[1]
    return kept


def stage(dialogue: Dialogue) -> Stage:
    return Stage(
        step=Step(dialogue.step),
        began_at=dialogue.step_began_at,
        left_step=Step(dialogue.left_step) if dialogue.left_step else None,
        left_at=dialogue.left_at,
        timer_ends_at=dialogue.timer_ends_at,
        picture=dialogue.picture,
    )


def authorship_cut(db: Db, dialogue_id: str) -> AuthorshipCut | None:
    """What closing the dialogue has done; None while it is not closed. It is all that the journal still holds then."""
    closing = select(JournalEntry).where(JournalEntry.dialogue_id == dialogue_id, JournalEntry.act == "close_dialogue")
    for entry in db.scalars(closing):
        for happening in map(from_journal, entry.events):
            if isinstance(happening, AuthorshipCut):
                return happening
    return None


_GROUPS = (
    select(Group)
    .where(Group.dialogue_id == bindparam("dialogue_id"), Group.round == bindparam("round"))
    .order_by(Group.position, Group.id)
)


def groups(db: Db, dialogue_id: str, round: int = 1) -> Sequence[Group]:
    """The groups of one round in their order on screens."""
    return db.scalars(_GROUPS, {"dialogue_id": dialogue_id, "round": round}).all()


_EVERYBODY = (
    select(Participant).where(Participant.dialogue_id == bindparam("dialogue_id")).order_by(Participant.arrival)
)
_PEOPLE = _EVERYBODY.where(Participant.left.is_(False))
_PEOPLE_OF_GROUP = _PEOPLE.where(Participant.group_id == bindparam("group_id"))


def people(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Participant]:
    """Everybody who is here, or everybody of one group, in the order of arrival."""
    if group_id is None:
        return db.scalars(_PEOPLE, {"dialogue_id": dialogue_id}).all()
    return db.scalars(_PEOPLE_OF_GROUP, {"dialogue_id": dialogue_id, "group_id": group_id}).all()


def people_for(db: Db, dialogue_id: str, audience: Audience) -> Sequence[Participant]:
    """The people among whom the audience's are; `audience.sees_person` has the last word."""
    match audience.kind:
        case Kind.COCKPIT:
            return people(db, dialogue_id)
        case Kind.BOARD:
            return people(db, dialogue_id, audience.group_id)
    return ()


def everybody(db: Db, dialogue_id: str) -> Sequence[Participant]:
    """Everybody who ever came, also those who were taken out, in the order of arrival."""
    return db.scalars(_EVERYBODY, {"dialogue_id": dialogue_id}).all()


@dataclass(frozen=True, slots=True)
class Place:
    """As much of a person as it takes to seat the next one."""

    person_id: str
    number: str
    stakeholder: str
    group_id: str
    left: bool


_PLACES = (
    select(Participant.id, Participant.number, Participant.stakeholder, Participant.group_id, Participant.left)
    .where(Participant.dialogue_id == bindparam("dialogue_id"))
    .order_by(Participant.arrival)
)


def places(db: Db, dialogue_id: str) -> list[Place]:
    """Where everybody sits who ever came, in the order of arrival."""
    return [Place(*row) for row in db.execute(_PLACES, {"dialogue_id": dialogue_id})]


_PRESENT = (
    select(Participant.stakeholder, Participant.group_id, func.count())
    .where(Participant.dialogue_id == bindparam("dialogue_id"), Participant.left.is_(False))
    .group_by(Participant.stakeholder, Participant.group_id)
)


def present(db: Db, dialogue_id: str) -> Present:
    """How many people are here, by stakeholder and group, and how many of them have given something."""
    by_stakeholder: dict[str, int] = {}
    by_group: dict[str, int] = {}
    for stakeholder, group_id, count in db.execute(_PRESENT, {"dialogue_id": dialogue_id}):
        by_stakeholder[stakeholder] = by_stakeholder.get(stakeholder, 0) + count
        by_group[group_id] = by_group.get(group_id, 0) + count
    return Present(
        by_stakeholder=dict(sorted(by_stakeholder.items())),
        by_group=dict(sorted(by_group.items())),
        by_table=_by_table(db, dialogue_id) if dialogue(db, dialogue_id).tables_shown else {},
        **counting.given(db, dialogue_id),
    )


_BY_TABLE = (
    select(Seat.table_id, Participant.stakeholder, func.count())
    .join(Participant, Participant.id == Seat.participant_id)
    .where(Seat.dialogue_id == bindparam("dialogue_id"), Seat.table_id.is_not(None), Participant.left.is_(False))
    .group_by(Seat.table_id, Participant.stakeholder)
    .order_by(Seat.table_id, Participant.stakeholder)
)


def _by_table(db: Db, dialogue_id: str) -> dict[str, dict[str, int]]:
    """The people of each table by stakeholder."""
    by_table: dict[str, dict[str, int]] = {}
    for table_id, stakeholder, count in db.execute(_BY_TABLE, {"dialogue_id": dialogue_id}):
        by_table.setdefault(table_id or "", {})[stakeholder] = count
    return by_table


def cards(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Card]:
    """All standing cards, of one group or of all, in the order in which they lie."""
    standing = select(Card).where(Card.dialogue_id == dialogue_id, Card.withdrawn.is_(False))
    if group_id is not None:
        standing = standing.where(Card.group_id == group_id)
    return db.scalars(standing.order_by(Card.rank, Card.id)).all()


_CARDS = select(Card).where(Card.withdrawn.is_(False))
_CARDS_HERE = _CARDS.where(Card.dialogue_id == bindparam("dialogue_id"))
_CARDS_OF_GROUP = _CARDS_HERE.where(Card.group_id == bindparam("group_id"))
_CARDS_OF_GROUP_AND_AUTHOR = _CARDS_HERE.where(
    or_(Card.group_id == bindparam("group_id"), Card.author_id == bindparam("author_id"))
)
_CARDS_OF_AUTHOR = _CARDS.where(Card.author_id == bindparam("author_id")).order_by(Card.rank, Card.id)


def cards_for(db: Db, dialogue_id: str, audience: Audience) -> Sequence[Card]:
    """The standing cards among which the audience's are; `audience.may_see` has the last word."""
    if audience.kind is Kind.SCREEN:
        return ()
    if audience.kind is Kind.COCKPIT:
        return cards(db, dialogue_id)
    asked = {"dialogue_id": dialogue_id, "group_id": audience.group_id}
    if not audience.person_id:
        return db.scalars(_CARDS_OF_GROUP, asked).all()
    return db.scalars(_CARDS_OF_GROUP_AND_AUTHOR, {**asked, "author_id": audience.person_id}).all()


def cards_of_author(db: Db, person_id: str) -> Sequence[Card]:
    """A person's standing cards, in a stable order."""
    return db.scalars(_CARDS_OF_AUTHOR, {"author_id": person_id}).all()


_TOPICS = select(Topic).where(Topic.dialogue_id == bindparam("dialogue_id")).order_by(Topic.rank, Topic.id)
_TOPICS_OF_GROUP = _TOPICS.where(Topic.group_id == bindparam("group_id"))


def topics(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Topic]:
    """All topics, of one group or of all, in their order on the boards."""
    if group_id is None:
        return db.scalars(_TOPICS, {"dialogue_id": dialogue_id}).all()
    return db.scalars(_TOPICS_OF_GROUP, {"dialogue_id": dialogue_id, "group_id": group_id}).all()


_NOMINATIONS = (
    select(Nomination.group_id, Nomination.topic_id)
    .join(Group, Group.id == Nomination.group_id)
    .where(Group.dialogue_id == bindparam("dialogue_id"))
    .order_by(Nomination.group_id, Nomination.place)
)


def nominations(db: Db, dialogue_id: str) -> dict[str, tuple[str, ...]]:
    """The nominated topic ids of each group, in the group's order."""
    lists: dict[str, list[str]] = {}
    for group_id, topic_id in db.execute(_NOMINATIONS, {"dialogue_id": dialogue_id}):
        lists.setdefault(group_id, []).append(topic_id)
    return {group_id: tuple(topic_ids) for group_id, topic_ids in lists.items()}


def ballot_topics(db: Db, dialogue_id: str) -> list[Topic]:
    """The topics up for the vote: every nominated topic, or the one it is joined to, once, in the groups' order."""
    by_id = {topic.id: topic for topic in topics(db, dialogue_id)}
    nominated = nominations(db, dialogue_id)
    listed: dict[str, Topic] = {}
    for group in groups(db, dialogue_id):
        for topic_id in nominated.get(group.id, ()):
            topic = by_id[topic_id]
            head = by_id[topic.joined_to] if topic.joined_to else topic
            listed.setdefault(head.id, head)
    return list(listed.values())


_ON_BALLOT = (
    select(func.coalesce(Topic.joined_to, Topic.id))
    .join(Nomination, Nomination.topic_id == Topic.id)
    .join(Group, Group.id == Nomination.group_id)
    .where(Group.dialogue_id == bindparam("dialogue_id"), Group.round == 1)
)


def on_ballot(db: Db, dialogue_id: str) -> set[str]:
    """The ids of `ballot_topics`: as much of them as a vote needs."""
    return set(direct.ask(db, _ON_BALLOT, {"dialogue_id": dialogue_id}).scalars())


def votes_given(db: Db, dialogue_id: str) -> bool:
    """Whether anybody has given a vote, also somebody who was taken out: then nothing leaves the ballot any more."""
    given = select(Vote.topic_id).join(BallotPaper).where(BallotPaper.dialogue_id == dialogue_id)
    return bool(db.scalar(select(given.exists())))


def _papers_that_count(dialogue_id: str) -> Select[BallotPaper]:
    papers = select(BallotPaper).where(BallotPaper.dialogue_id == dialogue_id)
    return papers.where(counting.of_who_counts(BallotPaper.participant_id, dialogue_id))


_VOTES_OF = (
    select(Vote.topic_id, Vote.count).join(BallotPaper).where(BallotPaper.participant_id == bindparam("person_id"))
)


def ballot_of(db: Db, person_id: str) -> dict[str, int]:
    """A person's own votes by topic id."""
    return {topic_id: count for topic_id, count in direct.ask(db, _VOTES_OF, {"person_id": person_id})}


def result(db: Db, dialogue: Dialogue) -> Result:
    """The result of the vote by the rules of the method. The caller decides whether it may be shown."""
    papers = db.scalars(_papers_that_count(dialogue.id)).all()
    counts = present(db, dialogue.id).by_stakeholder
    return tally(
        [topic.id for topic in ballot_topics(db, dialogue.id)],
        [Ballot(stakeholder=p.stakeholder, votes={v.topic_id: v.count for v in p.votes}) for p in papers],
        {s.key: counts.get(s.key, 0) for s in plan(dialogue).participating},
    )


def said(db: Db, dialogue_id: str) -> list[Said]:
    """Every standing, open, not hidden card as what was said: by whom, how, to whom, on what."""
    group_of = {group.id: group for group in groups(db, dialogue_id)}
    category_of = {topic.id: topic.category for topic in topics(db, dialogue_id)}
    return [
        Said(
            card_id=card.id,
            stakeholder=group_of[card.group_id].stakeholder,
            valence=Valence(card.valence),
            addressees=card.addressees,
            topic_id=card.topic_id,
            category=category_of[card.topic_id] if card.topic_id else None,
        )
        for card in cards(db, dialogue_id)
        if group_of[card.group_id].revealed and not card.hidden
    ]


def group_state(group: Group) -> GroupState:
    return GroupState(
        id=group.id,
        round=group.round,
        stakeholder=group.stakeholder,
        name=group.name,
        position=group.position,
    )


def person_state(person: Participant) -> PersonState:
    return PersonState(
        id=person.id,
        number=person.number,
        arrival=person.arrival,
        stakeholder=person.stakeholder,
        group_id=person.group_id,
        organisation=person.organisation,
        languages=tuple(person.languages),
        needs_interpreter=person.needs_interpreter,
        has_phone=person.has_phone,
    )


def card_state(card: Card) -> CardState:
    """The card as its row says it; `mine` is for the audience to add."""
    return CardState(
        id=card.id,
        group_id=card.group_id,
        valence=Valence(card.valence),
        text=card.text,
        addressees=card.addressees,
        topic_id=card.topic_id,
        rank=card.rank,
        hidden=card.hidden,
        paper=card.paper,
        mine=False,
    )


def topic_state(topic: Topic) -> TopicState:
    return TopicState(id=topic.id, group_id=topic.group_id, title=topic.title, category=topic.category, rank=topic.rank)
