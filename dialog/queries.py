"""Read-only selects. Rows become the values that events, screens and reports share."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select

from dialog import errors
from dialog.attribution import Said
from dialog.audience import Audience, Kind
from dialog.events import CardState, GroupState, PersonState, Present, Stage, TopicState
from dialog.format import Plan
from dialog.models import BallotPaper, Card, Dialogue, Group, Nomination, Participant, Topic, Vote
from dialog.store import Db
from dialog.tally import Ballot, Result, tally
from dialog.words import Step, Valence


def dialogue(db: Db, dialogue_id: str) -> Dialogue:
    """The dialogue with this id. Raises NoSuchDialogue."""
    found = db.get(Dialogue, dialogue_id)
    if found is None:
        raise errors.NoSuchDialogue()
    return found


def dialogue_by_code(db: Db, code: str) -> Dialogue:
    """The open dialogue with this code. Raises WrongCode."""
    found = db.scalar(select(Dialogue).where(Dialogue.code == code, Dialogue.closed.is_(False)))
    if found is None:
        raise errors.WrongCode()
    return found


def dialogues(db: Db, forum_id: str) -> Sequence[Dialogue]:
    """All dialogues of a forum, the newest day first."""
    of_forum = select(Dialogue).where(Dialogue.forum_id == forum_id)
    return db.scalars(of_forum.order_by(Dialogue.held_on.desc(), Dialogue.title, Dialogue.id)).all()


def plan(dialogue: Dialogue) -> Plan:
    return Plan.model_validate(dialogue.plan)


def stage(dialogue: Dialogue) -> Stage:
    return Stage(
        step=Step(dialogue.step),
        began_at=dialogue.step_began_at,
        left_step=Step(dialogue.left_step) if dialogue.left_step else None,
        left_at=dialogue.left_at,
        timer_ends_at=dialogue.timer_ends_at,
        picture=dialogue.picture,
    )


def groups(db: Db, dialogue_id: str, round: int = 1) -> Sequence[Group]:
    """The groups of one round in their order on screens."""
    of_round = select(Group).where(Group.dialogue_id == dialogue_id, Group.round == round)
    return db.scalars(of_round.order_by(Group.position, Group.id)).all()


def people(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Participant]:
    """Everybody who is here, or everybody of one group, in the order of arrival."""
    here = select(Participant).where(Participant.dialogue_id == dialogue_id, Participant.left.is_(False))
    if group_id is not None:
        here = here.where(Participant.group_id == group_id)
    return db.scalars(here.order_by(Participant.arrival)).all()


def everybody(db: Db, dialogue_id: str) -> Sequence[Participant]:
    """Everybody who ever came, also those who were taken out, in the order of arrival."""
    ever = select(Participant).where(Participant.dialogue_id == dialogue_id)
    return db.scalars(ever.order_by(Participant.arrival)).all()


def present(db: Db, dialogue_id: str) -> Present:
    """How many people are here, by stakeholder and group, and how many of them have voted."""
    counts = db.execute(
        select(Participant.stakeholder, Participant.group_id, func.count())
        .where(Participant.dialogue_id == dialogue_id, Participant.left.is_(False))
        .group_by(Participant.stakeholder, Participant.group_id)
    )
    by_stakeholder: dict[str, int] = {}
    by_group: dict[str, int] = {}
    for stakeholder, group_id, count in counts:
        by_stakeholder[stakeholder] = by_stakeholder.get(stakeholder, 0) + count
        by_group[group_id] = by_group.get(group_id, 0) + count
    return Present(
        by_stakeholder=dict(sorted(by_stakeholder.items())),
        by_group=dict(sorted(by_group.items())),
        voted=voted(db, dialogue_id),
    )


def cards(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Card]:
    """All standing cards, of one group or of all, in the order in which they lie."""
    standing = select(Card).where(Card.dialogue_id == dialogue_id, Card.withdrawn.is_(False))
    if group_id is not None:
        standing = standing.where(Card.group_id == group_id)
    return db.scalars(standing.order_by(Card.rank, Card.id)).all()


def cards_for(db: Db, dialogue_id: str, audience: Audience) -> Sequence[Card]:
    """The standing cards among which the audience's are; `audience.may_see` has the last word."""
    if audience.kind is Kind.SCREEN:
        return ()
    if audience.kind is Kind.COCKPIT:
        return cards(db, dialogue_id)
    standing = select(Card).where(Card.dialogue_id == dialogue_id, Card.withdrawn.is_(False))
    mine = Card.author_id == audience.person_id
    here = Card.group_id == audience.group_id
    return db.scalars(standing.where(or_(here, mine) if audience.person_id else here)).all()


def cards_of_author(db: Db, person_id: str) -> Sequence[Card]:
    """A person's standing cards, in a stable order."""
    own = select(Card).where(Card.author_id == person_id, Card.withdrawn.is_(False))
    return db.scalars(own.order_by(Card.rank, Card.id)).all()


def topics(db: Db, dialogue_id: str, group_id: str | None = None) -> Sequence[Topic]:
    """All topics, of one group or of all, in their order on the boards."""
    found = select(Topic).where(Topic.dialogue_id == dialogue_id)
    if group_id is not None:
        found = found.where(Topic.group_id == group_id)
    return db.scalars(found.order_by(Topic.rank, Topic.id)).all()


def nominations(db: Db, dialogue_id: str) -> dict[str, tuple[str, ...]]:
    """The nominated topic ids of each group, in the group's order."""
    rows = db.execute(
        select(Nomination.group_id, Nomination.topic_id)
        .join(Group, Group.id == Nomination.group_id)
        .where(Group.dialogue_id == dialogue_id)
        .order_by(Nomination.group_id, Nomination.place)
    )
    lists: dict[str, list[str]] = {}
    for group_id, topic_id in rows:
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


def voted(db: Db, dialogue_id: str) -> int:
    """How many people have given at least one vote; people who were taken out do not count."""
    gave = _papers_that_count(dialogue_id).where(BallotPaper.votes.any())
    return db.scalar(select(func.count()).select_from(gave.subquery())) or 0


def votes_given(db: Db, dialogue_id: str) -> bool:
    """Whether anybody has given a vote, also somebody who was taken out: then nothing leaves the ballot any more."""
    given = select(Vote.topic_id).join(BallotPaper).where(BallotPaper.dialogue_id == dialogue_id)
    return bool(db.scalar(select(given.exists())))


def _papers_that_count(dialogue_id: str) -> Select[BallotPaper]:
    gone = select(Participant.id).where(Participant.dialogue_id == dialogue_id, Participant.left.is_(True))
    return select(BallotPaper).where(
        BallotPaper.dialogue_id == dialogue_id,
        or_(BallotPaper.participant_id.is_(None), BallotPaper.participant_id.not_in(gone)),
    )


def ballot_of(db: Db, person_id: str) -> dict[str, int]:
    """A person's own votes by topic id."""
    rows = db.execute(
        select(Vote.topic_id, Vote.count).join(BallotPaper).where(BallotPaper.participant_id == person_id)
    )
    return {topic_id: count for topic_id, count in rows}


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
