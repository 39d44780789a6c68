"""Pure: two people edit the same short text at the same time, and neither loses a word.

A three-way merge by words. The unit is a word or a run of punctuation, with the white space before it. Changes to
different words are both kept, also where the words stand next to each other. A conflict is left to people:

- both change the same words, unless they change them in the same way;
- one puts something in where the other puts in something else, or next to words that the other changes;
- both change the white space at one place in different ways;
- the merged words would run together, or nothing would be left of what neither of the two wanted empty.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple


class _Piece(NamedTuple):
    """A word, or a run of punctuation at its edge, and the white space before it."""

    space: str
    word: str


class _Change(NamedTuple):
    """The pieces of the base from `start` up to `end` became `pieces`; an insertion has start == end."""

    start: int
    end: int
    pieces: tuple[_Piece, ...]


class _Side(NamedTuple):
    """What one person did: the changes in their order, and the pieces left as they were, by place in the base."""

    changes: Sequence[_Change]
    kept: dict[int, _Piece]


def merged(base: str, theirs: str, mine: str) -> str | None:
    """Both versions of `base` in one text, or None where they contradict each other: then the writer is shown both.

    Every word that either side put in is in the result; swapping the sides changes nothing. The texts are compared
    as they are: bring them into the form in which they are kept (see `writing.clean`) first.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    before = _pieces(base)
    them, me = _side(before, _pieces(theirs)), _side(before, _pieces(mine))
    if any(_contradict(one, other) for one in them.changes for other in me.changes):
        return None
    pieces = _put_together(before, them, me)
    if pieces is None:
        return None
    text = "".join(piece.space + piece.word for piece in pieces).lstrip()
    run_together = _words(_pieces(text)) != _words(pieces)
    return None if run_together or not text.strip() else text


def _pieces(text: str) -> list[_Piece]:
    """The text in pieces; the last is empty and holds the white space at the end."""
    found = [piece for space, chunk in re.findall(r"(\s*)(\S+)", text) for piece in _split(space, chunk)]
    return [*found, _Piece(text[len(text.rstrip()) :] if found else text, "")]


def _split(space: str, chunk: str) -> Iterator[_Piece]:
    """A word without the punctuation around it; what is within stays, as in "E-Mail" or "Träger*innen"."""
    head = len(list(takewhile(_is_punctuation, chunk)))
    tail = len(list(takewhile(_is_punctuation, reversed(chunk[head:]))))
    for word in (chunk[:head], chunk[head : len(chunk) - tail], chunk[len(chunk) - tail :]):
        if word:
            yield _Piece(space, word)
            space = ""


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def _words(pieces: Sequence[_Piece]) -> list[str]:
    return [piece.word for piece in pieces]


def _side(before: Sequence[_Piece], after: Sequence[_Piece]) -> _Side:
    opcodes = SequenceMatcher(None, _words(before), _words(after), autojunk=False).get_opcodes()
    changes = []
    kept: dict[int, _Piece] = {}
    for tag, start, end, first, last in opcodes:
        if tag == "equal":
            kept.update(zip(range(start, end), after[first:last], strict=True))
        else:
            changes.append(_Change(start, end, tuple(after[first:last])))
    return _Side(changes, kept)


def _contradict(one: _Change, other: _Change) -> bool:
    if one == other:
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _put_together(before: Sequence[_Piece], them: _Side, me: _Side) -> list[_Piece] | None:
    """The pieces of the result, or None where both changed the white space before a piece in different ways."""
    result: list[_Piece] = []
    done = 0
    for change in (*sorted({*them.changes, *me.changes}), _Change(len(before), len(before), ())):
        for place in range(done, change.start):
            space = _agreed(before[place].space, them.kept[place].space, me.kept[place].space)
            if space is None:
                return None
            result.append(_Piece(space, before[place].word))
        result.extend(change.pieces)
        done = change.end
    return result


def _agreed(base: str, theirs: str, mine: str) -> str | None:
    if theirs in (base, mine):
        return mine
    return theirs if mine == base else None
