"""The minutes of a dialogue, in the order of the afternoon; steps that were not held are left out."""

from collections.abc import Iterator

from exports.edition import lead
from exports.report import Report
from exports.story.content import Chapter, Story
from exports.story.cover import cover, rehearsal
from exports.story.ending import agreements, argued, felt
from exports.story.mirrored import mirrored, weighed
from exports.story.round_one import most_important, said_in_round_one
from exports.story.round_two import appraised, mixed, worked
from exports.story.sheets import sheets_by_title
from exports.tables.names import german_date


def story(report: Report) -> Story:
    """Everything that minutes tell of this report."""
    return Story(
        title=report.plan.title,
        place=report.plan.place,
        day=german_date(report.plan.held_on),
        forum=report.forum,
        format=report.plan.name["de"],
        edition=lead(report.profile),
        rehearsal=rehearsal(report),
        cover=tuple(cover(report)),
        chapters=tuple(_chapters(report)),
    )


def _chapters(report: Report) -> Iterator[Chapter]:
    sheets = sheets_by_title(report)
    yield from said_in_round_one(report)
    yield from most_important(report, sheets)
    yield from weighed(report, sheets)
    yield from mirrored(report, sheets)
    yield from mixed(report, sheets)
    yield from worked(report)
    yield from appraised(report, sheets)
    yield from agreements(report, sheets)
    yield from argued(report)
    yield from felt(report, sheets)
