"""Lock a table: drawing anew leaves its people where they are. Or unlock it."""

from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, TableSet
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class LockTable(Command):
    table_id: str
    locked: bool


def lock_table(db: Db, command: LockTable) -> list[Happening]:
    """Raises NoSuchThing."""
    shown = queries.dialogue(db, command.dialogue_id).tables_shown
    for was in table_queries.tables(db, command.dialogue_id):
        if was.id == command.table_id:
            table = was.model_copy(update={"locked": command.locked})
            return [] if table == was else [TableSet(table=table, was_table=was, shown=shown)]
    raise errors.NoSuchThing()
