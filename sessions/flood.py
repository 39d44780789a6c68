"""Nobody writes faster than people can: whoever does is told to wait, and nobody else notices.

Everybody has a bucket of the own that fills up again all the time; a whole room behind one network address has as many
buckets as it has people. Where nobody is known yet, on the way in, only failures are counted (`failures`). The buckets
are kept in memory only, in each process its own.
"""

from dataclasses import dataclass
from time import monotonic

from flask import Flask, request
from flask.typing import ResponseReturnValue

from sessions.answers import refused
from sessions.identity import who_asks
from sessions.language import _

MOST_KEPT = 10_000
"""Buckets, before the full ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many forms somebody may send at once, and how many a second for ever."""

    at_once: int
    a_second: float


PHONE = Pace(at_once=30, a_second=10)
"""A person types one card in some seconds. What waited on a phone without network comes in a row, and may be spread."""

DESK = Pace(at_once=300, a_second=30)
"""Moderators and tablets, who sort quickly and type in stacks of paper."""


class Buckets:
    """How much everybody may still send, by who they are. `now` in seconds."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, who: str, pace: Pace, now: float) -> float:
        """Take one from a bucket; or, when it is empty, the seconds until there is one again."""
        left, at = self._left.get(who, (float(pace.at_once), now))
        left = min(pace.at_once, left + (now - at) * pace.a_second)
        if left < 1:
            return (1 - left) / pace.a_second
        if who not in self._left and len(self._left) >= MOST_KEPT:
            self._forget_the_full(now)
        self._left[who] = (left - 1, now)
        return 0.0

    def __len__(self) -> int:
        return len(self._left)

    def _forget_the_full(self, now: float) -> None:
        """A bucket that nobody has used for so long is full again, whatever its pace."""
        longest = max(pace.at_once / pace.a_second for pace in (PHONE, DESK))
        self._left = {who: (left, at) for who, (left, at) in self._left.items() if now - at < longest}


def start_flood(app: Flask) -> None:
    """Before anything is read or checked: a flood must cost as little as possible."""
    buckets = Buckets()

    @app.before_request
    def _not_faster_than_people() -> ResponseReturnValue | None:
        if request.method != "POST":
            return None
        places = request.view_args or {}
        who = who_asks(places.get("dialogue_id", ""), on_a_phone=request.blueprint == "participant")
        if who is None:
            return None
        pace = PHONE if request.blueprint == "participant" else DESK
        wait = buckets.wait(f"{who}/{places.get('group_id', '')}", pace, monotonic())
        if not wait:
            return None
        sentence = _("That was a great deal at once. What you wrote stays on your device and is sent in a moment.")
        answer = app.make_response(refused(sentence, 429, "TooFast"))
        answer.headers["Retry-After"] = str(max(1, round(wait)))
        return answer
