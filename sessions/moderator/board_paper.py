"""Paper cards of people without a phone. They belong to the board on which they are entered."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dialog import errors
from dialog.commands.edit_card import EditCard, edit_card
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.restore_card import RestoreCard, restore_card
from dialog.commands.withdraw_card import WithdrawCard, withdraw_card
from dialog.journal import Act, C
from dialog.words import Valence
from sessions import answers
from sessions.forms import ActForm
from sessions.language import _
from sessions.moderator.board_forms import PaperForm
from sessions.moderator.board_page import draw
from sessions.moderator.board_running import Running

blueprint = Blueprint("paper", __name__)


@blueprint.post("paper")
def write(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    board = Running.board(dialogue_id, group_id)
    return _take(board, post_card, PostCard, group_id=group_id)


@blueprint.post("paper/<card_id>")
def rewrite(dialogue_id: str, group_id: str, card_id: str) -> ResponseReturnValue:
    board = Running.board(dialogue_id, group_id, cards=[card_id])
    return _take(board, edit_card, EditCard, card_id=card_id)


def _take(board: Running, act: Act[C], command: type[C], **fields: Any) -> ResponseReturnValue:
    """Take the written card as `act` does; what the method refuses is said beside the field."""
    card_id = fields.get("card_id", "")
    form = PaperForm()

    def page() -> str:
        return draw(board.dialogue_id, board.group_id, form, card_id)

    if not form.validate():
        return answers.invalid(form, page)
    fields |= {"text": form.text.data, "addressees": form.addressees.data}
    try:
        outcome = board.does(act, command, form, valence=Valence(form.valence.data), **fields)
    except errors.RuleBroken as refusal:
        if refusal.status != 422:
            raise
        form.refuse(refusal, _(refusal.sentence, **refusal.values))
        return answers.invalid(form, page)
    return board.done(outcome, f"card-{card_id}" if card_id else "write")


@blueprint.post("paper/<card_id>/withdraw")
def withdraw(dialogue_id: str, group_id: str, card_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id, cards=[card_id]), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(withdraw_card, WithdrawCard, form, card_id=card_id))


@blueprint.post("paper/<card_id>/restore")
def restore(dialogue_id: str, group_id: str, card_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id, cards=[card_id]), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(restore_card, RestoreCard, form, card_id=card_id), f"card-{card_id}")
