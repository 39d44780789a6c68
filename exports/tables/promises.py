"""What was promised, and the line of the argument that leads to it."""

from typing import Any

from dialog.events import CommitmentState
from dialog.following_up import Followed
from dialog.lines import Line
from dialog.words import Step
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import german_date, state_name, table_name, title_of
from exports.tables.seating import topic_columns
from exports.tables.vote import balanced
from exports.words import _


def commitments(report: Report) -> Table:
    """Who does what until when, in the order in which it was promised."""
    rows = []
    for one in report.round_two.commitments:
        entry = report.round_two.entries.get(one.proposal_id or "")
        rows.append(
            {
                "number": one.number,
                "who": one.who,
                "what": one.what,
                "until": one.until,
                "review_on": one.review_on,
                **_stands(report.round_two.followed[one.id]),
                "proposal": _proposal(report, one.proposal_id),
                "topic": title_of(report, entry.topic_id) if entry else "",
                "table": table_name(report, entry.table_id) if entry else "",
            }
        )
    columns = [
        Column(key="number", head=_("No."), kind=Kind.NUMBER, width=8),
        Column(key="who", head=_("Who"), width=30),
        Column(key="what", head=_("What"), width=50),
        Column(key="until", head=_("Until"), kind=Kind.DATE, width=13),
        Column(key="review_on", head=_("Looked at again on"), kind=Kind.DATE, width=14),
        Column(key="state", head=_("State"), width=14),
        Column(key="noted_on", head=_("State as of"), kind=Kind.DATE, width=13),
        Column(key="sentence", head=_("Remark"), width=40),
        Column(key="proposal", head=_("Proposal"), width=36),
        *topic_columns(report, 30),
        Column(key="table", head=_("Table"), width=10),
    ]
    return table(rows, columns)


def _stands(promise: Followed) -> dict[str, Any]:
    """Where a promise stands by the last note of the forum; the state alone while there is none."""
    last = promise.last
    return {
        "state": state_name(promise.state),
        "noted_on": last.noted_on if last else None,
        "sentence": last.sentence if last else "",
    }


def lines(report: Report) -> Table:
    """One row for each way from a card to what was promised; empty where it had not begun or did not go on."""
    promised = {one.id: one for one in report.round_two.commitments}
    votes = {topic.topic: topic for topic in report.result.topics} if report.result else {}
    rows = []
    for line in _by_topic(report):
        vote = votes.get(line.voted_on or "")
        promise = promised.get(line.commitment or "")
        rows.append(
            {
                **_card(report, line),
                "topic": title_of(report, line.topic),
                "voted_on": title_of(report, line.voted_on) if line.voted_on != line.topic else "",
                "votes": vote.raw if vote else None,
                "balanced": balanced(report, vote, report.result) if vote and report.result else None,
                "table": table_name(report, line.table),
                "proposal": _proposal(report, line.proposal),
                "promise": _promise(promise) if promise else "",
            }
        )
    return table(rows, [*_before_the_tables(report), *_after_them()])


def _by_topic(report: Report) -> list[Line]:
    """What was voted on first, in the order of the result; then the other topics, then what has none."""
    voted = [topic.topic for topic in report.result.topics] if report.result else list(report.ballot)
    order = {topic_id: at for at, topic_id in enumerate([*voted, *(one for one in report.topics if one not in voted)])}
    return sorted(report.round_two.lines, key=lambda line: order.get(line.voted_on or line.topic or "", len(order)))


def _before_the_tables(report: Report) -> list[Column]:
    cards = [
        Column(key="card", head=_("Card"), width=46),
        Column(key="who", head=_("Stakeholder of the author"), kind=Kind.WHO, width=25),
    ]
    votes = [
        Column(key="voted_on", head=_("Voted on together as"), width=24),
        Column(key="votes", head=_("Votes"), kind=Kind.NUMBER, width=10),
        Column(key="balanced", head=_("Balanced result"), kind=Kind.SHARE, width=14),
    ]
    return [
        *(cards if report.holds(Step.COLLECT) else []),
        *topic_columns(report, 28),
        *(votes if report.holds(Step.WEIGH) else []),
    ]


def _after_them() -> list[Column]:
    return [
        Column(key="table", head=_("Table"), width=10),
        Column(key="proposal", head=_("Proposal"), width=38),
        Column(key="promise", head=_("Agreement"), width=50),
    ]


def _card(report: Report, line: Line) -> dict[str, object]:
    card = report.cards.get(line.card or "")
    if card is None:
        return {"card": "", "who": ""}
    return {"card": card.text, "who": report.who(report.groups[card.group_id].stakeholder)}


def _proposal(report: Report, proposal_id: str | None) -> str:
    """The proposal by its number and title; an empty text for none, or one that does not lie open."""
    entry = report.round_two.entries.get(proposal_id or "")
    return f"{entry.number}. {entry.content.title}" if entry and entry.content.kind == "proposal" else ""


def _promise(one: CommitmentState) -> str:
    said = _("%(number)s. %(who)s: %(what)s (until %(until)s)")
    return said % {"number": one.number, "who": one.who, "what": one.what, "until": german_date(one.until)}
