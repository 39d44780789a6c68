"""The tables of a forum's comparison. The figures are those of `dialog.comparison`, which its page shows as well."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dialog.comparison.mirrored import Moment
from dialog.comparison.themes import Rate, cards_of
from dialog.comparison.values import Contribution, Who
from dialog.comparison.whole import Comparison
from dialog.format import Stakeholder
from dialog.forum_queries import Occurring
from dialog.shares import share_of
from dialog.words import Valence
from exports.look import FAILS_HEAT, MENTIONS_HEAT, WORKS_HEAT
from exports.profile import Withheld
from exports.table import Column, Kind, Table, table
from exports.words import _


def person(who: Who) -> Stakeholder:
    """The stakeholder as the cells of a table know one: with its sign and colour."""
    return Stakeholder.model_construct(
        key=who.key,
        label={"de": who.label},
        short={"de": who.label},
        letter=who.sign,
        sign=who.sign,
        palette=who.palette,
        participates=who.participates,
    )


def category_name(name: str | None) -> str:
    return _("without category") if name is None else name


def of_dialogue() -> list[Column]:
    """Which dialogue a row is about."""
    return [
        Column(key="title", head=_("Dialogue"), width=34),
        Column(key="place", head=_("Place of the dialogue"), width=20),
        Column(key="held_on", head=_("Date"), kind=Kind.DATE, width=12),
    ]


def in_dialogue(one: Contribution) -> dict[str, Any]:
    return {"title": one.title, "place": one.place, "held_on": one.held_on}


def dialogues(found: Comparison) -> Table:
    """Each dialogue with its people by stakeholder, and the chosen cards. Sums are over what each dialogue tells."""
    rows: list[Mapping[str, Any]] = []
    for one in found.dialogues:
        rows.append(
            {
                **in_dialogue(one),
                "year": one.held_on.year,
                "format": one.format_name,
                "state": _("closed") if one.closed else _("not closed"),
                **{f"people {who.key}": _people(one, who) for who in found.authors},
                "people": sum(one.people.values()),
                "cards": sum(row.cards for row in cards_of(one, found.names, found.choice)),
            }
        )
    columns = [
        *of_dialogue(),
        Column(key="year", head=_("Year"), kind=Kind.TEXT, width=8),
        Column(key="format", head=_("Format"), width=26),
        Column(key="state", head=_("State"), width=14),
        *(
            Column(key=f"people {who.key}", head=_("People: %(who)s") % {"who": who.label}, kind=Kind.NUMBER)
            for who in found.authors
        ),
        Column(key="people", head=_("People together"), kind=Kind.NUMBER),
        Column(key="cards", head=_("Cards"), kind=Kind.NUMBER, width=11),
    ]
    if not rows:
        return table(rows, columns)
    together = {
        "title": _("Together"),
        **{f"people {who.key}": found.people[who.key] for who in found.authors},
        "people": sum(found.people.values()),
        "cards": found.themes.cards,
    }
    return _with_last(rows, columns, together)


def _people(one: Contribution, who: Who) -> int | Withheld:
    if who.key in one.people or not one.pooled:
        return one.people.get(who.key, 0)
    own = next((named for named in one.stakeholders if named.key == who.key), None)
    return Withheld.TOGETHER if own is not None and own.participates else 0


def _with_last(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column], last: Mapping[str, Any]) -> Table:
    """A table with a last row of sums that are not those of its cells."""
    keys = [column.key for column in columns]
    frame = pd.DataFrame([*rows, {**dict.fromkeys(keys), **last}], columns=keys, dtype=object)
    return Table(frame.where(frame.notna(), None), columns, totals=True)


def together(found: Comparison) -> Table:
    """Every category with the cards of each stakeholder, those with most cards first."""
    rows = []
    for category in found.themes.categories:
        of = found.themes.of(category)
        rows.append(
            {
                "category": category_name(category),
                **{f"cards {row.who}": row.cards for row in of},
                "works": sum(row.works for row in of),
                "fails": sum(row.fails for row in of),
                "cards": sum(row.cards for row in of),
            }
        )
    whole = [{**{f"cards {who.key}": 0 for who in found.authors}, **row} for row in rows]
    columns = [
        Column(key="category", head=_("Category"), width=38),
        *(
            Column(key=f"cards {who.key}", head=_("Cards: %(who)s") % {"who": who.label}, kind=Kind.NUMBER)
            for who in found.authors
        ),
        Column(key="works", head=_("Cards: works well"), kind=Kind.NUMBER),
        Column(key="fails", head=_("Cards: does not work"), kind=Kind.NUMBER),
        Column(key="cards", head=_("Cards together"), kind=Kind.NUMBER),
    ]
    return table(whole, columns, totals=_("Together"))


def themes(found: Comparison) -> Table:
    """Category × stakeholder of the author: cards, cards per ten people, mentions by addressee."""
    rows = [
        {
            "category": category_name(row.category),
            "who": person(found.whos[row.who]),
            "works": row.works,
            "fails": row.fails,
            "cards": row.cards,
            "rate": rate(row.rate),
            **{f"to {to.key}": row.to[to.key] for to in found.addressees},
        }
        for row in found.themes.rows
    ]
    columns = [
        Column(key="category", head=_("Category"), width=38),
        Column(key="who", head=_("Stakeholder of the author"), kind=Kind.WHO, width=27),
        Column(key="works", head=_("Cards: works well"), kind=Kind.NUMBER),
        Column(key="fails", head=_("Cards: does not work"), kind=Kind.NUMBER),
        Column(key="cards", head=_("Cards together"), kind=Kind.NUMBER),
        Column(key="rate", head=_("Cards per 10 people"), kind=Kind.MEAN, width=17),
        *mentions(found, MENTIONS_HEAT),
    ]
    return table(rows, columns, totals=_("Together"))


def rate(of: Rate) -> float | str | None:
    """Cards per ten people with one decimal; below ten people what was counted."""
    if of.tenths is not None:
        return of.tenths / 10
    return _("%(cards)s of %(people)s people") % of._asdict() if of.people else None


def mentions(found: Comparison, heat: str) -> Iterator[Column]:
    for to in found.addressees:
        head = _("Mentions: %(who)s") % {"who": to.label}
        yield Column(key=f"to {to.key}", head=head, kind=Kind.NUMBER, heat=heat)


def about(found: Comparison, valence: Valence) -> Table:
    """Who speaks about whom, for one valence."""
    of = found.about[valence]
    speak = {who for who, _to in of}
    rows = [
        {
            "who": person(who),
            **{f"to {to.key}": of[who.key, to.key] for to in found.addressees},
            "mentions": sum(of[who.key, to.key] for to in found.addressees),
        }
        for who in found.authors
        if who.key in speak
    ]
    columns = [
        Column(key="who", head=_("Who speaks"), kind=Kind.WHO, width=30),
        *mentions(found, WORKS_HEAT if valence is Valence.WORKS else FAILS_HEAT),
        Column(key="mentions", head=_("Mentions together"), kind=Kind.NUMBER, width=13),
    ]
    return table(rows, columns, totals=_("Together"))


def over_time(found: Comparison, moments: Sequence[Moment]) -> Table:
    """Attribution to others: a row for each moment and stakeholder."""
    by_year = not any(moment.dialogue for moment in moments)
    rows = []
    for moment in moments:
        for who in found.authors:
            if who.key in moment.by:
                counted = moment.by[who.key]
                rows.append(
                    {
                        **(in_dialogue(moment.dialogue) if moment.dialogue else {}),
                        "year": str(moment.year),
                        "name": f"{moment.year} · {who.label}",
                        "who": person(who),
                        "failing": counted.failing,
                        "elsewhere": counted.elsewhere,
                        "itself": counted.failing - counted.elsewhere,
                        "share": share_of(counted.elsewhere, counted.failing),
                    }
                )
    first = [Column(key="name", head=_("Year and stakeholder"), width=34)] if by_year else of_dialogue()
    columns = [
        *first,
        Column(key="year", head=_("Year"), width=8),
        Column(key="who", head=_("Who speaks"), kind=Kind.WHO, width=27),
        Column(key="failing", head=_("Cards: does not work"), kind=Kind.NUMBER),
        Column(key="elsewhere", head=_("Cards: only to others"), kind=Kind.NUMBER),
        Column(key="itself", head=_("Cards: also to itself"), kind=Kind.NUMBER),
        Column(key="share", head=_("Share only to others"), kind=Kind.SHARE),
    ]
    return table(rows, columns)


def priorities(found: Comparison) -> Table:
    """In how many dialogues a category held a shared priority."""
    rows = [
        {"category": category_name(one.category), "dialogues": one.dialogues, "topics": one.topics}
        for one in found.priorities.categories
    ]
    columns = [
        Column(key="category", head=_("Category"), width=38),
        Column(key="dialogues", head=_("Dialogues"), kind=Kind.NUMBER),
        Column(key="topics", head=_("Topics"), kind=Kind.NUMBER),
    ]
    return table(rows, columns)


def shared(found: Comparison) -> Table:
    """The topics that were important to all, dialogue by dialogue."""
    rows = [
        {
            **in_dialogue(one.dialogue),
            "topic": one.topic.title or _("(without name)"),
            "category": category_name(one.category),
            "rank": one.topic.rank,
            "chose": one.topic.chose,
            "voted": one.topic.voted,
            "share": share_of(one.topic.chose, one.topic.voted),
        }
        for one in found.priorities.topics
    ]
    columns = [
        *of_dialogue(),
        Column(key="topic", head=_("Topic"), width=44),
        Column(key="category", head=_("Category"), width=28),
        Column(key="rank", head=_("Place (balanced)"), kind=Kind.NUMBER, width=14),
        Column(key="chose", head=_("People who chose the topic"), kind=Kind.NUMBER),
        Column(key="voted", head=_("People who voted"), kind=Kind.NUMBER),
        Column(key="share", head=_("Share"), kind=Kind.SHARE, width=11),
    ]
    return table(rows, columns)


def categories(lines: Sequence[Occurring], given: Mapping[tuple[str, str], str]) -> Table:
    """Every category of the formats, and what the forum calls it."""
    rows = [
        {
            "format": line.format_name,
            "labels": " / ".join(line.labels),
            "name": given.get((line.format, line.category), line.labels[0]),
            "own": _("yes") if (line.format, line.category) in given else _("no"),
            "dialogues": line.dialogues,
        }
        for line in lines
    ]
    columns = [
        Column(key="format", head=_("Format"), width=30),
        Column(key="labels", head=_("Category in the plan"), width=38),
        Column(key="name", head=_("Name in the forum"), width=38),
        Column(key="own", head=_("Named by the forum"), width=16),
        Column(key="dialogues", head=_("Dialogues"), kind=Kind.NUMBER),
    ]
    return table(rows, columns)


def kept(found: Comparison, today: date, states: Mapping[Any, str]) -> Table:
    """How many agreements of each dialogue stand where."""
    rows = [
        {
            "name": f"{one.dialogue.place}, {one.dialogue.held_on.strftime('%d.%m.%Y')}",
            "title": one.dialogue.title,
            **{state.value: one.count(state) for state in states},
            "all": len(one.agreed),
            "overdue": one.overdue(today),
            "due": one.review_due(today),
        }
        for one in found.kept
    ]
    columns = [
        Column(key="name", head=_("Place and date"), width=34),
        Column(key="title", head=_("Dialogue"), width=40),
        *(Column(key=state.value, head=name, kind=Kind.NUMBER) for state, name in states.items()),
        Column(key="all", head=_("Agreements together"), kind=Kind.NUMBER),
        Column(key="overdue", head=_("overdue"), kind=Kind.NUMBER),
        Column(key="due", head=_("due for review"), kind=Kind.NUMBER),
    ]
    return table(rows, columns, totals=_("Together"))
