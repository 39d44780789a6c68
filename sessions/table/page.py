"""The page of a table's tablet: everything of the step at once, or one entry open to be changed."""

from typing import Any

from flask import render_template, url_for

from dialog import audience as a
from dialog import promise_queries, queries, table_queries
from dialog.acting import Actor
from dialog.models import Dialogue, Group
from dialog.store import Db
from dialog.words import Role, Step, Voting
from sessions.identity import board_runner
from sessions.language import words
from sessions.live import live_config
from sessions.participant.at_table import entry_at
from sessions.participant.entry_forms import EntryForm
from sessions.perform import now, reading
from sessions.table.shown import WRITES, edit_context, table_context
from sessions.table_signs import table_sign
from sessions.timer import timer_shown


def is_table(db: Db, group_id: str) -> bool:
    """Whether a group is a mixed table of round 2."""
    group = db.get(Group, group_id)
    return group is not None and group.round == 2


def table_page(dialogue_id: str, table_id: str, form: EntryForm | None = None) -> str:
    """The table as it is now. A new entry that was refused is drawn as it was filled in."""
    with reading() as db:
        actor = board_runner(db, dialogue_id, table_id)
        dialogue = queries.dialogue(db, dialogue_id)
        context = _for_every_page(db, actor, dialogue, table_id)
        if not dialogue.tables_shown:
            return render_template("table/hidden.html", **context)
        fits = form is not None and form.kind == WRITES.get(Step(dialogue.step))
        context |= table_context(db, dialogue, context["board"], table_id, form if fits else None)
        return render_template("table/table.html", **context, refusals=form.refusals if form is not None else [])


def table_entry_page(dialogue_id: str, table_id: str, entry_id: str, form: EntryForm | None = None) -> str:
    """One entry of this table, open to be changed. Raises NoSuchThing or NotYourGroup."""
    with reading() as db:
        actor = board_runner(db, dialogue_id, table_id)
        dialogue = queries.dialogue(db, dialogue_id)
        context = _for_every_page(db, actor, dialogue, table_id)
        state = entry_at(db, dialogue_id, table_id, entry_id)
        context |= edit_context(db, dialogue, context["board"], state, form)
        return render_template("table/entry.html", **context, refusals=form.refusals if form is not None else [])


def tables_of(db: Db, dialogue: Dialogue) -> list[dict[str, Any]]:
    """Every table that has been shown, with the address of its tablet's page."""
    if not dialogue.tables_shown:
        return []
    return [
        {
            "id": table.id,
            "name": table.name,
            "sign": table_sign(table.position)[0],
            "url": url_for("board.page", dialogue_id=dialogue.id, group_id=table.id),
        }
        for table in table_queries.tables(db, dialogue.id)
    ]


def _for_every_page(db: Db, actor: Actor, dialogue: Dialogue, table_id: str) -> dict[str, Any]:
    plan = queries.plan(dialogue)
    url = url_for("board.page", dialogue_id=dialogue.id, group_id=table_id)
    config = live_config(db, a.board(table_id), dialogue.id, url + "board.json")
    step = Step(dialogue.step)
    return {
        "dialogue": dialogue,
        "plan": plan,
        "step": step.value,
        "question": words(plan.step_plan(step).question),
        "config": config,
        "board": config["board"],
        "base": url,
        "clock": timer_shown(dialogue.timer_ends_at, now()),
        "runs_all": actor.role is Role.MODERATOR,
        "neighbours": tables_of(db, dialogue) if actor.group_id is None else [],
        "may_mend": _may_mend(db, dialogue, step),
    }


def _may_mend(db: Db, dialogue: Dialogue, step: Step) -> bool:
    """Whether what stands written can still be changed here: while tables write, and until the first appraisal."""
    if dialogue.closed:
        return False
    begun = dialogue.appraising != Voting.PREPARING or promise_queries.begun(db, dialogue.id)
    return step in WRITES or (step is Step.APPRAISE and not begun)
