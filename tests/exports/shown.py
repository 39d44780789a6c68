"""What a book shows, as rows that can be looked up."""

from typing import Any

from exports.said import said
from exports.sheet import Book, Grid


class Shown:
    """What the workbook shows, by sheet and heading: the rows by the key of the column, and the row of totals."""

    def __init__(self, whole: Book) -> None:
        self.grids = {
            (sheet.title, block.heading): block.table
            for sheet in whole.sheets
            for block in sheet.blocks
            if isinstance(block, Grid)
        }

    def rows(self, sheet: str, heading: str) -> list[dict[str, Any]]:
        table = self.grids[sheet, heading]
        columns = table.columns
        shown = [
            {column.key: said(column, value)[0] for column, value in zip(columns, row, strict=True)}
            for row in table.rows
        ]
        if table.totals:
            last = shown.pop()
            for column in columns[1:]:
                if column.key in last and isinstance(last[column.key], int):
                    assert last[column.key] == sum(row[column.key] for row in shown)
        return shown

    def __contains__(self, place: tuple[str, str]) -> bool:
        return place in self.grids


def plain(who: str) -> str:
    """A stakeholder without its sign."""
    return who if who == "alle" else who.partition(" ")[2]
