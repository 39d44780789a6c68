"""The pieces of which minutes and the summary are made: values only, so that a page can be drawn without pandas."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field


class Piece(BaseModel):
    """A frozen value; every text is as people read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Who(Piece):
    """A stakeholder: sign, name, and the number of its colour in the palette (from 1)."""

    sign: str
    name: str
    short: str
    palette: int


class Says(Piece):
    """A paragraph; a `note` explains, a `gap` says that something is not there."""

    kind: Literal["says"] = "says"
    text: str
    tone: Literal["plain", "note", "gap"] = "plain"


class Head(Piece):
    """A heading of the third level."""

    kind: Literal["head"] = "head"
    text: str


class Items(Piece):
    """A list."""

    kind: Literal["items"] = "items"
    items: tuple[str, ...]


class Facts(Piece):
    """Names and values below each other."""

    kind: Literal["facts"] = "facts"
    rows: tuple[tuple[str, str], ...]


class Quote(Piece):
    """Something that a table wrote, and its twin in plain language or an empty text."""

    kind: Literal["quote"] = "quote"
    text: str
    plain: str


class Drawn(Piece):
    """A card. `author` is the stakeholder of the group that wrote it."""

    works: bool
    text: str
    author: Who
    to: tuple[Who, ...]


class Cards(Piece):
    """Cards drawn as cards."""

    kind: Literal["cards"] = "cards"
    cards: tuple[Drawn, ...]


class Facing(Piece):
    """What a stakeholder says about itself, beside what others say about it."""

    kind: Literal["facing"] = "facing"
    own_title: str
    own: tuple[Drawn, ...]
    others_title: str
    others: tuple[Drawn, ...]


class Gain(Piece):
    """What this stakeholder would gain."""

    who: Who
    text: str


class Gains(Piece):
    """Benefits, by stakeholder."""

    kind: Literal["gains"] = "gains"
    gains: tuple[Gain, ...]


class Proposal(Piece):
    """A proposal with all that belongs to it. `appraised` and `promised` are sentences, empty for none."""

    kind: Literal["proposal"] = "proposal"
    title: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[Drawn, ...]
    brings: tuple[str, ...]
    appraised: str
    promised: tuple[str, ...]


class Stop(Piece):
    """One station of a way: what it is, and what stood there."""

    name: str
    text: str


class Way(Piece):
    """A line of argument: from the cards over topic, vote, table and proposal to what was promised."""

    kind: Literal["way"] = "way"
    title: str
    cards: tuple[Drawn, ...]
    stops: tuple[Stop, ...]
    ends: tuple[str, ...]
    """The agreements, or nothing."""


class Column(Piece):
    """`width` is its share of the width, in characters."""

    head: str
    left: bool
    width: int


class Cell(Piece):
    """`ink` and `ground` are colours as hex without #, or empty; `heat` names the ground as "works-1" to "works-5"."""

    text: str
    ink: str = ""
    ground: str = ""
    heat: str = ""
    bold: bool = False


class Grid(Piece):
    """A table. `title` stands above it, or is empty; `what` says to those who do not see it what it holds."""

    kind: Literal["grid"] = "grid"
    title: str
    what: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: bool
    """Whether the last row sums up the others."""
    note: str


Block: TypeAlias = Annotated[
    Says | Head | Items | Facts | Quote | Cards | Facing | Gains | Proposal | Way | Grid, Field(discriminator="kind")
]


class Section(Piece):
    """A part of a chapter. `strip` is one about a topic, whose title looks like the strip on the pin board."""

    title: str
    kicker: str = ""
    blocks: tuple[Block, ...]
    strip: bool = False
    new_page: bool = True


class Chapter(Piece):
    """One step of the afternoon, or something that belongs to all of it."""

    key: str
    title: str
    lead: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


class Story(Piece):
    """The minutes. `edition` says which profile it is; `rehearsal` is empty but for something only practised."""

    title: str
    place: str
    day: str
    forum: str
    format: str
    edition: str
    rehearsal: str
    cover: tuple[Block, ...]
    chapters: tuple[Chapter, ...]

    def sections(self) -> Iterator[Section]:
        for chapter in self.chapters:
            yield from chapter.sections


class Point(Piece):
    """Something on the summary: what it is, figures, a word or two that qualify it, whose it is or where it is from."""

    title: str
    who: Who | None = None
    figures: str = ""
    badges: tuple[str, ...] = ()
    place: str = ""


class Points(Piece):
    """The first of a kind. `by` says in which order, `more` how many are left out, `nothing` why there is none."""

    title: str
    by: str
    points: tuple[Point, ...]
    more: str
    nothing: str


class Summary(Piece):
    """What hangs on the wall of the hall: one sheet."""

    title: str
    place: str
    day: str
    forum: str
    edition: str
    rehearsal: str
    people: tuple[tuple[Who, str], ...]
    more_people: str
    people_together: str
    figures: tuple[tuple[str, str], ...]
    """Numbers of the afternoon and what they count."""
    topics: Points
    proposals: Points
    agreements: Points


class Told(Piece):
    """Both, as they are handed from the process that reads to the one that draws."""

    story: Story | None
    summary: Summary | None
