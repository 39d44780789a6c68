"""How often something comes up. A card counts once; each group it addresses is a mention of it."""

from collections.abc import Iterator
from typing import Literal

import pandas as pd

from dialog import attribution
from dialog.words import Valence
from exports.look import MENTIONS_HEAT
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.names import key_name
from exports.words import _


def at_a_glance(report: Report, by: Literal["category", "topic"]) -> Table:
    """Cards and mentions of each category or topic, of all stakeholders together; the most frequent first."""
    counts = attribution.frequency(report.said, by)
    cards = pd.DataFrame(
        [(c.key or "", c.valence.value, c.cards) for c in counts.cards], columns=["key", "valence", "n"]
    )
    mentions = pd.DataFrame([(m.key or "", m.mentions) for m in counts.mentions], columns=["key", "n"])
    wide = cards.pivot_table(index="key", columns="valence", values="n", aggfunc="sum", fill_value=0, sort=False)
    named = mentions.groupby("key")["n"].sum()
    rows = [
        {
            "key": key_name(report, by, key or None),
            "works": (works := _count(wide, key, Valence.WORKS)),
            "fails": (fails := _count(wide, key, Valence.FAILS)),
            "cards": works + fails,
            "mentions": int(named[key]),
        }
        for key in dict.fromkeys(cards["key"])
    ]
    columns = [
        Column(key="key", head=_("Category") if by == "category" else _("Topic"), width=38),
        *cards_by_valence(),
        Column(key="mentions", head=_("Mentions together"), kind=Kind.NUMBER),
    ]
    return table(rows, columns, totals=_("Together"))


def _count(wide: pd.DataFrame, key: str, valence: Valence) -> int:
    return int(wide.loc[[key], [valence.value]].to_numpy()[0, 0]) if valence.value in wide.columns else 0


def frequency(report: Report, by: Literal["category", "topic"]) -> Table:
    """Category or topic × stakeholder of the author × valence: cards, and mentions by addressee."""
    counts = attribution.frequency(report.said, by)
    authors, everybody = list(report.parts.keys), [who.key for who in report.plan.stakeholders]
    to_whom: dict[tuple[str | None, str, Valence], dict[str, int]] = {}
    for said in counts.mentions:
        to_whom.setdefault((said.key, said.stakeholder, said.valence), {})[said.addressee] = said.mentions
    keys = {key: at for at, key in enumerate(dict.fromkeys(count.key for count in counts.cards))}

    def order(count: attribution.CardCount) -> tuple[int, int, bool]:
        return (keys[count.key], authors.index(count.stakeholder), count.valence is Valence.FAILS)

    rows = []
    for count in sorted(counts.cards, key=order):
        mentions = to_whom[count.key, count.stakeholder, count.valence]
        rows.append(
            {
                "key": key_name(report, by, count.key),
                "who": report.who(count.stakeholder),
                "valence": count.valence,
                "cards": count.cards,
                "mentions": sum(mentions.values()),
                **{f"to {who}": mentions.get(who, 0) for who in everybody},
            }
        )
    columns = [
        Column(key="key", head=_("Category or topic"), width=46),
        Column(key="who", head=_("Stakeholder of the author"), kind=Kind.WHO, width=25),
        Column(key="valence", head=_("Valence"), kind=Kind.VALENCE, width=16),
        Column(key="cards", head=_("Cards"), kind=Kind.NUMBER, width=11),
        Column(key="mentions", head=_("Mentions"), kind=Kind.NUMBER, width=13),
        *mentions_of(report, MENTIONS_HEAT),
    ]
    return table(rows, columns, totals=_("Together"))


def together(report: Report) -> Table:
    """Cards and mentions of each category, of all stakeholders and both valences together, in the same columns."""
    apart = frequency(report, "category")
    numbers = [column.key for column in apart.columns if column.kind is Kind.NUMBER]
    single = apart.frame.iloc[: -1 if apart.totals else None]
    sums = single.astype(dict.fromkeys(numbers, int)).groupby("key", sort=False)[numbers].sum().reset_index()
    rows = sums.assign(who=_("all"), valence=_("all")).to_dict("records")
    named = [{str(key): value for key, value in row.items()} for row in rows]
    return table(named, apart.columns, totals=_("Together"))


def cards_by_valence() -> list[Column]:
    return [
        Column(key="works", head=_("Cards: works well"), kind=Kind.NUMBER),
        Column(key="fails", head=_("Cards: does not work"), kind=Kind.NUMBER),
        Column(key="cards", head=_("Cards together"), kind=Kind.NUMBER),
    ]


def mentions_of(report: Report, heat: str) -> Iterator[Column]:
    for who in report.plan.stakeholders:
        head = _("Mentions: %(who)s") % {"who": who.label["de"]}
        yield Column(key=f"to {who.key}", head=head, kind=Kind.NUMBER, heat=heat)
