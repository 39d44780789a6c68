"""Let a promise hold again that had been taken back."""

from dataclasses import dataclass

from dialog import promise_queries, promising
from dialog.acting import Command
from dialog.events import CommitmentRestored, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreCommitment(Command):
    commitment_id: str


def restore_commitment(db: Db, command: RestoreCommitment) -> list[Happening]:
    """Raises NoSuchThing."""
    found = promising.commitment(db, command, command.commitment_id)
    return [CommitmentRestored(commitment=promise_queries.commitment_state(found))] if found.withdrawn else []
