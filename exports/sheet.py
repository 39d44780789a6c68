"""What stands on a sheet, from top to bottom. No file format is known here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exports.profile import Profile
from exports.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart of bars with its table: one bar per row, one part of it per series of numbers, stacked."""

    title: str
    categories: str
    """The column that names the bars."""
    series: Sequence[str]
    """The columns of numbers."""
    colours: Sequence[str]
    counts: str
    """What the numbers count: the title of their axis."""
    most: int = 16
    """How many bars there are at most, from the top of the table."""
    width: int = 24
    """Centimetres."""
    number: str = "0;;"
    """How the number on each part of a bar is written; as it is, nothing is written for nothing."""
    beside: int = 0
    """The column, from 1, at which the chart stands beside its table; 0 puts it below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A chart of points with its table: one point for each row that has both numbers, called as the row is."""

    title: str
    names: str
    """The column that names the points."""
    x: str
    y: str
    """The columns of the two numbers; their heads are the titles of the axes."""
    scale: tuple[int, int]
    """From where to where both axes go."""
    colour: str
    width: int = 24
    height: int = 16
    """Centimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table under its heading."""

    heading: str
    table: Table
    nothing: str
    """The sentence that stands in place of an empty table."""
    note: str = ""
    chart: Bars | Points | None = None
    on_new_page: bool = False
    chart_on_new_page: bool = False
    """For a table so long that a chart below it would be cut."""
    pivot: str = ""
    """The name under which the table is a table object of its own, with filters and ready for pivots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values below each other. A value is a text, a number or a date."""

    heading: str
    rows: Sequence[tuple[str, str | int | date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Something to say in place of a table, or beside it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str
    lead: str
    """One sentence: what is counted here."""
    blocks: Sequence[Grid | Facts | Sentence]
    colour: str = "D8D2C7"
    one_head: bool = True
    """Whether the first table's head fits all of the sheet: it then stays in view and is repeated on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook: its title and subtitle stand on every sheet."""

    title: str
    subtitle: str
    created_on: date
    sheets: Sequence[Sheet]
    edition: Profile = Profile.INTERNAL
    """Stands at the foot of every page."""
