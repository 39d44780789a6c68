"""Start, lengthen or stop the advisory timer. It never locks anything."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dialog import queries
from dialog.acting import Command
from dialog.events import Happening, TimerSet
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class SetTimer(Command):
    """`minutes` run from now (start), or are added to what is left, if anything (extend); stop needs none."""

    way: Literal["start", "extend", "stop"]
    minutes: int = 0


def set_timer(db: Db, command: SetTimer) -> list[Happening]:
    """The new end is a moment in UTC, or None."""
    was = queries.dialogue(db, command.dialogue_id).timer_ends_at
    added = timedelta(minutes=command.minutes)
    if command.way == "stop":
        ends_at = None
    elif command.way == "start" or was is None:
        ends_at = command.now + added
    else:
        ends_at = max(was, command.now) + added
    return [] if ends_at == was else [TimerSet(ends_at=ends_at, was_ends_at=was)]
