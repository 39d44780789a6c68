"""What there is to say about a seating, in sentences: how well each rule is kept, and what a move would break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog.mixing import Because, Breach, Finding, MixRule, Report
from sessions.language import _, ngettext
from sessions.words import N_

KEPT, BEST, NEARLY, BROKEN = "kept", "best", "nearly", "broken"
"""A rule holds; it cannot be kept any better, that is proven; a soft one perhaps could; a hard one could."""

NAMES = {
    MixRule.SIZES: N_("Tables of the same size"),
    MixRule.STAKEHOLDERS: N_("Evenly mixed"),
    MixRule.TOGETHER: N_("Together"),
    MixRule.APART: N_("Apart"),
    MixRule.INTERPRETER: N_("Interpreting"),
    MixRule.FIXED: N_("Fixed places"),
    MixRule.NEIGHBOURS: N_("New faces"),
    MixRule.ORGANISATIONS: N_("Organisations mixed"),
    MixRule.WISHES: N_("Wished topics"),
}

STATES = {
    KEPT: N_("kept"),
    BEST: N_("as good as possible"),
    NEARLY: N_("perhaps not the best"),
    BROKEN: N_("not kept"),
}

REASONS = {
    Because.SEATS: N_("A table does not have that many seats."),
    Because.TABLES: N_("There are too few tables for it."),
    Because.LANGUAGE: N_("Nobody in the room speaks the language."),
    Because.LOCKED: N_("Locked tables stay as they are."),
    Because.FIXED: N_("Fixed places stand against it."),
    Because.TOGETHER: N_("People who sit together stand against it."),
    Because.APART: N_("People who sit apart stand against it."),
    Because.INTERPRETER: N_("Interpreting stands against it."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What people call the people, tables, stakeholders and groups of a seating, by id or key."""

    numbers: Mapping[str, str]
    tables: Mapping[str, str]
    stakeholders: Mapping[str, str]
    shared: Mapping[str, str]
    """Round-1 groups by id, organisations by their small letters."""
    fixed: Mapping[str, str]
    """The number of the table at which a person is to sit, by person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """One rule: how it stands (KEPT, BEST, NEARLY or BROKEN) in a sentence, and where it is not kept."""

    key: str
    name: str
    state: str
    state_word: str
    sentence: str
    places: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole seating: the sentence above all, each rule that was asked for, and what arithmetic makes impossible."""

    headline: str
    state: str
    rules: Sequence[RuleTold]
    too_few: Sequence[str]


def told(report: Report, names: Names, asked: Mapping[MixRule, int]) -> Told:
    """`asked` counts the wishes behind each rule that is only kept when somebody asked for it."""
    rules = [_rule(finding, report, names, asked) for finding in report.findings if asked.get(finding.rule, 1)]
    return Told(
        headline=_headline(report),
        state=KEPT if report.proven else NEARLY if report.kept else BROKEN,
        rules=rules,
        too_few=[
            _(
                "There are fewer %(who)s than tables (%(people)s for %(tables)s): some tables are without.",
                who=names.stakeholders[few.stakeholder],
                people=few.people,
                tables=few.tables,
            )
            for few in report.too_few
        ],
    )


def _headline(report: Report) -> str:
    if report.proven:
        return _("No seating can be better than this one; that is proven.")
    away = sum(finding.distance for finding in report.findings)
    if report.kept:
        return ngettext(
            "The rules are kept. At most %(num)s meeting of acquaintances or wish could still be better.",
            "The rules are kept. At most %(num)s meetings of acquaintances or wishes could still be better.",
            away,
        )
    return _("Not every rule is kept. Below stands what could be better.")


def _rule(finding: Finding, report: Report, names: Names, asked: Mapping[MixRule, int]) -> RuleTold:
    state = _state(finding)
    reasons = dict.fromkeys(breach.because for breach in finding.breaches if breach.because is not None)
    sentence = " ".join([_sentence(finding, report, asked), *(_(REASONS[reason]) for reason in reasons)])
    shown = finding.breaches if finding.rule is not MixRule.WISHES else ()
    return RuleTold(
        key=finding.rule.value,
        name=_(NAMES[finding.rule]),
        state=state,
        state_word=_(STATES[state]),
        sentence=sentence,
        places=[breach_told(breach, names) for breach in shown],
    )


def _state(finding: Finding) -> str:
    if finding.distance:
        return BROKEN if finding.rule.hard else NEARLY
    return BEST if finding.breaches else KEPT


