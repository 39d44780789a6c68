"""Let everybody appraise the proposals, or go on after the appraisal had been closed."""

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.events import AppraisingSet, Happening
from dialog.store import Db
from dialog.words import Voting


class OpenAppraisal(Command):
    """Nothing more to say."""


def open_appraisal(db: Db, command: OpenAppraisal) -> list[Happening]:
    """Raises NothingToAppraise, or AppraisalOver once it has been revealed."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if dialogue.appraising == Voting.OPEN:
        return []
    if dialogue.appraising == Voting.REVEALED:
        raise errors.AppraisalOver()
    if not table_queries.entries(db, dialogue.id, kind="proposal"):
        raise errors.NothingToAppraise()
    return [
        AppraisingSet(
            appraising=Voting.OPEN,
            closed_at=None,
            was_appraising=Voting(dialogue.appraising),
            was_closed_at=dialogue.appraising_closed_at,
        )
    ]
