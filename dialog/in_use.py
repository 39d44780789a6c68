"""What a dialogue already uses of its plan, and what therefore cannot be taken out of the plan any more."""

from sqlalchemy import select

from dialog import errors, promise_queries, queries, steps, table_queries
from dialog.events import Content, EntryState
from dialog.format import Plan
from dialog.models import Appraisal, Card, CardAddressee, Commitment, Dialogue, Group, JournalEntry, Participant, Topic
from dialog.store import Db
from dialog.words import Step, Voting


def left_out(db: Db, dialogue: Dialogue, plan: Plan) -> str | None:
    """The name of something in use that `plan` leaves out: a step by its question, a stakeholder or a category.

    Withdrawn cards and people who were taken out count, because they can come back. None if nothing is left out.
    """
    was = queries.plan(dialogue)
    used = steps_in_use(db, dialogue) - {planned.step for planned in plan.steps}
    for planned in was.steps:
        if planned.step in used:
            return planned.question["de"]
    taking_part, known = {s.key for s in plan.participating}, {s.key for s in plan.stakeholders}
    seated, addressed = _seated(db, dialogue.id), _addressed(db, dialogue.id)
    for stakeholder in was.stakeholders:
        key = stakeholder.key
        if (key in seated and key not in taking_part) or (key in addressed and key not in known):
            return stakeholder.label["de"]
    counted = {topic.category for topic in queries.topics(db, dialogue.id)}
    categories = {category.key for category in plan.categories}
    for category in was.categories:
        if category.key in counted - categories:
            return category.label["de"]
    return _left_out_of_round_2(db, dialogue, was, plan)


def _left_out_of_round_2(db: Db, dialogue: Dialogue, was: Plan, plan: Plan) -> str | None:
    """A level, process step, stakeholder or feedback question that something written in round 2 stands on."""
    contents = [table_queries.entry_state(row).content for row in _ever_written(db, dialogue.id)]
    for content in contents:
        name = _missing(was, plan, content)
        if name is not None:
            return name
    answered = {key for paper in promise_queries.feedback(db, dialogue.id) for key in paper.answers}
    asked = {question.key for question in plan.feedback}
    for question in was.feedback:
        if question.key in answered - asked:
            return question.question["de"]
    return None


def _missing(was: Plan, plan: Plan, content: Content) -> str | None:
    labels = {s.key: s.label["de"] for s in was.stakeholders}
    if content.kind == "benefit":
        taking_part = {s.key for s in plan.participating}
        return None if content.stakeholder in taking_part else labels[content.stakeholder]
    if content.kind == "vision":
        return None
    if gone := set(content.needs) - {s.key for s in plan.stakeholders}:
        return labels[sorted(gone)[0]]
    if content.level is not None and content.level not in {level.key for level in plan.levels}:
        return content.level
    if content.process_step is not None and content.process_step not in {step.key for step in plan.process_steps}:
        return content.process_step
    return None


def still_planned(plan: Plan, content: Content) -> bool:
    """Whether everything that this content names is still in the plan."""
    return _missing(plan, plan, content) is None


def holds_proposal(db: Db, dialogue_id: str, proposal_id: str) -> bool:
    """Whether somebody has promised something for this proposal, or appraised it: then it stays."""
    promised = select(Commitment.id).where(Commitment.proposal_id == proposal_id, Commitment.withdrawn.is_(False))
    appraised = select(Appraisal.id).where(Appraisal.proposal_id == proposal_id)
    return bool(db.scalar(select(promised.exists() | appraised.exists())))


def has_been_appraised(db: Db, proposal_id: str) -> bool:
    """Whether somebody has appraised this proposal: then its words stay."""
    return bool(db.scalar(select(select(Appraisal.id).where(Appraisal.proposal_id == proposal_id).exists())))


def must_not_be_promised(db: Db, entry: EntryState) -> None:
    """Raise StillInUse for a proposal on which a commitment stands."""
    content = entry.content
    promised = select(Commitment.id).where(Commitment.proposal_id == entry.id, Commitment.withdrawn.is_(False))
    if content.kind == "proposal" and db.scalar(select(promised.exists())):
        raise errors.StillInUse(name=content.title)


def _ever_written(db: Db, dialogue_id: str) -> list[table_queries.Entry]:
    """Also what was taken back, because it can be put back."""
    rows: list[table_queries.Entry] = []
    for kind in table_queries.KINDS.values():
        rows += db.scalars(select(kind).where(kind.dialogue_id == dialogue_id))
    return rows


def steps_in_use(db: Db, dialogue: Dialogue) -> frozenset[Step]:
    """The steps up to the current one, and later ones in which people have already done something.

    An act belongs to the first step that permits it. Acts that were undone count, because they can come back.
    """
    order = [planned.step for planned in queries.plan(dialogue).steps]
    acts = set(db.scalars(select(JournalEntry.act).where(JournalEntry.dialogue_id == dialogue.id).distinct()))
    used = set(order[: order.index(Step(dialogue.step)) + 1])
    known: set[str] = set()
    for step in order:
        if acts & (steps.PERMITTED[step] - known):
            used.add(step)
        known |= steps.PERMITTED[step]
    return frozenset(used)


def changes_the_vote(db: Db, dialogue: Dialogue, plan: Plan) -> bool:
    """Whether `plan` gives more or fewer votes, or appraises differently, although that has begun."""
    begun = dialogue.voting != Voting.PREPARING or queries.votes_given(db, dialogue.id)
    before = queries.plan(dialogue)
    was, now = before.limits, plan.limits
    votes = begun and (was.votes_per_person, was.votes_per_topic) != (now.votes_per_person, now.votes_per_topic)
    appraisal_begun = dialogue.appraising != Voting.PREPARING or promise_queries.begun(db, dialogue.id)
    return votes or (appraisal_begun and before.appraising is not plan.appraising)


def _seated(db: Db, dialogue_id: str) -> set[str]:
    """Stakeholders of whom there are people, or whose groups have cards or topics."""
    people = select(Participant.stakeholder).where(Participant.dialogue_id == dialogue_id)
    groups = select(Group.stakeholder).where(Group.dialogue_id == dialogue_id)
    written = groups.join(Card, Card.group_id == Group.id)
    arranged = groups.join(Topic, Topic.group_id == Group.id)
    return set(db.scalars(people.union(written, arranged)))


def _addressed(db: Db, dialogue_id: str) -> set[str]:
    said = select(CardAddressee.addressee).join(Card, Card.id == CardAddressee.card_id)
    return set(db.scalars(said.where(Card.dialogue_id == dialogue_id).distinct()))
