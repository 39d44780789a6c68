"""What a report says of the edition it is: for whom it is made, who is told together, and why figures are missing."""

from collections.abc import Iterator

from exports.profile import Parts, Profile, Withheld
from exports.report import Report
from exports.sheet import Grid, Sentence
from exports.table import Column, Kind, Table, table
from exports.words import _


def lead(profile: Profile) -> str:
    """What the cover says first."""
    if profile is Profile.INTERNAL:
        return _("Internal edition: it shows small groups in full and is not meant for publication.")
    return _("Public edition: no figure tells of fewer than 5 people, and none can be computed from it.")


def cover(report: Report) -> Iterator[Grid | Sentence]:
    """For the cover of a public report: who is told together with others."""
    if report.profile is Profile.INTERNAL:
        return
    if not report.parts.told:
        yield Sentence(text=nobody_counted())
    elif any(one.pool for one in _all_parts(report)):
        yield Grid(
            heading=_("Who is told alone, who together"),
            table=_told_together(report),
            nothing="",
            note=_("“only together” is a group of fewer than 5 people, or one by which a small one could be computed."),
        )
    else:
        yield Sentence(text=_("Every group has 5 people or more; each is told alone."))


def together(report: Report, parts: Parts) -> Iterator[Sentence]:
    """The sentence under a table by stakeholder: who is told together there, and why."""
    if not parts.told:
        yield Sentence(text=nobody_counted())
    elif parts.pool:
        *others, last = (report.who(key).label["de"] for key in parts.members)
        sentence = _(
            "Told only together: %(others)s and %(last)s. "
            "One of them has fewer than 5 people here, or a small group could be computed otherwise."
        )
        yield Sentence(text=sentence % {"others": ", ".join(others), "last": last})


def nobody_counted() -> str:
    return _("Fewer than 5 people: this edition tells no figures of people.")


def balances_not() -> str:
    return _("Not told: balanced result and what rests on it. A small group could be computed otherwise.")


def _told_together(report: Report) -> Table:
    rows = [
        {
            "who": who,
            **{
                key: parts.withheld.get(who.key, _("alone"))
                for key, parts in zip(("parts", "appraisals", "feedback"), _all_parts(report), strict=True)
            },
        }
        for who in report.plan.participating
    ]
    columns = [
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=30),
        Column(key="parts", head=_("People, cards, votes"), width=18),
        Column(key="appraisals", head=_("Appraisal"), width=18),
        Column(key="feedback", head=_("Feedback"), width=18),
    ]
    return table(rows, columns)


def _all_parts(report: Report) -> tuple[Parts, Parts, Parts]:
    return report.parts, report.round_two.parts, report.round_two.feedback_parts


def people(count: int | None) -> int | str:
    """A number of people, or why it is not told."""
    return Withheld.SMALL.words if count is None else count
