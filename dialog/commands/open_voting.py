"""Let everybody vote, or vote on after the vote had been closed."""

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, VotingSet
from dialog.store import Db
from dialog.words import Voting


class OpenVoting(Command):
    """Nothing more to say."""


def open_voting(db: Db, command: OpenVoting) -> list[Happening]:
    """Raises NothingToVoteOn, or VotingOver once the result has been revealed."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.voting == Voting.OPEN:
        return []
    if dialogue.voting == Voting.REVEALED:
        raise errors.VotingOver()
    if not queries.ballot_topics(db, command.dialogue_id):
        raise errors.NothingToVoteOn()
    return [
        VotingSet(
            voting=Voting.OPEN,
            closed_at=None,
            was_voting=Voting(dialogue.voting),
            was_closed_at=dialogue.voting_closed_at,
        )
    ]
