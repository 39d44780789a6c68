"""What a board does with its topics: open, name, code, order, merge, split and dissolve them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.commands.categorise_topic import CategoriseTopic, categorise_topic
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.merge_topics import MergeTopics, merge_topics
from dialog.commands.name_topic import NameTopic, name_topic
from dialog.commands.place_topic import PlaceTopic, place_topic
from dialog.commands.remove_topic import RemoveTopic, remove_topic
from dialog.commands.split_topic import SplitTopic, split_topic
from dialog.events import TopicMade
from sessions.forms import ActForm
from sessions.moderator.board_forms import (
    BeforeForm,
    CategoryForm,
    ChosenForm,
    MergeForm,
    NameForm,
    TopicForm,
    WhereForm,
)
from sessions.moderator.board_running import Running
from sessions.moderator.shifting import before_after_shift
from sessions.perform import reading

blueprint = Blueprint("topics", __name__)


@blueprint.post("topics")
def make(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """A new topic, empty or with the chosen cards in it."""
    form = TopicForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, cards=form.card.data)
    fields = {"group_id": group_id, "title": form.title.data or "", "card_ids": form.card.data}
    outcome = board.does(make_topic, MakeTopic, form, **fields)
    made = next((h.topic.id for h in outcome.happenings if isinstance(h, TopicMade)), "")
    return board.done(outcome, f"topic-{made}", topic=made)


@blueprint.post("topics/<topic_id>/name")
def name(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id, topics=[topic_id]), NameForm()
    if not form.validate():
        return board.invalid(form)
    outcome = board.does(name_topic, NameTopic, form, topic_id=topic_id, title=form.title.data)
    return board.done(outcome, f"topic-{topic_id}")


@blueprint.post("topics/<topic_id>/category")
def categorise(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    board, form = Running.board(dialogue_id, group_id, topics=[topic_id]), CategoryForm()
    if not form.validate():
        return board.invalid(form)
    category = form.category.data or None
    outcome = board.does(categorise_topic, CategoriseTopic, form, topic_id=topic_id, category=category)
    return board.done(outcome, f"topic-{topic_id}")


@blueprint.post("topics/<topic_id>/place")
def place(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    """In front of another topic, or at the end."""
    board, form = Running.board(dialogue_id, group_id, topics=[topic_id]), BeforeForm()
    if not form.validate():
        return board.invalid(form)
    outcome = board.does(place_topic, PlaceTopic, form, topic_id=topic_id, before=form.before.data or None)
    return board.done(outcome, f"topic-{topic_id}")


@blueprint.post("topics/<topic_id>/shift")
def shift(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    """One place earlier or later."""
    board, form = Running.board(dialogue_id, group_id, topics=[topic_id]), WhereForm()
    if not form.validate():
        return board.invalid(form)
    with reading() as db:
        order = [topic.id for topic in queries.topics(db, dialogue_id, group_id)]
    if topic_id not in order:
        raise errors.NoSuchThing()
    before = before_after_shift(order, topic_id, form.where.data)
    return board.done(board.does(place_topic, PlaceTopic, form, topic_id=topic_id, before=before), f"topic-{topic_id}")


@blueprint.post("topics/<topic_id>/merge")
def merge(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    form = MergeForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, topics=[topic_id, form.into.data])
    outcome = board.does(merge_topics, MergeTopics, form, topic_id=topic_id, into=form.into.data)
    return board.done(outcome, f"topic-{form.into.data}")


@blueprint.post("topics/<topic_id>/split")
def split(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    """The chosen cards of the topic go into a topic of their own beside it."""
    form = ChosenForm()
    if not form.validate():
        return Running.board(dialogue_id, group_id).invalid(form)
    board = Running.board(dialogue_id, group_id, cards=form.card.data, topics=[topic_id])
    outcome = board.does(split_topic, SplitTopic, form, topic_id=topic_id, card_ids=form.card.data)
    made = next((h.topic.id for h in outcome.happenings if isinstance(h, TopicMade)), "")
    return board.done(outcome, f"topic-{made}", topic=made)


@blueprint.post("topics/<topic_id>/remove")
def remove(dialogue_id: str, group_id: str, topic_id: str) -> ResponseReturnValue:
    """Dissolve the topic; its cards lie unsorted again."""
    board, form = Running.board(dialogue_id, group_id, topics=[topic_id]), ActForm()
    if not form.validate():
        return board.invalid(form)
    return board.done(board.does(remove_topic, RemoveTopic, form, topic_id=topic_id))
