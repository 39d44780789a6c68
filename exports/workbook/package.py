"""The file itself: openpyxl's parts around our own rows, and charts that say in words what they show.

Nothing in it depends on the time of day: the same book gives the same bytes.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element

from exports.workbook.charts import Drawn
from exports.workbook.rows import Rows

NO_ROWS: Final = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")

Filled: TypeAlias = tuple[Rows, Sequence[Drawn]]
"""The rows of a sheet, and what is to be said of its charts, in their order."""


class Archive(ZipFile):
    """A zip whose parts all bear the same day."""

    def __init__(self, path: Path, day: date) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._day = (day.year, day.month, day.day, 0, 0, 0)

    def part(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._day)
        info.compress_type = ZIP_DEFLATED
        return info

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *how: Any, **more: Any) -> None:
        part = self.part(zinfo_or_arcname) if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname
        super().writestr(part, data, *how, **more)


class Package(ExcelWriter):
    """Writes sheet by sheet: `fill` fills one, and when it is in the file its rows are let go."""

    def __init__(self, workbook: Workbook, archive: Archive, fill: Callable[[Worksheet], Filled]) -> None:
        super().__init__(workbook, archive)
        self._zip, self._fill = archive, fill

    def write_worksheet(self, ws: Any) -> None:
        rows, drawn = self._fill(ws)
        drawing = Drawing(drawn)
        drawing.charts = ws._charts
        frame: Any = Frame(ws, rows.place)
        head, tail = frame.around_the_rows()
        with self._zip.open(self._zip.part(ws.path[1:]), "w") as part:
            part.write(head)
            for some in rows.parts():
                part.write(some)
            part.write(tail)
        ws._drawing, ws._rels = drawing, frame._rels
        self.manifest.append(ws)


class Frame(WorksheetWriter):
    """All of a sheet but its rows."""

    def __init__(self, sheet: Worksheet, place: str) -> None:
        self._around, self._place = BytesIO(), place
        super().__init__(sheet, self._around)

    def around_the_rows(self) -> tuple[bytes, bytes]:
        self.write()
        (head, tail) = NO_ROWS.split(self._around.getvalue())
        return head + b"<sheetData>", b"</sheetData>" + tail

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._place).to_tree())

    def write_rows(self) -> None:
        self.xf.send(Element("sheetData"))


class Drawing(SpreadsheetDrawing):
    """The charts of one sheet, each with its name and with words for whoever does not see it."""

    __elements__ = SpreadsheetDrawing.__elements__

    def __init__(self, drawn: Sequence[Drawn]) -> None:
        super().__init__()
        self._drawn = drawn

    def _chart_frame(self, idx: int) -> Any:
        parent: Any = super()
        frame = parent._chart_frame(idx)
        told = self._drawn[idx - 1]
        properties = frame.nvGraphicFramePr.cNvPr
        properties.name, properties.title, properties.descr = told.name, told.name, told.words
        return frame
