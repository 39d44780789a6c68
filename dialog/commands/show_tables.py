"""Let everybody see who sits where: phones, boards and the projector."""

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, TablesShown
from dialog.store import Db


class ShowTables(Command):
    """Nothing more to say."""


def show_tables(db: Db, command: ShowTables) -> list[Happening]:
    """Raises TablesNotDrawn."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if not table_queries.tables(db, dialogue.id):
        raise errors.TablesNotDrawn()
    return [] if dialogue.tables_shown else [TablesShown(shown=True, was_shown=False)]
