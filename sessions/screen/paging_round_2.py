"""What of round 2 fits on one page of the wall; see `paging`. Pure."""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from sessions.appraisal import OptionRow, Row
from sessions.promises import PromiseShown
from sessions.proposals import ProposalShown
from sessions.screen.paging import pages
from sessions.tables_now import TableNow

T = TypeVar("T")


def _lines(text: str, characters: int) -> int:
    return ceil(len(text) / characters)


def tables_pages(tables: Sequence[TableNow], fit: int) -> list[Sequence[TableNow]]:
    """At most twelve tables, as even from page to page as can be: eight and eight, not twelve and four."""
    most = max(1, 12 * fit // 100)
    needed = max(1, ceil(len(tables) / most))
    return pages(tables, lambda _table: 0, 1, ceil(max(1, len(tables)) / needed), 100)


def text_pages(texts: Sequence[str], fit: int) -> list[Sequence[str]]:
    """Sentences in large letters, 46 of them in a line."""
    return pages(texts, lambda text: _lines(text, 46) * 1.5 + 1.1, 17, 6, fit)


def benefit_rows(columns: Sequence[Sequence[str]], fit: int) -> list[list[Sequence[str]]]:
    """Columns that turn their pages together; a shorter one keeps its last page. 22 letters in a line."""
    filled = [pages(column, lambda text: _lines(text, 22) * 1.2 + 1, 16, 6, fit) for column in columns]
    most = max((len(found) for found in filled), default=1)
    return [[found[min(at, len(found) - 1)] for found in filled] for at in range(most)]


def proposal_pages(proposals: Sequence[ProposalShown], fit: int) -> list[Sequence[ProposalShown]]:
    """One table's proposals in full: title, what exactly and the first step."""

    def height(one: ProposalShown) -> float:
        more = sum(_lines(text, 70) * 1.25 + 0.2 for text in (one.what, one.first_step) if text)
        return _lines(one.title, 50) * 1.5 + more + 2.4

    return pages(proposals, height, 22, 4, fit)


def gallery_pages(proposals: Sequence[ProposalShown], fit: int) -> list[Sequence[ProposalShown]]:
    """Proposals in two columns; every row is as high as its higher half."""
    lines = max((_lines(one.title, 38) for one in proposals), default=1)
    return pages(proposals, lambda _one: (lines * 1.3 + 2.2) / 2, 23, 10, fit)


def list_pages(rows: Sequence[Row], fit: int) -> list[Sequence[Row]]:
    """The list beside the matrix: 34 letters in a line, badges below."""

    def height(row: Row) -> float:
        return _lines(row.proposal.title, 34) * 1.2 + (1.2 if row.shared or row.split or row.tied else 0) + 0.6

    return pages(rows, height, 31, 10, fit)


def table_row_pages(rows: Sequence[Row], fit: int) -> list[Sequence[Row]]:
    """Rows of the table: two figures of each stakeholder, one below the other."""

    def height(row: Row) -> float:
        badges = row.shared + row.split + row.tied
        return max(_lines(row.proposal.title, 26) * 1.15 + badges * 1.2, 2.4) + 0.5

    return pages(rows, height, 20, 7, fit)


def option_pages(rows: Sequence[OptionRow], fit: int) -> list[Sequence[OptionRow]]:
    """Bars of resistance. That everything stays as it is stands on every page, as what the others are measured by."""

    def height(row: OptionRow) -> float:
        return _lines(row.title, 34) * 1.2 + bool(row.acceptance or row.tied) * 1.1 + 0.4

    now = [row for row in rows if row.proposal is None]
    filled = pages([row for row in rows if row.proposal], height, 21, 7, fit)
    return [sorted((*page, *now), key=rows.index) for page in filled]


def promise_pages(promises: Sequence[PromiseShown], fit: int) -> list[Sequence[PromiseShown]]:
    """Agreements: who, what, until when."""
    return pages(promises, lambda one: max(_lines(one.what, 42), _lines(one.who, 20), 1) * 1.4 + 1.9, 21, 7, fit)
