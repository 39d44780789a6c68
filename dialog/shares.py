"""How a share of people may be told: the words are those of screen and file, the decision is made here.

Below 10 people a percentage pretends a precision that is not there, so it is told as people: "4 von 6".
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

ENOUGH_FOR_PERCENT = 10
"""People from whom on a share is told in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of people and how to tell it: "none" (of nobody), "count" ("4 von 6") or "percent" ("64 %")."""

    kind: Literal["none", "count", "percent"]
    votes: int
    n: int
    percent: int | None
    """Whole percent, 0 to 100, for the kind "percent" only."""


def share_of(votes: int, n: int) -> Share:
    """Say how `votes` of `n` people may be told.

    Both count people (or, for cards, cards), never votes. Raises ValueError unless 0 <= votes <= n.
    Source: DESIGN section 5, "Below 10 people no percentages".
    """
    if not 0 <= votes <= n:
        raise ValueError(f"{votes} of {n} is not a share")
    if n == 0:
        return Share(kind="none", votes=0, n=0, percent=None)
    if n < ENOUGH_FOR_PERCENT:
        return Share(kind="count", votes=votes, n=n, percent=None)
    return Share(kind="percent", votes=votes, n=n, percent=percent(Fraction(votes, n)))


def percent(fraction: Fraction) -> int:
    """Whole percent, halves rounded up: floor(100 · fraction + 1/2). So 1/8 is 13, not 12."""
    return (200 * fraction.numerator + fraction.denominator) // (2 * fraction.denominator)
