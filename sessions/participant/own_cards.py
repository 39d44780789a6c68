"""Cards and topics of one phone's board, in the order in which they are drawn.

Pure; `static/js/phone/order.js` does the same.
"""

from typing import Any

from dialog.board import Board

Cards = list[dict[str, Any]]


def mine(board: Board) -> Cards:
    """The person's own cards, in an order that never changes."""
    return sorted((card for card in board["cards"].values() if card["mine"]), key=lambda card: str(card["id"]))


def lying(board: Board, group_id: str, topic_id: str | None) -> Cards:
    """The open cards of the own group in one topic, or without one, in the order in which they lie."""
    here = (card for card in board["cards"].values() if card["group_id"] == group_id and not card["hidden"])
    return sorted((card for card in here if card["topic_id"] == topic_id), key=_place)


def all_of_group(board: Board, group_id: str) -> Cards:
    """All open cards of the own group, shuffled."""
    here = [card for card in board["cards"].values() if card["group_id"] == group_id and not card["hidden"]]
    return sorted(here, key=_place)


def topics(board: Board, group_id: str) -> list[dict[str, Any]]:
    """The own group's topics in their order on its board."""
    return sorted((topic for topic in board["topics"].values() if topic["group_id"] == group_id), key=_place)


def _place(thing: dict[str, Any]) -> tuple[float, str]:
    return (thing["rank"], thing["id"])
