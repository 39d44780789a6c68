"""What a phone shows at its mixed table: what the table writes in this step, and one entry open to be changed."""

from typing import Any

from flask import request, url_for

from dialog import errors, table_queries
from dialog.board import Board
from dialog.events import EntryState
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step
from sessions.participant.entry_forms import EntryForm
from sessions.participant.me import Me
from sessions.table.shown import WRITES, edit_context, table_context


def for_table(db: Db, dialogue: Dialogue, me: Me, board: Board, form: EntryForm | None) -> dict[str, Any]:
    """What the templates of `envision`, `translate` and `solve` need. Without a table there is only `table`: None."""
    if me.table is None:
        return {"table": None}
    fits = form is not None and form.kind == WRITES.get(Step(dialogue.step))
    return {
        **table_context(db, dialogue, board, me.table.id, form if fits else None),
        "base": url_for("participant.page", dialogue_id=dialogue.id),
        "written": board["entries"].get(request.args.get("written")),
        "taken_back": _taken_back(db, dialogue, me.table.id, request.args.get("taken_back", "")),
    }


def for_entry(
    db: Db, dialogue: Dialogue, me: Me, board: Board, entry_id: str, form: EntryForm | None
) -> dict[str, Any]:
    """What the page needs on which an entry of the own table is changed, as it stands or as it was filled in.

    Raises NoTableYet, NoSuchThing or NotYourGroup.
    """
    if me.table is None:
        raise errors.NoTableYet()
    state = entry_at(db, dialogue.id, me.table.id, entry_id)
    return {
        **edit_context(db, dialogue, board, state, form),
        "base": url_for("participant.page", dialogue_id=dialogue.id),
    }


def entry_at(db: Db, dialogue_id: str, table_id: str, entry_id: str) -> EntryState:
    """An entry of this table, standing or taken back. Raises NoSuchThing or NotYourGroup."""
    row = table_queries.entry(db, dialogue_id, entry_id)
    if row is None:
        raise errors.NoSuchThing()
    if row.table_id != table_id:
        raise errors.NotYourGroup()
    return table_queries.entry_state(row)


def _taken_back(db: Db, dialogue: Dialogue, table_id: str, entry_id: str) -> str:
    """The id of an entry of this table that was just taken back and has not been put back since, or ""."""
    row = table_queries.entry(db, dialogue.id, entry_id) if entry_id.isascii() and entry_id.isalnum() else None
    return row.id if row is not None and row.table_id == table_id and row.withdrawn else ""
