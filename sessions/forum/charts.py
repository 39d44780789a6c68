"""Where the marks of a chart stand, for the SVG that the templates draw. The figures are those of the tables.

Stakeholders never lie over each other: each has a column or a line of its own with its sign and name, and the number
stands on the mark, so that no colour has to be known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 960
LABELS = 270
"""How much of the width is for the names of the rows."""
ROW, HEAD = 34, 40
LONGEST = 32
"""Characters of a row's name; the table says it in full."""
FIGURE = 64
"""The room that a number needs beside its bar."""
PANEL, PLOT = 150, 96
"""How high a line chart is with its head, and without."""
MARGIN = 36
"""How far from its ends the first and the last point of a line stand."""
MOST_NUMBERS = 14
"""Points of a line that each say their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a column or a line belongs to. `palette` is 0 for what is no stakeholder."""

    label: str
    sign: str = ""
    palette: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    x: int
    length: float
    text: str
    palette: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    y: int
    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Rows of bars in columns, all on one scale."""

    id: str
    title: str
    told: str
    height: int
    heads: Sequence[tuple[int, Head]]
    rows: Sequence[BarRow]


def bars(
    id: str, title: str, told: str, heads: Sequence[Head], rows: Sequence[tuple[str, Sequence[int]]], most: int = 14
) -> Bars | None:
    """A chart of the first rows; None if there is nothing to draw."""
    rows = rows[:most]
    highest = max((number for _, numbers in rows for number in numbers), default=0)
    if not highest:
        return None
    room = (WIDTH - LABELS) // len(heads)
    scale = (room - FIGURE) / highest
    return Bars(
        id=id,
        title=title,
        told=told,
        height=HEAD + ROW * len(rows) + 8,
        heads=[(LABELS + room * at, head) for at, head in enumerate(heads)],
        rows=[
            BarRow(
                y=HEAD + ROW * line,
                label=shortened(label),
                bars=[
                    Bar(x=LABELS + room * at, length=round(scale * number, 1), text=str(number), palette=head.palette)
                    for at, (number, head) in enumerate(zip(numbers, heads, strict=True))
                ],
            )
            for line, (label, numbers) in enumerate(rows)
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of one stakeholder; `parts` are broken where a figure may not be told."""

    y: int
    head: Head
    parts: Sequence[str]
    points: Sequence[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines over time below each other, each from 0 to 100 percent."""

    id: str
    title: str
    told: str
    height: int
    left: int
    right: int
    plot: int
    lines: Sequence[Line]
    times: Sequence[tuple[float, str]]


def lines(
    id: str, title: str, told: str, times: Sequence[str], rows: Sequence[tuple[Head, Sequence[int | None]]]
) -> Lines | None:
    """A chart of percentages; None if there is nothing to draw."""
    rows = [(head, shares) for head, shares in rows if any(share is not None for share in shares)]
    if not rows:
        return None
    left, right = LABELS + 60, WIDTH - 10
    first, last = left + MARGIN, right - MARGIN
    step = (last - first) / max(1, len(times) - 1)
    xs = [round(first + step * at, 1) for at in range(len(times))]
    named = _evenly(len(times), 8)
    return Lines(
        id=id,
        title=title,
        told=told,
        height=PANEL * len(rows) + 34,
        left=left,
        right=right,
        plot=PLOT,
        lines=[_line(PANEL * at + 26, head, xs, shares) for at, (head, shares) in enumerate(rows)],
        times=[(xs[at], times[at]) for at in named],
    )


def _line(y: int, head: Head, xs: Sequence[float], shares: Sequence[int | None]) -> Line:
    parts: list[list[str]] = [[]]
    points = []
    known = [at for at, share in enumerate(shares) if share is not None]
    numbered = {known[at] for at in _evenly(len(known), MOST_NUMBERS)}
    for at, share in enumerate(shares):
        if share is None:
            parts.append([])
            continue
        height = round(y + PLOT * (1 - share / 100), 1)
        parts[-1].append(f"{xs[at]},{height}")
        points.append(Point(x=xs[at], y=height, text=f"{share} %" if at in numbered else ""))
    return Line(y=y, head=head, parts=[" ".join(part) for part in parts if len(part) > 1], points=points)


def _evenly(count: int, most: int) -> list[int]:
    """At most so many of so many places, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)})


def shortened(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
