"""Round 2 in the minutes: the tables one by one, and what everybody thought of what they propose."""

from collections.abc import Iterator, Mapping

from dialog.events import BenefitContent, ProposalContent, TableState, VisionContent
from dialog.words import Appraising, Step
from exports.report import Report
from exports.sheet import Sheet
from exports.story.content import Block, Chapter, Gain, Gains, Head, Proposal, Quote, Says, Section
from exports.story.paper import records, who
from exports.story.sheets import on_paper
from exports.story.telling import agreed, drawn, in_a_line, was_held
from exports.tables import appraisal, entries, seating
from exports.tables.names import table_name, title_of
from exports.words import _


def mixed(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """How the tables were mixed."""
    if not report.holds(Step.MIX) or not (report.round_two.tables or was_held(report, Step.MIX)):
        return
    sheet = sheets[_("Tables")]
    alone = [key for key in ("table", "topic") if report.holds(Step.SORT) or key == "table"]
    people = [f"people {one.key}" for one in report.plan.participating]
    keep = {_("People at the tables"): [*alone, *people, "people"]}
    yield Chapter(key="mixed", title=_("Round 2: the tables"), lead=sheet.lead, blocks=tuple(on_paper(sheet, keep)))


def worked(report: Report) -> Iterator[Chapter]:
    """Ideal, benefits and proposals, one table on a page."""
    steps = [step for step in (Step.ENVISION, Step.TRANSLATE, Step.SOLVE) if report.holds(step)]
    if not steps or not (report.round_two.entries or report.round_two.covered or was_held(report, *steps)):
        return
    appraised = _appraised(report)
    facts = _facts_of_proposals(report)
    blocks: list[Block] = []
    if report.round_two.covered:
        said = _("Proposals that do not lie open to all yet: %(count)s. They stand here after this step.")
        blocks.append(Says(text=said % {"count": report.round_two.covered}, tone="gap"))
    if not report.round_two.tables:
        blocks.append(Says(text=_("The tables have not been shown yet. Until then nothing of them stands here.")))
    people = records(seating.tables(report))
    yield Chapter(
        key="worked",
        title=_("Round 2: what the tables worked out"),
        lead=_("The ideal, what each stakeholder would gain from it, and what is to be done."),
        blocks=tuple(blocks),
        sections=tuple(
            _table(report, one, row, facts, appraised)
            for one, row in zip(report.round_two.tables.values(), people, strict=True)
        ),
    )


def _table(
    report: Report,
    one: TableState,
    row: Mapping[str, str],
    facts: Mapping[str, tuple[tuple[str, str], ...]],
    appraised: Mapping[str, str],
) -> Section:
    title = table_name(report, one.id)
    topic = title_of(report, one.topic_id)
    return Section(
        title=f"{title}: {topic}" if topic else title,
        kicker=_("People at this table: %(count)s") % {"count": row["people"]},
        strip=True,
        blocks=(
            *(_ideal(report, one.id) if report.holds(Step.ENVISION) else ()),
            *(_gains(report, one.id) if report.holds(Step.TRANSLATE) else ()),
            *(_proposals(report, one.id, facts, appraised) if report.holds(Step.SOLVE) else ()),
        ),
    )


def _ideal(report: Report, table_id: str) -> Iterator[Block]:
    yield Head(text=_("The ideal"))
    written = [vision for entry, vision in report.round_two.of_kind(VisionContent) if entry.table_id == table_id]
    for vision in written:
        yield Quote(text=vision.text, plain=vision.plain)
    if not written:
        yield Says(text=_("This table has not written an ideal."), tone="gap")


def _gains(report: Report, table_id: str) -> Iterator[Block]:
    yield Head(text=_("What each would gain"))
    order = [one.key for one in report.plan.stakeholders]
    found = [gain for entry, gain in report.round_two.of_kind(BenefitContent) if entry.table_id == table_id]
    found.sort(key=lambda gain: order.index(gain.stakeholder))
    if found:
        yield Gains(gains=tuple(Gain(who=who(report, gain.stakeholder), text=gain.text) for gain in found))
    missing = [one for one in report.plan.participating if one.key not in {gain.stakeholder for gain in found}]
    if missing:
        names = ", ".join(one.label["de"] for one in missing)
        yield Says(text=_("No benefit was written for: %(who)s.") % {"who": names}, tone="gap")


def _proposals(
    report: Report,
    table_id: str,
    facts: Mapping[str, tuple[tuple[str, str], ...]],
    appraised: Mapping[str, str],
) -> Iterator[Block]:
    yield Head(text=_("Proposals"))
    brought = {entry.id: benefit for entry, benefit in report.round_two.of_kind(BenefitContent)}
    own = [(entry, said) for entry, said in report.round_two.of_kind(ProposalContent) if entry.table_id == table_id]
    for entry, said in own:
        benefits = [brought[key] for key in said.benefit_ids if key in brought]
        yield Proposal(
            title=f"{entry.number}. {said.title}",
            facts=facts[entry.id],
            answers=tuple(drawn(report, card_id) for card_id in said.card_ids if card_id in report.cards),
            brings=tuple(f"{report.who(one.stakeholder).label['de']}: {one.text}" for one in benefits),
            appraised=appraised.get(entry.id, ""),
            promised=tuple(agreed(one) for one in report.round_two.commitments if one.proposal_id == entry.id),
        )
    if not own and not report.round_two.covered:
        yield Says(text=_("This table has not written a proposal."), tone="gap")


def _facts_of_proposals(report: Report) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is said of each proposal, in the words of the workbook's table; what is missing is left out."""
    table = entries.proposals(report)
    told = [column for column in table.columns if column.key not in ("number", "title", "table", "topic")]
    return {
        entry.id: tuple((column.head, row[column.key]) for column in told if row[column.key])
        for (entry, _said), row in zip(report.round_two.of_kind(ProposalContent), records(table), strict=True)
    }


def _appraised(report: Report) -> dict[str, str]:
    """How each proposal was appraised, in a line with the figures of the workbook."""
    figures = report.round_two.appraisals
    if figures is None:
        return {}
    order = [proposal or "" for proposal in appraisal.in_order(report, figures)]
    if figures.how is Appraising.EFFECT_FEASIBILITY:
        table = appraisal.placed(report, figures)
        keys = ("effect", "feasibility")
    else:
        table = appraisal.options(report, figures)
        keys = ("resistance", "acceptance")
    heads = {column.key: column.head for column in table.columns}
    return {
        proposal: in_a_line([*(f"{heads[key]}: {row[key]}" for key in keys if key in row), row.get("words", "")])
        for proposal, row in zip(order, records(table), strict=True)
    }


def appraised(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """What everybody thought of the proposals."""
    if not report.holds(Step.APPRAISE) or not (
        report.round_two.appraisals or report.round_two.appraised or was_held(report, Step.APPRAISE)
    ):
        return
    sheet = sheets[_("Appraisal")]
    yield Chapter(
        key="appraised",
        title=_("How the proposals were appraised"),
        lead=sheet.lead,
        blocks=tuple(on_paper(sheet, without=[_("How many gave which mark")])),
    )
