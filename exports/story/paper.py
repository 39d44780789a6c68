"""From tables of a report to tables on paper: the same values, as text, in the columns that fit on a sheet."""

from collections.abc import Sequence
from typing import Any

from dialog.format import Stakeholder
from exports.look import FAILS_HEAT, MENTIONS_HEAT, WORKS_HEAT, lighter
from exports.report import Report
from exports.said import said, side_of
from exports.story.content import Cell, Grid, Who
from exports.story.content import Column as PaperColumn
from exports.table import Column, Kind, Table
from exports.tables.names import german_date


def who_is(stakeholder: Stakeholder) -> Who:
    return Who(
        sign=stakeholder.sign,
        name=stakeholder.label["de"],
        short=stakeholder.short["de"],
        palette=stakeholder.palette,
    )


def who(report: Report, key: str) -> Who:
    return who_is(report.who(key))


def text_of(column: Column, value: Any) -> str:
    """What the workbook's cell shows for this value, as text."""
    told, look = said(column, value)
    match told:
        case None:
            return ""
        case bool() | str():
            return str(told)
        case int() if look.number != "percent":
            return str(told)
        case int() | float():
            return _number(told, look.number)
        case _:
            return german_date(told)


def _number(value: float, form: str) -> str:
    if form == "percent":
        return f"{round(value * 100)} %"
    if form == "mean":
        return f"{value:.1f}".replace(".", ",")
    return f"{value:.2f}".replace(".", ",") if form == "weight" else f"{value:g}".replace(".", ",")


def records(table: Table) -> list[dict[str, str]]:
    """Each row of a table by the keys of its columns, as text; without the row that sums up."""
    rows = table.rows[:-1] if table.totals else table.rows
    return [
        {column.key: text_of(column, value) for column, value in zip(table.columns, row, strict=True)} for row in rows
    ]


def grid(
    title: str, what: str, table: Table, columns: Sequence[Column], *, heads: Sequence[str] = (), note: str = ""
) -> Grid:
    """A table on paper, of these of its columns; `heads` say it shorter than those of the columns."""
    places = [table.place(column.key) for column in columns]
    most = _most(table)
    last = len(table.rows) - 1 if table.totals else None
    rows = tuple(
        tuple(_cell(table.columns[at], row[at], number == last, most) for at in places)
        for number, row in enumerate(table.rows)
    )
    said_as = heads or [column.head for column in columns]
    texts = [[head, *(row[at].text for row in rows)] for at, head in enumerate(said_as)]
    return Grid(
        title=title,
        what=what,
        columns=tuple(
            PaperColumn(head=head, left=side_of(column) == "left", width=width)
            for column, head, width in zip(columns, said_as, widths(texts), strict=True)
        ),
        rows=rows,
        totals=table.totals,
        note=note,
    )


SHEET = 96
"""Characters of small print that stand side by side on a sheet of paper."""


def widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column of texts is to be: no word is broken as long as there is room, long texts get the rest."""
    least = [min(26, max(len(word) for text in texts for word in _words(text)) + 3) for texts in columns]
    wished = [min(60, max(map(len, texts))) for texts in columns]
    more = [max(0, wish - need) for wish, need in zip(wished, least, strict=True)]
    rest = max(0, SHEET - sum(least))
    return [need + round(rest * part / (sum(more) or 1)) for need, part in zip(least, more, strict=True)]


def _words(text: str) -> list[str]:
    """What stays together in a line: words, and a stakeholder with its sign."""
    with_sign = text[1:2] == " " and not text[0].isalnum()
    return [text] if with_sign else text.split() or [""]


def _cell(column: Column, value: Any, is_total: bool, most: dict[str, int]) -> Cell:
    _told, look = said(column, value)
    ground, heat = look.ground, ""
    if column.heat and not is_total and isinstance(value, int) and value:
        depth = _depth(value, most[column.heat])
        ground, heat = lighter(column.heat, DEEPEST - depth), f"{HEATS[column.heat]}-{depth}"
    ink = look.ink if column.kind in COLOURED else ""
    return Cell(text=text_of(column, value), ink=ink, ground=ground, heat=heat, bold=look.bold or is_total)


DEEPEST = 5
HEATS = {WORKS_HEAT: "works", FAILS_HEAT: "fails", MENTIONS_HEAT: "mentions"}
COLOURED = (Kind.WHO, Kind.VALENCE)
"""Columns whose ink says something."""


def _most(table: Table) -> dict[str, int]:
    """The greatest number of the columns that share a colour."""
    rows = table.rows[:-1] if table.totals else table.rows
    found: dict[str, int] = {}
    for at, column in enumerate(table.columns):
        if column.heat:
            numbers = [row[at] for row in rows if isinstance(row[at], int)]
            found[column.heat] = max([found.get(column.heat, 1), *numbers])
    return found


def _depth(value: int, most: int) -> int:
    """How deep the colour of a number is: from 1 to 5 for the greatest."""
    return max(1, min(DEEPEST, 1 + round((DEEPEST - 1) * value / most)))
