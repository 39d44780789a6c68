"""What a board does with the cards that lie on it: move them, put them together, hide them and show them again."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.place_card import PlaceCard, place_card
from dialog.commands.place_cards import PlaceCards, place_cards
from dialog.commands.show_card import ShowCard, show_card
from dialog.commands.split_topic import SplitTopic, split_topic
from dialog.events import TopicMade
from dialog.journal import Act, C, Outcome
from dialog.models import Card
from sessions.forms import ActForm
from sessions.moderator.board_forms import ChosenForm, PlaceForm, ShiftForm, TogetherForm
from sessions.moderator.board_running import Running
from sessions.moderator.shifting import before_after_shift
from sessions.perform import reading

blueprint = Blueprint("cards", __name__)


@blueprint.post("cards/place")
def place(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """Bring the chosen cards somewhere: one card to its exact place, several behind what lies there."""
    form = PlaceForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, cards=form.card.data)
    if form.place == "new":
        return _made(board, _in_a_new_topic(board, form, form.card.data))
    topic_id = None if form.place == "none" else form.place
    if len(form.card.data) == 1:
        before = form.before.data or None
        outcome = board.does(place_card, PlaceCard, form, card_id=form.card.data[0], topic_id=topic_id, before=before)
    else:
        outcome = board.does(place_cards, PlaceCards, form, card_ids=form.card.data, topic_id=topic_id)
    return board.done(outcome, f"topic-{topic_id}" if topic_id else "trays")


@blueprint.post("cards/together")
def together(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """Two cards that say the same: into the topic one of them has, or into a new one."""
    form = TogetherForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    pair = [form.a.data, form.b.data]
    board = Running.board(dialogue_id, group_id, cards=pair)
    here, there = _topics_of(pair)
    topic_id = here or there
    if topic_id is None:
        return _made(board, _in_a_new_topic(board, form, pair))
    comes = pair[1] if here else pair[0]
    return board.done(board.does(place_card, PlaceCard, form, card_id=comes, topic_id=topic_id), f"topic-{topic_id}")


def _in_a_new_topic(board: Running, form: ActForm, card_ids: list[str]) -> Outcome:
    """Some of one topic's cards become a topic beside it; otherwise the new one stands at the end."""
    only, *others = dict.fromkeys(_topics_of(card_ids))
    if only is not None and not others:
        with reading() as db:
            inside = [card for card in queries.cards(db, board.dialogue_id, board.group_id) if card.topic_id == only]
        if len(inside) > len(card_ids):
            return board.does(split_topic, SplitTopic, form, topic_id=only, card_ids=card_ids)
    return board.does(make_topic, MakeTopic, form, group_id=board.group_id, card_ids=card_ids)


def _topics_of(card_ids: list[str]) -> list[str | None]:
    """The topic of each card, in the order given. Raises NoSuchThing."""
    with reading() as db:
        cards = [db.get(Card, card_id) for card_id in card_ids]
        if None in cards:
            raise errors.NoSuchThing()
        return [card.topic_id for card in cards if card is not None]


def _made(board: Running, outcome: Outcome) -> ResponseReturnValue:
    """The script opens the new topic's name for writing; a browser goes to the topic."""
    topic_id = next((h.topic.id for h in outcome.happenings if isinstance(h, TopicMade)), "")
    return board.done(outcome, f"topic-{topic_id}", topic=topic_id)


@blueprint.post("cards/shift")
def shift(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """The chosen card one place earlier or later among the cards it is seen with."""
    form = ShiftForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    card_id = form.card.data[0]
    board = Running.board(dialogue_id, group_id, cards=[card_id])
    with reading() as db:
        cards = queries.cards(db, dialogue_id, group_id)
        card = next((card for card in cards if card.id == card_id), None)
        if card is None:
            raise errors.NoSuchThing()
        topic_id = card.topic_id
        with_it = [c for c in cards if c.topic_id == topic_id and (topic_id or c.valence == card.valence)]
        before = before_after_shift([other.id for other in with_it], card_id, form.where.data)
    outcome = board.does(place_card, PlaceCard, form, card_id=card_id, topic_id=topic_id, before=before)
    return board.done(outcome, f"card-{card_id}")


@blueprint.post("cards/hide")
def hide(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    return _each(dialogue_id, group_id, hide_card, HideCard)


@blueprint.post("cards/show")
def show(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    return _each(dialogue_id, group_id, show_card, ShowCard)


def _each(dialogue_id: str, group_id: str, act: Act[C], command: type[C]) -> ResponseReturnValue:
    """The same act for every chosen card; each can be undone by itself."""
    form = ChosenForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, cards=form.card.data)
    outcomes = [board.does(act, command, form, part, card_id=one) for part, one in enumerate(form.card.data)]
    return board.done(outcomes[-1], f"card-{form.card.data[0]}")


@blueprint.post("cards/change")
def change(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """Browsers without the script are led to the tools of the chosen card."""
    form = ChosenForm()
    board = Running.board(dialogue_id, group_id)
    if not form.validate():
        return board.invalid(form)
    return redirect(f"{board.url}?card={form.card.data[0]}#change", code=303)
