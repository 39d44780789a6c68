"""What a commitment must be, for the acts that make or change one."""

from dialog import errors, queries, table_queries, writing
from dialog.acting import Command
from dialog.events import CommitmentState
from dialog.models import Commitment
from dialog.store import Db

LONGEST_WHO = 120


def checked(db: Db, command: Command, commitment: CommitmentState) -> CommitmentState:
    """The commitment as it may be kept. Raises EmptyText, TextTooLong, DayTooEarly or NoSuchThing."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    limit = queries.plan(dialogue).limits.text_characters
    days = [commitment.until, *([commitment.review_on] if commitment.review_on else [])]
    if any(day < dialogue.held_on for day in days):
        raise errors.DayTooEarly()
    proposals = {entry.id for entry in table_queries.entries(db, dialogue.id, kind="proposal")}
    if commitment.proposal_id is not None and commitment.proposal_id not in proposals:
        raise errors.NoSuchThing()
    return commitment.model_copy(
        update={"who": writing.clean(commitment.who, LONGEST_WHO), "what": writing.clean(commitment.what, limit)}
    )


def commitment(db: Db, command: Command, commitment_id: str) -> Commitment:
    """A commitment of this dialogue, standing or withdrawn. Raises NoSuchThing."""
    found = db.get(Commitment, commitment_id)
    if found is None or found.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    return found
