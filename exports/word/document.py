"""A Word document while it is written, from top to bottom; and how it becomes the bytes of a file."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from exports.cells import storable
from exports.story.content import Grid
from exports.word.pieces import field, paragraph, runs, table, xml
from exports.words import _

HERE: Final = Path(__file__).parent
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time that all parts of the file have: it says nothing about when it was made."""


class Word:
    """An A4 document in German with a title. The same calls give the same bytes."""

    def __init__(self, title: str, subject: str, made_on: date) -> None:
        self._document = _empty()
        self._bookmarks = 0
        self._cards = 0
        properties = self._document.core_properties
        properties.title, properties.subject, properties.language = storable(title), subject, "de-DE"
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.created = properties.modified = datetime.combine(made_on, time())
        properties.revision = 1

    def save(self, path: Path) -> None:
        """Write the file. Raises OSError."""
        path.write_bytes(_settled(self._document))

    def text(self, style: str, text: str) -> None:
        """A paragraph in one of the styles."""
        self._add(paragraph(style, text), runs(text))

    def heading(self, level: int, title: str, *, begins_page: bool = False, strip: bool = False) -> None:
        """A heading; those of the first two levels have numbers and can be reached from the contents."""
        made = paragraph(f"Heading{level}", title, begins_page=begins_page, strip=strip)
        if level > 2:
            self._add(made, runs(title))
            return
        self._bookmarks += 1
        number = self._bookmarks
        begin = xml(f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:05}"/>')
        self._add(made, [begin, *runs(title), xml(f'<w:bookmarkEnd w:id="{number}"/>')])

    def contents(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """A table of contents of level, number and title of each heading of the first two levels, in their order.

        It can be read and followed at once; once Word brings it up to date it also has the numbers of the pages.
        """
        begin, end = _halves(field('TOC \\o "1-2" \\h \\z \\u', ""))
        for at, (level, number, title) in enumerate(entries, start=1):
            link = xml(f'<w:hyperlink w:anchor="_Toc{at:05}" w:history="1"/>')
            link.extend(runs(f"{number}\t{title}"))
            made = [*(begin if at == 1 else ()), link, *(end if at == len(entries) else ())]
            self._add(paragraph(f"TOC{level}"), made)

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Names and values below each other."""
        for name, value in rows:
            self._add(paragraph("Fact"), [*runs(f"{name}\t", "FactName"), *runs(value)])

    def bullets(self, items: Iterable[str]) -> None:
        for item in items:
            self.text("ListBullet", item)

    def card(self, style: str, text: str, foot: str, colour: str) -> None:
        """A card is one paragraph. Every second is a hair narrower: Word joins the frames of equal neighbours."""
        self._cards += 1
        made = paragraph(style, text, narrower=self._cards % 2 == 1)
        self._add(made, [*runs(f"{text}\n"), *runs(foot, "CardFoot", colour)])

    def table(self, grid: Grid) -> None:
        """A table under its title, and its note; the paragraph below parts it from the next one."""
        if grid.title:
            self.text("Caption", grid.title)
        self._end.addprevious(table(grid))
        self.text("Note", grid.note)

    def footer(self, text: str) -> None:
        """On every page but the first: what this is, and the number of the page."""
        footer = self._document.sections[0].footer
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]._p
        line.get_or_add_pPr().append(xml('<w:pStyle w:val="Footer"/>'))
        of = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
        before, between, after = of.split("\0")
        line.extend([*runs(f"{text}\t{before}"), *field("PAGE", "1"), *runs(between), *field("NUMPAGES", "1")])
        line.extend(runs(after))

    @property
    def _end(self) -> Any:
        """What stands last in the body and says how the pages are: everything is written before it."""
        return self._document.element.body.sectPr

    def _add(self, made: Any, content: Iterable[Any]) -> None:
        made.extend(content)
        self._end.addprevious(made)


def _halves(whole: list[Any]) -> tuple[list[Any], list[Any]]:
    """A field without content, to be put around something."""
    return whole[:-1], whole[-1:]


def _empty() -> Opened:
    """An empty document with our styles and nothing of the template's."""
    document = Document()
    package = document.part.package
    for relationships, types in (
        (package.rels, (RELATIONSHIP_TYPE.THUMBNAIL,)),
        (document.part.rels, (RELATIONSHIP_TYPE.CUSTOM_XML, STYLES_WITH_EFFECTS)),
    ):
        for key in [key for key, one in relationships.items() if one.reltype in types]:
            del relationships[key]
    _replace(document.styles.element, "styles.xml")
    _replace(document.part.numbering_part.element, "numbering.xml")
    _settings(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin, section.footer_distance = Mm(22), Mm(11)
    section.different_first_page_header_footer = True
    return document


STYLES_WITH_EFFECTS: Final = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def _replace(element: Any, name: str) -> None:
    """Put what stands in our file in the place of what the template has."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml((HERE / name).read_bytes())))


def _settings(document: Opened) -> None:
    """German, and nothing that tells of another document."""
    settings: Any = document.settings.element
    for name in ("w:rsids", "w:themeFontLang", "w:savePreviewPicture", "w:proofState", "w:shapeDefaults"):
        for found in settings.findall(qn(name)):
            settings.remove(found)
    for name, value in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        settings.find(qn(name)).set(qn("w:val"), value)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")


def _settled(document: Opened) -> bytes:
    """The bytes of the file, with the same time for every part."""
    made, settled = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return settled.getvalue()
