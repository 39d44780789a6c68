"""Simulated afternoons again and again against one server: memory, file handles and latency stay flat.

    python -m tests.bench.soak --minutes 60 --people 100

Simulated people come in through the public door, live a whole dialogue of two rounds and go home; then others come.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from dialog import queries, table_queries
from dialog.store import Store
from tests.bench.figures import percentile
from tests.live.hall import SECRET_KEY, Hall
from tests.live.test_rehearsal import Visitors, nominated, people, present, sorted_by_mara
from tests.server import Server

FEWEST = 3
"""Afternoons, so that the first, in which everything is loaded, can be left out."""
PROBES = 20
PATIENCE = 120.0
"""Seconds until a simulated room must have done what was asked."""
PACE = "0.01"


@dataclass(frozen=True, slots=True)
class Afternoon:
    """What the server had used after it, and how quickly it had answered in it."""

    seconds: float
    forms: int
    memory_mb: float
    handles: int
    acts_p50_ms: float
    acts_p95_ms: float


def soak(server: Server, store: Store, minutes: float, how_many: int) -> list[Afternoon]:
    """As many afternoons as fit into these minutes, at least three."""
    until = time.monotonic() + 60 * minutes
    held: list[Afternoon] = []
    while len(held) < FEWEST or time.monotonic() < until:
        held.append(afternoon(server, store, how_many, seed=len(held) + 1))
        print(json.dumps(asdict(held[-1])), file=sys.stderr)
    return held


def afternoon(server: Server, store: Store, how_many: int, seed: int) -> Afternoon:
    began = time.monotonic()
    hall = Hall(server, store, how_many, people_per_group=12)
    visitors = Visitors(hall, f"--pace={PACE}", f"--seed={seed}", people=how_many)
    try:
        times = first_round(hall, how_many)
        second_round(hall, how_many)
        hall.moderates("close_dialogue", understood="y")
        forms = visitors.end(PATIENCE)["answered"]
    finally:
        if visitors.process.poll() is None:
            visitors.process.kill()
            visitors.process.communicate()
    hall.leave()
    return Afternoon(
        seconds=round(time.monotonic() - began, 1),
        forms=forms,
        acts_p50_ms=round(1000 * median(times), 1),
        acts_p95_ms=round(1000 * percentile(times, 0.95), 1),
        **_used(server),
    )


def first_round(hall: Hall, how_many: int) -> list[float]:
    """Up to the mirror; the seconds that some acts took while all phones listened."""
    _comes("arriving", lambda: people(hall) == how_many)
    hall.goes_to("collect")
    _comes("cards", lambda: len(hall.cards()) >= how_many // 2)
    hall.moderates("reveal_cards")
    hall.goes_to("sort")
    times = _acts(hall)
    sorted_by_mara(hall)
    hall.goes_to("nominate")
    _comes("nominations", lambda: nominated(hall) >= 2)
    hall.goes_to("weigh")
    hall.moderates("open_voting")
    _comes("ballots", lambda: present(hall).voted >= how_many // 2)
    hall.moderates("close_voting")
    hall.moderates("reveal_result")
    hall.goes_to("mirror")
    with hall.store.reading() as db:
        chosen = [topic.id for topic in queries.ballot_topics(db, hall.id)][:2]
    hall.moderates("choose_topics", topic_ids=chosen)
    return times


def second_round(hall: Hall, how_many: int) -> None:
    hall.goes_to("mix")
    hall.moderates("draw_mixed_groups", tables=max(2, how_many // 6))
    hall.moderates("show_tables")
    for step, kind in (("envision", "vision"), ("translate", "benefit"), ("solve", "proposal")):
        hall.goes_to(step)
        _comes(kind, lambda kind=kind: _entries(hall, kind) >= 1)
    hall.goes_to("appraise")
    hall.moderates("open_appraisal")
    _comes("appraisals", lambda: present(hall).appraised >= how_many // 3)
    hall.moderates("close_appraisal")
    hall.moderates("reveal_appraisal")
    hall.goes_to("commit")
    hall.goes_to("close")
    _comes("answers", lambda: present(hall).answered >= how_many // 3)


def grown(held: Sequence[Afternoon], what: Callable[[Afternoon], float]) -> float:
    """How much more the last third has than the first third, the very first afternoon left out."""
    later = held[1:]
    third = max(1, len(later) // 3)
    return median(map(what, later[-third:])) - median(map(what, later[:third]))


@contextmanager
def own_server() -> Any:
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        server = Server(Path(folder), SECRET_KEY=SECRET_KEY).start()
        store = Store(f"sqlite:///{Path(folder) / 'dialog.sqlite'}")
        try:
            yield server, store
        finally:
            store.dispose()
            server.stop()


def _comes(what: str, true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            raise TimeoutError(f"The simulated people did not do what was asked for {what}.")
        time.sleep(0.1)


def _acts(hall: Hall) -> list[float]:
    times = []
    for number in range(PROBES):
        began = time.perf_counter()
        hall.moderates("set_timer", way="start", minutes=5 + number)
        times.append(time.perf_counter() - began)
        time.sleep(0.06)
    return times


def _entries(hall: Hall, kind: str) -> int:
    with hall.store.reading() as db:
        return len(table_queries.entries(db, hall.id, kind=kind))


def _used(server: Server) -> dict[str, Any]:
    """After a moment in which ended connections are cleared away."""
    time.sleep(3.5)
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    return {"memory_mb": round(process.memory_full_info().uss / 1e6, 1), "handles": process.num_fds()}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=100)
    asked = parser.parse_args(arguments)
    with own_server() as (server, store):
        held = soak(server, store, asked.minutes, asked.people)
    per = max(1, len(held) - 2)
    print(
        json.dumps(
            {
                "afternoons": len(held),
                "people": asked.people,
                "forms": sum(one.forms for one in held),
                "memory_mb": [one.memory_mb for one in held],
                "memory_mb_per_afternoon": round(grown(held, lambda one: one.memory_mb) / per, 2),
                "handles_grown": grown(held, lambda one: one.handles),
                "acts_p50_ms_grown": round(grown(held, lambda one: one.acts_p50_ms), 1),
            },
            indent=1,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
