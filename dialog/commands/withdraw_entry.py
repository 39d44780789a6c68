"""Take back a vision, a benefit or a proposal of the own table. It can be put back with `restore_entry`."""

from dataclasses import dataclass

from dialog import in_use, table_queries
from dialog.acting import Command
from dialog.at_table import own_entry
from dialog.events import EntryWithdrawn, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawEntry(Command):
    entry_id: str


def withdraw_entry(db: Db, command: WithdrawEntry) -> list[Happening]:
    """Raises NoSuchThing, NoTableYet, NotYourGroup, AppraisalBegun, or StillInUse for what somebody has promised."""
    found = own_entry(db, command, command.entry_id)
    if found.withdrawn:
        return []
    entry = table_queries.entry_state(found)
    in_use.must_not_be_promised(db, entry)
    return [EntryWithdrawn(entry=entry, progress={}, open=False, shown=False)]
