"""Where the proposals stand in the picture of effect and feasibility. Pure.

The picture is a square of 100 × 100; effect grows to the right, feasibility upwards, 1 lies at the near edge and 5 at
the far one. Marks that would cover each other are moved apart; a thin line leads to the place that is meant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, hypot, pi, sin

from dialog.appraising import POINTS, Placed

LOW, HIGH = 8.0, 96.0
"""Where 1 and 5 lie: what stands at the edge still fits into the picture."""

ROUNDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One proposal in the picture. Lengths in hundredths of its side, y from the top."""

    number: int
    x: float
    y: float
    """The place that is meant."""
    at_x: float
    at_y: float
    """Where its number stands."""
    led: bool
    """Whether the number stands so far off that a line leads to the place."""
    radius: float
    left: float
    right: float
    top: float
    bottom: float
    """Between which marks the middle half of the people lies."""


def marks(placed: Sequence[Placed], numbers: Mapping[str, int]) -> list[Mark]:
    """The marks of all proposals whose place may be told, in the order given."""
    known = [one for one in placed if one.enough]
    radius = 4.0 if len(known) <= 12 else 3.4 if len(known) <= 24 else 3.0
    meant = [(_along(one.effect.balanced), 100 - _along(one.feasibility.balanced)) for one in known]
    return [
        _mark(one, numbers[one.proposal], place, at, radius)
        for one, place, at in zip(known, meant, apart(meant, radius), strict=True)
    ]


def _mark(one: Placed, number: int, place: tuple[float, float], at: tuple[float, float], radius: float) -> Mark:
    left, right = one.effect.middle_half or (None, None)
    below, above = one.feasibility.middle_half or (None, None)
    return Mark(
        number=number,
        x=round(place[0], 2),
        y=round(place[1], 2),
        at_x=round(at[0], 2),
        at_y=round(at[1], 2),
        led=hypot(at[0] - place[0], at[1] - place[1]) > radius / 2,
        radius=radius,
        left=round(_along(left), 2),
        right=round(_along(right), 2),
        top=round(100 - _along(above), 2),
        bottom=round(100 - _along(below), 2),
    )


def _along(mark: Fraction | None) -> float:
    assert mark is not None, "Only what people gave has a place."
    return LOW + (HIGH - LOW) * float((mark - POINTS[0]) / (POINTS[-1] - POINTS[0]))


def apart(places: Sequence[tuple[float, float]], radius: float) -> list[tuple[float, float]]:
    """The places moved as little as needed so that circles of this radius do not cover each other.

    The same places always give the same answer; 40 circles of radius 3 find room anywhere in the picture.
    """
    at = list(places)
    gap = 2 * radius + 0.3
    for _round in range(ROUNDS):
        calm = True
        for i in range(len(at)):
            for j in range(i):
                dx, dy = at[i][0] - at[j][0], at[i][1] - at[j][1]
                distance = hypot(dx, dy)
                if distance >= gap:
                    continue
                calm = False
                if distance < 1e-6:
                    dx, dy, distance = cos(2 * pi * i / len(at)), sin(2 * pi * i / len(at)), 1.0
                    push = gap / 2
                else:
                    push = (gap - distance) / 2
                at[i] = _inside(at[i][0] + dx / distance * push, at[i][1] + dy / distance * push, radius)
                at[j] = _inside(at[j][0] - dx / distance * push, at[j][1] - dy / distance * push, radius)
        if calm:
            break
    return at


def _inside(x: float, y: float, radius: float) -> tuple[float, float]:
    least, most = radius, 100 - radius
    return min(max(x, least), most), min(max(y, least), most)
