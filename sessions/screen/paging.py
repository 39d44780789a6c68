"""What fits on one page of the wall. Pure. The wall never scrolls, so what is long becomes pages.

Heights are estimated in lines of text for a wall of 1280 × 720, where letters are largest beside the picture. A wall on
which a page does not fit after all asks for emptier ones (`fit`, in percent).
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from sessions.mirror import CardShown, ChosenShown
from sessions.results import Row

T = TypeVar("T")


def pages(things: Sequence[T], height: Callable[[T], float], room: float, most: int, fit: int) -> list[Sequence[T]]:
    """The things in pages of at most `most` and of no more than `room` lines; one empty page for nothing."""
    room, most = room * fit / 100, max(1, most * fit // 100)
    filled: list[list[T]] = [[]]
    left = room
    for thing in things:
        needed = height(thing)
        if filled[-1] and (needed > left or len(filled[-1]) == most):
            filled.append([])
            left = room
        filled[-1].append(thing)
        left -= needed
    return list(filled)


def _lines(text: str, characters: int) -> int:
    return ceil(len(text) / characters)


def result_pages(rows: Sequence[Row], fit: int) -> list[Sequence[Row]]:
    """At most eight topics; a title has 34 characters a line, its badges stand below it."""

    def height(row: Row) -> float:
        return _lines(row.title, 34) + (1.2 if row.shared or row.split or row.tied else 0) + 0.35

    return pages(rows, height, 25, 8, fit)


def image_pages(cards: Sequence[CardShown], fit: int) -> list[Sequence[CardShown]]:
    """At most six cards of one side; a line has 40 characters, and a short text shares it with the card's sign."""

    def height(card: CardShown) -> float:
        own_line = len(card.text) > 26
        return _lines(card.text, 38) + (1.3 if own_line else 0) + 0.9

    return pages(cards, height, 19.5, 6, fit)


def topic_pages(titles: Sequence[str], fit: int) -> list[Sequence[str]]:
    """At most twelve topics in two columns; every strip is as high as the highest."""
    lines = max((_lines(title, 32) for title in titles), default=1)
    return pages(titles, lambda _title: (lines * 1.2 + 1.3) / 2, 20, 12, fit)


def chosen_pages(topics: Sequence[ChosenShown], fit: int) -> list[Sequence[ChosenShown]]:
    """At most eight topics, each on a strip of its own with 40 large characters a line."""
    return pages(topics, lambda topic: _lines(topic.title, 40) * 1.8 + 1.3, 22, 8, fit)
