"""How the proposals were appraised, as every screen shows it. Nothing is counted here: see `dialog.appraising`.

The phone, the projector and the cockpit draw the same `AppraisalShown` with the macros of
`templates/parts/appraisal.html`, so they cannot disagree.

    {% from "parts/appraisal.html" import appraisal_picture, appraisal_table, appraisal_notes %}
    {{ appraisal_picture(appraisal) }}{{ appraisal_table(appraisal) }}{{ appraisal_notes(appraisal) }}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import format_decimal

from dialog import promise_queries, queries
from dialog.appraising import RESISTANCE, Appraisals, Option, Placed
from dialog.models import Dialogue
from dialog.shares import ENOUGH_FOR_PERCENT, percent
from dialog.spread import Spread
from dialog.store import Db
from dialog.words import Appraising, Voting
from sessions.appraisal_marks import Mark, marks
from sessions.language import _
from sessions.proposals import ProposalShown, proposals
from sessions.results import percent_in_words
from sessions.stakeholders import Who, taking_part

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What some people gave: a mean from 10 people on ("3,4"), counts below ("4 von 6"), "–" of nobody."""

    text: str
    words: str
    """The same so that it stands alone: "4 von 6 geben 4 oder 5"."""
    bar: float
    """How long its bar is, 0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proposal between effect and feasibility."""

    proposal: ProposalShown
    people: int
    rank: int | None
    tied: bool
    shared: bool
    split: bool
    effect: Figure
    feasibility: Figure
    effect_of: Mapping[str, Figure]
    """By stakeholder, for each of `AppraisalShown.voters`."""
    feasibility_of: Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """The resistance against one proposal; `proposal` None is "everything stays as it is"."""

    proposal: ProposalShown | None
    title: str
    people: int
    rank: int | None
    tied: bool
    below_status_quo: bool
    resistance: Figure
    resistance_of: Mapping[str, Figure]
    total: int
    acceptance: str
    """Whole percent, or "" below 10 people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalShown:
    """The revealed appraisal, ready to draw. One of `rows` and `options` is empty, as the format appraises."""

    rows: Sequence[Row]
    options: Sequence[OptionRow]
    marks: Sequence[Mark]
    """The proposals that have a place in the matrix; fewer than 10 people give none."""
    voters: Sequence[Who]
    """The stakeholders in the room, in the order of the format."""
    appraised: int
    present: int
    silent: Sequence[Who]
    """Stakeholders in the room of whom nobody appraised: the figures do not speak for them."""
    few: bool
    """Whether somewhere fewer than 10 people stand behind a figure, so that people are counted instead."""


def is_revealed(dialogue: Dialogue) -> bool:
    """Whether any figure of the appraisal may leave the server."""
    return dialogue.appraising == Voting.REVEALED


def appraisal_shown(db: Db, dialogue: Dialogue) -> AppraisalShown | None:
    """What the screens show of the appraisal; None before the reveal, for everybody, the moderator included."""
    if not is_revealed(dialogue):
        return None
    figures = promise_queries.figures(db, dialogue)
    voters = [who for who in taking_part(queries.plan(dialogue)) if figures.present[who.key]]
    return present_appraisal(figures, proposals(db, dialogue), voters, promise_queries.appraised(db, dialogue.id))


def present_appraisal(
    figures: Appraisals, written: Sequence[ProposalShown], voters: Sequence[Who], appraised: int
) -> AppraisalShown:
    """Turn counted appraisals into words, bars and places. `voters` are the stakeholders in the room."""
    by_id = {proposal.id: proposal for proposal in written}
    keys = [who.key for who in voters]
    placing = figures.how is Appraising.EFFECT_FEASIBILITY
    found = figures.placed if placing else figures.options
    ranks = [one.rank for one in found]
    return AppraisalShown(
        rows=[_row(one, by_id[one.proposal], keys, ranks) for one in figures.placed],
        options=[_option(one, by_id.get(one.proposal or ""), keys, ranks) for one in figures.options],
        marks=marks(figures.placed, {one.id: one.number for one in written}),
        voters=voters,
        appraised=appraised,
        present=sum(figures.present.values()),
        silent=[who for who in voters if who.key in figures.silent],
        few=any(n < ENOUGH_FOR_PERCENT for one in found for n in _people_behind(one)),
    )


def _people_behind(one: Placed | Option) -> list[int]:
    spreads = (one.effect, one.feasibility) if isinstance(one, Placed) else (one.resistance,)
    return [n for spread in spreads for n in (spread.n, *spread.people.values()) if n]


def _row(one: Placed, proposal: ProposalShown, keys: Sequence[str], ranks: Sequence[int | None]) -> Row:
    return Row(
        proposal=proposal,
        people=one.n,
        rank=one.rank,
        tied=one.rank is not None and ranks.count(one.rank) > 1,
        shared=one.shared,
        split=one.divided,
        effect=in_all(one.effect),
        feasibility=in_all(one.feasibility),
        effect_of=by_stakeholder(one.effect, keys),
        feasibility_of=by_stakeholder(one.feasibility, keys),
    )


def _option(one: Option, proposal: ProposalShown | None, keys: Sequence[str], ranks: Sequence[int | None]) -> OptionRow:
    accepted = one.acceptance
    return OptionRow(
        proposal=proposal,
        title=proposal.title if proposal else str(_("Everything stays as it is")),
        people=one.n,
        rank=one.rank,
        tied=one.rank is not None and ranks.count(one.rank) > 1,
        below_status_quo=one.below_status_quo,
        resistance=in_all(one.resistance),
        resistance_of=by_stakeholder(one.resistance, keys),
        total=one.resistance.total,
        acceptance=percent_in_words(percent(accepted)) if one.enough and accepted is not None else "",
    )


def in_all(spread: Spread) -> Figure:
    """What everybody gave: the balanced mean, in which each stakeholder counts the same; below 10 people, counts.

    Resistance of few people is told as its sum, as systemic consensing knows it.
    """
    if spread.n and not spread.enough and spread.scale == RESISTANCE:
        most = RESISTANCE[-1] * spread.n
        return Figure(
            text=str(_("sum %(total)s", total=spread.total)),
            words=str(_("sum %(total)s of %(most)s at most", total=spread.total, most=most)),
            bar=round(100 * spread.total / most, 1),
        )
    return _figure(spread.told_balanced, spread.balanced, spread.high_in_all, spread.n, spread.scale)


def by_stakeholder(spread: Spread, keys: Sequence[str]) -> dict[str, Figure]:
    """What the people of each stakeholder gave; below 10 of them, counts."""
    told, means, high, people = spread.told_means, spread.means, spread.high, spread.people
    return {key: _figure(told[key], means[key], high[key], people[key], spread.scale) for key in keys}


def _figure(told: int | None, mean: Fraction | None, high: int, n: int, scale: range) -> Figure:
    if not n or mean is None:
        return Figure(text=NOTHING, words=NOTHING, bar=0)
    if told is not None:
        text = tenths_in_words(told)
        return Figure(text=text, words=text, bar=_bar(mean, scale))
    counted = str(_("%(done)s of %(all)s", done=high, all=n))
    alone = str(_("%(counted)s give %(low)s or %(high)s", counted=counted, low=scale[-2], high=scale[-1]))
    return Figure(text=counted, words=alone, bar=round(100 * high / n, 1))


def _bar(mean: Fraction, scale: range) -> float:
    return round(float(100 * (mean - scale[0]) / (scale[-1] - scale[0])), 1)


def tenths_in_words(tenths: int) -> str:
    """Whole tenths as the reader's language writes them: 34 is "3,4"."""
    return str(format_decimal(Decimal(tenths) / 10, format="0.0"))
