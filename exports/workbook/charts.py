"""Native charts beside their tables, each with a name and with words for whoever does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.chart.axis import ChartLines, NumericAxis
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.drawing.text import Font as DrawnFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.cells import safe_text
from exports.look import FAMILY, INK, LINE, ROW, is_dark
from exports.said import said
from exports.sheet import Bars, Points
from exports.table import Table
from exports.words import _

CHART_FRAME: Final = 4
CHART_BAR: Final = 0.65
"""Centimetres: the height without bars, and of each bar."""
SIDES: Final = ("r", "l", "t", "b")
"""On which sides of points their names stand, in turn, so that neighbours cover each other less."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart that stands on the sheet: where it ends, and what somebody reads or hears who cannot see it."""

    name: str
    words: str
    first_row: int
    last_row: int


def draw(
    sheet: Worksheet, head: int, table: Table, rows: Sequence[Sequence[Any]], drawing: Bars | Points
) -> Drawn | None:
    """Put the chart of a table on the sheet; None if there is nothing to be drawn. `head` is the row of its head."""
    beside = 0
    chart: BarChart | ScatterChart
    if isinstance(drawing, Bars):
        beside, chart = drawing.beside, _bars(sheet, head, table, rows, drawing)
        words = _said_of_bars(head, table, rows, drawing)
    elif points := [row for row in rows if _at_a_point(row, table, drawing)]:
        chart = _points(sheet, head, table, rows, drawing)
        words = _said_of_points(head, len(points), table, drawing)
    else:
        return None
    chart.title = _title(drawing.title, 1300, bold=True)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete, axis.txPr = False, _all_letters()
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
        if isinstance(axis, NumericAxis):
            axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=LINE)))
    row = head if beside else head + len(rows) + 2
    sheet.add_chart(chart, f"{get_column_letter(beside or 1)}{row}")
    below = row + ceil(chart.height / 2.54 * 72 / ROW) + 1
    return Drawn(safe_text(drawing.title)[:80], safe_text(words), head, below)


def _said_of_bars(head: int, table: Table, rows: Sequence[Sequence[Any]], bars: Bars) -> str:
    """What the bars are, the longest of them, and where the figures stand."""
    names = table.place(bars.categories)
    drawn = rows[: min(bars.most, len(rows) - table.totals)]
    lengths = [(_length(row, table, bars), row[names]) for row in drawn]
    longest = max(lengths, key=lambda one: one[0], default=(0, ""))
    parts = ", ".join(table.columns[table.place(key)].head for key in bars.series)
    words = _("Bar chart “%(title)s”: %(bars)s bars, one for each row “%(names)s”, made up of: %(parts)s.") % {
        "title": bars.title,
        "bars": len(drawn),
        "names": table.columns[names].head,
        "parts": parts,
    }
    if longest[0]:
        name = said(table.columns[names], longest[1])[0]
        words += " " + _("The longest is “%(name)s” with %(length)s.") % {"name": name, "length": f"{longest[0]:g}"}
    return f"{words} {_where(head)}"


def _said_of_points(head: int, count: int, table: Table, points: Points) -> str:
    words = _("Chart “%(title)s”: %(points)s points; across “%(x)s”, upwards “%(y)s”, each from %(low)s to %(high)s.")
    given = {"title": points.title, "points": count, "low": points.scale[0], "high": points.scale[1]}
    heads = {key: table.columns[table.place(name)].head for key, name in (("x", points.x), ("y", points.y))}
    return f"{words % {**given, **heads}} {_where(head)}"


def _where(head: int) -> str:
    return _("All figures stand in the table that begins in cell A%(row)s.") % {"row": head}


def _length(row: Sequence[Any], table: Table, bars: Bars) -> float:
    values = (row[table.place(key)] for key in bars.series)
    return sum(value for value in values if isinstance(value, int | float))


def _bars(sheet: Worksheet, head: int, table: Table, rows: Sequence[Sequence[Any]], bars: Bars) -> BarChart:
    count = min(bars.most, len(rows) - table.totals)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.width, chart.height = bars.width, CHART_FRAME + ceil(CHART_BAR * count)
    for key, colour in zip(bars.series, bars.colours, strict=True):
        at = table.place(key) + 1
        chart.add_data(Reference(sheet, at, head, at, head + count), titles_from_data=True)
        drawn = chart.series[-1]
        drawn.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill="FFFFFF"))
        drawn.dLbls = _labels("FFFFFF" if is_dark(colour) else INK, bars.number)
    names = table.place(bars.categories) + 1
    chart.set_categories(Reference(sheet, names, head + 1, names, head + count))
    chart.legend = Legend()
    chart.legend.position, chart.legend.txPr = "t", _all_letters()
    chart.x_axis.title, chart.y_axis.title = _title(table.columns[names - 1].head, 900), _title(bars.counts, 900)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format, chart.y_axis.scaling.min = "0", 0
    return chart


def _points(sheet: Worksheet, head: int, table: Table, rows: Sequence[Sequence[Any]], points: Points) -> ScatterChart:
    """One series for each point, because only a series can be called as a cell says."""
    chart = ScatterChart()
    chart.style, chart.scatterStyle, chart.legend = 13, "lineMarker", None
    chart.width, chart.height = points.width, points.height
    name, x, y = (table.place(key) + 1 for key in (points.names, points.x, points.y))
    for at, row in enumerate(rows, start=head + 1):
        if _at_a_point(row, table, points):
            beside = SIDES[len(chart.series) % len(SIDES)]
            drawn = Series(Reference(sheet, y, at), Reference(sheet, x, at))
            drawn.tx = SeriesLabel(strRef=StrRef(f"'{sheet.title}'!${get_column_letter(name)}${at}"))
            drawn.marker = Marker("circle", 7, GraphicalProperties(solidFill=points.colour))
            drawn.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
            drawn.dLbls = _labels(INK, "0")
            drawn.dLbls.showVal, drawn.dLbls.showSerName, drawn.dLbls.position = False, True, beside
            chart.series.append(drawn)
    for axis, column in ((chart.x_axis, x), (chart.y_axis, y)):
        axis.title, axis.number_format = _title(table.columns[column - 1].head, 900), "0"
        axis.scaling.min, axis.scaling.max = points.scale
        if isinstance(axis, NumericAxis):
            axis.majorUnit = 1
    return chart


def _at_a_point(row: Sequence[Any], table: Table, points: Points) -> bool:
    """Whether both numbers of this row may be told."""
    return all(isinstance(row[table.place(key)], float) for key in (points.x, points.y))


def _title(text: str, size: int, bold: bool = False) -> Title:
    line = Paragraph(
        pPr=_letters(size, bold), r=[RegularTextRun(rPr=CharacterProperties(sz=size, b=bold), t=safe_text(text))]
    )
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _all_letters(colour: str = INK) -> RichText:
    return RichText(p=[Paragraph(pPr=_letters(900, colour=colour), endParaRPr=CharacterProperties())])


def _labels(colour: str, number: str) -> DataLabelList:
    """The number on each part of a bar."""
    labels = DataLabelList()
    labels.showVal, labels.numFmt = True, number
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _all_letters(colour)
    return labels


def _letters(size: int, bold: bool = False, colour: str = INK) -> ParagraphProperties:
    face = CharacterProperties(sz=size, b=bold, solidFill=colour, latin=DrawnFont(typeface=FAMILY))
    return ParagraphProperties(defRPr=face)
