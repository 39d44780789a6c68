"""Minutes written and opened again with python-docx: what a reader finds in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn

from exports.minutes import write_minutes
from exports.report import Report


def minutes_of(report: Report, folder: Path, name: str = "minutes.docx") -> Opened:
    path = folder / name
    write_minutes(report, path)
    return Document(str(path))


def all_text(document: Opened) -> str:
    """Everything that is written in the document, its tables too; a break is a line feed."""
    return "\n".join(_paragraphs(document.element.body))


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(qn("w:p")):
        pieces = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        yield "".join(piece.text or "" if piece.tag == qn("w:t") else "\n" for piece in pieces)


def headings(document: Opened, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.style_id == f"Heading{level}"]


def styled(document: Opened, *styles: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.style_id in styles]


def table(document: Opened, caption: str) -> list[dict[str, str]]:
    """The rows of the table with this caption, by column head."""
    (found,) = [one for one in document.tables if caption_of(one) == caption]
    head, *rows = [[cell.text for cell in row.cells] for row in found.rows]
    return [dict(zip(head, row, strict=True)) for row in rows]


def caption_of(one: Any) -> str:
    return str(one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")))
