"""Run benchmarks by name, all of them without one, several times, and print each as a table and as JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from tests.bench import browser, cards, large, mixing, room, workers
from tests.bench import short as watched
from tests.bench.figures import Figure, together

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "spread": cards.spread,
    "burst": cards.burst,
    "cpu": cards.cpu,
    "arrive": room.arrive,
    "votes": room.votes,
    "reveal": room.reveal,
    "hall": room.hall,
    "workbook": large.workbook,
    "forum": large.forum,
    "growth": large.growth,
    "phone": browser.phone,
    "workers": workers.workers,
    "short": watched.short,
}
"""Each gives the same figures in the same order with every run."""

TABLES = {"mixing": mixing.measure}
"""These repeat by themselves and give rows of figures by column, the same columns in each row."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join((*PARTS, *TABLES)))
    parser.add_argument("--runs", type=int, default=1, help="of which the median counts")
    parser.add_argument("--keep", action="store_true", help="make this the baseline")
    asked = parser.parse_args(arguments)
    names = asked.parts or [*PARTS, *TABLES]
    if unknown := [name for name in names if name not in PARTS and name not in TABLES]:
        parser.error(f"There is no part {', '.join(unknown)}; there are: {', '.join((*PARTS, *TABLES))}.")
    results: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        rows = TABLES[name]() if name in TABLES else together([PARTS[name]() for _ in range(asked.runs)])
        results[name] = rows
        print(f"{name}\n{table(rows)}\n", flush=True)
    if asked.keep:
        watched.keep(results)
    print(json.dumps(results, indent=1, ensure_ascii=False))
    return 0


def table(rows: list[dict[str, Any]]) -> str:
    """The rows under their columns, numbers to the right."""
    lines = [list(rows[0]), *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    numbers = [isinstance(value, int | float | None) for value in rows[0].values()]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(line, widths, numbers, strict=True)
        )
        for line in lines
    )


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
