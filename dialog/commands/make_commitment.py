"""Promise something: who does what until when, and when it is looked at again."""

from dataclasses import dataclass
from datetime import date

from dialog import promise_queries
from dialog.acting import Command
from dialog.events import CommitmentMade, CommitmentState, Happening
from dialog.promising import checked
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeCommitment(Command):
    """`who` is an organisation or a function, never a participant's name."""

    proposal_id: str | None
    who: str
    what: str
    until: date
    review_on: date | None


def make_commitment(db: Db, command: MakeCommitment) -> list[Happening]:
    """Raises EmptyText, TextTooLong, DayTooEarly, or NoSuchThing for a proposal that is not there."""
    commitment = CommitmentState(
        id=command.new_id("commitment"),
        proposal_id=command.proposal_id,
        number=promise_queries.next_number(db, command.dialogue_id),
        who=command.who,
        what=command.what,
        until=command.until,
        review_on=command.review_on,
    )
    return [CommitmentMade(commitment=checked(db, command, commitment))]
