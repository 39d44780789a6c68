"""Write a proposal: something concrete to do. Only its title is needed at first."""

from dataclasses import dataclass

from dialog.acting import Command
from dialog.at_table import write_entry
from dialog.events import Happening, ProposalContent
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteProposal(Command):
    """`table_id` is set when a board writes; a participant writes at the own table."""

    content: ProposalContent
    table_id: str | None = None


def write_proposal(db: Db, command: WriteProposal) -> list[Happening]:
    """Raises EmptyText, TextTooLong, UnknownLevel, UnknownAddressee, TooManyEntries, NoTableYet or NotYourGroup."""
    return write_entry(db, command, command.table_id, command.content)
