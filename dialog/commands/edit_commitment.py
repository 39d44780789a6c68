"""Put a promise in other words, or give it other days."""

from dataclasses import dataclass
from datetime import date

from dialog import errors, promise_queries, promising
from dialog.acting import Command
from dialog.events import CommitmentEdited, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class EditCommitment(Command):
    commitment_id: str
    proposal_id: str | None
    who: str
    what: str
    until: date
    review_on: date | None


def edit_commitment(db: Db, command: EditCommitment) -> list[Happening]:
    """Raises NoSuchThing, EmptyText, TextTooLong or DayTooEarly."""
    found = promising.commitment(db, command, command.commitment_id)
    if found.withdrawn:
        raise errors.NoSuchThing()
    was = promise_queries.commitment_state(found)
    wanted = {name: getattr(command, name) for name in ("proposal_id", "who", "what", "until", "review_on")}
    now = promising.checked(db, command, was.model_copy(update=wanted))
    return [] if now == was else [CommitmentEdited(commitment=now, was_commitment=was)]
