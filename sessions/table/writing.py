"""What a table's tablet posts. Everything goes on the table's own undo stack."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dialog import queries
from dialog.commands.edit_entry import EditEntry, edit_entry
from dialog.commands.restore_entry import RestoreEntry, restore_entry
from dialog.commands.withdraw_entry import WithdrawEntry, withdraw_entry
from dialog.commands.write_benefit import WriteBenefit, write_benefit
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import BenefitContent, EntryWritten, VisionContent
from dialog.journal import Outcome
from sessions.forms import ActForm
from sessions.moderator.board_running import Running
from sessions.participant.at_table import entry_at
from sessions.participant.entry_forms import EntryForm, entry_form
from sessions.participant.taking import taken
from sessions.perform import reading
from sessions.table.meeting import beside_theirs
from sessions.table.page import table_entry_page, table_page

blueprint = Blueprint("table", __name__)


@blueprint.post("write/<any(vision, benefit, proposal):kind>")
def write(dialogue_id: str, group_id: str, kind: str) -> ResponseReturnValue:
    """A new entry of this table."""
    board = Running.board(dialogue_id, group_id)
    with reading() as db:
        form = entry_form(kind, queries.plan(queries.dialogue(db, dialogue_id)))

    def act() -> ResponseReturnValue:
        outcome = _written(board, form)
        entry_id = next(told.entry.id for told in outcome.happenings if isinstance(told, EntryWritten))
        return board.done(outcome, f"entry-{entry_id}", entry=entry_id)

    return taken(form, act, page=lambda: table_page(dialogue_id, group_id, form))


def _written(board: Running, form: EntryForm) -> Outcome:
    content, table_id = form.content(), board.group_id
    if isinstance(content, VisionContent):
        return board.does(write_vision, WriteVision, form, table_id=table_id, text=content.text, plain=content.plain)
    if isinstance(content, BenefitContent):
        who, text = content.stakeholder, content.text
        return board.does(write_benefit, WriteBenefit, form, table_id=table_id, stakeholder=who, text=text)
    return board.does(write_proposal, WriteProposal, form, table_id=table_id, content=content)


@blueprint.get("entries/<entry_id>")
def edit_page(dialogue_id: str, group_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry of this table, open to be changed."""
    return table_entry_page(dialogue_id, group_id, entry_id)


@blueprint.post("entries/<entry_id>")
def edit(dialogue_id: str, group_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry of this table, changed. Where somebody else changed the same words, both versions are shown."""
    board = _at(dialogue_id, group_id, entry_id)
    with reading() as db:
        state = entry_at(db, dialogue_id, group_id, entry_id)
        form = entry_form(state.content.kind, queries.plan(queries.dialogue(db, dialogue_id)), changes=True)

    def act() -> ResponseReturnValue:
        was, content = form.began_from, form.content()
        outcome = board.does(edit_entry, EditEntry, form, entry_id=entry_id, was=was, content=content)
        return board.done(outcome, f"entry-{entry_id}")

    def page() -> str:
        return table_entry_page(dialogue_id, group_id, entry_id, form)

    return taken(form, beside_theirs(form, act, dialogue_id, entry_id), page)


@blueprint.post("entries/<entry_id>/withdraw")
def withdraw(dialogue_id: str, group_id: str, entry_id: str) -> ResponseReturnValue:
    board, form = _at(dialogue_id, group_id, entry_id), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(withdraw_entry, WithdrawEntry, form, entry_id=entry_id))


@blueprint.post("entries/<entry_id>/restore")
def restore(dialogue_id: str, group_id: str, entry_id: str) -> ResponseReturnValue:
    board, form = _at(dialogue_id, group_id, entry_id), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(restore_entry, RestoreEntry, form, entry_id=entry_id), f"entry-{entry_id}")


def _at(dialogue_id: str, table_id: str, entry_id: str) -> Running:
    """Whoever may run this table's page, on which the entry stands. Raises NotForYou, NoSuchThing or NotYourGroup."""
    board = Running.board(dialogue_id, table_id)
    with reading() as db:
        entry_at(db, dialogue_id, table_id, entry_id)
    return board
