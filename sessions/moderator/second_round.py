"""What the cockpit shows of the steps after the draw: how far the tables are, the proposals, what was promised."""

from collections.abc import Mapping
from typing import Any

from dialog import promise_queries, queries, table_queries
from dialog.at_table import AT_TABLES
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting
from sessions.appraisal import appraisal_shown
from sessions.entries import all_tables
from sessions.feedback import feedback_shown
from sessions.participant.gallery import gallery
from sessions.promises import promises, shown
from sessions.proposals import proposals
from sessions.tables_now import tables_now


def second_round(db: Db, dialogue: Dialogue, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of these steps need, by name; `asked` are the arguments of the page's address."""
    step = Step(dialogue.step)
    if dialogue.closed or step is Step.CLOSE:
        return _closing(db, dialogue)
    if step in AT_TABLES:
        return {"tables_now": tables_now(db, dialogue)}
    if step is Step.APPRAISE:
        return _appraising(db, dialogue, asked)
    return _committing(db, dialogue) if step is Step.COMMIT else {}


def _appraising(db: Db, dialogue: Dialogue, asked: Mapping[str, str]) -> dict[str, Any]:
    begun = dialogue.appraising != Voting.PREPARING or promise_queries.begun(db, dialogue.id)
    return {
        "gallery": gallery(db, dialogue, asked),
        "shown": {one.id: one for one in proposals(db, dialogue)},
        "appraised": promise_queries.appraised(db, dialogue.id),
        "appraisal": appraisal_shown(db, dialogue),
        "may_mend": not begun,
    }


def _committing(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    written = proposals(db, dialogue)
    return {
        "promises": promises(db, dialogue),
        "taken_back": shown(promise_queries.withdrawn(db, dialogue.id), written),
        "proposals": in_order_of_result(db, dialogue),
        "appraisal": appraisal_shown(db, dialogue),
    }


def in_order_of_result(db: Db, dialogue: Dialogue) -> list[Any]:
    """All proposals, best first once the appraisal has been revealed, before it in the order of their numbers."""
    written = proposals(db, dialogue)
    found = appraisal_shown(db, dialogue)
    if found is None:
        return list(written)
    ranked = [row.proposal.id for row in (*found.rows, *found.options) if row.proposal is not None]
    return sorted(written, key=lambda one: ranked.index(one.id))


def _closing(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    plan = queries.plan(dialogue)
    written = table_queries.progress(db, dialogue.id).values()
    return {
        "cut": queries.authorship_cut(db, dialogue.id),
        "asks": bool(plan.feedback or plan.feedback_sentence),
        "answered": promise_queries.answered(db, dialogue.id),
        "appraised": promise_queries.appraised(db, dialogue.id),
        "appraisal": appraisal_shown(db, dialogue),
        "promises": promises(db, dialogue),
        "count_proposals": sum(progress.get("proposal", 0) for progress in written),
        "has_tables": bool(all_tables(db, dialogue.id)),
        "feedback": feedback_shown(db, dialogue),
    }
