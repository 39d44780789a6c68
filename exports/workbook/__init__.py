"""Writes a book as an Excel workbook: the only folder that knows openpyxl.

Every text reaches a cell through `rows.Rows.put`. Read `writing`, then `rows` and `charts`.
"""

from exports.workbook.writing import write_workbook

__all__ = ["write_workbook"]
