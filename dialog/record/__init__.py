"""Writes into the rows what has happened. The only place where a dialogue's rows change while it is held.

Commands decide, `record` writes. A happening that says what `was` is only written onto rows that are still so; undoing
and redoing are therefore safe, and raise ChangedSince instead of destroying newer work.
"""

from typing import Any, TypeVar

from dialog import counting, queries, table_queries
from dialog import events as e
from dialog.models import Card, Dialogue, Group
from dialog.record import authorship, cards, entries, promises, room, tables, topics, votes
from dialog.record.writers import WRITERS, row
from dialog.store import Db
from dialog.words import Step

__all__ = ["WRITERS", "authorship", "cards", "entries", "promises", "record", "room", "tables", "topics", "votes"]

H = TypeVar("H", bound=e.Happening)
ENTRY_HAPPENINGS = (e.EntryWritten, e.EntryEdited, e.EntryWithdrawn, e.EntryRestored)
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
        group = row(db, Group, happening.card.group_id)
        posted = isinstance(happening, e.CardPosted)  # It has just been written as it is said here.
        card = happening.card if posted else queries.card_state(row(db, Card, happening.card.id))
        return {"card": card, "written": group.written, "revealed": group.revealed}
    if isinstance(happening, ENTRY_HAPPENINGS):
        table_id = happening.entry.table_id
        found = row(db, table_queries.KINDS[happening.entry.content.kind], happening.entry.id)
        return {
            "entry": table_queries.entry_state(found),
            "progress": table_queries.progress_of(db, table_id),
            "open": queries.plan(dialogue).is_past_solve(Step(dialogue.step)),
            "shown": dialogue.tables_shown,
        }
    fields = type(happening).model_fields
    counts: dict[str, Any] = {}
    if "present" in fields:
        counts["present"] = queries.present(db, dialogue.id)
    if "voted" in fields:
        counts["voted"] = counting.voted(db, dialogue.id)
    if "wished" in fields:
        counts["wished"] = counting.wished(db, dialogue.id)
    if "appraised" in fields:
        counts["appraised"] = counting.appraised(db, dialogue.id)
    if "answered" in fields:
        counts["answered"] = counting.answered(db, dialogue.id)
    if isinstance(happening, e.TablesDrawn | e.TableSet | e.SeatTaken):
        counts["shown"] = dialogue.tables_shown
    return counts
