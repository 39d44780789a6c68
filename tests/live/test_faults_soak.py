"""Simulated afternoons one after the other on one server; `SOAK_MINUTES` and `SOAK_PEOPLE` say how long and many."""

import os
from pathlib import Path

import pytest

from dialog.store import Store
from tests.bench.soak import grown, soak
from tests.live.counted import counted
from tests.live.hall import SECRET_KEY, quiet
from tests.server import Server

MINUTES = float(os.environ.get("SOAK_MINUTES", "0.3"))
PEOPLE = int(os.environ.get("SOAK_PEOPLE", "9"))
ELSEWHERE = 200
"""Milliseconds that an act may take longer because other tests run beside it just then."""


@pytest.mark.timeout(int(60 * MINUTES) + 300)
def test_afternoon_after_afternoon_costs_the_same(tmp_path: Path) -> None:
    server = Server(tmp_path, SECRET_KEY=SECRET_KEY, PYTHONWARNINGS="error").start()
    store = Store(f"sqlite:///{tmp_path / 'dialog.sqlite'}")
    try:
        held = soak(server, store, MINUTES, PEOPLE)
    finally:
        store.dispose()
        server.stop()
    quiet(server)
    memory, handles = grown(held, lambda one: one.memory_mb), grown(held, lambda one: one.handles)
    slowest, fastest = max(one.acts_p50_ms for one in held[1:]), min(one.acts_p50_ms for one in held[1:])
    used = {"memory MB": memory, "handles": handles, "slowest ms": slowest, "fastest ms": fastest}
    counted("afternoon after afternoon", {"afternoons": len(held), "people": PEOPLE, **used})
    assert all(one.forms > 3 * PEOPLE for one in held)
    assert memory < 3 * len(held), "memory is flat"
    assert handles <= 3, "file handles are flat"
    assert slowest < 5 * fastest + ELSEWHERE, "latency is flat"
