"""Close the appraisal. Phones keep their grace for the last one, until it is revealed."""

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import AppraisingSet, Happening
from dialog.store import Db
from dialog.words import Voting


class CloseAppraisal(Command):
    """Nothing more to say."""


def close_appraisal(db: Db, command: CloseAppraisal) -> list[Happening]:
    """Raises AppraisalNotOpen."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.appraising == Voting.CLOSED:
        return []
    if dialogue.appraising != Voting.OPEN:
        raise errors.AppraisalNotOpen()
    return [
        AppraisingSet(appraising=Voting.CLOSED, closed_at=command.now, was_appraising=Voting.OPEN, was_closed_at=None)
    ]
