"""Writing at the table: a sentence of the ideal, a benefit, a proposal; change, take back and put back any of them."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from dialog import queries, table_queries
from dialog.at_table import AT_TABLES
from dialog.commands.edit_entry import EditEntry, edit_entry
from dialog.commands.restore_entry import RestoreEntry, restore_entry
from dialog.commands.withdraw_entry import WithdrawEntry, withdraw_entry
from dialog.commands.write_benefit import WriteBenefit, write_benefit
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import BenefitContent, Content, EntryWritten, VisionContent
from dialog.journal import Outcome
from dialog.models import Participant
from dialog.words import Step
from sessions.answers import done
from sessions.identity import acting, participant_of
from sessions.participant.at_table import entry_at
from sessions.participant.entry_forms import entry_form
from sessions.participant.forms import TouchForm
from sessions.participant.taking import taken
from sessions.participant.task import entry_page, task_page
from sessions.perform import asked, perform, reading
from sessions.table.meeting import beside_theirs


def write(dialogue_id: str, kind: str) -> ResponseReturnValue:
    """A new entry of the own table. A new proposal then opens, so that more can be said about it."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
        form = entry_form(kind, queries.plan(queries.dialogue(db, dialogue_id)))

    def act() -> ResponseReturnValue:
        outcome = _written(dialogue_id, person, form.key, form.content())
        entry_id = next(told.entry.id for told in outcome.happenings if isinstance(told, EntryWritten))
        opens = url_for("participant.entry_edit_page", dialogue_id=dialogue_id, entry_id=entry_id)
        return done(outcome, to=opens if kind == "proposal" else _home(dialogue_id, written=entry_id), entry=entry_id)

    return taken(form, act, page=lambda: task_page(dialogue_id, entry_form=form))


def _written(dialogue_id: str, person: Participant, key: str, content: Content) -> Outcome:
    asks = asked(dialogue_id, acting(person), key)
    if isinstance(content, VisionContent):
        return perform(write_vision, WriteVision(**asks, text=content.text, plain=content.plain))
    if isinstance(content, BenefitContent):
        return perform(write_benefit, WriteBenefit(**asks, stakeholder=content.stakeholder, text=content.text))
    return perform(write_proposal, WriteProposal(**asks, content=content))


def edit_page(dialogue_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry of the own table, open to be changed.

    Once the tables write no more, or for whoever sits at another table by now, what there is to do instead.
    """
    with reading() as db:
        person, dialogue = participant_of(db, dialogue_id), queries.dialogue(db, dialogue_id)
        entry = table_queries.entry(db, dialogue_id, entry_id)
        elsewhere = entry is not None and entry.table_id != table_queries.home(db, dialogue, person)
        writes = Step(dialogue.step) in AT_TABLES and not elsewhere
    return entry_page(dialogue_id, entry_id) if writes else redirect(_home(dialogue_id))


def edit(dialogue_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry of the own table, changed. Where somebody else changed the same words, both versions are shown."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
        dialogue = queries.dialogue(db, dialogue_id)
        table_id = table_queries.home(db, dialogue, person)
        state = entry_at(db, dialogue_id, table_id, entry_id)
        form = entry_form(state.content.kind, queries.plan(dialogue), changes=True)

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, acting(person), form.key)
        command = EditEntry(**asks, entry_id=entry_id, was=form.began_from, content=form.content())
        return done(perform(edit_entry, command), to=_home(dialogue_id), entry=entry_id)

    return taken(form, beside_theirs(form, act, dialogue_id, entry_id), lambda: entry_page(dialogue_id, entry_id, form))


def withdraw(dialogue_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry of the own table, taken back."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
    form = TouchForm()

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, acting(person), form.key)
        outcome = perform(withdraw_entry, WithdrawEntry(**asks, entry_id=entry_id))
        return done(outcome, to=_home(dialogue_id, taken_back=entry_id), entry=entry_id)

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def restore(dialogue_id: str, entry_id: str) -> ResponseReturnValue:
    """An entry that was taken back, put back."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
    form = TouchForm()

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, acting(person), form.key)
        return done(perform(restore_entry, RestoreEntry(**asks, entry_id=entry_id)), to=_home(dialogue_id))

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def _home(dialogue_id: str, **just: str) -> str:
    return url_for("participant.page", dialogue_id=dialogue_id, **just)
