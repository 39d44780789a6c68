"""What the server costs beside the ceiling of this machine does not grow unnoticed.

Ratios of processor time, not seconds: they hold on a slow and on a busy machine. A new baseline is taken with
`python -m tests.bench short --runs 3 --keep`.
"""

from tests.bench.figures import together
from tests.bench.short import kept, ratios, short

SLACK = 3.0
"""Machines differ, and so do the tests that run beside this one; a mistake that is worth finding costs more."""


def test_cards_cost_no_more_than_when_the_baseline_was_taken() -> None:
    before = ratios(kept()["short"])
    rows = together([short()])
    now = ratios(rows)
    assert now.keys() == before.keys()
    slower = {name: (ratio, before[name]) for name, ratio in now.items() if ratio > SLACK * before[name]}
    assert not slower, slower
    assert {row["figure"]: row["measured"] for row in rows}["delivered"] == 100
