"""Writes the blocks of a book onto sheets, from top to bottom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table as TableObject
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from exports.cells import safe_text
from exports.look import FACT, FACT_NAME, HEAD, HEADING, HIGHEST, NOTE, PLAIN, ROW, TITLE, Look
from exports.said import said, side_of
from exports.sheet import Book, Facts, Grid, Sentence, Sheet
from exports.table import Column
from exports.workbook.charts import Drawn, draw
from exports.workbook.lines import lines_of
from exports.workbook.package import Archive, Package
from exports.workbook.paper import set_up
from exports.workbook.rows import Rows
from exports.workbook.styles import Styles

AS_THEY_ARE = (str, int, float, date, type(None))
"""Values of exactly these types say themselves, in the look of their column."""


def write_workbook(book: Book, path: Path, tell: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Write the whole workbook to `path`; `tell` hears how many sheets are done, and of how many. Raises OSError."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    day = datetime.combine(book.created_on, time())
    workbook.properties = DocumentProperties(
        creator="Arbeitsmarktdialog",
        title=safe_text(book.title),
        subject=safe_text(book.subtitle),
        language="de-DE",
        created=day,
        modified=day,
    )
    contents = {workbook.create_sheet(sheet.title).title: sheet for sheet in book.sheets}
    styles = Styles(workbook)

    def fill(sheet: Worksheet) -> tuple[Rows, Sequence[Drawn]]:
        page = Page(sheet, styles)
        page.write(book, contents[sheet.title])
        tell(list(contents).index(sheet.title) + 1, len(contents))
        return page.rows, page.drawn

    tell(0, len(contents))
    with Archive(path, book.created_on) as archive:
        Package(workbook, archive, fill).save()


class Page:
    """One sheet while it is being written. Each part says in which row the next one begins."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet = sheet
        self.rows = Rows(styles)
        self.drawn: list[Drawn] = []

    def write(self, book: Book, content: Sheet) -> None:
        self._line(1, content.title, TITLE, 30)
        self._line(2, f"{book.title} · {book.subtitle}", PLAIN)
        self._line(3, content.lead, NOTE)
        row, head = 5, 0
        for block in content.blocks:
            if isinstance(block, Facts):
                row = self._facts(row, block)
            elif isinstance(block, Sentence):
                self._line(row, block.text, PLAIN)
                row += 2
            else:
                row, at = self._grid(row, block)
                head = head or at
        set_up(self.sheet, book, content, head)

    def _facts(self, row: int, facts: Facts) -> int:
        row = self._heading(row, facts.heading)
        self._widen([30])
        for name, value in facts.rows:
            self.rows.put(row, 1, name, FACT_NAME)
            self.rows.put(row, 2, value, replace(FACT, number="date" if isinstance(value, date) else "count"))
            self.rows.height(row, ROW)
            row += 1
        return row + 1

    def _grid(self, row: int, grid: Grid) -> tuple[int, int]:
        """The table; also says where its head is, 0 if there is none."""
        if grid.on_new_page:
            self.sheet.row_breaks.append(Break(id=row - 1))
        if grid.heading:
            row = self._heading(row, grid.heading)
        if grid.note:
            self._line(row, grid.note, NOTE)
            row += 1
        columns, values = grid.table.columns, grid.table.rows
        self._widen([column.room for column in columns])
        if not values:
            self._line(row, grid.nothing, PLAIN)
            return row + 2, 0
        head, last = row, row + len(values)
        self._head(head, columns)
        looks = [said(column, "")[1] for column in columns]
        for at, some in enumerate(values, start=head + 1):
            self._row(at, columns, looks, some, is_total=grid.table.totals and at == last)
        self._heat(head + 1, last - grid.table.totals, columns)
        if grid.pivot:
            self._name(grid.pivot, head, last, columns)
        if grid.chart is None:
            return last + 2, head
        if grid.chart_on_new_page:
            self.sheet.row_breaks.append(Break(id=last + 1))
        drawn = draw(self.sheet, head, grid.table, values, grid.chart)
        return max(last + 2, self._beside(drawn) if drawn else 0), head

    def _beside(self, drawn: Drawn) -> int:
        """A chart lies over rows of a known height."""
        self.drawn.append(drawn)
        for under in range(drawn.first_row, drawn.last_row):
            if not self.rows.has_height(under):
                self.rows.height(under, ROW)
        return drawn.last_row + 1

    def _head(self, row: int, columns: Sequence[Column]) -> None:
        lines = 1
        for at, column in enumerate(columns, start=1):
            self.rows.put(row, at, column.head, replace(HEAD, side=side_of(column)))
            lines = max(lines, lines_of(column.head, column.room * 0.8))
        self.rows.height(row, 10 + 13.5 * lines)

    def _row(
        self, row: int, columns: Sequence[Column], looks: Sequence[Look], values: Sequence[Any], is_total: bool
    ) -> None:
        """`looks` are those of values that say themselves; whatever is more than that says how it looks."""
        lines = 1
        for at, (column, look, value) in enumerate(zip(columns, looks, values, strict=True), start=1):
            told: Any = value
            if value is None or type(value) not in AS_THEY_ARE:
                told, look = said(column, value)
            if is_total:
                look = replace(look, bold=True, line="total")
            self.rows.put(row, at, told, look)
            if isinstance(told, str):
                lines = max(lines, lines_of(told, column.room))
        self.rows.height(row, min(HIGHEST, ROW + 13.5 * (lines - 1)))

    def _name(self, name: str, head: int, last: int, columns: Sequence[Column]) -> None:
        """Make a table one that Excel knows by name, with filters; it repeats its heads in a place of their own."""
        where = f"A{head}:{get_column_letter(len(columns))}{last}"
        table = TableObject(displayName=name, ref=where, autoFilter=AutoFilter(ref=where))
        heads = enumerate(columns, start=1)
        table.tableColumns = [TableColumn(id=at, name=safe_text(column.head)) for at, column in heads]
        self.sheet.add_table(table)

    def _line(self, row: int, text: str, look: Look, height: float = ROW) -> None:
        """A line that runs over the columns to its right."""
        self.rows.put(row, 1, text, look)
        self.rows.height(row, height)

    def _heading(self, row: int, text: str) -> int:
        self._line(row, text, HEADING, 26)
        return row + 1

    def _widen(self, widths: Sequence[int]) -> None:
        for at, width in enumerate(widths, start=1):
            column = self.sheet.column_dimensions[get_column_letter(at)]
            column.width = max(width, column.width if column.customWidth else 0)

    def _heat(self, first: int, last: int, columns: Sequence[Column]) -> None:
        """A deeper colour for a greater number, over all columns of the same colour together."""
        for colour, where in _hot(columns).items():
            if first <= last:
                places = " ".join(f"{get_column_letter(a)}{first}:{get_column_letter(b)}{last}" for a, b in where)
                ends = [FormatObject(type="num", val=0), FormatObject(type="max")]
                colours = [Color("FFFFFFFF"), Color(f"FF{colour}")]
                rule = Rule(type="colorScale", colorScale=ColorScale(cfvo=ends, color=colours))
                self.sheet.conditional_formatting.add(places, rule)


def _hot(columns: Sequence[Column]) -> Mapping[str, list[tuple[int, int]]]:
    """By colour from which to which column, counted from 1, it lies."""
    found: dict[str, list[tuple[int, int]]] = {}
    for colour, some in groupby(enumerate(columns, start=1), key=lambda one: one[1].heat):
        places = [at for at, _column in some]
        if colour:
            found.setdefault(colour, []).append((places[0], places[-1]))
    return found
