"""What a report may tell of round 2: tables, what they wrote, what everybody thought of it and promised.

Nothing is here before its reveal: tables once they have been shown, proposals once they lie open to all, figures of the
appraisal once they have been revealed. People are counted; nobody's wishes, pairs or seats are here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dialog import draw, mixing, promise_queries, queries, table_queries
from dialog.appraising import Appraisals
from dialog.events import (
    BenefitContent,
    CommitmentState,
    EntryState,
    ProposalContent,
    TableState,
    VisionContent,
)
from dialog.feedback_figures import FeedbackFigures
from dialog.following_up import Followed, followed
from dialog.lines import Line, lines
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting
from exports.profile import Parts, each_alone

Content = TypeVar("Content", VisionContent, BenefitContent, ProposalContent)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTwo:
    """Round 2 of one dialogue at one moment."""

    parts: Parts
    """Who is told alone and who together in the appraisals, in `exports.report.Report.parts` for everything else."""
    feedback_parts: Parts
    """The same for the feedback."""
    tables: Mapping[str, TableState]
    """By id, in their order; nothing before they have been shown."""
    people: Mapping[str, Mapping[str, int]]
    """The people of each table by stakeholder; never in a public report."""
    sizes: Mapping[str, int]
    """The people of each table; nothing in a public report with a table of fewer than 5."""
    mixing: mixing.Report | None
    """How well the tables keep the rules; None while there are none to tell of."""
    seed: int | None
    """What the draw was begun with."""
    entries: Mapping[str, EntryState]
    """What stands written and lies open, by id: by kind, then number."""
    progress: Mapping[str, Mapping[str, int]]
    """How much each table has written; benefits also as "benefit:<stakeholder>"."""
    covered: int
    """Proposals that do not lie open to all yet."""
    appraised: int | None
    """People who have appraised at least one proposal; None where it may not be told."""
    appraisals: Appraisals | None
    """None before the reveal, and where they may not be told."""
    few: frozenset[str | None]
    """Proposals without figures in a public report, because fewer than 5 people appraised them."""
    commitments: tuple[CommitmentState, ...]
    followed: Mapping[str, Followed]
    """The same commitments by id, with what the forum noted of each since."""
    answered: int | None
    """People who have said how the afternoon was; None where it may not be told."""
    feedback: FeedbackFigures
    few_answers: frozenset[str]
    """Questions without figures in a public report, because fewer than 5 people answered them."""
    sentences: tuple[str, ...]
    """The free sentences, in the order of the alphabet, which tells nothing; never in a public report."""
    lines: tuple[Line, ...]
    """The ways from the cards to the commitments, as far as they lie open."""

    def of_kind(self, content: type[Content]) -> Iterator[tuple[EntryState, Content]]:
        """The open entries of one kind, with what they say."""
        for entry in self.entries.values():
            if isinstance(entry.content, content):
                yield entry, entry.content


def read_round_two(db: Db, dialogue: Dialogue) -> RoundTwo:
    """Read everything a report may tell of round 2."""
    plan, shown = queries.plan(dialogue), dialogue.tables_shown
    tables = {table.id: table for table in table_queries.tables(db, dialogue.id)} if shown else {}
    is_open = plan.is_past_solve(Step(dialogue.step))
    written = [entry for entry in table_queries.entries(db, dialogue.id) if entry.table_id in tables]
    entries = {entry.id: entry for entry in written if is_open or entry.content.kind != "proposal"}
    people = queries.present(db, dialogue.id).by_table
    sentences = (paper.sentence for paper in promise_queries.feedback(db, dialogue.id))
    return RoundTwo(
        parts=each_alone(plan.participating),
        feedback_parts=each_alone(plan.participating),
        tables=tables,
        people=people,
        sizes={table_id: sum(people.get(table_id, {}).values()) for table_id in tables},
        mixing=draw.mix(db, dialogue).report() if tables else None,
        seed=dialogue.mixing_seed if tables else None,
        entries=entries,
        progress={at: counts for at, counts in table_queries.progress(db, dialogue.id).items() if at in tables},
        covered=len(written) - len(entries),
        appraised=promise_queries.appraised(db, dialogue.id),
        appraisals=promise_queries.figures(db, dialogue) if dialogue.appraising == Voting.REVEALED else None,
        few=frozenset(),
        commitments=tuple(promise_queries.commitments(db, dialogue.id)),
        followed={one.commitment.id: one for one in followed(db, dialogue.id)},
        answered=promise_queries.answered(db, dialogue.id),
        feedback=promise_queries.feedback_figures(db, dialogue),
        few_answers=frozenset(),
        sentences=tuple(sorted(sentence for sentence in sentences if sentence)),
        lines=_open_lines(lines(db, dialogue), tables, entries),
    )


def _open_lines(
    found: list[Line], tables: Mapping[str, TableState], entries: Mapping[str, EntryState]
) -> tuple[Line, ...]:
    """The lines without what does not lie open yet; two that are then the same are one."""
    opened = (
        Line(
            card=line.card,
            topic=line.topic,
            voted_on=line.voted_on,
            table=line.table if line.table in tables else None,
            proposal=line.proposal if line.proposal in entries else None,
            commitment=line.commitment,
        )
        for line in found
    )
    return tuple(dict.fromkeys(line for line in opened if line.card or line.proposal or line.commitment))
