"""Write what one stakeholder would gain from the ideal."""

from dataclasses import dataclass

from dialog.acting import Command
from dialog.at_table import write_entry
from dialog.events import BenefitContent, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteBenefit(Command):
    """`table_id` is set when a board writes; a participant writes at the own table."""

    stakeholder: str
    text: str
    table_id: str | None = None


def write_benefit(db: Db, command: WriteBenefit) -> list[Happening]:
    """Raises EmptyText, TextTooLong, UnknownStakeholder, TooManyEntries, NoTableYet, NoSuchThing or NotYourGroup."""
    content = BenefitContent(kind="benefit", stakeholder=command.stakeholder, text=command.text)
    return write_entry(db, command, command.table_id, content)
