"""Pure: earlier and later in an order people see."""

from collections.abc import Sequence


def before_after_shift(order: Sequence[str], thing_id: str, where: str) -> str | None:
    """What the thing stands in front of after going one place "earlier" or "later"; None is the end."""
    at = order.index(thing_id)
    if where == "earlier":
        return order[max(0, at - 1)] if at else (order[1] if len(order) > 1 else None)
    return order[at + 2] if at + 2 < len(order) else None
