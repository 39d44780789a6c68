"""How a happening finds what writes it, and what every writer needs."""

from collections.abc import Callable
from typing import Any, TypeVar

from dialog import errors
from dialog import events as e
from dialog.models import Base, Dialogue
from dialog.store import Db

Writer = Callable[[Db, Dialogue, Any], None]
WRITERS: dict[type[e.Happening], Writer] = {}
R = TypeVar("R", bound=Base)


def writes(*kinds: type[e.Happening]) -> Callable[[Writer], Writer]:
    """The decorated function writes these kinds of happenings."""

    def enter(writer: Writer) -> Writer:
        WRITERS.update(dict.fromkeys(kinds, writer))
        return writer

    return enter


def still(*pairs: tuple[Any, Any]) -> None:
    """Raise ChangedSince unless everything is still as it was; each pair is what is now and what was."""
    if any(is_now != was for is_now, was in pairs):
        raise errors.ChangedSince()


def row(db: Db, model: type[R], row_id: str) -> R:
    """The row with this id. Raises ChangedSince if it is gone."""
    found = db.get(model, row_id)
    if found is None:
        raise errors.ChangedSince()
    return found
