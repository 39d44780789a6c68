"""What comes out of a measurement, as ratios and percentiles."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part (0 to 1) of the values lie; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def milliseconds(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst of some seconds, in milliseconds."""
    return {
        "p50": round(1000 * percentile(values, 0.5), 1),
        "p95": round(1000 * percentile(values, 0.95), 1),
        "worst": round(1000 * max(values, default=0.0), 1),
    }


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values)) if values else 0.0


@dataclass(slots=True)
class Times:
    """When acts were sent, acknowledged, and seen on each screen."""

    sent: dict[int, float] = field(default_factory=dict)
    """By number of the act, when its form was sent (perf_counter)."""
    acknowledged: list[float] = field(default_factory=list)
    seen: dict[int, list[float]] = field(default_factory=dict)

    def heard(self, _screen: Any, seq: int, now: float) -> None:
        self.seen.setdefault(seq, []).append(now)

    def delays(self) -> list[float]:
        """From sending the form to seeing it, over all screens and acts that were sent here."""
        return [now - began for seq, began in self.sent.items() for now in self.seen.get(seq, ())]

    def delivered(self, screens: int) -> float:
        """The part of what all screens should have seen that they saw."""
        due = len(self.sent) * screens
        return sum(min(len(self.seen.get(seq, ())), screens) for seq in self.sent) / due if due else 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure of a part beside its goal and, where there is one, the ceiling's in the same run."""

    name: str
    unit: str
    value: float
    at_most: float | None = None
    """The goal in the same unit; for a figure that must be reached from below, `at_least`."""
    at_least: float | None = None
    ceiling: float | None = None
    within: float | None = None
    """The goal as a multiple of the ceiling's figure."""

    @property
    def ratio(self) -> float | None:
        """The figure in ceilings."""
        return self.value / self.ceiling if self.ceiling else None

    @property
    def reached(self) -> bool | None:
        """Whether every goal is reached; None without a goal."""
        goals = [
            *([self.value <= self.at_most] if self.at_most is not None else []),
            *([self.value >= self.at_least] if self.at_least is not None else []),
            *([self.ratio <= self.within] if self.within is not None and self.ratio is not None else []),
        ]
        return all(goals) if goals else None

    @property
    def goal(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.within:g} × ceiling" if self.within is not None else ""


def together(runs: Sequence[Sequence[Figure]]) -> list[dict[str, Any]]:
    """The median of several runs of a part, figure by figure, with the noise of the machine beside it."""
    rows = []
    for same in zip(*runs, strict=True):
        middle = sorted(same, key=lambda figure: figure.value)[len(same) // 2]
        lowest, highest = min(figure.value for figure in same), max(figure.value for figure in same)
        rows.append(
            {
                "figure": middle.name,
                "unit": middle.unit,
                "measured": round(middle.value, 2),
                "goal": middle.goal,
                "reached": {True: "yes", False: "no", None: ""}[middle.reached],
                "ceiling": None if middle.ceiling is None else round(middle.ceiling, 2),
                "ratio": None if middle.ratio is None else round(middle.ratio, 2),
                "noise": f"{lowest:.4g}–{highest:.4g}",
            }
        )
    return rows
