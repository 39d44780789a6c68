"""Who speaks about whom."""

from dialog import attribution
from dialog.shares import share_of
from dialog.words import Valence
from exports.look import FAILS_HEAT, WORKS_HEAT
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.frequency import mentions_of
from exports.words import _


def about(report: Report, valence: Valence) -> Table:
    """Who speaks about whom, for one valence."""
    everybody = [s.key for s in report.plan.stakeholders]
    matrix = attribution.who_about_whom(report.said, report.parts.keys, everybody)[valence]
    rows = [
        {
            "who": report.who(author),
            **{f"to {to}": number for to, number in said_to.items()},
            "mentions": sum(said_to.values()),
            "cards": matrix.cards[author],
        }
        for author, said_to in matrix.mentions.items()
    ]
    columns = [
        Column(key="who", head=_("Who speaks"), kind=Kind.WHO, width=30),
        *mentions_of(report, WORKS_HEAT if valence is Valence.WORKS else FAILS_HEAT),
        Column(key="mentions", head=_("Mentions together"), kind=Kind.NUMBER, width=13),
        Column(key="cards", head=_("Cards"), kind=Kind.NUMBER, width=11),
    ]
    return table(rows, columns, totals=_("Together"))


def to_others(report: Report) -> Table:
    """Attribution to others: failing cards of a stakeholder that do not address itself.

    Several stakeholders together have no self: whether a card is about itself would say which of them wrote it.
    """
    rows = []
    for key in report.parts.keys:
        counted = attribution.to_others(report.said, key)
        told = {
            "elsewhere": counted.elsewhere,
            "itself": counted.failing - counted.elsewhere,
            "share": share_of(counted.elsewhere, counted.failing),
        }
        rows.append(
            {
                "who": report.who(key),
                "failing": counted.failing,
                **(dict.fromkeys(told, Withheld.COMPLEMENT) if report.is_pool(key) else told),
            }
        )
    columns = [
        Column(key="who", head=_("Who speaks"), kind=Kind.WHO, width=30),
        Column(key="failing", head=_("Cards: does not work"), kind=Kind.NUMBER),
        Column(key="elsewhere", head=_("Cards: only to others"), kind=Kind.NUMBER),
        Column(key="itself", head=_("Cards: also to itself"), kind=Kind.NUMBER),
        Column(key="share", head=_("Share only to others"), kind=Kind.SHARE),
    ]
    return table(rows, columns)
