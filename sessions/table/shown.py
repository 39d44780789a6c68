"""A table's topic, what was said on it in round 1, and what the table has written; for its phones and its tablet."""

from typing import Any

from dialog import queries
from dialog.board import Board
from dialog.events import EntryState
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step
from sessions.entries import all_tables, entry_settings, said_on
from sessions.participant.entry_forms import EntryForm, entry_form, form_of

WRITES = {Step.ENVISION: "vision", Step.TRANSLATE: "benefit", Step.SOLVE: "proposal"}
"""What a table writes in a step."""

Entries = list[dict[str, Any]]


def entries_of(board: Board, table_id: str, kind: str, stakeholder: str = "") -> Entries:
    """What a table has written of one kind, and of benefits for one stakeholder, in the order of writing.

    Pure; `static/js/table/order.js` does the same.
    """
    here = (entry for entry in board["entries"].values() if entry["table_id"] == table_id)
    found = [entry for entry in here if entry["content"]["kind"] == kind]
    if stakeholder:
        found = [entry for entry in found if entry["content"]["stakeholder"] == stakeholder]
    return sorted(found, key=lambda entry: (entry["number"], entry["id"]))


def table_context(
    db: Db, dialogue: Dialogue, board: Board, table_id: str, form: EntryForm | None = None
) -> dict[str, Any]:
    """What the templates of a table need. A new entry that was refused is drawn as it was filled in."""
    plan = queries.plan(dialogue)
    table = all_tables(db, dialogue.id)[table_id]
    settings = entry_settings(plan)
    kind = WRITES.get(Step(dialogue.step), "")
    benefits = {who.key: entries_of(board, table_id, "benefit", who.key) for who in settings.taking_part}
    if kind and form is None:
        form = entry_form(kind, plan, formdata=None)
    if form is not None and form.kind == "benefit" and not form.stakeholder.data:
        form.stakeholder.data = _next_stakeholder(benefits)
    return {
        "table": table,
        "at": board["tables"][table_id],
        "settings": settings,
        "said": said_on(db, dialogue, table.topic_id),
        "visions": entries_of(board, table_id, "vision"),
        "benefits": benefits,
        "proposals": entries_of(board, table_id, "proposal"),
        "writes": kind,
        "form": form,
    }


def edit_context(db: Db, dialogue: Dialogue, board: Board, state: EntryState, form: EntryForm | None) -> dict[str, Any]:
    """What the page needs on which one entry is changed: as it stands, or as it was filled in and refused."""
    if form is not None and form.was.errors:
        form.was.data = state.content.model_dump_json()
    theirs = state.model_copy(update={"content": form.theirs}) if form is not None and form.theirs else None
    return {
        **table_context(db, dialogue, board, state.table_id),
        "entry": state.model_dump(mode="json"),
        "standing": state.id in board["entries"],
        "theirs": theirs.model_dump(mode="json") if theirs else None,
        "form": form or form_of(queries.plan(dialogue), state.content),
    }


def _next_stakeholder(benefits: dict[str, Entries]) -> str:
    """The first stakeholder for whom the table has no benefit yet, else simply the first."""
    return next((key for key, written in benefits.items() if not written), next(iter(benefits)))
