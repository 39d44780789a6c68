"""What several chapters of the minutes ask: whether a step was held, how a card is drawn, what was agreed."""

from collections.abc import Iterable

from dialog.events import CommitmentState
from dialog.words import Step, Valence
from exports.report import Report
from exports.story.content import Drawn
from exports.story.paper import who
from exports.tables.names import german_date
from exports.words import _


def was_held(report: Report, *steps: Step) -> bool:
    """Whether the room was in one of these steps. Where no times are known: whether it has come to one of them."""
    if report.held:
        return any(one.step in steps for one in report.held)
    planned = [one.step for one in report.plan.steps]
    reached = planned if report.closed else planned[: planned.index(report.step) + 1]
    return any(step in reached for step in steps)


def drawn(report: Report, card_id: str) -> Drawn:
    """A card as it lay on the pin board."""
    card = report.cards[card_id]
    return Drawn(
        works=card.valence is Valence.WORKS,
        text=card.text,
        author=who(report, report.groups[card.group_id].stakeholder),
        to=tuple(who(report, key) for key in card.addressees),
    )


def agreed(one: CommitmentState) -> str:
    said = _("%(number)s. %(who)s: %(what)s (until %(until)s)")
    return said % {"number": one.number, "who": one.who, "what": one.what, "until": german_date(one.until)}


def in_a_line(parts: Iterable[str]) -> str:
    """Words and figures side by side, without those that are empty."""
    return " · ".join(part for part in parts if part)
