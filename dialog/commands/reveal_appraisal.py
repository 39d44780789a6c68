"""Show everybody how the proposals were appraised. Before this no figure leaves the server."""

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import AppraisingSet, Happening
from dialog.store import Db
from dialog.words import Voting


class RevealAppraisal(Command):
    """Nothing more to say."""


def reveal_appraisal(db: Db, command: RevealAppraisal) -> list[Happening]:
    """Raises AppraisalNotOpen or AppraisalStillOpen."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.appraising == Voting.REVEALED:
        return []
    if dialogue.appraising == Voting.PREPARING:
        raise errors.AppraisalNotOpen()
    if dialogue.appraising == Voting.OPEN:
        raise errors.AppraisalStillOpen()
    at = dialogue.appraising_closed_at
    return [AppraisingSet(appraising=Voting.REVEALED, closed_at=at, was_appraising=Voting.CLOSED, was_closed_at=at)]
