"""Who holds this phone, as its top line says it."""

from dataclasses import dataclass
from typing import Any

from dialog.board import Board
from dialog.format import Plan
from dialog.models import Participant
from sessions.stakeholders import Who, who


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    number: str
    who: Who
    group: dict[str, Any]
    """The own group as the board has it."""


def me(person: Participant, plan: Plan, board: Board) -> Me:
    return Me(
        number=person.number,
        who=who(plan.stakeholder(person.stakeholder)),
        group=board["groups"][person.group_id],
    )
