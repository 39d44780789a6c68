"""User text on its way into a spreadsheet: always text, never a formula, an error or a broken file."""

import re
from typing import Final

from exports.words import _

LONGEST: Final = 32_767
"""UTF-16 units that fit into one cell."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_READ_AS_CHARACTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "'", "\t")


def safe_text(text: str) -> str:
    """The text as a cell can hold it, to be stored as text.

    Characters a file cannot hold are left out, lines end with a line feed, what Excel would read as an escaped
    character stays as it was typed, and a text too long for a cell is cut and says so.
    """
    kept = storable(text)
    if _units(stored := _escaped(kept)) <= LONGEST:
        return stored
    note = _(" … (cut: the text is too long for a cell)")
    while (over := _units(stored := _escaped(kept) + note) - LONGEST) > 0:
        kept = kept[: -max(1, over // 8)]
    return stored


def storable(text: str) -> str:
    """The text without the characters that no file of Excel or Word can hold; lines end with a line feed."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def needs_quote(text: str) -> bool:
    """Whether a text would become a formula if somebody edited its cell; Excel then needs its quote mark before it."""
    return text.startswith(_STARTS_A_FORMULA)


def _escaped(text: str) -> str:
    return _READ_AS_CHARACTER.sub("_x005F_", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
