"""The mixed tables: how many people of whom sit there, and which rules of mixing they keep."""

from collections.abc import Iterator

from dialog.mixing import Because, Finding, MixRule
from dialog.mixing import Report as Mixing
from dialog.words import Step
from exports.profile import Profile, Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import category_of, table_name, title_of
from exports.words import _

FORGOTTEN = (MixRule.TOGETHER, MixRule.APART, MixRule.FIXED, MixRule.WISHES)
"""Rules of which nothing can be told after the close: what was asked for is deleted then."""


def tables(report: Report) -> Table:
    """Each table with its topic and its people by stakeholder; in public those only in all, if no table is small."""
    rows = []
    for table_id, one in report.round_two.tables.items():
        people = report.round_two.people.get(table_id, {})
        told = 0 if report.profile is Profile.INTERNAL else Withheld.TOGETHER
        rows.append(
            {
                "table": table_name(report, table_id),
                "topic": title_of(report, one.topic_id),
                "category": category_of(report, one.topic_id),
                **{f"people {who.key}": people.get(who.key, told) for who in report.plan.participating},
                "people": report.round_two.sizes.get(table_id, Withheld.SMALL),
            }
        )
    of = [(who.key, {"who": who.label["de"]}) for who in report.plan.participating]
    columns = [
        Column(key="table", head=_("Table"), width=16),
        *topic_columns(report, 44, 48),
        *(Column(key=f"people {key}", head=_("People: %(who)s") % n, kind=Kind.NUMBER) for key, n in of),
        Column(key="people", head=_("People together"), kind=Kind.NUMBER),
    ]
    return table(rows, columns, totals=_("Together"))


def topic_columns(report: Report, topic: int, category: int = 0) -> list[Column]:
    """Topic and, with a width, category; neither in a dialogue that makes no topics."""
    if not report.holds(Step.SORT):
        return []
    columns = [Column(key="topic", head=_("Topic"), width=topic)]
    return [*columns, Column(key="category", head=_("Category"), width=category)] if category else columns


def rules(report: Report, mixing: Mixing) -> Table:
    """Each rule of mixing, in words; after the close only those of which something can still be told."""
    told = [one for one in mixing.findings if not (report.closed and one.rule in FORGOTTEN)]
    rows = [
        {"state": _state(report, one), "rule": _rule(one.rule), "words": " ".join(_words(report, mixing, one))}
        for one in told
    ]
    columns = [
        Column(key="state", head=_("State"), width=16),
        Column(key="rule", head=_("Rule"), width=44),
        Column(key="words", head=_("In words"), width=48),
    ]
    return table(rows, columns)


def too_few(report: Report, mixing: Mixing) -> Iterator[str]:
    """Stakeholders of whom there are fewer than tables."""
    for few in mixing.too_few:
        who = report.who(few.stakeholder).label["de"]
        said = _("Fewer %(who)s than tables (%(people)s for %(tables)s): some tables are without.")
        yield said % {"who": who, "people": few.people, "tables": few.tables}


def _state(report: Report, finding: Finding) -> str:
    """Whether a rule is kept. After the close nobody knows any more what stood against it."""
    if not finding.count or finding.rule is MixRule.WISHES and finding.kept and finding.possible:
        return _("kept")
    if report.closed:
        return _("not kept") if finding.rule.hard else _("as far as it went")
    if not finding.distance:
        return _("as good as possible")
    return _("not kept") if finding.rule.hard else _("perhaps not the best")


def _rule(rule: MixRule) -> str:
    return {
        MixRule.SIZES: _("Tables of the same size: at most one person more or less"),
        MixRule.STAKEHOLDERS: _("Every stakeholder spread evenly over the tables"),
        MixRule.TOGETHER: _("Who is to sit together sits together"),
        MixRule.APART: _("Who is to sit apart sits apart"),
        MixRule.INTERPRETER: _("Who needs an interpreter sits with somebody who speaks the language"),
        MixRule.FIXED: _("Who has a fixed place sits there"),
        MixRule.NEIGHBOURS: _("New faces: few people from the same group of round 1"),
        MixRule.ORGANISATIONS: _("Few people from the same organisation"),
        MixRule.WISHES: _("Many people at a topic they wished for"),
    }[rule]


def _words(report: Report, mixing: Mixing, finding: Finding) -> Iterator[str]:
    count = {"count": finding.count}
    match finding.rule:
        case MixRule.SIZES:
            sizes = {"low": min(mixing.sizes.values()), "high": max(mixing.sizes.values())}
            same = sizes["low"] == sizes["high"]
            yield (_("People per table: %(low)s.") if same else _("People per table: %(low)s to %(high)s.")) % sizes
        case MixRule.STAKEHOLDERS | MixRule.FIXED if finding.count:
            yield _("People who would have to sit elsewhere: %(count)s.") % count
        case MixRule.TOGETHER if finding.count:
            yield _("Pairs that are parted: %(count)s.") % count
        case MixRule.APART if finding.count:
            yield _("Pairs at one table: %(count)s.") % count
        case MixRule.INTERPRETER if finding.count:
            yield _("People without: %(count)s.") % count
        case MixRule.NEIGHBOURS | MixRule.ORGANISATIONS:
            yield _("Pairs at one table: %(count)s.") % count
        case MixRule.WISHES:
            yield _("People at such a topic: %(count)s.") % count
    if not report.closed:
        yield from _bound(finding)
        yield from (_because(why) for why in dict.fromkeys(breach.because for breach in finding.breaches) if why)


def _bound(finding: Finding) -> Iterator[str]:
    """What the proven bound says of a rule that only makes a draw better."""
    wishes = finding.rule is MixRule.WISHES
    if finding.rule.hard or finding.possible and not (wishes and finding.distance):
        return
    if wishes:
        better = _("More is impossible.") if not finding.distance else _("At most %(bound)s would be possible.")
    else:
        better = _("Fewer is impossible.") if not finding.distance else _("At least %(bound)s cannot be avoided.")
    yield better % {"bound": finding.bound}


def _because(why: Because) -> str:
    return {
        Because.SEATS: _("A table does not have that many seats."),
        Because.TABLES: _("There are fewer tables than people who are all to sit apart."),
        Because.LANGUAGE: _("Nobody in the room speaks the language."),
        Because.LOCKED: _("Locked tables stay as they are."),
        Because.FIXED: _("Fixed places stand against it."),
        Because.TOGETHER: _("People who sit together stand against it."),
        Because.APART: _("People who sit apart stand against it."),
        Because.INTERPRETER: _("Interpreting stands against it."),
    }[why]
