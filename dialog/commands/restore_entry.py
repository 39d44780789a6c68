"""Put back what the own table had taken back."""

from dataclasses import dataclass

from dialog import table_queries
from dialog.acting import Command
from dialog.at_table import own_entry
from dialog.events import EntryRestored, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreEntry(Command):
    entry_id: str


def restore_entry(db: Db, command: RestoreEntry) -> list[Happening]:
    """Raises NoSuchThing, NoTableYet, NotYourGroup or AppraisalBegun."""
    found = own_entry(db, command, command.entry_id)
    if not found.withdrawn:
        return []
    return [EntryRestored(entry=table_queries.entry_state(found), progress={}, open=False, shown=False)]
