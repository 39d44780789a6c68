"""A short version of the benchmark, as ratios that hardly depend on the machine, for the suite to watch."""

import json
from pathlib import Path
from typing import Any

from tests.bench.cards import drive, drive_ceiling
from tests.bench.ceiling import ceiling
from tests.bench.figures import Figure
from tests.bench.large import growth
from tests.bench.stand import stand
from tests.loops import run

BASELINE = Path(__file__).parent / "baseline.json"
PHONES = 30
CARDS = 240
SECONDS = 3.0
SIZES = (100, 5_000)


def short() -> list[Figure]:
    """30 phones and 240 cards in 3 s beside the ceiling, and a card after 5,000 others beside one after 100."""
    with stand(PHONES) as here:
        ours = run(drive(here, CARDS, SECONDS))
    with ceiling() as above:
        most = run(drive_ceiling(above, PHONES, CARDS, SECONDS))
    few, many = [figure.value for figure in growth(SIZES, cards=80)[:2]]
    return [
        Figure("CPU per delivered card", "µs", ours.cpu_per_event, ceiling=most.cpu_per_event),
        Figure("delivered", "%", ours.delivered, at_least=100),
        Figure("CPU per card with 5,000 there, beside 100", "ms", many, ceiling=few),
    ]


def ratios(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The ratios of a part's rows by name."""
    return {row["figure"]: row["ratio"] for row in rows if row["ratio"] is not None}


def kept() -> dict[str, list[dict[str, Any]]]:
    """The rows of each part as they were when the baseline was taken."""
    parts: dict[str, list[dict[str, Any]]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return parts


def keep(results: dict[str, list[dict[str, Any]]]) -> None:
    """Make these the baseline of the parts that were run; the others stay."""
    before = kept() if BASELINE.is_file() else {}
    BASELINE.write_text(json.dumps({**before, **results}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
