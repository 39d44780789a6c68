"""Give a table another topic to work on, or none."""

from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, TableSet
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveTableTopic(Command):
    table_id: str
    topic_id: str | None


def give_table_topic(db: Db, command: GiveTableTopic) -> list[Happening]:
    """What the table has written keeps its topic. Raises NoSuchThing, or NotOnTheBallot for a topic not chosen."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    found = [table for table in table_queries.tables(db, dialogue.id) if table.id == command.table_id]
    if not found:
        raise errors.NoSuchThing()
    if command.topic_id is not None and command.topic_id not in dialogue.chosen_topics:
        raise errors.NotOnTheBallot()
    (was,) = found
    if was.topic_id == command.topic_id:
        return []
    table = was.model_copy(update={"topic_id": command.topic_id})
    return [TableSet(table=table, was_table=was, shown=dialogue.tables_shown)]
