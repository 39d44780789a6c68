"""How people's marks on one scale spread: in counts, in means, and by stakeholder.

Pure arithmetic in integers and fractions; appraisals of proposals and the feedback are both told with it.

For stakeholder s let n(s) be the people of s who gave a mark and m(s) the mean of their marks.

    mean      = all marks / all people who gave one
    balanced  = mean of m(s) over all s with n(s) > 0: each stakeholder counts the same, whatever its size
    quartile  = at place 1 + (n - 1) · p of the marks in ascending order, p = 1/4, 1/2, 3/4; between two marks
                in proportion, so that it is what spreadsheets know as the inclusive quartile

Below 10 people a mean pretends a precision that is not there: it is not told, and the counts are ("4 of 6 give 4
or 5"). The `told_...` properties keep that rule; the fractions beside them are for placing and for arithmetic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dialog.shares import ENOUGH_FOR_PERCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The marks that people gave on one scale. Mappings hold every stakeholder, in the order of the format."""

    scale: range
    """The marks one could give, ascending: 1 to 5, or 0 to 10."""
    counts: Mapping[str, tuple[int, ...]]
    """People by stakeholder, then by mark: one count for each mark of the scale."""

    @property
    def distribution(self) -> tuple[int, ...]:
        """People by mark, whoever they are: one count for each mark of the scale."""
        return tuple(sum(row[place] for row in self.counts.values()) for place in range(len(self.scale)))

    @property
    def people(self) -> dict[str, int]:
        """People who gave a mark, by stakeholder: the n of every figure."""
        return {stakeholder: sum(row) for stakeholder, row in self.counts.items()}

    @property
    def n(self) -> int:
        """People who gave a mark."""
        return sum(self.distribution)

    @property
    def enough(self) -> bool:
        """Whether 10 people or more gave a mark; otherwise no mean and no quartile is told, but the counts."""
        return self.n >= ENOUGH_FOR_PERCENT

    @property
    def high(self) -> dict[str, int]:
        """People who gave one of the two highest marks (4 or 5 of 5), by stakeholder: see `shares.share_of`."""
        return {stakeholder: sum(row[-2:]) for stakeholder, row in self.counts.items()}

    @property
    def high_in_all(self) -> int:
        return sum(self.high.values())

    @property
    def total(self) -> int:
        """All marks together."""
        return _sum(self.scale, self.distribution)

    @property
    def mean(self) -> Fraction | None:
        """Each person counts the same; None where nobody gave a mark."""
        return _mean(self.scale, self.distribution)

    @property
    def means(self) -> dict[str, Fraction | None]:
        """The mean of each stakeholder; None where nobody of it gave a mark."""
        return {stakeholder: _mean(self.scale, row) for stakeholder, row in self.counts.items()}

    @property
    def balanced(self) -> Fraction | None:
        """Each stakeholder counts the same: the mean of its means; None where nobody gave a mark."""
        known = [mean for mean in self.means.values() if mean is not None]
        return sum(known, Fraction(0)) / len(known) if known else None

    @property
    def median(self) -> Fraction | None:
        """The mark in the middle; None where nobody gave one."""
        return self._quartile(2)

    @property
    def middle_half(self) -> tuple[Fraction, Fraction] | None:
        """Between which marks the middle half of the people lies: the lower and the upper quartile."""
        lower, upper = self._quartile(1), self._quartile(3)
        return None if lower is None or upper is None else (lower, upper)

    @property
    def told_mean(self) -> int | None:
        """The mean in tenths, or None where fewer than 10 people gave a mark."""
        return _told(self.mean, self.n)

    @property
    def told_balanced(self) -> int | None:
        """The balanced mean in tenths, or None where fewer than 10 people gave a mark."""
        return _told(self.balanced, self.n)

    @property
    def told_means(self) -> dict[str, int | None]:
        """The mean of each stakeholder in tenths, or None where fewer than 10 people of it gave a mark."""
        people = self.people
        return {stakeholder: _told(mean, people[stakeholder]) for stakeholder, mean in self.means.items()}

    def _quartile(self, quarter: int) -> Fraction | None:
        marks = [mark for mark, people in zip(self.scale, self.distribution, strict=True) for _ in range(people)]
        if not marks:
            return None
        place, part = divmod((len(marks) - 1) * quarter, 4)
        above = marks[min(place + 1, len(marks) - 1)]
        return marks[place] + Fraction(part, 4) * (above - marks[place])


def spread(marks: Iterable[tuple[str, int]], stakeholders: Sequence[str], scale: range) -> Spread:
    """Count `marks`, each a stakeholder and what one of its people gave.

    Raises ValueError for a stakeholder that is not known and a mark that is not on the scale.
    """
    counts = {stakeholder: [0] * len(scale) for stakeholder in stakeholders}
    for stakeholder, mark in marks:
        if stakeholder not in counts:
            raise ValueError(f"unknown stakeholder: {stakeholder}")
        if mark not in scale:
            raise ValueError(f"{mark} is not between {scale[0]} and {scale[-1]}")
        counts[stakeholder][scale.index(mark)] += 1
    return Spread(scale=scale, counts={stakeholder: tuple(row) for stakeholder, row in counts.items()})


def tenths(mean: Fraction) -> int:
    """Whole tenths, halves rounded up: floor(10 · mean + 1/2). So 3.25 is 33, told as "3,3"."""
    return (20 * mean.numerator + mean.denominator) // (2 * mean.denominator)


def _told(mean: Fraction | None, n: int) -> int | None:
    return tenths(mean) if mean is not None and n >= ENOUGH_FOR_PERCENT else None


def _sum(scale: range, row: Sequence[int]) -> int:
    return sum(mark * people for mark, people in zip(scale, row, strict=True))


def _mean(scale: range, row: Sequence[int]) -> Fraction | None:
    return Fraction(_sum(scale, row), sum(row)) if any(row) else None
