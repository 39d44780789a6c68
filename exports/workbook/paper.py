"""What stays in view on a screen, and how a sheet lies on paper."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.cells import safe_text
from exports.look import FAMILY, INK_SOFT
from exports.sheet import Book, Grid, Sheet
from exports.words import _


def set_up(sheet: Worksheet, book: Book, content: Sheet, head: int) -> None:
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
    _margin(sheet.oddFooter, f"Arbeitsmarktdialog · {book.edition.edition}", page)


def _margin(line: HeaderFooterItem | None, left: str, right: str) -> None:
    """What stands small above or below every page; `right` may hold codes."""
    assert line is not None
    line.left = _HeaderFooterPart(text=_for_margin(left), font=f"{FAMILY},Regular", size=8, color=INK_SOFT)
    line.right = _HeaderFooterPart(text=right, font=f"{FAMILY},Regular", size=8, color=INK_SOFT)


def _for_margin(text: str) -> str:
    """Text for the top or bottom of a page, where & begins a code and not much fits."""
    line = " ".join(safe_text(text).split())
    return (line if len(line) <= 100 else f"{line[:99]}…").replace("&", "&&")
