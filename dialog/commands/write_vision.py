"""Write a sentence of the ideal: how it would be if it were really good."""

from dataclasses import dataclass

from dialog.acting import Command
from dialog.at_table import write_entry
from dialog.events import Happening, VisionContent
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteVision(Command):
    """`table_id` is set when a board writes; a participant writes at the own table."""

    text: str
    plain: str
    table_id: str | None = None


def write_vision(db: Db, command: WriteVision) -> list[Happening]:
    """Raises EmptyText, TextTooLong, TooManyEntries, NoTableYet, NoSuchThing or NotYourGroup."""
    content = VisionContent(kind="vision", text=command.text, plain=command.plain)
    return write_entry(db, command, command.table_id, content)
