"""From appraisals to figures: where a proposal stands between effect and feasibility, or how much resists it.

Pure arithmetic on values; the means, spreads and counts of marks are those of `dialog.spread`. Two ways, one per
format:

Effect and feasibility, 1 to 5 each. The place in the matrix is (balanced effect, balanced feasibility). The order
is that of their sum, highest first.

Resistance, 0 to 10 (systemic consensing), always with "everything stays as it is" as one option. The order is that
of the balanced mean, lowest first.

    acceptance = 1 - balanced / 10, told in percent

Small groups are told as in the vote: below 10 people no mean, no place and no percentage, but counts, "4 of 6 give 4
or 5" (`Spread.high` of `Spread.people` with `shares.share_of`), and `Spread.distribution`; for resistance also its
sum. `enough` says which of the two.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dialog.spread import Spread, spread
from dialog.tally import ENOUGH_TO_DIVIDE
from dialog.words import Appraising

POINTS = range(1, 6)
"""What effect and feasibility can be: 1 (hardly) to 5 (very)."""

RESISTANCE = range(11)
"""What resistance can be: 0 (none) to 10 (unbearable)."""

DIVIDED_FROM = Fraction(3, 2)
"""Points between the means of two stakeholders from which views go apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one person thinks of one proposal; `proposal` None is "everything stays as it is".

    One who has given only effect or only feasibility counts there; one who has given nothing does not count.
    Raises ValueError for a mark off its scale, and for effect or feasibility of everything staying as it is.
    """

    stakeholder: str
    proposal: str | None
    effect: int | None
    feasibility: int | None
    resistance: int | None

    def __post_init__(self) -> None:
        for mark, scale in ((self.effect, POINTS), (self.feasibility, POINTS), (self.resistance, RESISTANCE)):
            if mark is not None and mark not in scale:
                raise ValueError(f"{mark} is not between {scale[0]} and {scale[-1]}")
        if self.proposal is None and self.appraises(Appraising.EFFECT_FEASIBILITY):
            raise ValueError("what stays as it is has neither effect nor feasibility")

    def appraises(self, how: Appraising) -> bool:
        """Whether a mark was given in this way of appraising."""
        if how is Appraising.RESISTANCE:
            return self.resistance is not None
        return self.effect is not None or self.feasibility is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One proposal between effect and feasibility. Its place in the matrix is the two balanced means."""

    proposal: str
    people: Mapping[str, int]
    """People who appraised it, by stakeholder, in the order of the format."""
    effect: Spread
    feasibility: Spread
    rank: int | None
    """Place by `score`, from 1; equal scores share a place and the next is skipped (1, 1, 3). None without one."""
    shared: bool
    """Gemeinsam tragfähig: two or more stakeholders appraised it, and of each at least half gave 4 or 5, twice."""
    divided: bool
    """Sichten gehen auseinander: two means are 1.5 points or more apart, and 5 or more of each group appraised."""

    @property
    def n(self) -> int:
        """People who appraised it."""
        return sum(self.people.values())

    @property
    def enough(self) -> bool:
        """Whether its place and means may be told: 10 people or more gave each of the two marks."""
        return self.effect.enough and self.feasibility.enough

    @property
    def score(self) -> Fraction | None:
        """Balanced effect + balanced feasibility, 2 to 10; None while one of them is missing."""
        return _score(self.effect, self.feasibility)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One proposal, or everything staying as it is (`proposal` None), and the resistance against it."""

    proposal: str | None
    resistance: Spread
    rank: int | None
    """Place by balanced resistance, from 1 for the least; ties share it (1, 1, 3). None where nobody gave any."""
    below_status_quo: bool
    """Meets less resistance than everything staying as it is; only where people gave theirs to both."""

    @property
    def n(self) -> int:
        """People who gave their resistance."""
        return self.resistance.n

    @property
    def enough(self) -> bool:
        """Whether means and acceptance may be told: 10 people or more; otherwise the sum and the counts are."""
        return self.resistance.enough

    @property
    def acceptance(self) -> Fraction | None:
        """1 - balanced / 10, from 0 to 1: agrees with the rank, and `shares.percent` makes it whole percent."""
        return _acceptance(self.resistance.balanced)

    @property
    def acceptance_raw(self) -> Fraction | None:
        """1 - mean / 10, from 0 to 1, where a larger stakeholder weighs more."""
        return _acceptance(self.resistance.mean)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisals:
    """All figures of an appraisal. One of `placed` and `options` is empty, as `how` says."""

    how: Appraising
    placed: Sequence[Placed]
    """By score, highest first, then the order given; those without one last."""
    options: Sequence[Option]
    """By balanced resistance, lowest first, then the order given with the status quo behind; unknown ones last."""
    present: Mapping[str, int]
    """People in the room, by stakeholder, in the order of the format."""
    silent: Sequence[str]
    """Stakeholders who are in the room and of whom nobody appraised: the figures do not speak for them."""


def appraise(
    proposals: Sequence[str], given: Sequence[Given], present: Mapping[str, int], how: Appraising
) -> Appraisals:
    """Count the appraisals.

    `given` holds at most one for each person and proposal; `present` holds the people in the room for each
    participating stakeholder, in the order of the format.

    The badge *gemeinsam tragfähig* (2 · high >= n for each stakeholder that appraised, in effect and in
    feasibility) leaves out who kept silent. The badge *Sichten gehen auseinander* is stricter: a stakeholder in
    the room of whom fewer than 5 gave the mark, or nobody, leaves it open.

    Raises ValueError for a proposal given twice or not known, an unknown stakeholder, negative numbers, marks of
    the other way of appraising, and more appraisals of a proposal than people of a stakeholder in the room.
    Source: DESIGN section 5, proposals; the order by least resistance is that of systemic consensing (Visotschnig
    and Schrotta), except that here each stakeholder counts the same.
    """
    _check(proposals, given, present, how)
    said = [one for one in given if one.appraises(how)]
    heard = {one.stakeholder for one in said}
    placing = how is Appraising.EFFECT_FEASIBILITY
    return Appraisals(
        how=how,
        placed=_placed(proposals, said, present) if placing else (),
        options=() if placing else _options(proposals, said, present),
        present=dict(present),
        silent=tuple(s for s, people in present.items() if people and s not in heard),
    )


def _placed(proposals: Sequence[str], said: Sequence[Given], present: Mapping[str, int]) -> tuple[Placed, ...]:
    of = {proposal: [one for one in said if one.proposal == proposal] for proposal in proposals}
    effect = {proposal: _spread(of[proposal], present, POINTS, lambda one: one.effect) for proposal in proposals}
    feasibility = {p: _spread(of[p], present, POINTS, lambda one: one.feasibility) for p in proposals}
    scores = {proposal: _score(effect[proposal], feasibility[proposal]) for proposal in proposals}
    known = [score for score in scores.values() if score is not None]
    placed = []
    for proposal, score in scores.items():
        people = {s: sum(one.stakeholder == s for one in of[proposal]) for s in present}
        both = (effect[proposal], feasibility[proposal])
        placed.append(
            Placed(
                proposal=proposal,
                people=people,
                effect=effect[proposal],
                feasibility=feasibility[proposal],
                rank=None if score is None else 1 + sum(other > score for other in known),
                shared=_is_shared(both, people),
                divided=any(_is_divided(one, present) for one in both),
            )
        )
    return tuple(sorted(placed, key=lambda one: one.rank or len(proposals) + 1))


def _options(proposals: Sequence[str], said: Sequence[Given], present: Mapping[str, int]) -> tuple[Option, ...]:
    resistance = {}
    for option in (*proposals, None):
        against = [one for one in said if one.proposal == option]
        resistance[option] = _spread(against, present, RESISTANCE, lambda one: one.resistance)
    means = {option: found.balanced for option, found in resistance.items()}
    known = [mean for mean in means.values() if mean is not None]
    now = means[None]
    options = [
        Option(
            proposal=option,
            resistance=resistance[option],
            rank=None if mean is None else 1 + sum(other < mean for other in known),
            below_status_quo=mean is not None and now is not None and mean < now,
        )
        for option, mean in means.items()
    ]
    return tuple(sorted(options, key=lambda one: one.rank or len(options) + 1))


def _spread(
    said: Sequence[Given], present: Mapping[str, int], scale: range, mark_of: Callable[[Given], int | None]
) -> Spread:
    marks = ((one.stakeholder, mark_of(one)) for one in said)
    return spread(((stakeholder, mark) for stakeholder, mark in marks if mark is not None), list(present), scale)


def _score(effect: Spread, feasibility: Spread) -> Fraction | None:
    x, y = effect.balanced, feasibility.balanced
    return None if x is None or y is None else x + y


def _acceptance(mean: Fraction | None) -> Fraction | None:
    return None if mean is None else 1 - mean / RESISTANCE[-1]


def _is_shared(both: Sequence[Spread], people: Mapping[str, int]) -> bool:
    heard = [stakeholder for stakeholder, n in people.items() if n]
    return len(heard) >= 2 and all(
        one.people[s] > 0 and 2 * one.high[s] >= one.people[s] for one in both for s in heard
    )


def _is_divided(marks: Spread, present: Mapping[str, int]) -> bool:
    people = marks.people
    if any(people[s] < ENOUGH_TO_DIVIDE for s, here in present.items() if here):
        return False
    means = [mean for mean in marks.means.values() if mean is not None]
    return len(means) >= 2 and max(means) - min(means) >= DIVIDED_FROM


def _check(proposals: Sequence[str], given: Sequence[Given], present: Mapping[str, int], how: Appraising) -> None:
    if len(set(proposals)) < len(proposals):
        raise ValueError("a proposal stands twice")
    if any(people < 0 for people in present.values()):
        raise ValueError("a negative number of people in the room")
    known = {None, *proposals} if how is Appraising.RESISTANCE else set(proposals)
    for one in given:
        if one.stakeholder not in present:
            raise ValueError(f"unknown stakeholder: {one.stakeholder}")
        if one.proposal not in known:
            raise ValueError(f"unknown proposal: {one.proposal}")
        if any(one.appraises(other) for other in Appraising if other is not how):
            raise ValueError(f"marks that do not belong to {how}: {one.proposal}")
    counted = Counter((one.stakeholder, one.proposal) for one in given)
    for (stakeholder, proposal), people in counted.items():
        if people > present[stakeholder]:
            raise ValueError(f"more appraisals of {proposal} than people in the room: {stakeholder}")
