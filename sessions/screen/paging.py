"""What fits on one page of the wall. Pure. The wall never scrolls, so a long list becomes pages."""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from sessions.mirror import CardShown

T = TypeVar("T")

MOST_CARDS = 6
CHARACTERS = 36
"""Of a card's line in half a picture, at the smallest wall (1280 × 720), where letters are largest."""
ROOM = 17.5
"""Height for the cards of one side there, in lines of a card's text."""
FOOT = 1.9
"""Height of a card's edge and of the line with its signs."""


def chunks(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """The things in pages of at most `most`, evenly filled; one empty page for nothing."""
    pages = max(1, ceil(len(things) / most))
    size = ceil(len(things) / pages) if things else 1
    return [things[at : at + size] for at in range(0, max(1, len(things)), size)]


def chunks_by_height(cards: Sequence[CardShown]) -> list[Sequence[CardShown]]:
    """The cards of one side in pages that fit; one empty page for none."""
    pages: list[list[CardShown]] = [[]]
    left = ROOM
    for card in cards:
        height = ceil(len(card.text) / CHARACTERS) + FOOT
        if pages[-1] and (height > left or len(pages[-1]) == MOST_CARDS):
            pages.append([])
            left = ROOM
        pages[-1].append(card)
        left -= height
    return list(pages)
