"""Visions, benefits and proposals in the rows."""

from typing import Any

from dialog import events as e
from dialog import in_use, queries, table_queries
from dialog.models import Dialogue, Table
from dialog.record.writers import row, still, writes
from dialog.store import Db


@writes(e.EntryWritten)
def _written(db: Db, dialogue: Dialogue, happening: e.EntryWritten) -> None:
    entry = happening.entry
    row(db, Table, entry.table_id)
    model = table_queries.KINDS[entry.content.kind]
    db.add(
        model(
            id=entry.id,
            dialogue_id=dialogue.id,
            table_id=entry.table_id,
            topic_id=entry.topic_id,
            number=entry.number,
            withdrawn=False,
            **_columns(entry.content),
        )
    )


@writes(e.EntryEdited)
def _edited(db: Db, dialogue: Dialogue, happening: e.EntryEdited) -> None:
    found = row(db, table_queries.KINDS[happening.entry.content.kind], happening.entry.id)
    still((table_queries.entry_state(found), happening.was_entry), (found.withdrawn, False))
    still(
        (in_use.still_planned(queries.plan(dialogue), happening.entry.content), True),
        (in_use.has_been_appraised(db, found.id), False),
    )
    for name, value in _columns(happening.entry.content).items():
        setattr(found, name, value)


@writes(e.EntryWithdrawn, e.EntryRestored)
def _withdrawn(db: Db, dialogue: Dialogue, happening: e.EntryWithdrawn | e.EntryRestored) -> None:
    found = row(db, table_queries.KINDS[happening.entry.content.kind], happening.entry.id)
    leaves = isinstance(happening, e.EntryWithdrawn)
    still((found.withdrawn, not leaves))
    if happening.entry.content.kind == "proposal":
        still((in_use.holds_proposal(db, dialogue.id, found.id), False))
    found.withdrawn = leaves


def _columns(content: e.Content) -> dict[str, Any]:
    fields = content.model_dump(exclude={"kind"})
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
