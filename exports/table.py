"""A table of a report: a DataFrame, and how each of its columns is headed and read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import pandas as pd

from exports.profile import Withheld


class Kind(Enum):
    """What a column holds, and so how it is written."""

    TEXT = auto()
    NUMBER = auto()
    WEIGHT = auto()
    """A part of one, as a decimal number."""
    MEAN = auto()
    """A mean of marks with one decimal; a text where it may not be told; None where there is none."""
    DATE = auto()
    WHO = auto()
    """A stakeholder, or a text for all of them."""
    VALENCE = auto()
    SHARE = auto()
    """A `dialog.shares.Share`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `key` is its name in the frame, `head` what people read."""

    key: str
    head: str
    kind: Kind = Kind.TEXT
    width: int = 0
    """In characters; 0 is as wide as the head needs."""
    heat: str = ""
    """The colour towards which a greater number goes; all columns with the same colour share one scale."""

    @property
    def room(self) -> int:
        return self.width or max(13, max(map(len, self.head.split())) + 5)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    frame: pd.DataFrame
    columns: Sequence[Column]
    totals: bool = False
    """Whether the last row sums up the others."""

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        return list(self.frame.itertuples(index=False, name=None))

    def place(self, key: str) -> int:
        """At which place, from 0, a column stands."""
        return [column.key for column in self.columns].index(key)


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column], totals: str = "") -> Table:
    """A table of these rows. With `totals` a last row of that name sums up the columns of numbers.

    A column in which a number is withheld has no sum: it would give the number away.
    """
    frame = pd.DataFrame(list(rows), columns=[column.key for column in columns], dtype=object)
    if totals and len(frame):
        numbers = [column.key for column in columns if column.kind is Kind.NUMBER]
        last: dict[Any, Any] = {column.key: None for column in columns} | {key: _sum(frame[key]) for key in numbers}
        last[columns[0].key] = totals
        frame.loc[len(frame)] = pd.Series(last, dtype=object)
    return Table(frame, columns, totals=bool(totals) and len(frame) > 0)


def _sum(numbers: "pd.Series[Any]") -> Any:
    withheld = [number for number in numbers if isinstance(number, Withheld)]
    if withheld:
        return withheld[0] if len(withheld) == len(numbers) else Withheld.COMPLEMENT
    return numbers.sum()
