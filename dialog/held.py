"""Which steps were held, and when: what stands on the cover of a report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from dialog.models import Dialogue, HeldStep
from dialog.store import Db
from dialog.words import Step

PASSING = timedelta(minutes=1)
"""A stay shorter than this was only passing through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A step with all stays in it: when the first began, when the last ended, and how long they were together.

    `began_at` is None where nobody began it by an act, `ended_at` while it lasts; `lasted` counts what has both.
    All are told to the minute, and counted in whole minutes, so that an archive, which keeps no seconds, says the same.
    """

    step: Step
    began_at: datetime | None
    ended_at: datetime | None
    lasted: timedelta


def held(db: Db, dialogue: Dialogue) -> list[Held]:
    """The steps of a dialogue that were held, in the order in which they began, the present one included."""
    rows = db.scalars(select(HeldStep).where(HeldStep.dialogue_id == dialogue.id).order_by(HeldStep.number)).all()
    stays: list[tuple[Step, datetime | None, datetime | None]] = [
        (Step(row.step), row.began_at, row.ended_at) for row in rows
    ]
    if stays:
        stays.append((Step(dialogue.step), dialogue.step_began_at, None))
    return together(stays)


def together(stays: Iterable[tuple[Step, datetime | None, datetime | None]]) -> list[Held]:
    """Pure. Stays in a step, one after the other, as one line per step; without those that were only passed through."""
    found: dict[Step, Held] = {}
    for step, began_at, ended_at in stays:
        if began_at and ended_at and ended_at - began_at < PASSING:
            continue
        began_at, ended_at = began_at and to_the_minute(began_at), ended_at and to_the_minute(ended_at)
        length = ended_at - began_at if began_at and ended_at else None
        earlier = found.get(step)
        found[step] = Held(
            step=step,
            began_at=earlier.began_at if earlier else began_at,
            ended_at=ended_at,
            lasted=(length or timedelta()) + (earlier.lasted if earlier else timedelta()),
        )
    return list(found.values())


def to_the_minute(moment: datetime) -> datetime:
    """Pure. The minute in which this moment lies."""
    return moment.replace(second=0, microsecond=0)
