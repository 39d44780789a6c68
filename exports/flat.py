"""The flat data of a dialogue as a CSV file: what stands on the sheet of data, for Excel with German settings.

UTF-8 with a mark in front by which Excel knows it, semicolons, CRLF, decimal commas and German dates. A text that Excel
would take for a formula gets a ' before it, which Excel itself uses for that; nothing else is changed or cut.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any, Final

from exports.report import Report
from exports.said import said
from exports.table import Column, Kind
from exports.tables.cards import flat
from exports.tables.names import german_date

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(report: Report, path: Path) -> None:
    """Write one row for each addressee of each card, in the columns of the sheet. Raises OSError."""
    cards = flat(report)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(safe_field(column.head) for column in cards.columns)
        for row in cards.rows:
            writer.writerow(_field(column, value) for column, value in zip(cards.columns, row, strict=True))


def safe_field(text: str) -> str:
    """The text as a field that no spreadsheet computes; without what a file of characters cannot hold."""
    kept = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
    return f"'{kept}" if kept.startswith(_STARTS_A_FORMULA) else kept


def _field(column: Column, value: Any) -> str:
    told, _look = said(column, value)
    match told:
        case None:
            return ""
        case str():
            return safe_field(told)
        case date():
            return german_date(told)
        case _ if column.kind is Kind.WEIGHT:
            return f"{told:.12g}".replace(".", ",")
        case _:
            return str(told)
