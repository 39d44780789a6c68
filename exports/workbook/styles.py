"""The looks of cells as styles of the file; each is in it once, under its own name."""

from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from exports.look import FAMILY, INK, LEAD, LINE, Look

NUMBERS: Final = {
    "text": "General",
    "date": "DD.MM.YYYY",
    "count": "#,##0",
    "mentions": '#,##0;-#,##0;"–"',
    "percent": r"0\ %",
    "weight": "0.00",
    "mean": "0.0",
}
"""How a number is shown. With mentions nothing recedes, so that what is there stands out."""

LINES = {
    "none": Border(),
    "row": Border(bottom=Side(style="hair", color=LINE)),
    "head": Border(bottom=Side(style="medium", color=LEAD)),
    "total": Border(top=Side(style="thin", color=INK), bottom=Side(style="thin", color=INK)),
}


class Styles:
    """The styles of one workbook, by the number under which its cells name them."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[tuple[Look, bool], int] = {}

    def number(self, look: Look, quoted: bool = False) -> int:
        """The number of this look; `quoted` for a text that would become a formula if somebody edited its cell."""
        known = self._numbers.get((look, quoted))
        if known is None:
            known = self._numbers[look, quoted] = self._new(look, quoted)
        return known

    def _new(self, look: Look, quoted: bool) -> int:
        if look.name not in self._workbook.named_styles:
            self._workbook.add_named_style(_style(look))
        cell = Cell(self._workbook.worksheets[0], 1, 1)
        cell.style = look.name
        cell.quotePrefix = quoted
        return int(cell.style_id)


def _style(look: Look) -> NamedStyle:
    style = NamedStyle(look.name, number_format=NUMBERS[look.number], border=LINES[look.line])
    style.font = Font(name=FAMILY, size=look.size, bold=look.bold, italic=look.italic, color=look.ink)
    style.alignment = Alignment(look.side, "center", wrap_text=look.wraps, indent=look.indent)
    if look.ground:
        style.fill = PatternFill("solid", start_color=look.ground)
    return style
