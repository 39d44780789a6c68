"""All that a report is made into, as values that can be compared. What is added here is attacked with the rest."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from exports.contribution import contribution
from exports.flat import write_csv
from exports.minutes import write_minutes
from exports.report import Report
from exports.said import said
from exports.sheet import Facts, Grid, Sentence
from exports.sheets import book
from exports.story.story import story
from exports.story.summary import summary


def the_workbook(report: Report, folder: Path) -> object:
    """Every cell of the workbook with its look, every chart, and what stands at its edges."""
    whole = book(report)
    sheets = [(sheet.title, sheet.lead, [_block(block) for block in sheet.blocks]) for sheet in whole.sheets]
    return whole.title, whole.subtitle, whole.edition, sheets


def _block(block: Grid | Facts | Sentence) -> object:
    if not isinstance(block, Grid):
        return repr(block)
    cells = [
        [said(column, value) for column, value in zip(block.table.columns, row, strict=True)]
        for row in block.table.rows
    ]
    return block.heading, block.note, block.nothing, repr(block.chart), repr(block.table.columns), cells


def the_csv(report: Report, folder: Path) -> bytes:
    path = folder / "flat.csv"
    write_csv(report, path)
    return path.read_bytes()


def the_minutes(report: Report, folder: Path) -> object:
    """The Word file, what the print view tells, and the sheet for the wall."""
    path = folder / "minutes.docx"
    write_minutes(report, path)
    return path.read_bytes(), story(report).model_dump(), summary(report).model_dump()


def to_the_forum(report: Report, folder: Path) -> object:
    """What the forum's comparison, its workbook and its pages know of a dialogue besides its cards."""
    return repr(contribution(report, "one of many"))


PUBLICATIONS: Mapping[str, Callable[[Report, Path], Any]] = {
    "workbook": the_workbook,
    "csv": the_csv,
    "minutes": the_minutes,
    "forum": to_the_forum,
}


def published_everywhere(report: Report, folder: Path) -> dict[str, Any]:
    """What everybody could read of this report, in all files that are made of it."""
    return {name: make(report, folder) for name, make in PUBLICATIONS.items()}
