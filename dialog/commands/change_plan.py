"""Adjust title, dates, stakeholders, questions, categories, durations and limits of a dialogue."""

from dataclasses import dataclass

from sqlalchemy import select

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import GroupMade, Happening, PlanChanged
from dialog.format import Plan
from dialog.models import CardAddressee
from dialog.seating import new_group
from dialog.store import Db
from dialog.words import Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePlan(Command):
    plan: Plan


def change_plan(db: Db, command: ChangePlan) -> list[Happening]:
    """What is in use stays: raises StillInUse for it, BadPlan for a plan that leaves out the current step."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    was, plan = queries.plan(dialogue), command.plan
    if plan == was:
        return []
    if dialogue.step not in {planned.step for planned in plan.steps}:
        raise errors.StillInUse(name=dialogue.step)
    _keep_used_stakeholders(db, dialogue.id, was, plan)
    _keep_used_categories(db, dialogue.id, was, plan)
    rules_of_the_vote = (plan.limits.votes_per_person, plan.limits.votes_per_topic)
    if dialogue.voting != Voting.PREPARING and rules_of_the_vote != (
        was.limits.votes_per_person,
        was.limits.votes_per_topic,
    ):
        raise errors.VotesAlreadyThere()
    groups = queries.groups(db, dialogue.id)
    seated = {group.stakeholder for group in groups}
    newly = [s.key for s in plan.participating if s.key not in seated]
    made = [
        GroupMade(group=new_group(plan, key, 1, command.new_id("group", at), len(groups) + at))
        for at, key in enumerate(newly)
    ]
    return [PlanChanged(plan=plan, was_plan=was), *made]


def _keep_used_stakeholders(db: Db, dialogue_id: str, was: Plan, plan: Plan) -> None:
    people = {person.stakeholder for person in queries.everybody(db, dialogue_id)}
    authors = {group.stakeholder for group in queries.groups(db, dialogue_id) if group.written}
    addressed = set(
        db.scalars(
            select(CardAddressee.addressee).where(
                CardAddressee.card_id.in_([card.id for card in queries.cards(db, dialogue_id)])
            )
        )
    )
    taking_part, known = {s.key for s in plan.participating}, {s.key for s in plan.stakeholders}
    for stakeholder in was.stakeholders:
        needed = stakeholder.key in people | authors and stakeholder.key not in taking_part
        if needed or (stakeholder.key in addressed and stakeholder.key not in known):
            raise errors.StillInUse(name=stakeholder.label["de"])


def _keep_used_categories(db: Db, dialogue_id: str, was: Plan, plan: Plan) -> None:
    used = {topic.category for topic in queries.topics(db, dialogue_id)}
    known = {category.key for category in plan.categories}
    for category in was.categories:
        if category.key in used and category.key not in known:
            raise errors.StillInUse(name=category.label["de"])
