"""Colours and letters of the reports: those of the screens, as hex without #."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialog.format import Stakeholder
from dialog.words import Valence

FAMILY = "Arial"
INK = "1D2733"
INK_SOFT = "4C5866"
LINE = "D8D2C7"
LEAD = "0B5563"
PALETTE = ("1F5F99", "7A3E8E", "0F6B5C", "5C5348", "9C2F5F", "6D5F00", "444F9E", "8F3F12")
"""Stakeholders, by the number a format gives them."""

VALENCE = {Valence.WORKS: ("DFF0D8", "2F6F3A"), Valence.FAILS: ("FDE3D6", "A5401A")}
"""Ground and ink of the two kinds of cards."""
WORKS_BAR, FAILS_BAR = "3F7F4A", "B85424"
OTHERS_BAR, ITSELF_BAR = "B85424", "8A6A58"

MARK_BARS = ("A5401A", "E3A587", "D8D2C7", "8DB9C2", "0B5563")
"""From the lowest mark to the highest."""

WORKS_HEAT, FAILS_HEAT, MENTIONS_HEAT = "7FBF8A", "F0A07A", "8DB9C2"
"""The colours towards which a matrix deepens."""

ROW = 20.0
"""Points of a row with one line of text."""
HIGHEST = 409.0
"""Points; no row can be taller."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is dressed. Its words are the name of the style that all cells of the same look share."""

    ink: str = INK
    size: int = 10
    bold: bool = False
    italic: bool = False
    ground: str = ""
    side: str = "left"
    wraps: bool = False
    indent: int = 1
    line: str = "none"
    number: str = "text"
    """As what a number is shown: one of the forms the workbook knows."""

    @property
    def name(self) -> str:
        letters = f"{'bold ' if self.bold else ''}{'italic ' if self.italic else ''}{self.size} {self.ink}"
        place = f"{self.side} {self.indent}{' wraps' if self.wraps else ''}"
        return f"Dialog {letters} {self.ground or 'plain'} {place} {self.line} {self.number}"


TITLE = Look(LEAD, 18, bold=True, indent=0)
HEADING = Look(size=13, bold=True, indent=0)
PLAIN = Look(indent=0)
NOTE = Look(INK_SOFT, italic=True, indent=0)
FACT_NAME, FACT = Look(INK_SOFT), Look(bold=True)
HEAD = Look("FFFFFF", bold=True, ground=LEAD, wraps=True, line="head")


def lighter(colour: str, times: int) -> str:
    """A colour a third of the way to white, as often as asked for."""
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    for _ in range(times):
        parts = [part + (255 - part) // 3 for part in parts]
    return "".join(f"{part:02X}" for part in parts)


def colours(stakeholders: Sequence[Stakeholder]) -> list[str]:
    """The colour of each stakeholder; a colour that comes again comes lighter."""
    met: Counter[int] = Counter()
    found = []
    for who in stakeholders:
        found.append(lighter(PALETTE[who.palette - 1], met[who.palette]))
        met[who.palette] += 1
    return found


def is_dark(colour: str) -> bool:
    """Whether white letters can be read on it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return 299 * red + 587 * green + 114 * blue < 140_000
