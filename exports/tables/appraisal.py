"""How everybody appraised the proposals: the summary as on the screens, and every mark that was given."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dialog.appraising import RESISTANCE, Appraisals, Option, Placed
from dialog.shares import Share, percent, share_of
from dialog.spread import Spread, tenths
from exports.look import MENTIONS_HEAT
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.entries import numbered
from exports.words import _


def placed(report: Report, appraisals: Appraisals) -> Table:
    """Effect and feasibility of each proposal, in the order of the screens: those that score highest first."""
    ranks = [one.rank for one in appraisals.placed]
    rows = [
        {
            **_named(report, one.proposal),
            "words": " · ".join(_badges(one, ranks.count(one.rank) > 1)),
            "rank": one.rank,
            "people": one.n,
            "effect": in_all(report, one.effect),
            "feasibility": in_all(report, one.feasibility),
            **{f"effect {key}": mean for key, mean in by_stakeholder(one.effect).items()},
            **{f"feasibility {key}": mean for key, mean in by_stakeholder(one.feasibility).items()},
        }
        for one in appraisals.placed
    ] + _few(report, ("effect", "feasibility"), appraisals)
    of = [(key, {"who": report.who(key).label["de"]}) for key in appraisals.present]
    columns = [
        *_first(),
        Column(key="effect", head=_("Effect"), kind=Kind.MEAN, width=13),
        Column(key="feasibility", head=_("Feasibility"), kind=Kind.MEAN, width=16),
        *(Column(key=f"effect {key}", head=_("Effect: %(who)s") % n, kind=Kind.MEAN) for key, n in of),
        *(Column(key=f"feasibility {key}", head=_("Feasibility: %(who)s") % n, kind=Kind.MEAN) for key, n in of),
    ]
    return table(rows, columns)


def options(report: Report, appraisals: Appraisals) -> Table:
    """The resistance against each proposal and against everything staying as it is, the least first."""
    ranks = [one.rank for one in appraisals.options]
    rows = [
        {
            **_named(report, one.proposal),
            "words": " · ".join(_option_badges(one, ranks.count(one.rank) > 1)),
            "rank": one.rank,
            "people": one.n,
            "resistance": in_all(report, one.resistance),
            "acceptance": _acceptance(report, one),
            "total": one.resistance.total,
            **{f"resistance {key}": mean for key, mean in by_stakeholder(one.resistance).items()},
        }
        for one in appraisals.options
    ] + _few(report, ("resistance", "acceptance", "total"), appraisals)
    of = [(key, {"who": report.who(key).label["de"]}) for key in appraisals.present]
    columns = [
        *_first(),
        Column(key="resistance", head=_("Resistance"), kind=Kind.MEAN, width=13),
        Column(key="acceptance", head=_("Acceptance"), kind=Kind.SHARE, width=16),
        Column(key="total", head=_("Sum of resistance"), kind=Kind.NUMBER),
        *(Column(key=f"resistance {key}", head=_("Resistance: %(who)s") % n, kind=Kind.MEAN) for key, n in of),
    ]
    return table(rows, columns)


def _few(report: Report, asked: Sequence[str], appraisals: Appraisals) -> list[dict[str, Any]]:
    """Proposals without figures because few people appraised them, in order; everything staying as it is comes last."""
    keys = ("rank", "people", *asked, *(f"{one} {key}" for one in asked for key in appraisals.present))
    return [
        {**_named(report, proposal), "words": "", **dict.fromkeys(keys, Withheld.SMALL)}
        for proposal in _few_in_order(report)
    ]


def in_order(report: Report, appraisals: Appraisals) -> list[str | None]:
    """The proposals in the order of the rows of `placed` or `options`; None is that everything stays as it is."""
    told = [*(one.proposal for one in appraisals.placed), *(one.proposal for one in appraisals.options)]
    return [*told, *_few_in_order(report)]


def _few_in_order(report: Report) -> list[str | None]:
    order = [*report.round_two.entries, None]
    return sorted(report.round_two.few, key=order.index)


def marks(report: Report, appraisals: Appraisals) -> Table:
    """How many people gave which mark: everybody together, and each stakeholder."""
    asked: list[tuple[str | None, str, Spread]] = []
    for one in appraisals.placed:
        asked += [(one.proposal, _("Effect"), one.effect), (one.proposal, _("Feasibility"), one.feasibility)]
    asked += [(option.proposal, _("Resistance"), option.resistance) for option in appraisals.options]
    scale = asked[0][2].scale if asked else range(0)
    rows = [
        {**_named(report, proposal), "asked": words, **row}
        for proposal, words, spread in asked
        for row in _marks_of(report, spread)
    ]
    columns = [
        *numbered(),
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=26),
        Column(key="asked", head=_("What was asked"), width=16),
        Column(key="people", head=_("People"), kind=Kind.NUMBER, width=11),
        Column(key="mean", head=_("Mean"), kind=Kind.MEAN, width=13),
        Column(key="middle", head=_("Middle half"), width=16),
        *mark_columns(scale),
    ]
    return table(rows, columns)


def _marks_of(report: Report, spread: Spread) -> Iterator[Mapping[str, Any]]:
    yield {
        "who": _("all"),
        "people": spread.n,
        "mean": mean_or_counts(spread.told_mean, spread.high_in_all, spread.n),
        "middle": _middle(spread),
        **mark_counts(spread.scale, spread.distribution),
    }
    means = by_stakeholder(spread)
    for key, people in spread.people.items():
        if people:
            counts = mark_counts(spread.scale, spread.counts[key])
            yield {"who": report.who(key), "people": people, "mean": means[key], "middle": "", **counts}


def _middle(spread: Spread) -> str:
    """Between which marks the middle half of the people lies, from 10 people on."""
    if spread.middle_half is None or not spread.enough:
        return ""
    low, high = (_decimal(mark) for mark in spread.middle_half)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def mark_columns(scale: range) -> list[Column]:
    """One column for each mark that could be given, with how many people gave it."""
    heads = {scale[0]: _("%(mark)s (lowest)"), scale[-1]: _("%(mark)s (highest)")} if scale else {}
    return [
        Column(
            key=f"mark {mark}",
            head=heads.get(mark, "%(mark)s") % {"mark": mark},
            kind=Kind.NUMBER,
            width=13,
            heat=MENTIONS_HEAT,
        )
        for mark in scale
    ]


def mark_counts(scale: range, counts: Sequence[int]) -> dict[str, int]:
    return {f"mark {mark}": people for mark, people in zip(scale, counts, strict=True)}


def in_all(report: Report, spread: Spread) -> float | str | None:
    """What everybody gave, as on the screens: the balanced mean; below 10 people counts, or the sum of resistance.

    With a pool each person counts the same instead, because the balanced mean would weigh its members.
    """
    if spread.n and not spread.enough and spread.scale == RESISTANCE:
        return _("Sum %(total)s") % {"total": spread.total}
    mean = spread.told_mean if report.round_two.parts.pool else spread.told_balanced
    return mean_or_counts(mean, spread.high_in_all, spread.n)


def by_stakeholder(spread: Spread) -> dict[str, float | str | None]:
    """What the people of each stakeholder gave; below 10 of them, counts."""
    told, high, people = spread.told_means, spread.high, spread.people
    return {key: mean_or_counts(told[key], high[key], people[key]) for key in spread.counts}


def mean_or_counts(mean: int | None, high: int, n: int) -> float | str | None:
    """A mean of tenths as a number; where it may not be told, how many gave one of the two highest marks."""
    if mean is not None:
        return mean / 10
    return _("%(votes)s of %(all)s") % {"votes": high, "all": n} if n else None


def _decimal(mark: Fraction) -> str:
    """A mark with one decimal, as German writes it."""
    whole, part = divmod(tenths(mark), 10)
    return f"{whole},{part}"


def _first() -> list[Column]:
    return [
        *numbered(),
        Column(key="words", head=_("In words"), width=26),
        Column(key="rank", head=_("Place"), kind=Kind.NUMBER, width=16),
        Column(key="people", head=_("People"), kind=Kind.NUMBER, width=11),
    ]


def _named(report: Report, proposal: str | None) -> dict[str, Any]:
    if proposal is None:
        return {"number": None, "title": _("Everything stays as it is")}
    entry = report.round_two.entries[proposal]
    return {"number": entry.number, "title": entry.content.title if entry.content.kind == "proposal" else ""}


def _acceptance(report: Report, option: Option) -> Share:
    acceptance = option.acceptance_raw if report.round_two.parts.pool else option.acceptance
    if acceptance is None or not option.enough:
        return share_of(0, 0)
    whole = percent(acceptance)
    return Share(kind="percent", votes=whole, n=100, percent=whole)


def _badges(one: Placed, tied: bool) -> Iterator[str]:
    if one.shared:
        yield _("carried by all together")
    if one.divided:
        yield _("views differ")
    if tied and one.rank is not None:
        yield _("equal")


def _option_badges(one: Option, tied: bool) -> Iterator[str]:
    if one.below_status_quo:
        yield _("carries further than today")
    if tied and one.rank is not None:
        yield _("equal")
