"""Writes into the rows what has happened. The only place where a dialogue's rows change while it is held.

Commands decide, `record` writes. A happening that says what `was` is only written onto rows that are still so; undoing
and redoing are therefore safe, and raise ChangedSince instead of destroying newer work.
"""

from typing import Any, TypeVar

from dialog import events as e
from dialog import queries
from dialog.models import Card, Dialogue, Group
from dialog.record import cards, room, topics, votes
from dialog.record.writers import WRITERS, row
from dialog.store import Db

__all__ = ["WRITERS", "cards", "record", "room", "topics", "votes"]

H = TypeVar("H", bound=e.Happening)
CARD_HAPPENINGS = (e.CardPosted, e.CardEdited, e.CardWithdrawn, e.CardRestored, e.CardHidden, e.CardShown)


def record(db: Db, dialogue: Dialogue, happening: H) -> H:
    """Write one happening and return it with its counts as they are after it.

    Raises ChangedSince when the rows no longer are what it says they were.
    """
    WRITERS[type(happening)](db, dialogue, happening)
    db.flush()
    return happening.model_copy(update=_counts_after(db, dialogue, happening))


def _counts_after(db: Db, dialogue: Dialogue, happening: e.Happening) -> dict[str, Any]:
    if isinstance(happening, CARD_HAPPENINGS):
        card = row(db, Card, happening.card.id)
        group = row(db, Group, card.group_id)
        return {"card": queries.card_state(card), "written": group.written, "revealed": group.revealed}
    fields = type(happening).model_fields
    counts: dict[str, Any] = {}
    if "present" in fields:
        counts["present"] = queries.present(db, dialogue.id)
    if "voted" in fields:
        counts["voted"] = queries.voted(db, dialogue.id)
    return counts
