"""One line for each dialogue of the forum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select

from dialog import queries
from dialog.codes import show_code
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.words import Step
from sessions.moderator.words import step_name
from sessions.stakeholders import Who, taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A dialogue in the list. `people` are those who are or were here, by stakeholder."""

    id: str
    title: str
    place: str
    held_on: date
    code: str
    state: Literal["planned", "running", "closed"]
    step: str
    stakeholders: Sequence[Who]
    people: dict[str, int]
    imported_on: date | None


def lines(db: Db, forum_id: str, closed_only: bool) -> list[Line]:
    """All dialogues that are or will be held, the newest day first."""
    return _lines(db, [d for d in queries.dialogues(db, forum_id) if not d.rehearsal and (d.closed or not closed_only)])


def rehearsals(db: Db, forum_id: str) -> list[Line]:
    """What is or was only practised."""
    return _lines(db, [d for d in queries.dialogues(db, forum_id) if d.rehearsal])


def _lines(db: Db, dialogues: Sequence[Dialogue]) -> list[Line]:
    people = _people(db, [d.id for d in dialogues])
    found = []
    for d in dialogues:
        here = people.get(d.id, {})
        stakeholders = taking_part(queries.plan(d))
        begun = d.step != Step.ARRIVE or bool(here)
        found.append(
            Line(
                id=d.id,
                title=d.title,
                place=d.place,
                held_on=d.held_on,
                code=show_code(d.code),
                state="closed" if d.closed else ("running" if begun else "planned"),
                step=step_name(Step(d.step)),
                stakeholders=stakeholders,
                people={who.key: here.get(who.key, 0) for who in stakeholders} if here else {},
                imported_on=d.imported_on,
            )
        )
    return found


def _people(db: Db, dialogue_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many people of each stakeholder were in each dialogue, in one question to the store."""
    rows = db.execute(
        select(Participant.dialogue_id, Participant.stakeholder, func.count())
        .where(Participant.dialogue_id.in_(dialogue_ids), Participant.left.is_(False))
        .group_by(Participant.dialogue_id, Participant.stakeholder)
    )
    counts: dict[str, dict[str, int]] = {}
    for dialogue_id, stakeholder, count in rows:
        counts.setdefault(dialogue_id, {})[stakeholder] = count
    return counts
