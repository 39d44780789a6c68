"""What the groups nominated, and how everybody voted."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from dialog.shares import ENOUGH_FOR_PERCENT, Share, percent, share_of
from dialog.tally import Result, TopicResult
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import group_name, topic_name, topic_title
from exports.words import _


def top_topics(report: Report) -> Table:
    """What each group nominated, in its order.

    Groups that are told together have no order: one of them may be small, and its first topic would stand there.
    """
    cards_in = pd.Series([s.topic_id for s in report.said], dtype=object).value_counts()
    rows = [
        {
            "group": group_name(report, group.id),
            "who": report.who(group.stakeholder),
            "place": place if group.id in report.in_order else Withheld.TOGETHER,
            "topic": topic_title(report, topic_id),
            "category": report.category(report.topics[topic_id].category),
            "cards": int(cards_in.get(topic_id, 0)),
            "joined": topic_name(report, report.joined_to[topic_id]) if topic_id in report.joined_to else "",
        }
        for group in report.groups.values()
        for place, topic_id in enumerate(report.nominations.get(group.id, ()), start=1)
    ]
    return table(rows, _columns())


def _columns() -> list[Column]:
    return [
        Column(key="group", head=_("Group"), width=9),
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=25),
        Column(key="place", head=_("Place"), kind=Kind.NUMBER, width=9),
        Column(key="topic", head=_("Topic"), width=48),
        Column(key="category", head=_("Category"), width=26),
        Column(key="cards", head=_("Cards"), kind=Kind.NUMBER, width=10),
        Column(key="joined", head=_("Voted on together as"), width=44),
    ]


def chosen(report: Report) -> Table:
    """The topics chosen for round 2, in order, in the columns of the top topics."""
    rows = []
    for place, topic_id in enumerate(report.chosen, start=1):
        topic = report.topics[topic_id]
        group = report.groups[topic.group_id]
        rows.append(
            {
                "group": group_name(report, group.id),
                "who": report.who(group.stakeholder),
                "place": place,
                "topic": topic_title(report, topic_id),
                "category": report.category(topic.category),
            }
        )
    return table(rows, _columns()[:5])


def turnout(report: Report, result: Result) -> Table:
    """Who was in the room, who voted, who did not."""
    rows: list[Mapping[str, Any]] = [
        {"who": report.who(key), "here": here, "voted": result.voted[key], "abstained": result.abstained[key]}
        for key, here in result.present.items()
    ]
    columns = [
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=30),
        Column(key="here", head=_("People present"), kind=Kind.NUMBER),
        Column(key="voted", head=_("People who voted"), kind=Kind.NUMBER),
        Column(key="abstained", head=_("People who abstained"), kind=Kind.NUMBER),
    ]
    return table(rows, columns, totals=_("Together"))


def result(report: Report, result: Result) -> Table:
    """The result of the vote; the balanced result in percent only from 10 voters on, and not with a pool."""
    ranks = [topic.rank for topic in result.topics]
    rows = [
        {
            "topic": topic_name(report, topic.topic),
            "rank": topic.rank if report.balances else Withheld.COMPLEMENT,
            "balanced": balanced(report, topic, result),
            "raw": topic.raw,
            "rank_raw": topic.rank_raw,
            **{f"voters {key}": voters for key, voters in topic.voters.items()},
            **{f"share {key}": share_of(voters, result.voted[key]) for key, voters in topic.voters.items()},
            "words": " · ".join(_badges(topic, tied=ranks.count(topic.rank) > 1)),
        }
        for topic in result.topics
    ]
    of = [(report.who(key), {"who": report.who(key).label["de"]}) for key in result.voted]
    columns = [
        Column(key="topic", head=_("Topic"), width=44),
        Column(key="rank", head=_("Place (balanced)"), kind=Kind.NUMBER, width=14),
        Column(key="balanced", head=_("Balanced result"), kind=Kind.SHARE, width=14),
        Column(key="raw", head=_("Votes"), kind=Kind.NUMBER, width=11),
        Column(key="rank_raw", head=_("Place (votes)"), kind=Kind.NUMBER, width=11),
        *(Column(key=f"voters {w.key}", head=_("People: %(who)s") % n, kind=Kind.NUMBER) for w, n in of),
        *(Column(key=f"share {w.key}", head=_("Share: %(who)s") % n, kind=Kind.SHARE) for w, n in of),
        Column(key="words", head=_("In words"), width=30),
    ]
    return table(rows, columns)


def balanced(report: Report, topic: TopicResult, result: Result) -> Share | Withheld:
    """The balanced result as it may be told."""
    if not report.balances:
        return Withheld.COMPLEMENT
    if result.voted_in_all < ENOUGH_FOR_PERCENT:
        return share_of(0, 0)
    whole = percent(topic.balanced)
    return Share(kind="percent", votes=whole, n=100, percent=whole)


def _badges(topic: TopicResult, tied: bool) -> Iterator[str]:
    if topic.shared:
        yield _("important to all")
    if topic.divided:
        yield _("views differ")
    if tied:
        yield _("equal")
