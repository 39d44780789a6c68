"""Pieces of Word's XML: runs of text, paragraphs, tables. What they look like stands in `styles.xml`."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from exports.cells import storable
from exports.story.content import Grid
from exports.words import _

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WIDTH: Final = 9638
"""The width of the text in twentieths of a point: A4 with margins of 20 mm."""
LONG: Final = 600
"""Characters of a cell from which on its row may go over the end of a page."""

RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT: Final = re.compile(f"[{RTL}]+(?:[^{RTL}\\w]*[{RTL}]+)*")
LETTER: Final = re.compile(r"[^\W\d_]")
HEX: Final = re.compile("[0-9A-F]{6}")


def xml(source: str) -> Any:
    """An element of Word's own language."""
    tag, rest = re.match(r"<([\w:]+)(.*)", source, re.DOTALL).groups()  # type: ignore[union-attr]
    return parse_xml(f"<{tag} {NAMESPACE}{rest}")


def paragraph(
    style: str, text: str = "", *, begins_page: bool = False, strip: bool = False, narrower: bool = False
) -> Any:
    """An empty paragraph for this text, in its direction. `strip` makes it look like a topic on the pin board."""
    edge = 'w:val="single" w:sz="6" w:space="6" w:color="8A6D00"'
    sides = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right"))
    properties = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:pageBreakBefore/>" if begins_page else "",
        f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFF3C4"/>' if strip else "",
        "<w:bidi/>" if reads_from_the_right(text) else "",
        '<w:ind w:left="227" w:right="201"/>' if narrower else "",
    ]
    return xml(f"<w:p><w:pPr>{''.join(properties)}</w:pPr></w:p>")


def reads_from_the_right(text: str) -> bool:
    """Whether the first letter is of a script from right to left."""
    first = LETTER.search(text)
    return first is not None and RIGHT_TO_LEFT.match(first.group()) is not None


def runs(text: str, style: str = "", colour: str = "", *, bold: bool = False) -> Iterator[Any]:
    """The text as runs, those in a script from right to left marked as such."""
    kept, at = storable(text), 0
    for found in RIGHT_TO_LEFT.finditer(kept):
        if found.start() > at:
            yield _run(kept[at : found.start()], style, colour, bold, rtl=False)
        yield _run(found.group(), style, colour, bold, rtl=True)
        at = found.end()
    if at < len(kept):
        yield _run(kept[at:], style, colour, bold, rtl=False)


def _run(text: str, style: str, colour: str, bold: bool, *, rtl: bool) -> Any:
    look = [
        f'<w:rStyle w:val="{style}"/>' if style else "",
        "<w:b/><w:bCs/>" if bold else "",
        f'<w:color w:val="{colour}"/>' if HEX.fullmatch(colour) else "",
        "<w:rtl/>" if rtl else "",
    ]
    run = xml(f"<w:r><w:rPr>{''.join(look)}</w:rPr></w:r>" if any(look) else "<w:r/>")
    for part in re.split(r"([\n\t])", text):
        if part in ("\n", "\t"):
            run.append(OxmlElement("w:br" if part == "\n" else "w:tab"))
        elif part:
            piece: Any = OxmlElement("w:t")
            piece.text = part
            piece.set(qn("xml:space"), "preserve")
            run.append(piece)
    return run


def field(instruction: str, shown: str) -> list[Any]:
    """The runs of a field and what it shows until Word counts anew."""
    return [
        xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
        xml(f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'),
        xml('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        *runs(shown),
        xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def table(grid: Grid) -> Any:
    """A table with a head that is repeated on each page, no merged cells, and a description for screen readers."""
    whole = sum(column.width for column in grid.columns)
    widths = [round(WIDTH * column.width / whole) for column in grid.columns]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    looks = 0x620 | (0x40 if grid.totals else 0)
    made = xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DialogTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{looks:04X}" w:firstRow="1" w:lastRow="{int(grid.totals)}" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption/><w:tblDescription/></w:tblPr><w:tblGrid>{columns}</w:tblGrid></w:tbl>"
    )
    heads = _("Columns: %(heads)s.") % {"heads": ", ".join(column.head for column in grid.columns)}
    for name, text in (("w:tblCaption", grid.what), ("w:tblDescription", heads)):
        made.find(qn("w:tblPr")).find(qn(name)).set(qn("w:val"), storable(text))
    sides = ["" if column.left else "right" for column in grid.columns]
    head = [(column.head, "", "", False) for column in grid.columns]
    made.append(_row(head, widths, sides, "<w:cantSplit/><w:tblHeader/>"))
    for row in grid.rows:
        cells = [(cell.text, cell.ink, cell.ground, cell.bold) for cell in row]
        whole_row = "" if any(len(cell.text) > LONG for cell in row) else "<w:cantSplit/>"
        made.append(_row(cells, widths, sides, whole_row))
    return made


def _row(cells: Sequence[tuple[str, str, str, bool]], widths: Sequence[int], sides: Sequence[str], how: str) -> Any:
    row = xml(f"<w:tr><w:trPr>{how}</w:trPr></w:tr>" if how else "<w:tr/>")
    for (text, ink, ground, bold), width, side in zip(cells, widths, sides, strict=True):
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if HEX.fullmatch(ground) else ""
        cell = xml(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr></w:tc>')
        bidi = "<w:bidi/>" if reads_from_the_right(text) else ""
        place = f'<w:jc w:val="{side}"/>' if side else ""
        inside = xml(f"<w:p><w:pPr>{bidi}{place}</w:pPr></w:p>")
        inside.extend(runs(text, colour=ink, bold=bold))
        cell.append(inside)
        row.append(cell)
    return row
