"""The advisory timer as the first paint shows it; after that `static/js/timer.js` ticks with the same words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerShown:
    """What the macro `timer` takes: the end in seconds since 1970 (None while it stands), the words, is time up."""

    ends_at: int | None
    shown: str
    over: bool


LONG_OVER = -3600
"""Seconds; a timer forgotten for longer just says zero."""


def timer_shown(ends_at: datetime | None, now: datetime) -> TimerShown:
    if ends_at is None:
        return TimerShown(ends_at=None, shown="–:––", over=False)
    left = round((ends_at - now).total_seconds())
    minutes, seconds = divmod(abs(left) if left >= LONG_OVER else 0, 60)
    shown = f"{'−' if LONG_OVER <= left < 0 else ''}{minutes}:{seconds:02}"
    return TimerShown(ends_at=round(ends_at.timestamp()), shown=shown, over=left <= 0)
