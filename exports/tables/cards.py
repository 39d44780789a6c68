"""Every card: once to read, and once per mention for pivots."""

from dialog.attribution import Said
from dialog.events import CardState
from dialog.words import Valence
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import group_name, topic_title
from exports.words import _


def cards(report: Report) -> Table:
    """Every open card, group by group, topic by topic."""
    rows = [
        {
            "group": group_name(report, card.group_id),
            "who": report.who(said.stakeholder),
            "valence": said.valence,
            "text": card.text,
            "addressees": ", ".join(report.who(key).label["de"] for key in said.addressees),
            "topic": topic_title(report, said.topic_id) if said.topic_id else "",
            "category": report.category(said.category),
        }
        for said, card in _in_order(report)
    ]
    columns = [
        Column(key="group", head=_("Group"), width=9),
        Column(key="who", head=_("Stakeholder of the author"), kind=Kind.WHO, width=25),
        Column(key="valence", head=_("Valence"), kind=Kind.VALENCE, width=15),
        Column(key="text", head=_("Card"), width=52),
        Column(key="addressees", head=_("Addressed to"), width=28),
        Column(key="topic", head=_("Topic"), width=34),
        Column(key="category", head=_("Category"), width=24),
    ]
    return table(rows, columns)


def flat(report: Report) -> Table:
    """One row per mention, so that a pivot can count mentions, and cards by their weights."""
    rows = []
    for number, (said, card) in enumerate(_in_order(report), start=1):
        for addressee in said.addressees:
            to = report.who(addressee)
            rows.append(
                {
                    "number": number,
                    "title": report.plan.title,
                    "place": report.plan.place,
                    "held_on": report.plan.held_on,
                    "group": group_name(report, card.group_id),
                    "who": report.who(said.stakeholder).label["de"],
                    "valence": _("works well") if said.valence is Valence.WORKS else _("does not work"),
                    "text": card.text,
                    "to": to.label["de"],
                    "itself": _about_itself(report, said, addressee),
                    "topic": topic_title(report, said.topic_id) if said.topic_id else _("without topic"),
                    "category": report.category(said.category) or _("without category"),
                    "mention": 1,
                    "card": 1 / len(said.addressees),
                }
            )
    columns = [
        Column(key="number", head=_("Card number"), kind=Kind.NUMBER, width=10),
        Column(key="title", head=_("Dialogue"), width=30),
        Column(key="place", head=_("Place of the dialogue"), width=18),
        Column(key="held_on", head=_("Date"), kind=Kind.DATE, width=12),
        Column(key="group", head=_("Group"), width=10),
        Column(key="who", head=_("Stakeholder of the author"), width=23),
        Column(key="valence", head=_("Valence"), width=15),
        Column(key="text", head=_("Card"), width=52),
        Column(key="to", head=_("Addressee"), width=23),
        Column(key="itself", head=_("About itself"), width=12),
        Column(key="topic", head=_("Topic"), width=40),
        Column(key="category", head=_("Category"), width=24),
        Column(key="mention", head=_("Mentions"), kind=Kind.NUMBER, width=13),
        Column(key="card", head=_("Card weight"), kind=Kind.WEIGHT, width=13),
    ]
    return table(rows, columns)


def _about_itself(report: Report, said: Said, addressee: str) -> str:
    """Whether a card addresses who wrote it; of a card of several stakeholders together that would say which it was."""
    if report.is_pool(said.stakeholder):
        return Withheld.COMPLEMENT
    return _("yes") if addressee == said.stakeholder else _("no")


def _in_order(report: Report) -> list[tuple[Said, CardState]]:
    """Cards with their state: by group, topics in their order, the unsorted last, what works first."""
    groups = {group_id: at for at, group_id in enumerate(report.groups)}
    topics = {topic_id: at for at, topic_id in enumerate(report.topics)}

    def order(said: Said) -> tuple[int, int, bool]:
        topic = topics[said.topic_id] if said.topic_id else len(topics)
        return (groups[report.cards[said.card_id].group_id], topic, said.valence is Valence.FAILS)

    return [(said, report.cards[said.card_id]) for said in sorted(report.said, key=order)]
