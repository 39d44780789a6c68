"""What was said, proposed and agreed, over several dialogues: texts, each with its dialogue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dialog.comparison.choice import Choice
from dialog.comparison.recurring import Recurrence
from dialog.comparison.values import Contribution, Names
from dialog.comparison.whole import Comparison
from dialog.following_up import Followed
from dialog.similar import Reason
from dialog.words import Valence
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import state_name, topic_title
from exports.tables.over_dialogues import category_name, in_dialogue, of_dialogue
from exports.words import _

FLAT = ("title", "place", "held_on", "year", "format", "name", "category", "topic", "who", "to", "valence", "text")

Row = tuple[Any, ...]


def flat_rows(report: Report, one: Contribution, names: Names, choice: Choice) -> list[Row]:
    """The chosen cards of one dialogue, one row each, as `flat` heads them.

    Their order depends on what is told and on nothing else, so that it tells nothing of who wrote what.
    """
    rows = []
    for said in report.said:
        name = names.of(one, said.category)
        if not _is_chosen(choice, name, said.stakeholder, said.valence, said.addressees):
            continue
        rows.append(
            (
                one.title,
                one.place,
                one.held_on,
                str(one.held_on.year),
                one.format_name,
                category_name(name),
                report.category(said.category) or _("without category"),
                topic_title(report, said.topic_id) if said.topic_id else _("without topic"),
                report.who(said.stakeholder).label["de"],
                ", ".join(report.who(key).label["de"] for key in said.addressees),
                _("works well") if said.valence is Valence.WORKS else _("does not work"),
                report.cards[said.card_id].text,
            )
        )
    return sorted(rows, key=lambda row: (row[8], row[5], row[7], row[10], row[11], row[9]))


def _is_chosen(choice: Choice, name: str | None, who: str, valence: Valence, to: Sequence[str]) -> bool:
    return (
        choice.takes_category(name)
        and choice.who in ("", who)
        and (not choice.valence or choice.valence == valence)
        and (not choice.to or choice.to in to)
    )


def flat(rows: Sequence[Row]) -> Table:
    """One row per card, for pivots over dialogues."""
    columns = [
        *of_dialogue(),
        Column(key="year", head=_("Year"), width=8),
        Column(key="format", head=_("Format"), width=26),
        Column(key="name", head=_("Category in the forum"), width=28),
        Column(key="category", head=_("Category in the plan"), width=28),
        Column(key="topic", head=_("Topic"), width=40),
        Column(key="who", head=_("Stakeholder of the author"), width=25),
        Column(key="to", head=_("Addressed to"), width=28),
        Column(key="valence", head=_("Valence"), width=15),
        Column(key="text", head=_("Card"), width=60),
    ]
    return Table(pd.DataFrame(rows, columns=[column.key for column in columns], dtype=object), columns)


def recurring(found: Comparison) -> Table:
    """Proposals of several dialogues that may be the same: one row each, numbered by what they have in common."""
    rows = [
        {
            "number": number,
            "why": why(again),
            **in_dialogue(member.found.dialogue),
            "proposal": f"{member.found.proposal.number}. {member.found.proposal.title}",
            "category": category_name(member.found.category),
            "level": member.found.proposal.level or "",
            "reason": reason(member.reason) if member.reason else "",
        }
        for number, again in enumerate(found.recurring, start=1)
        for member in again.members
    ]
    columns = [
        Column(key="number", head=_("No."), kind=Kind.NUMBER, width=8),
        Column(key="why", head=_("Why it recurs"), width=30),
        *of_dialogue(),
        Column(key="proposal", head=_("Proposal"), width=48),
        Column(key="category", head=_("Category"), width=26),
        Column(key="level", head=_("Level"), width=30),
        Column(key="reason", head=_("In common with the first one"), width=44),
    ]
    return table(rows, columns)


def proposals(found: Comparison) -> Table:
    """All proposals of the dialogues, whether they recur or not."""
    rows = [
        {
            **in_dialogue(one.dialogue),
            "proposal": f"{one.proposal.number}. {one.proposal.title}",
            "category": category_name(one.category),
            "level": one.proposal.level or "",
        }
        for one in found.proposals
    ]
    columns = [
        *of_dialogue(),
        Column(key="proposal", head=_("Proposal"), width=48),
        Column(key="category", head=_("Category"), width=28),
        Column(key="level", head=_("Level"), width=30),
    ]
    return table(rows, columns)


def why(again: Recurrence) -> str:
    return _("same category and level") if again.by == "place" else _("similar titles")


def reason(of: Reason) -> str:
    """Why two titles may say the same, in a sentence."""
    if of.kind == "same_spelling":
        return _("Both are written almost alike.")
    said = ", ".join(
        f"„{here}“" if here.casefold() == there.casefold() else f"„{there} – {here}“" for here, there in of.words[:3]
    )
    sentence = _("Both say %(words)s.") if of.kind == "same_words" else _("Both speak of something related: %(words)s.")
    return sentence % {"words": said}


def agreements(found: Comparison, today: date) -> Table:
    """Who does what until when, where it stands, and what is due."""
    rows = [
        {
            **in_dialogue(one.dialogue),
            "number": agreed.commitment.number,
            "who": agreed.commitment.who,
            "what": agreed.commitment.what,
            "until": agreed.commitment.until,
            "review_on": agreed.commitment.review_on,
            "state": state_name(agreed.state),
            "noted_on": agreed.last.noted_on if agreed.last else None,
            "sentence": agreed.last.sentence if agreed.last else "",
            "due": ", ".join(_due(agreed, today)),
        }
        for one in found.kept
        for agreed in one.agreed
    ]
    columns = [
        *of_dialogue(),
        Column(key="number", head=_("No."), kind=Kind.NUMBER, width=8),
        Column(key="who", head=_("Who"), width=28),
        Column(key="what", head=_("What"), width=46),
        Column(key="until", head=_("Until"), kind=Kind.DATE, width=13),
        Column(key="review_on", head=_("Looked at again on"), kind=Kind.DATE, width=14),
        Column(key="state", head=_("State"), width=14),
        Column(key="noted_on", head=_("Noted on"), kind=Kind.DATE, width=13),
        Column(key="sentence", head=_("Note"), width=44),
        Column(key="due", head=_("To be looked at"), width=22),
    ]
    return table(rows, columns)


def _due(agreed: Followed, today: date) -> Iterable[str]:
    if agreed.overdue(today):
        yield _("overdue")
    if agreed.review_due(today):
        yield _("due for review")
