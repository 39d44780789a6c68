"""What a group's board shows, made from the kept snapshot that its events are applied to."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from dialog import audience as a
from dialog import queries
from dialog.acting import Actor
from dialog.board import Board
from dialog.models import Dialogue
from dialog.steps import permits
from dialog.store import Db
from dialog.words import Role, Step
from sessions.identity import board_runner
from sessions.language import _, words
from sessions.live import live_config
from sessions.moderator.alike import alike
from sessions.moderator.board_forms import PaperForm
from sessions.perform import now, reading
from sessions.snapshots import board_for
from sessions.stakeholders import Who, everybody_addressed, who
from sessions.table.page import is_table, table_page
from sessions.timer import timer_shown

ACTS = (
    "post_card", "reveal_cards", "hide_card", "show_card", "make_topic", "place_card", "name_topic",
    "categorise_topic", "place_topic", "merge_topics", "split_topic", "remove_topic", "nominate_topics",
)  # fmt: skip
"""The acts a board has controls for."""

ARRANGING = frozenset(ACTS) - {"post_card", "reveal_cards", "nominate_topics"}
"""What needs the cards of the group to be revealed."""

DENSE_FROM = 120
"""Cards from which they are drawn smaller; `static/js/board/draw.js` knows the same number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the card macros take as `settings`."""

    stakeholders: tuple[Who, ...]


def draw(dialogue_id: str, group_id: str, paper: PaperForm | None = None, card_id: str = "") -> str:
    """The page as it is now. `paper` is a paper card, new or with its `card_id`, that could not be taken as written."""
    with reading() as db:
        at_table = is_table(db, group_id)
    if at_table:
        return table_page(dialogue_id, group_id)
    with reading() as db:
        values = board_page(db, board_runner(db, dialogue_id, group_id), dialogue_id, group_id)
        cards = {card["id"]: card for card in values["cards"]}
        if paper is not None and not card_id:
            values["paper"] = paper
        values["changed_card"] = _changed_card(values, cards.get(card_id or request.args.get("card", "")), paper)
        values["changed_topic"] = next((t for t in values["topics"] if t["id"] == request.args.get("topic")), None)
        if "alike" in request.args:
            values["alike"] = [{**pair, "cards": [cards[pair["a"]], cards[pair["b"]]]} for pair in suggestions(values)]
        return render_template("board/board.html" if values["group"]["revealed"] else "board/writing.html", **values)


def board_page(db: Db, actor: Actor, dialogue_id: str, group_id: str) -> dict[str, Any]:
    """Everything the board's templates need."""
    dialogue = queries.dialogue(db, dialogue_id)
    plan = queries.plan(dialogue)
    seen = board_for(db, dialogue_id, a.board(group_id))
    group = seen["groups"][group_id]
    step = Step(dialogue.step)
    url = url_for("board.page", dialogue_id=dialogue_id, group_id=group_id)
    nominated = group["nominated"]
    cards = sorted(seen["cards"].values(), key=lambda card: (card["rank"], card["id"]))
    topics = _topics(seen, nominated, cards)
    return {
        "dialogue": dialogue,
        "plan": plan,
        "group": group,
        "who": who(plan.stakeholder(group["stakeholder"])),
        "settings": Settings(everybody_addressed(plan)),
        "categories": [{"key": category.key, "label": words(category.label)} for category in plan.categories],
        "question": words(plan.step_plan(step).question),
        "questions": {"works": words(plan.questions.works), "fails": words(plan.questions.fails)},
        "step": step.value,
        "may": _may(dialogue, step, group["revealed"]),
        "cards": cards,
        "topics": topics,
        "destinations": [{"id": topic["id"], "title": topic["title"] or _("Without a name")} for topic in topics],
        "nominated": [{**seen["topics"][topic_id], "rank": at} for at, topic_id in enumerate(nominated, start=1)],
        "places": plan.limits.nominations_per_group,
        "dense": len(cards) >= DENSE_FROM,
        "clock": timer_shown(dialogue.timer_ends_at, now()),
        "neighbours": _neighbours(db, actor, dialogue_id),
        "runs_all": actor.role is Role.MODERATOR,
        "url": url,
        "live_page": live_config(db, a.board(group_id), dialogue_id, url + "board.json"),
        "paper": PaperForm(formdata=None, valence="works"),
        "changed_topic": None,
        "changed_card": None,
        "alike": None,
    }


def suggestions(values: dict[str, Any]) -> list[dict[str, str]]:
    """Cards of this page that may say the same; none before the reveal."""
    if not values["group"]["revealed"]:
        return []
    names = [name for who in values["settings"].stakeholders for name in (who.label, who.short)]
    return alike(values["cards"], names)


def _changed_card(values: dict[str, Any], card: dict[str, Any] | None, form: PaperForm | None) -> dict[str, Any] | None:
    """The one card whose tools are shown on the page itself; a paper card comes with the form for its text."""
    if card is None:
        return None
    if not (card["paper"] and "post_card" in values["may"]):
        return {**card, "form": None}
    as_it_is = PaperForm(formdata=None, **{name: card[name] for name in ("valence", "text", "addressees")})
    return {**card, "form": form or as_it_is}


def _may(dialogue: Dialogue, step: Step, revealed: bool) -> frozenset[str]:
    """The acts whose controls are shown: those of the step; arranging only what is revealed."""
    if dialogue.closed:
        return frozenset()
    here = {act for act in ACTS if permits(step, act) and (revealed or act not in ARRANGING)}
    return frozenset(here - {"reveal_cards"} if revealed else here)


def _topics(seen: Board, nominated: list[str], cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The topics in their order, each with its cards; `rank` is the place for which the group has nominated it."""
    places = {topic_id: at for at, topic_id in enumerate(nominated, start=1)}
    return [
        {
            "id": topic["id"],
            "title": topic["title"],
            "category": topic["category"],
            "rank": places.get(topic["id"]),
            "cards": [card for card in cards if card["topic_id"] == topic["id"]],
        }
        for topic in sorted(seen["topics"].values(), key=lambda topic: (topic["rank"], topic["id"]))
    ]


def _neighbours(db: Db, actor: Actor, dialogue_id: str) -> list[dict[str, str]]:
    """The boards somebody who may run all of them can change to."""
    if actor.group_id is not None:
        return []
    return boards_of(db, dialogue_id)


def boards_of(db: Db, dialogue_id: str) -> list[dict[str, Any]]:
    """Every group of round 1 with the address of its board."""
    plan = queries.plan(queries.dialogue(db, dialogue_id))
    present = queries.present(db, dialogue_id).by_group
    return [
        {
            "id": group.id,
            "name": group.name,
            "who": who(plan.stakeholder(group.stakeholder)),
            "people": present.get(group.id, 0),
            "written": group.written,
            "revealed": group.revealed,
            "url": url_for("board.page", dialogue_id=dialogue_id, group_id=group.id),
        }
        for group in queries.groups(db, dialogue_id)
    ]
