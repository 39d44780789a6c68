"""Who holds this phone, as its top line says it."""

from dataclasses import dataclass
from typing import Any

from dialog.audience import Audience
from dialog.board import Board
from dialog.format import Plan
from dialog.models import Participant
from dialog.words import Step
from sessions.stakeholders import Who, who
from sessions.table_signs import table_sign


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTable:
    """The mixed table at which somebody sits: its number, and the sign by which it is found."""

    id: str
    name: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    number: str
    who: Who
    group: dict[str, Any]
    """The own group as the board has it."""
    table: AtTable | None
    """The own table, once the tables have been shown."""
    without_table: bool
    """Round 2 has its tables, and this person has none of them yet."""


def me(person: Participant, plan: Plan, board: Board, audience: Audience) -> Me:
    """`audience` is that of the person's phone: in round 2 it belongs to the table."""
    mixed = plan.round_of(Step(board["stage"]["step"])) == 2
    table = board["tables"].get(audience.group_id) if mixed else None
    return Me(
        number=person.number,
        who=who(plan.stakeholder(person.stakeholder)),
        group=board["groups"][person.group_id],
        table=_at(table) if table else None,
        without_table=mixed and bool(board["tables"]) and table is None,
    )


def _at(table: dict[str, Any]) -> AtTable:
    sign, word = table_sign(table["position"])
    return AtTable(id=table["id"], name=table["name"], sign=sign, word=word)
