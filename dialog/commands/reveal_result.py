"""Show the result of the vote to everybody. Before this no tally leaves the server."""

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, VotingSet
from dialog.store import Db
from dialog.words import Voting


class RevealResult(Command):
    """Nothing more to say."""


def reveal_result(db: Db, command: RevealResult) -> list[Happening]:
    """Raises VotingNotOpen or VotingStillOpen."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.voting == Voting.REVEALED:
        return []
    if dialogue.voting == Voting.PREPARING:
        raise errors.VotingNotOpen()
    if dialogue.voting == Voting.OPEN:
        raise errors.VotingStillOpen()
    closed_at = dialogue.voting_closed_at
    return [VotingSet(voting=Voting.REVEALED, closed_at=closed_at, was_voting=Voting.CLOSED, was_closed_at=closed_at)]
