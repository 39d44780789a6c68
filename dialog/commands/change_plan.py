"""Adjust title, dates, stakeholders, questions, categories, durations and limits of a dialogue."""

from dataclasses import dataclass

from dialog import errors, in_use, queries
from dialog.acting import Command
from dialog.events import CardsCovered, CardsRevealed, GroupMade, GroupRemoved, GroupState, Happening, PlanChanged
from dialog.format import Plan
from dialog.models import Dialogue
from dialog.seating import new_group
from dialog.store import Db
from dialog.words import Step


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePlan(Command):
    plan: Plan


def change_plan(db: Db, command: ChangePlan) -> list[Happening]:
    """Who takes part now has a group, and who no longer does has none.

    What is in use stays: raises StillInUse, or VotesAlreadyThere for the rules of a vote that has begun.
    """
    dialogue = queries.dialogue(db, command.dialogue_id)
    was, plan = queries.plan(dialogue), command.plan
    if plan == was:
        return []
    name = in_use.left_out(db, dialogue, plan)
    if name is not None:
        raise errors.StillInUse(name=name)
    if in_use.changes_the_vote(db, dialogue, plan):
        raise errors.VotesAlreadyThere()
    return [PlanChanged(plan=plan, was_plan=was), *_groups_for(db, dialogue, plan, command)]


def _groups_for(db: Db, dialogue: Dialogue, plan: Plan, command: ChangePlan) -> list[Happening]:
    taking_part = [stakeholder.key for stakeholder in plan.participating]
    rows = queries.groups(db, dialogue.id)
    groups = [queries.group_state(row) for row in rows]
    kept = [group for group in groups if group.stakeholder in taking_part]
    happenings: list[Happening] = []
    for group, row in zip(groups, rows, strict=True):
        if group not in kept:
            happenings += [CardsCovered(group_id=group.id)] if row.revealed else []
            happenings.append(GroupRemoved(group=group))
    made: list[GroupState] = []
    for key in taking_part:
        if key not in {group.stakeholder for group in kept}:
            made.append(new_group(plan, key, command.new_id("group", len(made)), [*groups, *made]))
    happenings += [GroupMade(group=group) for group in made]
    if plan.is_past_collect(Step(dialogue.step)):
        happenings += [CardsRevealed(group_id=group.id) for group in made]
    return happenings
