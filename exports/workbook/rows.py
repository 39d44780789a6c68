"""The rows of one sheet as the file holds them. Every text reaches a cell here, and nowhere else.

They are written as text, cell by cell: a cell that is an object costs twenty times as much, and there are hundreds of
thousands. How tall a row is, is part of it.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import isfinite
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from exports.cells import needs_quote, safe_text
from exports.look import Look
from exports.said import Value
from exports.workbook.styles import Styles

BEGIN = date(1899, 12, 30)
"""Excel counts days from here, for every day since March 1900."""
LONG = 1000
"""Characters; shorter texts come again and again."""
AT_ONCE = 500
"""Rows that are handed over together."""


class Rows:
    """Cells are put from left to right; rows in any order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._cells: dict[int, list[str]] = {}
        self._heights: dict[int, float] = {}
        self._letters = [""]

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """The one way into a cell. A text is a text, whatever it looks like."""
        while len(self._letters) <= column:
            self._letters.append(get_column_letter(len(self._letters)))
        cells = self._cells.setdefault(row, [])
        if isinstance(value, str):
            content, quoted = _text(value) if len(value) <= LONG else _text.__wrapped__(value)
            style = self._styles.number(look, quoted)
            cells.append(f'<c r="{self._letters[column]}{row}" s="{style}" t="inlineStr">{content}</c>')
        else:
            style = self._styles.number(look)
            cells.append(f'<c r="{self._letters[column]}{row}" s="{style}" t="n">{_number(value)}</c>')

    def height(self, row: int, points: float) -> None:
        self._heights[row] = points

    def has_height(self, row: int) -> bool:
        return row in self._heights

    @property
    def place(self) -> str:
        """From the first to the last cell: A1:G40"""
        return f"A1:{self._letters[-1] or 'A'}{max(self._cells, default=1)}"

    def parts(self) -> Iterator[bytes]:
        """All rows from top to bottom, some at a time."""
        rows = sorted(self._cells.keys() | self._heights.keys())
        for at in range(0, len(rows), AT_ONCE):
            yield "".join(map(self._row, rows[at : at + AT_ONCE])).encode()

    def _row(self, row: int) -> str:
        height = f' ht="{self._heights[row]:g}" customHeight="1"' if row in self._heights else ""
        return f'<row r="{row}"{height}>{"".join(self._cells.get(row, ()))}</row>'


@lru_cache(maxsize=50_000)
def _text(value: str) -> tuple[str, bool]:
    """What stands in the cell of a text, and whether it needs Excel's quote mark before it."""
    text = safe_text(value)
    if not text:
        return "", False
    keeps = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<is><t{keeps}>{escape(text)}</t></is>", needs_quote(text)


def _number(value: int | float | date | None) -> str:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, date):
        return f"<v>{(value - BEGIN).days}</v>"
    return f"<v>{value}</v>"
