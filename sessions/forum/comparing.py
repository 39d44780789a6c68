"""The comparison over dialogues, places and years, and the cards behind each figure.

For moderators, and for analysts over closed dialogues. Nothing is written, and large dialogues are read elsewhere
(`figures`), so that a running one does not notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request

from dialog import following_up, forum_queries
from dialog.comparison import recurring
from dialog.comparison.choice import Choice, read_choice
from dialog.comparison.themes import cards_of, taken_categories, whos
from dialog.comparison.values import Comparable, Contribution, Names
from dialog.comparison.whole import compare
from dialog.models import Dialogue, Forum
from dialog.store import Db
from dialog.words import FollowUpState, Role
from sessions import identity
from sessions.forum import compared
from sessions.forum.compare_form import choice_form, options
from sessions.forum.figures import figures, in_order
from sessions.forum.gently import beside, in_pieces
from sessions.moderator.alike import suggestions
from sessions.perform import reading, today

blueprint = Blueprint("compare", __name__)

ON_A_PAGE = 60
"""Cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who asks, what there is to compare, and what is chosen of it."""

    forum: Forum
    plans: bool
    """Whether it is a moderator who asks."""
    all: Sequence[Comparable]
    chosen: Sequence[Dialogue]
    choice: Choice
    names: Names

    @property
    def running(self) -> int:
        """Dialogues that could be compared and are not closed."""
        return sum(not one.closed for one in self.all)


def desk(db: Db) -> Desk:
    """Raises NotSignedIn. An analyst compares closed dialogues only, whatever the address says."""
    account = identity.must_sign_in(db)
    plans = account.role == Role.MODERATOR
    choice = read_choice(request.args.to_dict(flat=False))
    dialogues = forum_queries.held(db, account.forum_id, closed_only=not plans)
    return Desk(
        forum=db.get_one(Forum, account.forum_id),
        plans=plans,
        all=[forum_queries.comparable(one) for one in dialogues],
        chosen=[one for one in dialogues if choice.takes(forum_queries.comparable(one))],
        choice=choice,
        names=forum_queries.names(db, account.forum_id),
    )


@blueprint.get("/forum/compare")
def page() -> str:
    """All figures over the chosen dialogues, with their charts."""
    with reading() as db:
        at = desk(db)
        followed = following_up.followed_in_forum(db, at.forum.id)
    dialogues = list(in_order(at.chosen, figures().of(at.chosen)))
    found = recurring.proposals(dialogues, at.names, at.choice)
    labels = tuple(who.label for who in whos(dialogues).values())
    alike = suggestions(tuple(recurring.titles(found)), labels, recurring.MOST_PAIRS)
    comparison = beside(compare, dialogues, at.choice, at.names, followed, alike)
    return in_pieces(
        "forum/compare.html",
        found=comparison,
        charts=compared.all_charts(comparison),
        moments=compared.shown_moments(comparison),
        today=today(),
        states=list(FollowUpState),
        **_around(at, dialogues),
    )


@blueprint.get("/forum/compare/cards")
def cards() -> str:
    """The cards behind a figure, some at a time: texts that lie open, never hidden ones."""
    with reading() as db:
        at = desk(db)
    dialogues = list(in_order(at.chosen, figures().of(at.chosen)))
    counts = [sum(row.cards for row in cards_of(one, at.names, at.choice)) for one in dialogues]
    number = _page_number(sum(counts))
    with reading() as db:
        told = list(_some(db, at, dialogues, counts, (number - 1) * ON_A_PAGE))
    return in_pieces(
        "forum/compare_cards.html",
        told=told,
        count=sum(counts),
        number=number,
        pages=_pages(sum(counts)),
        first=(number - 1) * ON_A_PAGE + 1,
        **_around(at, dialogues),
    )


def _around(at: Desk, dialogues: Sequence[Contribution]) -> dict[str, Any]:
    """What both pages have: the form, the ways on, the words."""
    stakeholders = whos(dialogues)
    categories = {name for one in dialogues for name in taken_categories(one, at.names, Choice()).values()}
    return {
        "desk": at,
        "forum": at.forum,
        "plans": at.plans,
        "form": choice_form(request.args, options(at.all), stakeholders, categories),
        "ways": compared.Ways(at.choice),
        "whos": stakeholders,
        "dialogues": dialogues,
        "missing": len(at.chosen) - len(dialogues),
        "say": compared,
    }


def _some(
    db: Db, at: Desk, dialogues: Sequence[Contribution], counts: Sequence[int], skip: int
) -> Sequence[tuple[Contribution, forum_queries.CardTold, str | None]]:
    """The cards of one page, each with its dialogue and the forum's name of its category."""
    told: list[tuple[Contribution, forum_queries.CardTold, str | None]] = []
    for one, count in zip(dialogues, counts, strict=True):
        if skip >= count or len(told) >= ON_A_PAGE:
            skip = max(0, skip - count)
            continue
        found = forum_queries.cards(db, _in_dialogue(one, at), skip, ON_A_PAGE - len(told))
        told += [(one, card, at.names.of(one, card.category)) for card in found]
        skip = 0
    return told


def _in_dialogue(one: Contribution, at: Desk) -> forum_queries.Chosen:
    """The choice in the words of one dialogue: the forum's category may be several of its format, or none."""
    keys = {row.key for row in one.frequency.cards}
    chosen = frozenset(key for key in keys if at.choice.takes_category(at.names.of(one, key)))
    return forum_queries.Chosen(
        dialogue_id=one.dialogue_id,
        who=at.choice.who,
        to=at.choice.to,
        valence=at.choice.valence,
        categories=chosen if at.choice.category else None,
    )


def _pages(count: int) -> int:
    return max(1, -(-count // ON_A_PAGE))


def _page_number(count: int) -> int:
    """The page that the address asks for, as far as there is one."""
    asked = request.args.get("page", "1")
    return min(max(1, int(asked)), _pages(count)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
