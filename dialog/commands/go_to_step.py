"""Go to another step, forward or back. Nothing that people have made is lost on the way."""

from dataclasses import dataclass
from datetime import timedelta

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import AppraisingSet, CardsRevealed, Happening, Stage, StageSet, TablesShown, VotingSet
from dialog.store import Db
from dialog.words import Step, Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class GoToStep(Command):
    step: Step


def go_to_step(db: Db, command: GoToStep) -> list[Happening]:
    """Going past `collect` reveals what is not revealed yet, going past `mix` shows the tables if they are drawn.

    Leaving `weigh` closes an open vote, leaving `appraise` an open appraisal.

    Raises NotInThisStep for a step that the format does not have.
    """
    dialogue = queries.dialogue(db, command.dialogue_id)
    plan = queries.plan(dialogue)
    was = queries.stage(dialogue)
    order = [planned.step for planned in plan.steps]
    if command.step not in order:
        raise errors.NotInThisStep()
    if command.step is was.step:
        return []
    happenings: list[Happening] = []
    if dialogue.voting == Voting.OPEN:
        happenings.append(
            VotingSet(
                voting=Voting.CLOSED,
                closed_at=command.now,
                was_voting=Voting.OPEN,
                was_closed_at=dialogue.voting_closed_at,
            )
        )
    if dialogue.appraising == Voting.OPEN:
        happenings.append(
            AppraisingSet(
                appraising=Voting.CLOSED,
                closed_at=command.now,
                was_appraising=Voting.OPEN,
                was_closed_at=dialogue.appraising_closed_at,
            )
        )
    past_mix = plan.round_of(command.step) == 2 and command.step is not Step.MIX
    if past_mix and not dialogue.tables_shown and table_queries.tables(db, dialogue.id):
        happenings.append(TablesShown(shown=True, was_shown=False))
    if plan.is_past_collect(command.step):
        hidden = [group for group in queries.groups(db, dialogue.id) if not group.revealed]
        happenings += [CardsRevealed(group_id=group.id) for group in hidden]
    minutes = plan.step_plan(command.step).minutes
    stage = Stage(
        step=command.step,
        began_at=command.now,
        left_step=was.step,
        left_at=command.now,
        timer_ends_at=command.now + timedelta(minutes=minutes) if minutes else None,
        picture="step",
    )
    return [*happenings, StageSet(stage=stage, was_stage=was)]
