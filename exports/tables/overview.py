"""People, groups and steps of a dialogue."""

import pandas as pd

from dialog.words import Valence
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.frequency import cards_by_valence
from exports.tables.names import step_name
from exports.words import _


def people_and_cards(report: Report) -> Table:
    """People, groups and cards of each stakeholder that takes part."""
    said = pd.DataFrame([(s.stakeholder, s.valence) for s in report.said], columns=["who", "valence"], dtype=object)
    written = said.value_counts().to_dict()
    rows = []
    for key, here in report.present.items():
        works, fails = (int(written.get((key, valence), 0)) for valence in (Valence.WORKS, Valence.FAILS))
        rows.append(
            {
                "who": report.who(key),
                "expected": report.plan.expected.get(key, 0),
                "here": here,
                "groups": sum(group.stakeholder == key for group in report.groups.values()),
                "works": works,
                "fails": fails,
                "cards": works + fails,
            }
        )
    columns = [
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=30),
        Column(key="expected", head=_("People expected"), kind=Kind.NUMBER),
        Column(key="here", head=_("People present"), kind=Kind.NUMBER),
        Column(key="groups", head=_("Groups"), kind=Kind.NUMBER),
        *cards_by_valence(),
    ]
    return table(rows, columns, totals=_("Together"))


def steps(report: Report) -> Table:
    """The steps of the format, and which are over."""
    order = [planned.step for planned in report.plan.steps]
    now = len(order) if report.closed else order.index(report.step)
    rows = [
        {
            "step": step_name(planned.step.value),
            "minutes": planned.minutes,
            "state": _("over") if at < now else _("now") if at == now else _("to come"),
        }
        for at, planned in enumerate(report.plan.steps)
    ]
    columns = [
        Column(key="step", head=_("Step"), width=30),
        Column(key="minutes", head=_("Minutes planned"), kind=Kind.NUMBER),
        Column(key="state", head=_("State")),
    ]
    return table(rows, columns)
