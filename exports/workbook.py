"""Writes a book as an Excel workbook. The only file that knows openpyxl; every text reaches a cell through `_put`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any, Final, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.drawing.text import Font as DrawnFont
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as TableObject
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from dialog.format import Stakeholder
from dialog.shares import Share
from dialog.words import Valence
from exports.cells import needs_quote, safe_text
from exports.look import (
    FACT,
    FACT_NAME,
    FAMILY,
    HEAD,
    HEADING,
    INK,
    INK_SOFT,
    LEAD,
    LINE,
    NOTE,
    PALETTE,
    PLAIN,
    TITLE,
    VALENCE,
    Look,
    is_dark,
)
from exports.sheet import Bars, Book, Facts, Grid, Sentence, Sheet
from exports.table import Column, Kind, Table
from exports.words import _

NUMBERS: Final = {
    "text": "General",
    "date": "DD.MM.YYYY",
    "count": "#,##0",
    "mentions": '#,##0;-#,##0;"–"',
    "percent": r"0\ %",
    "weight": "0.00",
}
"""How a number is shown. With mentions nothing recedes, so that what is there stands out."""

CHART_FRAME: Final = 4
CHART_BAR: Final = 0.65
"""Centimetres: the height without bars, and of each bar."""
ROW: Final = 20.0
"""Points of a row with one line of text."""
HIGHEST: Final = 409.0

Value: TypeAlias = str | int | float | date | None
LINES = {
    "none": Border(),
    "row": Border(bottom=Side(style="hair", color=LINE)),
    "head": Border(bottom=Side(style="medium", color=LEAD)),
    "total": Border(top=Side(style="thin", color=INK), bottom=Side(style="thin", color=INK)),
}


def write_workbook(book: Book, path: Path) -> None:
    """Write the whole workbook to `path`. Raises OSError."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    day = datetime.combine(book.created_on, time())
    workbook.properties = DocumentProperties(
        creator="Arbeitsmarktdialog", title=safe_text(book.title), language="de-DE", created=day, modified=day
    )
    for sheet in book.sheets:
        _write_sheet(workbook.create_sheet(sheet.title), book, sheet)
    # Not Workbook.save(): that adds the time of day.
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()


def _write_sheet(sheet: Worksheet, book: Book, content: Sheet) -> None:
    _line(sheet, 1, content.title, TITLE, 30)
    _line(sheet, 2, f"{book.title} · {book.subtitle}", PLAIN)
    _line(sheet, 3, content.lead, NOTE)
    row, head = 5, 0
    for block in content.blocks:
        if isinstance(block, Facts):
            row = _write_facts(sheet, row, block)
        elif isinstance(block, Sentence):
            _line(sheet, row, block.text, PLAIN)
            row += 2
        else:
            row, at = _write_grid(sheet, row, block)
            head = head or at
    _set_up(sheet, book, content, head)


def _write_facts(sheet: Worksheet, row: int, facts: Facts) -> int:
    """Write the facts and say in which row the next block begins."""
    row = _heading(sheet, row, facts.heading)
    _widen(sheet, [30])
    for name, value in facts.rows:
        _put(_cell(sheet, row, 1), name, FACT_NAME)
        _put(_cell(sheet, row, 2), value, replace(FACT, number="date" if isinstance(value, date) else "count"))
        sheet.row_dimensions[row].height = ROW
        row += 1
    return row + 1


def _write_grid(sheet: Worksheet, row: int, grid: Grid) -> tuple[int, int]:
    """Write a table and say in which row the next block begins, and where its head is (0 if there is none)."""
    if grid.on_new_page:
        sheet.row_breaks.append(Break(id=row - 1))
    if grid.heading:
        row = _heading(sheet, row, grid.heading)
    if grid.note:
        _line(sheet, row, grid.note, NOTE)
        row += 1
    columns, rows = grid.table.columns, grid.table.rows
    _widen(sheet, [column.room for column in columns])
    if not rows:
        _line(sheet, row, grid.nothing, PLAIN)
        return row + 2, 0
    head, last = row, row + len(rows)
    _write_head(sheet, head, columns)
    for at, values in enumerate(rows, start=head + 1):
        _write_row(sheet, at, columns, values, is_total=grid.table.totals and at == last)
    _heat(sheet, head + 1, last - grid.table.totals, columns)
    if grid.pivot:
        name = f"A{head}:{get_column_letter(len(columns))}{last}"
        sheet.add_table(TableObject(displayName=grid.pivot, ref=name))
    if grid.chart is None:
        return last + 2, head
    return max(last + 2, _draw(sheet, head, grid.table, grid.chart)), head


