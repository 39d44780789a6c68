"""What a dialogue already uses of its plan, and what therefore cannot be taken out of the plan any more."""

from sqlalchemy import select

from dialog import queries
from dialog.format import Plan
from dialog.models import Card, CardAddressee, Dialogue, Group, Participant, Topic
from dialog.store import Db
from dialog.words import Voting


def left_out(db: Db, dialogue: Dialogue, plan: Plan) -> str | None:
    """The name of something in use that `plan` leaves out: the current step, a stakeholder or a category.

    Withdrawn cards and people who were taken out count, because they can come back. None if nothing is left out.
    """
    was = queries.plan(dialogue)
    if dialogue.step not in {planned.step for planned in plan.steps}:
        return dialogue.step
    taking_part, known = {s.key for s in plan.participating}, {s.key for s in plan.stakeholders}
    seated, addressed = _seated(db, dialogue.id), _addressed(db, dialogue.id)
    for stakeholder in was.stakeholders:
        key = stakeholder.key
        if (key in seated and key not in taking_part) or (key in addressed and key not in known):
            return stakeholder.label["de"]
    used = {topic.category for topic in queries.topics(db, dialogue.id)}
    categories = {category.key for category in plan.categories}
    for category in was.categories:
        if category.key in used - categories:
            return category.label["de"]
    return None


def changes_the_vote(db: Db, dialogue: Dialogue, plan: Plan) -> bool:
    """Whether `plan` gives people more or fewer votes although the vote has begun."""
    begun = dialogue.voting != Voting.PREPARING or queries.votes_given(db, dialogue.id)
    was, now = queries.plan(dialogue).limits, plan.limits
    return begun and (was.votes_per_person, was.votes_per_topic) != (now.votes_per_person, now.votes_per_topic)


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
