"""Take a promise back. It can be put back with `restore_commitment`."""

from dataclasses import dataclass

from dialog import promise_queries, promising
from dialog.acting import Command
from dialog.events import CommitmentWithdrawn, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawCommitment(Command):
    commitment_id: str


def withdraw_commitment(db: Db, command: WithdrawCommitment) -> list[Happening]:
    """Raises NoSuchThing."""
    found = promising.commitment(db, command, command.commitment_id)
    return [] if found.withdrawn else [CommitmentWithdrawn(commitment=promise_queries.commitment_state(found))]
