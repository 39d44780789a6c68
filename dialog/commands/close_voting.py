"""Close the vote. Phones keep their grace for the last choice, until the result is revealed."""

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, VotingSet
from dialog.store import Db
from dialog.words import Voting


class CloseVoting(Command):
    """Nothing more to say."""


def close_voting(db: Db, command: CloseVoting) -> list[Happening]:
    """Raises VotingNotOpen."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.voting == Voting.CLOSED:
        return []
    if dialogue.voting != Voting.OPEN:
        raise errors.VotingNotOpen()
    return [
        VotingSet(voting=Voting.CLOSED, closed_at=command.now, was_voting=Voting.OPEN, was_closed_at=None),
    ]
