"""Proposals in words, as the wall and the cockpit show them. The caller decides when they lie open to all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog import queries, table_queries
from dialog.events import BenefitContent, EntryState, ProposalContent
from dialog.format import Plan
from dialog.models import Dialogue
from dialog.store import Db
from sessions.entries import TableShown, all_tables
from sessions.language import words
from sessions.stakeholders import Who, everybody_addressed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalShown:
    """A proposal in words. What its table has left open is "", None or empty."""

    id: str
    number: int
    title: str
    what: str
    first_step: str
    level: str
    """The letter of its level with its words, "B – Prozesse"."""
    process_step: str
    needs: Sequence[Who]
    benefits: Sequence[tuple[Who, str]]
    table: TableShown


def proposals(db: Db, dialogue: Dialogue) -> list[ProposalShown]:
    """All standing proposals in the order of their numbers."""
    plan = queries.plan(dialogue)
    tables = all_tables(db, dialogue.id)
    benefits = {entry.id: entry.content for entry in table_queries.entries(db, dialogue.id, kind="benefit")}
    whos = {one.key: one for one in everybody_addressed(plan)}
    return [
        _shown(entry, entry.content, plan, whos, tables[entry.table_id], benefits)
        for entry in table_queries.entries(db, dialogue.id, kind="proposal")
        if isinstance(entry.content, ProposalContent)
    ]


def _shown(
    entry: EntryState,
    content: ProposalContent,
    plan: Plan,
    whos: Mapping[str, Who],
    table: TableShown,
    benefits: Mapping[str, object],
) -> ProposalShown:
    levels = {level.key: f"{level.key} – {words(level.label)}" for level in plan.levels}
    steps = {step.key: f"{step.key}. {words(step.label)}" for step in plan.process_steps}
    brought = [benefits[one] for one in content.benefit_ids if one in benefits]
    return ProposalShown(
        id=entry.id,
        number=entry.number,
        title=content.title,
        what=content.what,
        first_step=content.first_step,
        level=levels.get(content.level or "", ""),
        process_step=steps.get(content.process_step or "", ""),
        needs=[whos[key] for key in content.needs if key in whos],
        benefits=[(whos[one.stakeholder], one.text) for one in brought if isinstance(one, BenefitContent)],
        table=table,
    )
