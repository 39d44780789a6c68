"""The first page of the minutes: what was held where, who was there, and when each step was."""

from collections.abc import Iterator

from exports import edition
from exports.report import Report
from exports.sheet import Grid
from exports.story.content import Block, Facts, Head, Says
from exports.story.paper import grid
from exports.story.sheets import blocks_on_paper, tables
from exports.table import Table
from exports.tables import overview
from exports.tables.names import step_name
from exports.words import _


def rehearsal(report: Report) -> str:
    """What stands on something that was only practised; otherwise empty."""
    return (
        _("Rehearsal: simulated people, made up for practising. Please quote nothing of it.")
        if report.rehearsal
        else ""
    )


def cover(report: Report) -> Iterator[Block]:
    yield Facts(rows=tuple(_facts(report)))
    people = Grid(heading=_("Who was there"), table=overview.people_and_cards(report), nothing=_("Nobody takes part."))
    yield from tables(people, _("The dialogue"), ("who", "here", "groups", "cards"))
    yield from blocks_on_paper(edition.cover(report), _("The dialogue"))
    yield from _steps(report)


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    yield _("Regional forum"), report.forum
    yield _("Format"), report.plan.name["de"]
    now = {"step": step_name(report.step.value)}
    yield _("State"), _("closed") if report.closed else _("not closed yet, now at “%(step)s”") % now
    yield _("Edition"), report.profile.words


def _steps(report: Report) -> Iterator[Block]:
    """The steps that were held, and their times."""
    yield Head(text=_("Steps held"))
    steps = overview.steps(report)
    names = [step_name(one.step.value) for one in report.held]
    held = Table(steps.frame[steps.frame["step"].isin(names)], steps.columns)
    if not held.rows:
        yield Says(text=_("No times are known: nobody has gone from one step to the next yet."), tone="gap")
        return
    columns = [column for column in steps.columns if column.key in ("step", "begin", "end", "lasted")]
    note = _("Times of day in Germany. A step in several stays counts from its first begin to its last end.")
    yield grid("", _("The dialogue: steps held"), held, columns, note=note)
