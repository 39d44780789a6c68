"""When frames leave: at once while it is quiet, and several acts together while many happen at the same time.

A frame that leaves within 50 ms after the last one of its dialogue waits until they are over, and takes along what
happens meanwhile; it waits up to twice as long while frames are full. Sending is what costs: ten acts in one frame cost
a hundred phones hardly more than one.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from gevent import spawn_later

from dialog.journal import Outcome

GATHER = 0.05
"""Seconds between two frames that tell of one act each."""

MORE = 0.01
"""Seconds that each further act in a frame keeps the next one back."""

AT_MOST = 0.1
"""Seconds. Up to a tenth people feel it as at once."""

Send = Callable[[list[Outcome]], None]
"""Sends the outcomes of one dialogue in one frame to everybody."""


class Gathering:
    """The acts of one dialogue on their way out, in the order of their numbers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[Outcome] = []
        self._next_at = float("-inf")
        self._scheduled = False
        self._turn = Lock()

    def add(self, outcome: Outcome, at_once: bool) -> None:
        """Let this act leave. `at_once` takes along what waits: after it some connections may hear no more."""
        self._waiting.append(outcome)
        rest = self._next_at - monotonic()
        if at_once or rest <= 0:
            self.leave()
        elif not self._scheduled:
            self._scheduled = True
            spawn_later(rest, self._later)

    @property
    def idle(self) -> bool:
        """Whether nothing waits and the next act would leave at once."""
        return not self._waiting and not self._scheduled and self._next_at < monotonic()

    def _later(self) -> None:
        self._scheduled = False
        self.leave()

    def leave(self) -> None:
        """Send all that waits."""
        with self._turn:
            leaving, self._waiting = self._waiting, []
            if leaving:
                self._next_at = monotonic() + pause_after(len(leaving))
                self._send(leaving)


def pause_after(acts: int) -> float:
    """Seconds until the next frame, after one that told of so many acts."""
    return min(AT_MOST, GATHER + MORE * (acts - 1))