def _write_head(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    lines = 1
    for at, column in enumerate(columns, start=1):
        _put(_cell(sheet, row, at), column.head, replace(HEAD, side=_side(column)))
        lines = max(lines, _lines(column.head, column.room * 0.8))
    sheet.row_dimensions[row].height = 10 + 13.5 * lines


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[Any], is_total: bool) -> None:
    lines = 1
    for at, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        said, look = _said(column, value)
        look = replace(look, bold=True, line="total") if is_total else look
        _put(_cell(sheet, row, at), said, look)
        if isinstance(said, str):
            lines = max(lines, _lines(said, column.room))
    sheet.row_dimensions[row].height = min(HIGHEST, ROW + 13.5 * (lines - 1))


def _said(column: Column, value: Any) -> tuple[Value, Look]:
    """What a cell says for a value of a table, and its look."""
    side = _side(column)
    look = Look(side=side, wraps=side == "left", line="row", number=_number(column))
    match value:
        case Stakeholder():
            return f"{value.sign} {value.label['de']}", replace(look, ink=PALETTE[value.palette - 1], bold=True)
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
        case _:
            return value, look


def _side(column: Column) -> str:
    return "left" if column.kind in (Kind.TEXT, Kind.WHO, Kind.VALENCE) else "right"


def _number(column: Column) -> str:
    forms = {Kind.NUMBER: "count", Kind.WEIGHT: "weight", Kind.DATE: "date", Kind.SHARE: "percent"}
    return "mentions" if column.heat else forms.get(column.kind, "text")


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged here
    return cell


def _put(cell: Cell, value: Value, look: Look) -> None:
    """The one way into a cell. A text is a text, whatever it looks like."""
    text = safe_text(value) if isinstance(value, str) else None
    cell.value = value if text is None else text
    cell.style = _style(cell, look)
    if text is not None:
        cell.data_type = "s"
        if needs_quote(text):
            cell.quotePrefix = True


def _style(cell: Cell, look: Look) -> str:
    """The name of the style of this look, which the workbook gets with the first cell that has it."""
    workbook = cell.parent.parent
    assert workbook is not None
    if look.name not in workbook.named_styles:
        style = NamedStyle(look.name, number_format=NUMBERS[look.number], border=LINES[look.line])
        style.font = Font(name=FAMILY, size=look.size, bold=look.bold, italic=look.italic, color=look.ink)
        style.alignment = Alignment(look.side, "center", wrap_text=look.wraps, indent=look.indent)
        if look.ground:
            style.fill = PatternFill("solid", start_color=look.ground)
        workbook.add_named_style(style)
    return look.name


