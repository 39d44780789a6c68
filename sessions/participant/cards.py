"""Writing: post, change, withdraw and put back one's own cards."""

from flask import url_for
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.commands.edit_card import EditCard, edit_card
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.restore_card import RestoreCard, restore_card
from dialog.commands.withdraw_card import WithdrawCard, withdraw_card
from dialog.events import CardPosted
from dialog.models import Card
from dialog.store import Db
from sessions.answers import done
from sessions.identity import acting, participant_of, writer_of
from sessions.participant.forms import CardForm, TouchForm
from sessions.participant.taking import taken
from sessions.participant.task import card_page, task_page
from sessions.perform import asked, perform, reading


def post(dialogue_id: str) -> ResponseReturnValue:
    """A new card."""
    writer, plan = writer_of(dialogue_id)
    form = CardForm(plan)

    def act() -> ResponseReturnValue:
        outcome = perform(post_card, PostCard(**asked(dialogue_id, writer, form.key), **form.content()))
        card_id = next(told.card.id for told in outcome.happenings if isinstance(told, CardPosted))
        return done(outcome, to=_home(dialogue_id, posted=card_id), card=card_id)

    return taken(form, act, page=lambda: task_page(dialogue_id, card_form=form))


def edit_page(dialogue_id: str, card_id: str) -> ResponseReturnValue:
    """The own card, open to be changed."""
    with reading() as db:
        card = _own(db, participant_of(db, dialogue_id).id, card_id)
        kept = {"text": card.text, "valence": card.valence, "addressees": list(card.addressees)}
        form = CardForm(queries.plan(queries.dialogue(db, dialogue_id)), data=kept)
    return card_page(dialogue_id, card_id, form)


def edit(dialogue_id: str, card_id: str) -> ResponseReturnValue:
    """The own card, changed."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
        _own(db, person.id, card_id)
        form = CardForm(queries.plan(queries.dialogue(db, dialogue_id)))

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, acting(person), form.key)
        return done(perform(edit_card, EditCard(**asks, card_id=card_id, **form.content())), to=_home(dialogue_id))

    return taken(form, act, page=lambda: card_page(dialogue_id, card_id, form))


def withdraw(dialogue_id: str, card_id: str) -> ResponseReturnValue:
    """The own card, taken back."""
    writer, _plan = writer_of(dialogue_id)
    form = TouchForm()

    def act() -> ResponseReturnValue:
        outcome = perform(withdraw_card, WithdrawCard(**asked(dialogue_id, writer, form.key), card_id=card_id))
        return done(outcome, to=_home(dialogue_id, withdrawn=card_id), card=card_id)

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def restore(dialogue_id: str, card_id: str) -> ResponseReturnValue:
    """A withdrawn card, put back."""
    writer, _plan = writer_of(dialogue_id)
    form = TouchForm()

    def act() -> ResponseReturnValue:
        outcome = perform(restore_card, RestoreCard(**asked(dialogue_id, writer, form.key), card_id=card_id))
        return done(outcome, to=_home(dialogue_id), card=card_id)

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def _own(db: Db, person_id: str, card_id: str) -> Card:
    card = db.get(Card, card_id)
    if card is None or card.withdrawn:
        raise errors.NoSuchThing()
    if card.author_id != person_id:
        raise errors.NotYourCard()
    return card


def _home(dialogue_id: str, **just: str) -> str:
    return url_for("participant.page", dialogue_id=dialogue_id, **just)
