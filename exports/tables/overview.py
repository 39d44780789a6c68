"""People, groups and steps of a dialogue."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dialog.held import Held
from dialog.words import Step, Valence
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.frequency import cards_by_valence
from exports.tables.names import step_name
from exports.words import _

GERMANY: Final = ZoneInfo("Europe/Berlin")


def people_and_cards(report: Report) -> Table:
    """People, groups and, in a dialogue that collects them, cards of each stakeholder that takes part."""
    said = pd.DataFrame([(s.stakeholder, s.valence) for s in report.said], columns=["who", "valence"], dtype=object)
    written = said.value_counts().to_dict()
    rows = []
    for key in report.parts.keys:
        works, fails = (int(written.get((key, valence), 0)) for valence in (Valence.WORKS, Valence.FAILS))
        rows.append(
            {
                "who": report.who(key),
                "expected": report.plan.expected.get(key, 0) if report.parts.told else Withheld.SMALL,
                "here": report.present.get(key, Withheld.SMALL),
                "groups": report.group_counts[key],
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
        *(cards_by_valence() if report.holds(Step.COLLECT) else []),
    ]
    return table(rows, columns, totals=_("Together"))


def steps(report: Report) -> Table:
    """The steps of the format, and when each was held, to the minute as the clock on the wall showed it.

    A step that was held in several stays began with the first and ended with the last; its minutes are all of them.
    """
    order = [planned.step for planned in report.plan.steps]
    stays = {one.step: one for one in report.held}
    now = len(order) if report.closed else order.index(report.step)
    rows = [
        {
            "step": step_name(planned.step.value),
            "state": _state(at - now, planned.step in stays or not stays),
            "begin": _clock(report, stays[planned.step].began_at) if planned.step in stays else "",
            "end": _clock(report, stays[planned.step].ended_at) if planned.step in stays else "",
            "lasted": _minutes(stays[planned.step]) if planned.step in stays else None,
            "minutes": planned.minutes,
        }
        for at, planned in enumerate(report.plan.steps)
    ]
    columns = [
        Column(key="step", head=_("Step"), width=30),
        Column(key="state", head=_("State")),
        Column(key="begin", head=_("Began at")),
        Column(key="end", head=_("Ended at")),
        Column(key="lasted", head=_("Minutes held"), kind=Kind.NUMBER),
        Column(key="minutes", head=_("Minutes planned"), kind=Kind.NUMBER),
    ]
    return table(rows, columns)


def _state(ahead: int, held: bool) -> str:
    """How a step stands that comes so many steps after the present one."""
    if ahead == 0:
        return _("now")
    if ahead < 0:
        return _("over") if held else _("left out")
    return _("to come")


def _clock(report: Report, moment: datetime | None) -> str:
    """The time of day in Germany, with the date where it is another day than that of the dialogue; empty if unknown."""
    if moment is None:
        return ""
    local = moment.astimezone(GERMANY)
    return local.strftime("%H:%M" if local.date() == report.plan.held_on else "%d.%m.%Y %H:%M")


def _minutes(stay: Held) -> int | None:
    """How long a step was held, in whole minutes; None where its begin or its end is not known."""
    return round(stay.lasted / timedelta(minutes=1)) if stay.lasted else None
