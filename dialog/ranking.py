"""Pure: places in an order that people change, as numbers between their neighbours."""

from collections.abc import Sequence

SMALLEST_GAP = 1e-9


def place_before(order: Sequence[tuple[str, float]], before: str | None) -> float | None:
    """A rank in front of `before`, or behind all when it is None or not in `order` (ids with ranks, ascending).

    None when the neighbours are too close: then `renumbered` makes room.
    """
    ids = [thing_id for thing_id, _ in order]
    at = ids.index(before) if before in ids else len(order)
    low = order[at - 1][1] if at > 0 else None
    high = order[at][1] if at < len(order) else None
    if low is None and high is None:
        return 1.0
    if low is None:
        assert high is not None
        return high - 1.0
    if high is None:
        return low + 1.0
    return (low + high) / 2 if high - low > SMALLEST_GAP else None


def renumbered(order: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The same order with whole numbers from 1 as ranks."""
    return [(thing_id, float(place)) for place, (thing_id, _) in enumerate(order, start=1)]


def scattered(thing_id: str) -> float:
    """A rank between 0 and 1 that only depends on the id: the shuffled order in which cards are revealed."""
    return int(thing_id[:8], 16) / 2**32
