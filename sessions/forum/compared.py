"""What stands on the comparison's page: the figures of `dialog.comparison`, in words, with the way to their cards."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from dialog.comparison.choice import FIELDS, WITHOUT, Choice, pairs
from dialog.comparison.mirrored import Moment
from dialog.comparison.recurring import Member, Recurrence
from dialog.comparison.themes import Rate, cards_of
from dialog.comparison.values import Contribution, Who
from dialog.comparison.whole import Comparison
from dialog.shares import share_of
from dialog.words import FollowUpState, Valence
from sessions.forum import charts
from sessions.forum.states import state_name as state_name
from sessions.language import _, ngettext
from sessions.moderator.alike import reason
from sessions.results import share_in_words

MOST_AGAIN, MOST_MEMBERS = 24, 8
"""Groups of recurring proposals on the page, and proposals in each; the workbook holds all."""
MOST_MOMENTS = 12
"""Dialogues that each have a point on the line of time; with more of them it is the years that have."""


class Ways:
    """Addresses of what is chosen, and of the cards behind a figure."""

    def __init__(self, choice: Choice) -> None:
        self.chosen = pairs(choice)
        self._cards = url_for("forum.compare.cards")

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    def cards(self, **more: str | None) -> str:
        """The cards behind a figure: what is chosen, and what this figure counts of it."""
        own = {name: value for name, value in more.items() if value}
        kept = [pair for pair in self.chosen if pair[0] not in own]
        return f"{self._cards}?{urlencode([*kept, *((name, own[name]) for name in FIELDS if name in own)])}"


def category_name(name: str | None) -> str:
    return _("without category") if name is None else name


def category_value(name: str | None) -> str:
    """As an address names it."""
    return WITHOUT if name is None else name


def rate(of: Rate) -> str:
    """Cards per ten people, "3,4"; below ten people what was counted."""
    if of.tenths is not None:
        return f"{of.tenths // 10},{of.tenths % 10}"
    return _("%(cards)s of %(people)s people", cards=of.cards, people=of.people) if of.people else "–"


def share(elsewhere: int, failing: int) -> str:
    return share_in_words(share_of(elsewhere, failing))


def why(recurrence: Recurrence) -> str:
    """Why these count as one that comes again."""
    if recurrence.by == "place":
        first = recurrence.members[0].found
        where = {"category": first.category or "", "level": first.proposal.level or ""}
        return _("Same category and same level: %(category)s, %(level)s", **where)
    return _("Similar titles")


def why_member(member: Member) -> str:
    return reason(member.reason) if member.reason is not None else ""


# --- Charts -----------------------------------------------------------------------------------------------------------


def all_charts(found: Comparison) -> Mapping[str, Any]:
    return {
        "themes": _themes(found),
        "over_time": _over_time(found),
        "priorities": _priorities(found),
        "kept": _kept(found),
    }


def _head(who: Who) -> charts.Head:
    return charts.Head(label=who.label, sign=who.sign, palette=who.palette)


def _themes(found: Comparison) -> charts.Bars | None:
    authors = [who for who in found.authors if any(row.who == who.key for row in found.themes.rows)]
    rows = []
    for category in found.themes.categories:
        of = {row.who: row.cards for row in found.themes.of(category)}
        rows.append((category_name(category), [of.get(who.key, 0) for who in authors]))
    first = ", ".join(f"{name}: {sum(numbers)}" for name, numbers in rows[:3])
    return charts.bars(
        "chart-themes",
        _("Cards by category and stakeholder"),
        _("One bar for each stakeholder, as long as the number of its cards. Most cards: %(first)s.", first=first),
        [_head(who) for who in authors],
        rows,
    )


def shown_moments(found: Comparison) -> Sequence[Moment]:
    return found.moments if len(found.moments) <= MOST_MOMENTS else found.years


def _over_time(found: Comparison) -> charts.Lines | None:
    moments = shown_moments(found)
    rows = []
    for who in found.authors:
        shares = [share_of(*moment.by.get(who.key, (0, 0))).percent for moment in moments]
        rows.append((_head(who), shares))
    ends = [
        f"{head.label}: {known[0]} % – {known[-1]} %" if len(known) > 1 else f"{head.label}: {known[0]} %"
        for head, shares in rows
        if (known := [share for share in shares if share is not None])
    ]
    return charts.lines(
        "chart-over-time",
        _("Share of cards that address only others"),
        _("One line for each stakeholder, from the first point to the last. %(ends)s.", ends="; ".join(ends)),
        [moment_name(moment) for moment in moments],
        rows,
    )


def moment_name(moment: Moment) -> str:
    return moment.dialogue.held_on.strftime("%d.%m.%y") if moment.dialogue else str(moment.year)


def _priorities(found: Comparison) -> charts.Bars | None:
    rows = [(category_name(one.category), [one.dialogues]) for one in found.priorities.categories]
    first = ", ".join(f"{name}: {numbers[0]}" for name, numbers in rows[:3])
    return charts.bars(
        "chart-priorities",
        _("Dialogues with a shared priority in this category"),
        _("One bar for each category, as long as the number of dialogues. Most dialogues: %(first)s.", first=first),
        [charts.Head(label=_("Dialogues"))],
        rows,
    )


def _kept(found: Comparison) -> charts.Bars | None:
    states = list(FollowUpState)
    rows = [
        (f"{one.dialogue.place}, {one.dialogue.held_on.strftime('%d.%m.%Y')}", [one.count(state) for state in states])
        for one in found.kept
    ]
    sums = [sum(numbers[at] for _name, numbers in rows) for at in range(len(states))]
    in_words = ", ".join(f"{state_name(state)}: {count}" for state, count in zip(states, sums, strict=True))
    return charts.bars(
        "chart-kept",
        _("Agreements by dialogue and state"),
        _("One bar for each state. All dialogues together: %(states)s.", states=in_words),
        [charts.Head(label=state_name(state)) for state in states],
        rows,
    )


def in_all(found: Comparison) -> str:
    """The whole in one line."""
    parts = (
        ngettext("%(num)s dialogue", "%(num)s dialogues", len(found.dialogues)),
        ngettext("%(num)s person", "%(num)s people", sum(found.people.values())),
        ngettext("%(num)s card", "%(num)s cards", found.themes.cards),
    )
    return " · ".join(parts)


# --- Small figures of the tables --------------------------------------------------------------------------------------


def cards_in(one: Contribution, found: Comparison) -> int:
    return sum(row.cards for row in cards_of(one, found.names, found.choice))


def mentions_to(found: Comparison, to: str) -> int:
    return sum(row.to[to] for row in found.themes.rows)


def authors_over_time(found: Comparison) -> list[Who]:
    return [who for who in found.authors if any(who.key in moment.by for moment in found.moments)]


def cells(found: Comparison, valence: str) -> dict[str, Any]:
    """A matrix: who speaks in it, its numbers by (author, addressee), and the greatest of them."""
    of = found.about[Valence(valence)]
    speak = {who for who, _to in of}
    return {
        "authors": [who for who in found.authors if who.key in speak],
        "of": of,
        "most": max(of.values(), default=0),
    }


def kept_together(found: Comparison, today: date) -> list[int]:
    """The last row of the agreements: by state, all, overdue, due."""
    states = [sum(one.count(state) for one in found.kept) for state in FollowUpState]
    due = (sum(one.overdue(today) for one in found.kept), sum(one.review_due(today) for one in found.kept))
    return [*states, sum(states), *due]


def named_in(dialogue: Contribution) -> list[dict[str, Any]]:
    """The stakeholders of one dialogue, as the macro of a card takes them."""
    return [
        {"key": who.key, "label": who.label, "short": who.label, "sign": who.sign, "palette": who.palette}
        for who in dialogue.stakeholders
    ]


def who_in(dialogue: Contribution, key: str) -> str:
    return next((who.label for who in dialogue.stakeholders if who.key == key), key)
