"""What the mixed tables wrote: the ideal, what each stakeholder would gain, and what is to be done."""

from collections import Counter

from dialog.events import BenefitContent, EntryState, ProposalContent, VisionContent
from dialog.words import Step
from exports.look import MENTIONS_HEAT
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import table_name, title_of
from exports.tables.seating import topic_columns
from exports.words import _

BROAD = 44
"""Characters of the columns of running text; the numbers below them share their width."""


def visions(report: Report) -> Table:
    """The ideal of each table, and its twin in plain language."""
    rows = [
        {**_where(report, entry), "text": vision.text, "plain": vision.plain}
        for entry, vision in sorted(report.round_two.of_kind(VisionContent), key=lambda one: _place(report, one[0]))
    ]
    columns = [
        *_where_columns(report),
        Column(key="text", head=_("The ideal"), width=BROAD),
        Column(key="plain", head=_("In plain language"), width=BROAD),
    ]
    return table(rows, columns)


def benefits(report: Report) -> Table:
    """What each stakeholder would gain, table by table."""
    order = [who.key for who in report.plan.stakeholders]
    found = sorted(report.round_two.of_kind(BenefitContent), key=lambda one: order.index(one[1].stakeholder))
    rows = [
        {**_where(report, entry), "text": benefit.text, "who": report.who(benefit.stakeholder)}
        for entry, benefit in sorted(found, key=lambda one: _place(report, one[0]))
    ]
    columns = [
        *_where_columns(report),
        Column(key="text", head=_("Benefit"), width=BROAD),
        Column(key="who", head=_("Whom it benefits"), kind=Kind.WHO, width=BROAD),
    ]
    return table(rows, columns)


def gained(report: Report) -> Table:
    """How many benefits each table found for each stakeholder."""
    rows = []
    for table_id, one in report.round_two.tables.items():
        found = report.round_two.progress.get(table_id, {})
        rows.append(
            {
                "table": table_name(report, table_id),
                "topic": title_of(report, one.topic_id),
                **{f"for {who.key}": found.get(f"benefit:{who.key}", 0) for who in report.plan.participating},
                "together": found.get("benefit", 0),
            }
        )
    columns = [
        *_where_columns(report),
        *(
            Column(
                key=f"for {who.key}",
                head=_("Benefits: %(who)s") % {"who": who.label["de"]},
                kind=Kind.NUMBER,
                width=BROAD,
                heat=MENTIONS_HEAT,
            )
            for who in report.plan.participating
        ),
        Column(key="together", head=_("Benefits together"), kind=Kind.NUMBER),
    ]
    return table(rows, columns, totals=_("Together"))


def proposals(report: Report) -> Table:
    """Every proposal, by its number."""
    levels = {level.key: f"{level.key} – {level.label['de']}" for level in report.plan.levels}
    steps = {step.key: process_step(step.key, step.label["de"]) for step in report.plan.process_steps}
    rows = [
        {
            "number": entry.number,
            "title": proposal.title,
            "what": proposal.what,
            "first_step": proposal.first_step,
            "level": levels.get(proposal.level or "", ""),
            "process_step": steps.get(proposal.process_step or "", ""),
            "needs": ", ".join(report.who(key).label["de"] for key in proposal.needs),
            **_where(report, entry),
        }
        for entry, proposal in report.round_two.of_kind(ProposalContent)
    ]
    columns = [
        *numbered(),
        Column(key="what", head=_("What exactly"), width=BROAD),
        Column(key="first_step", head=_("First step"), width=36),
        *([Column(key="level", head=_("Level"), width=20)] if levels else []),
        *([Column(key="process_step", head=_("Process step"), width=20)] if steps else []),
        Column(key="needs", head=_("Who is needed"), width=20),
        *topic_columns(report, 26),
        Column(key="table", head=_("Table"), width=10),
    ]
    return table(rows, columns)


def numbered() -> list[Column]:
    """A proposal by its number and title."""
    return [
        Column(key="number", head=_("No."), kind=Kind.NUMBER, width=11),
        Column(key="title", head=_("Proposal"), width=34),
    ]


def process_step(key: str, label: str) -> str:
    return f"{key}. {label}"


def grounds(report: Report) -> Table:
    """Which cards each proposal answers, and which benefits it brings."""
    found = {entry.id: benefit for entry, benefit in report.round_two.of_kind(BenefitContent)}
    rows = []
    for entry, proposal in report.round_two.of_kind(ProposalContent):
        cards = [report.cards[card_id] for card_id in proposal.card_ids if card_id in report.cards]
        brought = [found[benefit_id] for benefit_id in proposal.benefit_ids if benefit_id in found]
        rows.append(
            {
                "number": entry.number,
                "title": proposal.title,
                "cards": "\n".join(f"• {card.text}" for card in cards),
                "benefits": "\n".join(f"• {report.who(one.stakeholder).label['de']}: {one.text}" for one in brought),
            }
        )
    columns = [
        *numbered(),
        *([Column(key="cards", head=_("Cards it answers"), width=BROAD)] if report.holds(Step.COLLECT) else []),
        *([Column(key="benefits", head=_("Benefits it brings"), width=36)] if report.holds(Step.TRANSLATE) else []),
    ]
    return table(rows, columns)


def levels(report: Report) -> Table:
    """How many proposals act on which level, and there on which step of the process."""
    counted = Counter(
        (proposal.level, proposal.process_step) for _entry, proposal in report.round_two.of_kind(ProposalContent)
    )
    steps = [(step.key, process_step(step.key, step.label["de"])) for step in report.plan.process_steps]
    rows = []
    for level in report.plan.levels:
        of_level = [*steps, (None, _("without process step"))] if level.in_process else [(None, "")]
        for key, words in of_level:
            count = counted[level.key, key]
            rows.append({"key": level.key, "level": level.label["de"], "process_step": words, "count": count})
    without = counted[None, None]
    rows.append({"key": "–", "level": _("without level"), "process_step": "", "count": without})
    columns = [
        Column(key="key", head=_("Level"), width=11),
        Column(key="level", head=_("What it is about"), width=34),
        Column(key="process_step", head=_("Process step"), width=BROAD),
        Column(key="count", head=_("Proposals"), kind=Kind.NUMBER, heat=MENTIONS_HEAT),
    ]
    return table(rows, columns, totals=_("Together"))


def _where(report: Report, entry: EntryState) -> dict[str, str]:
    return {"table": table_name(report, entry.table_id), "topic": title_of(report, entry.topic_id)}


def _where_columns(report: Report) -> list[Column]:
    return [Column(key="table", head=_("Table"), width=12), *topic_columns(report, 34)]


def _place(report: Report, entry: EntryState) -> int:
    """The place of the entry's table among the tables."""
    return report.round_two.tables[entry.table_id].position
