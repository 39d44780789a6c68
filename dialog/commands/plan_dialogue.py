"""Plan a dialogue from a format, or from the plan of an earlier one.

It begins with the first step, and its groups are there at once.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from dialog import codes, errors
from dialog.format import Plan
from dialog.models import Dialogue, Forum, Group
from dialog.seating import first_groups
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanDialogue:
    """`dialogue_id` makes a retry the same dialogue; `seed` draws the code. Nobody is there to be told yet.

    A `rehearsal` is for practising: it never counts as a held dialogue.
    """

    dialogue_id: str
    forum_id: str
    plan: Plan
    now: datetime
    seed: int
    rehearsal: bool = False


def plan_dialogue(db: Db, command: PlanDialogue) -> Dialogue:
    """Raises NoSuchThing for an unknown forum, or an id that another forum already uses."""
    already = db.get(Dialogue, command.dialogue_id)
    if already is not None and already.forum_id == command.forum_id:
        return already
    if already is not None or db.get(Forum, command.forum_id) is None:
        raise errors.NoSuchThing()
    plan = command.plan
    dialogue = Dialogue(
        id=command.dialogue_id,
        forum_id=command.forum_id,
        code=free_code(db, Random(command.seed)),
        title=plan.title,
        place=plan.place,
        held_on=plan.held_on,
        deletes_on=plan.deletes_on,
        plan=plan.model_dump(mode="json"),
        seq=0,
        rehearsal=command.rehearsal,
        door_open=True,
        step=plan.steps[0].step,
        step_began_at=command.now,
        picture="step",
        voting="preparing",
        chosen_topics=[],
        closed=False,
    )
    db.add(dialogue)
    db.flush()
    for group in first_groups(plan, command.dialogue_id):
        db.add(Group(dialogue_id=dialogue.id, revealed=False, written=0, **group.model_dump()))
    db.flush()
    return dialogue


def free_code(db: Db, random: Random) -> str:
    """A code that no dialogue here has."""
    while True:
        code = codes.new_code(random)
        if db.scalar(select(Dialogue.id).where(Dialogue.code == code)) is None:
            return code
