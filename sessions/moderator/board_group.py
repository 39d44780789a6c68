"""What a board does for its group as a whole: reveal, seat somebody without a phone, nominate, undo and redo."""

import secrets

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from dialog import queries
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.redo import Redo, redo
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.undo import Undo, undo
from dialog.commands.welcome_by_hand import WelcomeByHand, welcome_by_hand
from dialog.events import PersonArrived, PersonMoved, PersonState
from dialog.journal import Outcome
from dialog.models import Group
from sessions.answers import wants_json
from sessions.forms import ActForm
from sessions.language import _
from sessions.moderator.board_forms import NominateForm, PersonForm
from sessions.moderator.board_running import Running
from sessions.perform import reading

blueprint = Blueprint("group", __name__)


@blueprint.post("reveal")
def reveal(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(reveal_cards, RevealCards, form, group_id=group_id))


@blueprint.post("people")
def seat_somebody(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """A person without a phone, of this group's stakeholder; the method says in which of its groups there is a seat."""
    board, form = Running.board(dialogue_id, group_id), PersonForm()
    if not form.validate():
        return board.invalid(form)
    with reading() as db:
        stakeholder = db.get_one(Group, group_id).stakeholder
    outcome = board.does(
        welcome_by_hand,
        WelcomeByHand,
        form,
        stakeholder=stakeholder,
        needs_interpreter=form.needs_interpreter.data,
        seed=secrets.randbits(32),
    )
    person = _newcomer(outcome)
    with reading() as db:
        name = db.get_one(Group, person.group_id).name
    told = _(
        "Number %(number)s sits in group %(group)s. Please write the number down.", number=person.number, group=name
    )
    if not wants_json():
        flash(told)
    return board.done(outcome, told=told)


def _newcomer(outcome: Outcome) -> PersonState:
    """Who has just arrived, in the group where the person ended up when groups were evened out."""
    person = next(h.person for h in outcome.happenings if isinstance(h, PersonArrived))
    moves = (h.person for h in outcome.happenings if isinstance(h, PersonMoved) and h.person.id == person.id)
    return next(moves, person)


@blueprint.post("nominations")
def nominate(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """One topic in, out, up or down; the rest of the list stays as the group has it."""
    form = NominateForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, topics=[form.topic.data])
    with reading() as db:
        topic_ids = list(queries.nominations(db, dialogue_id).get(group_id, ()))
    _rearrange(topic_ids, form.topic.data, form.how.data)
    outcome = board.does(nominate_topics, NominateTopics, form, group_id=group_id, topic_ids=topic_ids)
    return board.done(outcome, "nominated")


def _rearrange(topic_ids: list[str], topic_id: str, how: str) -> None:
    at = topic_ids.index(topic_id) if topic_id in topic_ids else len(topic_ids)
    if how == "add":
        topic_ids[at:] = [topic_id, *topic_ids[at + 1 :]]
        return
    taken = topic_ids[at : at + 1]
    del topic_ids[at : at + 1]
    if how != "remove":
        to = max(0, at + (1 if how == "later" else -1))
        topic_ids[to:to] = taken


@blueprint.post("undo")
def take_back(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(undo, Undo, form))


@blueprint.post("redo")
def do_again(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(redo, Redo, form))
