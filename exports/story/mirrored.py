"""The vote and the mirror in the minutes: what counts most, and who says what about whom."""

from collections.abc import Iterator, Mapping, Sequence

from dialog.attribution import images
from dialog.words import Step, Voting
from exports.report import Report
from exports.sheet import Grid, Sheet
from exports.story.content import Block, Chapter, Facing, Says, Section
from exports.story.sheets import on_paper
from exports.story.telling import drawn, was_held
from exports.words import _


def weighed(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """The result of the vote."""
    begun = report.voting is not Voting.PREPARING
    if not report.holds(Step.WEIGH) or not (begun or was_held(report, Step.WEIGH)):
        return
    sheet = sheets[_("Vote")]
    yield Chapter(key="weighed", title=_("The vote"), lead=sheet.lead, blocks=tuple(on_paper(sheet)))


def mirrored(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """Who speaks about whom, how each stakeholder sees itself and is seen, and what was chosen to work on."""
    if not report.holds(Step.MIRROR) or not (report.chosen or was_held(report, Step.MIRROR)):
        return
    sheet = sheets[_("Who about whom")] if report.holds(Step.COLLECT) else None
    to_whom = ("who", *(f"to {one.key}" for one in report.plan.stakeholders))
    keep = {_("What works well"): to_whom, _("What does not work"): to_whom}
    blocks: list[Block] = list(on_paper(sheet, keep)) if sheet else []
    if report.holds(Step.NOMINATE):
        blocks += _chosen(sheets[_("Top topics")])
    yield Chapter(
        key="mirrored",
        title=_("The mirror"),
        lead=_("Who speaks about whom, what each stakeholder says about itself, and what the others say about it."),
        blocks=(*blocks, *_untold(report)),
        sections=tuple(_images(report)) if report.cards else (),
    )


def _chosen(sheet: Sheet) -> Iterator[Block]:
    """What was chosen for round 2, of the sheet that tells what was nominated."""
    others = [block.heading for block in sheet.blocks if isinstance(block, Grid)]
    yield from on_paper(sheet, without=[heading for heading in others if heading != _("Chosen for round 2")])


def _images(report: Report) -> Iterator[Section]:
    """One page for each stakeholder that is told alone."""
    for one in report.plan.participating:
        if one.key in report.withheld:
            continue
        title = _("%(sign)s %(who)s in the mirror") % {"sign": one.sign, "who": one.label["de"]}
        found = images(report.said, one.key)
        own = (*found.of_itself.works, *found.of_itself.fails)
        others = (*found.of_others_together.works, *found.of_others_together.fails)
        yield Section(title=title, blocks=(_facing(report, own, others),))


def _untold(report: Report) -> Iterator[Block]:
    """Who is told only together with others has no image of its own."""
    if report.withheld and report.cards:
        names = ", ".join(report.plan.stakeholder(key).label["de"] for key in report.withheld)
        said = _("What these say about themselves, and others about them, is not told: %(who)s.")
        yield Says(text=said % {"who": names}, tone="gap")


def _facing(report: Report, own: Sequence[str], others: Sequence[str]) -> Facing:
    return Facing(
        own_title=_("What we say about ourselves: %(count)s") % {"count": len(own)},
        own=tuple(drawn(report, card_id) for card_id in own),
        others_title=_("What others say about us: %(count)s") % {"count": len(others)},
        others=tuple(drawn(report, card_id) for card_id in others),
    )
