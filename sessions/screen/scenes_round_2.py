"""What stands on the pictures of round 2: tables, what they write, how it was appraised, what was promised.

Everything here has been shown or revealed: the tables of a draw that nobody has seen, and figures before their reveal,
have no picture (`dialog.wall.pictures`), and what does not belong to a picture is not read.
"""

from collections.abc import Callable, Sequence
from typing import Any

from dialog import promise_queries, queries, table_queries
from dialog.events import BenefitContent, VisionContent
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting
from sessions import mirror
from sessions.appraisal import appraisal_shown
from sessions.entries import TableShown
from sessions.promises import promises
from sessions.proposals import proposals
from sessions.screen import paging_round_2 as paging
from sessions.screen.paging import topic_pages
from sessions.screen.scene import Scene
from sessions.stakeholders import taking_part
from sessions.tables_now import TableNow, tables_now

Scenes = Callable[[Db, Dialogue, int], list[Scene]]


def _people(db: Db, dialogue: Dialogue) -> int:
    return sum(queries.present(db, dialogue.id).by_stakeholder.values())


def _mix(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    if dialogue.tables_shown:
        return _all_tables(db, dialogue, fit)
    topics = [topic.title for topic in mirror.chosen(db, dialogue)]
    wishes = queries.plan(dialogue).limits.wishes_per_person if topics else 0
    wished = table_queries.wished(db, dialogue.id)
    values = {"people": _people(db, dialogue), "wishes": wishes, "wished": wished}
    return [Scene("mix", {**values, "topics": page}) for page in topic_pages(topics, fit)]


def _all_tables(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    tables = tables_now(db, dialogue) if dialogue.tables_shown else []
    voters = taking_part(queries.plan(dialogue))
    return [Scene("tables", {"voters": voters, "tables": page}) for page in paging.tables_pages(tables, fit)]


def _progress(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    """How far all tables are. Before they have been shown only the question stands there."""
    tables = tables_now(db, dialogue) if dialogue.tables_shown else []
    step = Step(dialogue.step)
    done = {
        Step.ENVISION: sum(table.visions > 0 for table in tables),
        Step.TRANSLATE: sum(not table.missing for table in tables),
        Step.SOLVE: sum(table.proposals > 0 for table in tables),
    }[step]
    values = {"step": step.value, "done": done, "all": len(tables), "voters": taking_part(queries.plan(dialogue))}
    return [Scene("progress", {**values, "tables": page}) for page in paging.tables_pages(tables, fit)]


def one_table(db: Db, dialogue: Dialogue, name: str, fit: int) -> list[Scene]:
    """What one table has written: first what the step is about, then what came before it."""
    table = next(now for now in tables_now(db, dialogue) if now.table.name == name)
    step = Step(dialogue.step)
    written = {
        Step.ENVISION: _visions(db, dialogue, table, fit),
        Step.TRANSLATE: _benefits(db, dialogue, table, fit),
        Step.SOLVE: _solutions(db, dialogue, table.table, fit),
    }
    before = [found for earlier, found in written.items() if _comes_before(dialogue, earlier, step)]
    own = written[step] or [Scene("at_table_nothing", {"table": table.table, "step": step.value})]
    return [*own, *(scene for found in before for scene in found)]


def _comes_before(dialogue: Dialogue, earlier: Step, step: Step) -> bool:
    order = [planned.step for planned in queries.plan(dialogue).steps]
    return earlier in order and order.index(earlier) < order.index(step)


def _visions(db: Db, dialogue: Dialogue, table: TableNow, fit: int) -> list[Scene]:
    entries = table_queries.entries(db, dialogue.id, table.table.id, "vision")
    texts = [entry.content.text for entry in entries if isinstance(entry.content, VisionContent)]
    pages = paging.text_pages(texts, fit) if texts else []
    return [Scene("at_table_ideal", {"table": table.table, "texts": page}) for page in pages]


def _benefits(db: Db, dialogue: Dialogue, table: TableNow, fit: int) -> list[Scene]:
    entries = table_queries.entries(db, dialogue.id, table.table.id, "benefit")
    found = [entry.content for entry in entries if isinstance(entry.content, BenefitContent)]
    if not found:
        return []
    voters = taking_part(queries.plan(dialogue))
    columns = [[one.text for one in found if one.stakeholder == who.key] for who in voters]
    return [
        Scene("at_table_benefits", {"table": table.table, "sides": list(zip(voters, page, strict=True))})
        for page in paging.benefit_rows(columns, fit)
    ]


def _solutions(db: Db, dialogue: Dialogue, table: TableShown, fit: int) -> list[Scene]:
    found = [one for one in proposals(db, dialogue) if one.table.id == table.id]
    pages = paging.proposal_pages(found, fit) if found else []
    return [Scene("at_table_proposals", {"table": table, "proposals": page}) for page in pages]


def _appraise(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    values: dict[str, Any] = {
        "appraising": dialogue.appraising,
        "how": queries.plan(dialogue).appraising.value,
        "proposals": len(proposals(db, dialogue)),
        "appraised": promise_queries.appraised(db, dialogue.id),
        "people": _people(db, dialogue),
    }
    return [Scene("appraise_soon" if dialogue.appraising == Voting.PREPARING else "appraise", values)]


def _gallery(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    found = proposals(db, dialogue)
    values = {"count": len(found)}
    return [Scene("gallery", {**values, "proposals": page}) for page in paging.gallery_pages(found, fit)]


def appraisal(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    """The revealed appraisal: the matrix with its list, then the same as a table; or the bars of resistance."""
    shown = appraisal_shown(db, dialogue)
    assert shown is not None, "Before the reveal there is no such picture."
    if shown.options:
        pages: Sequence[Sequence[Any]] = paging.option_pages(shown.options, fit)
        return [Scene("appraised_table", {"appraisal": shown, "rows": page}) for page in pages]
    placed = {mark.number for mark in shown.marks}
    listed = [row for row in shown.rows if row.proposal.number in placed]
    matrix = paging.list_pages(listed, fit) if listed else []
    return [
        *(Scene("appraised", {"appraisal": shown, "rows": page}) for page in matrix),
        *(Scene("appraised_table", {"appraisal": shown, "rows": page}) for page in _rows(shown.rows, fit)),
    ]


def _rows(rows: Sequence[Any], fit: int) -> list[Sequence[Any]]:
    return paging.table_row_pages(rows, fit)


def _commit(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    made = promises(db, dialogue)
    return [Scene("promises", {"promises": page}) for page in paging.promise_pages(made, fit)]


def _close(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    plan = queries.plan(dialogue)
    return [
        Scene(
            "close",
            {
                "deletes_on": dialogue.deletes_on,
                "asks": bool(plan.feedback or plan.feedback_sentence),
                "answered": promise_queries.answered(db, dialogue.id),
                "people": _people(db, dialogue),
            },
        )
    ]


STEPS: dict[Step, Scenes] = {
    Step.MIX: _mix,
    Step.ENVISION: _progress,
    Step.TRANSLATE: _progress,
    Step.SOLVE: _progress,
    Step.APPRAISE: _appraise,
    Step.COMMIT: _commit,
    Step.CLOSE: _close,
}
"""What the steps of round 2 show by themselves."""

PICTURES: dict[str, Scenes] = {"tables": _all_tables, "gallery": _gallery}