def _sentence(finding: Finding, report: Report, asked: Mapping[MixRule, int]) -> str:
    rule, count = finding.rule, finding.count
    if rule is MixRule.SIZES:
        return _sizes(report)
    if rule is MixRule.STAKEHOLDERS:
        return _("Each group of people is spread evenly over the tables.") if not count else _uneven(count)
    if rule in (MixRule.NEIGHBOURS, MixRule.ORGANISATIONS):
        return _acquainted(finding)
    if rule is MixRule.WISHES:
        return _granted(finding, asked[rule])
    if not count:
        return {
            MixRule.TOGETHER: _("Everybody who is to sit together does."),
            MixRule.APART: _("Everybody who is to sit apart does."),
            MixRule.INTERPRETER: _("Whoever needs an interpreter sits with somebody who speaks the language."),
            MixRule.FIXED: _("Everybody with a fixed place has it."),
        }[rule]
    return {
        MixRule.TOGETHER: ngettext(
            "%(num)s pair that is to sit together is parted.",
            "%(num)s pairs that are to sit together are parted.",
            count,
        ),
        MixRule.APART: ngettext(
            "%(num)s pair that is to sit apart is at one table.",
            "%(num)s pairs that are to sit apart are at one table.",
            count,
        ),
        MixRule.INTERPRETER: ngettext(
            "%(num)s person has nobody to interpret.", "%(num)s people have nobody to interpret.", count
        ),
        MixRule.FIXED: ngettext("%(num)s person sits elsewhere.", "%(num)s people sit elsewhere.", count),
    }[rule]


def _sizes(report: Report) -> str:
    low, high = min(report.sizes.values(), default=0), max(report.sizes.values(), default=0)
    if low == high:
        return ngettext("Each table has %(num)s person.", "Each table has %(num)s people.", low)
    if high - low == 1:
        return _("Each table has %(low)s or %(high)s people.", low=low, high=high)
    return _("The tables have between %(low)s and %(high)s people.", low=low, high=high)


def _uneven(count: int) -> str:
    return ngettext(
        "%(num)s person would have to sit elsewhere for an even mix.",
        "%(num)s people would have to sit elsewhere for an even mix.",
        count,
    )


def _acquainted(finding: Finding) -> str:
    count, bound = finding.count, finding.bound
    if finding.rule is MixRule.NEIGHBOURS:
        none = _("Nobody sits with somebody from the same group of the first round.")
        some = ngettext(
            "%(num)s pair knows each other from the first round.",
            "%(num)s pairs know each other from the first round.",
            count,
        )
    else:
        none = _("Nobody sits with somebody from the same organisation.")
        some = ngettext(
            "%(num)s pair comes from the same organisation.", "%(num)s pairs come from the same organisation.", count
        )
    if not count:
        return none
    at_best = _("Fewer is impossible.") if not finding.distance else _("At least %(num)s must be.", num=bound)
    return f"{some} {at_best}"


def _granted(finding: Finding, wished: int) -> str:
    some = _("%(count)s of %(wished)s sit at a topic they have named.", count=finding.count, wished=wished)
    if finding.count == wished:
        return some
    more = _("At most %(num)s would be possible.", num=finding.bound)
    at_best = _("More is impossible.") if not finding.distance else more
    return f"{some} {at_best}"


def breach_told(breach: Breach, names: Names) -> str:
    """One place where a rule is not kept, as it is or as a move would make it. Whose wish fails is not told."""
    who = _listed([names.numbers[person] for person in breach.people if person in names.numbers])
    match breach.rule:
        case MixRule.SIZES:
            return _("Uneven tables: %(counts)s.", counts=_counts(breach, names))
        case MixRule.STAKEHOLDERS:
            label = names.stakeholders.get(breach.stakeholder or "", "")
            return _("%(who)s unevenly: %(counts)s.", who=label, counts=_counts(breach, names))
        case MixRule.TOGETHER:
            return _("%(who)s are to sit together.", who=who)
        case MixRule.APART:
            return _("%(who)s are to sit apart.", who=who)
        case MixRule.INTERPRETER:
            return _("%(who)s has nobody to interpret.", who=who)
        case MixRule.FIXED:
            at = next((names.fixed[person] for person in breach.people if person in names.fixed), "")
            return _("%(who)s is to sit at table %(table)s.", who=who, table=at)
        case MixRule.NEIGHBOURS:
            group = names.shared.get(breach.shared, breach.shared)
            return _("%(who)s know each other from group %(group)s.", who=who, group=group)
        case MixRule.ORGANISATIONS:
            organisation = names.shared.get(breach.shared, breach.shared)
            return _("%(who)s come from %(organisation)s.", who=who, organisation=organisation)
        case MixRule.WISHES:
            return _("A wish for a topic no longer comes true.")


def _counts(breach: Breach, names: Names) -> str:
    """The fullest and the emptiest table; between them may be many."""
    ends = dict(list(zip(breach.tables, breach.counts, strict=True))[:: max(1, len(breach.tables) - 1)])
    return ", ".join(
        _("%(count)s at table %(table)s", count=count, table=names.tables.get(table, ""))
        for table, count in ends.items()
    )


def _listed(numbers: Sequence[str]) -> str:
    """ "4711, 4712 and 4713" """
    if len(numbers) < 2:
        return "".join(numbers)
    return _("%(some)s and %(last)s", some=", ".join(numbers[:-1]), last=numbers[-1])
