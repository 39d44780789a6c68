"""What the plan of a dialogue sets: how many cards, votes and people there are to be, and how much may be written."""

from collections.abc import Iterator

from dialog.words import Appraising, Step
from exports.report import Report
from exports.table import Column, Table, table
from exports.words import _


def settings(report: Report) -> Table:
    """One row for each setting, without those of steps that the format does not have."""
    columns = [Column(key="name", head=_("Setting"), width=30), Column(key="value", head=_("Value"), width=24)]
    return table([{"name": name, "value": value} for name, value in _set(report)], columns)


def _set(report: Report) -> Iterator[tuple[str, str | int]]:
    limits = report.plan.limits
    yield _("People at most"), limits.people
    yield _("People per group at most"), limits.people_per_group
    if report.holds(Step.COLLECT):
        yield _("Cards per person at most"), limits.cards_per_person
        yield _("Characters per card at most"), limits.characters
    if report.holds(Step.NOMINATE):
        yield _("Topics that a group nominates at most"), limits.nominations_per_group
    if report.holds(Step.WEIGH):
        yield _("Votes per person"), limits.votes_per_person
        yield _("Votes per topic at most"), limits.votes_per_topic
    if report.holds(Step.MIX):
        yield _("People per table"), limits.people_per_table
        yield _("Topics that a person may wish for"), limits.wishes_per_person
        yield _("Characters per sentence at a table at most"), limits.text_characters
    if report.holds(Step.SOLVE):
        yield _("Proposals per table at most"), limits.proposals_per_table
    if report.holds(Step.APPRAISE):
        yield _("Proposals are appraised by"), _appraised_by(report.plan.appraising)


def _appraised_by(appraising: Appraising) -> str:
    if appraising is Appraising.RESISTANCE:
        return _("resistance, 0 to 10")
    return _("effect and feasibility, 1 to 5 each")
