"""What a cell says for a value of a table, and how it looks. No file format is known here."""

from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from dialog.format import Stakeholder
from dialog.shares import Share
from dialog.words import Valence
from exports.look import INK_SOFT, PALETTE, VALENCE, Look
from exports.profile import Withheld
from exports.table import Column, Kind
from exports.words import _

Value: TypeAlias = str | int | float | date | None


def said(column: Column, value: Any) -> tuple[Value, Look]:
    """What a cell says for a value of a table, and its look."""
    side = side_of(column)
    look = Look(side=side, wraps=side == "left", line="row", number=_number(column))
    match value:
        case Stakeholder():
            return f"{value.sign} {value.label['de']}", replace(look, ink=PALETTE[value.palette - 1], bold=True)
        case Withheld():
            return value.words, replace(look, ink=INK_SOFT, italic=True, wraps=True)
        case Valence():
            ground, ink = VALENCE[value]
            words = _("works well") if value is Valence.WORKS else _("does not work")
            return words, replace(look, ink=ink, ground=ground)
        case Share(kind="percent", percent=int(whole)):
            return whole / 100, look
        case Share(kind="count"):
            return _("%(votes)s of %(all)s") % {"votes": value.votes, "all": value.n}, look
        case Share():
            return "–", look
        case None if column.kind is Kind.MEAN:
            return "–", look
        case _:
            return value, look


def side_of(column: Column) -> str:
    return "left" if column.kind in (Kind.TEXT, Kind.WHO, Kind.VALENCE) else "right"


def _number(column: Column) -> str:
    forms = {Kind.NUMBER: "count", Kind.WEIGHT: "weight", Kind.MEAN: "mean", Kind.DATE: "date", Kind.SHARE: "percent"}
    return "mentions" if column.heat else forms.get(column.kind, "text")