def _line(sheet: Worksheet, row: int, text: str, look: Look, height: float = ROW) -> None:
    """A line that runs over the columns to its right."""
    _put(_cell(sheet, row, 1), text, look)
    sheet.row_dimensions[row].height = height


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    _line(sheet, row, text, HEADING, 26)
    return row + 1


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; letters are a little narrower than the digits that widths are measured in."""
    room = max(8, int(1.15 * width))
    return sum(max(1, len(wrap(line, room))) if len(line) > room else 1 for line in text.split("\n"))


def _widen(sheet: Worksheet, widths: Sequence[int]) -> None:
    for at, width in enumerate(widths, start=1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width = max(width, column.width if column.customWidth else 0)


def _heat(sheet: Worksheet, first: int, last: int, columns: Sequence[Column]) -> None:
    """A deeper colour for a greater number, over all columns of the same colour together."""
    hot = [at for at, column in enumerate(columns, start=1) if column.heat]
    if hot and first <= last:
        where = f"{get_column_letter(hot[0])}{first}:{get_column_letter(hot[-1])}{last}"
        ends = [FormatObject(type="num", val=0), FormatObject(type="max")]
        colours = [Color("FFFFFFFF"), Color(f"FF{columns[hot[0] - 1].heat}")]
        rule = Rule(type="colorScale", colorScale=ColorScale(cfvo=ends, color=colours))
        sheet.conditional_formatting.add(where, rule)


def _draw(sheet: Worksheet, head: int, table: Table, bars: Bars) -> int:
    """Draw the chart of a table and say in which row the next block can begin."""
    count = min(bars.most, len(table.rows) - table.totals)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.width, chart.height = bars.width, CHART_FRAME + ceil(CHART_BAR * count)
    for key, colour in zip(bars.series, bars.colours, strict=True):
        at = table.place(key) + 1
        chart.add_data(Reference(sheet, at, head, at, head + count), titles_from_data=True)
        drawn = chart.series[-1]
        drawn.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill="FFFFFF"))
        drawn.dLbls = _labels("FFFFFF" if is_dark(colour) else INK)
    names = table.place(bars.categories) + 1
    chart.set_categories(Reference(sheet, names, head + 1, names, head + count))
    chart.title = _title(bars.title, 1300, bold=True)
    chart.legend = Legend()
    chart.legend.position, chart.legend.txPr = "t", _all_letters()
    for axis, title in ((chart.x_axis, table.columns[names - 1].head), (chart.y_axis, bars.counts)):
        axis.delete = False
        axis.title, axis.txPr = _title(title, 900), _all_letters()
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=LINE)))
    chart.y_axis.number_format, chart.y_axis.scaling.min = "0", 0
    row = head if bars.beside else head + len(table.rows) + 2
    sheet.add_chart(chart, f"{get_column_letter(bars.beside or 1)}{row}")
    below = row + ceil(chart.height / 2.54 * 72 / ROW) + 1
    for under in range(head, below):
        if sheet.row_dimensions[under].height is None:
            sheet.row_dimensions[under].height = ROW
    return below + 1


def _title(text: str, size: int, bold: bool = False) -> Title:
    line = Paragraph(pPr=_letters(size, bold), r=[RegularTextRun(rPr=CharacterProperties(sz=size, b=bold), t=text)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _all_letters(colour: str = INK) -> RichText:
    return RichText(p=[Paragraph(pPr=_letters(900, colour=colour), endParaRPr=CharacterProperties())])


def _labels(colour: str) -> DataLabelList:
    """The number on each part of a bar; nothing for nothing."""
    labels = DataLabelList()
    labels.showVal, labels.numFmt = True, "0;;"
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _all_letters(colour)
    return labels


def _letters(size: int, bold: bool = False, colour: str = INK) -> ParagraphProperties:
    face = CharacterProperties(sz=size, b=bold, solidFill=colour, latin=DrawnFont(typeface=FAMILY))
    return ParagraphProperties(defRPr=face)


def _set_up(sheet: Worksheet, book: Book, content: Sheet, head: int) -> None:
    """What stays in view, and how it lies on paper: A4 across, as wide as the page, heads repeated."""
    stays = head if head and content.one_head else 3
    wide = any(isinstance(b, Grid) and not b.pivot and len(b.table.columns) > 8 for b in content.blocks)
    sheet.freeze_panes = f"{'B' if wide else 'A'}{stays + 1}"
    sheet.print_title_rows = f"{stays}:{stays}" if stays == head else "1:3"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = content.colour
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.7, 0.35, 0.35
    page = _for_margin(_("Page %(page)s of %(pages)s")) % {"page": "&P", "pages": "&N"}
    _margin(sheet.oddHeader, f"{book.title} · {book.subtitle}", "&A")
    _margin(sheet.oddFooter, _("Arbeitsmarktdialog · internal edition"), page)


def _margin(line: HeaderFooterItem | None, left: str, right: str) -> None:
    """What stands small above or below every page; `right` may hold codes."""
    assert line is not None
    line.left = _HeaderFooterPart(text=_for_margin(left), font=f"{FAMILY},Regular", size=8, color=INK_SOFT)
    line.right = _HeaderFooterPart(text=right, font=f"{FAMILY},Regular", size=8, color=INK_SOFT)


def _for_margin(text: str) -> str:
    """Text for the top or bottom of a page, where & begins a code and not much fits."""
    line = " ".join(safe_text(text).split())
    return (line if len(line) <= 100 else f"{line[:99]}…").replace("&", "&&")
