"""What people promise each other, as every screen shows it, with the proposal it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialog import promise_queries
from dialog.events import CommitmentState
from dialog.models import Dialogue
from dialog.store import Db
from sessions.proposals import ProposalShown, proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseShown:
    """Who does what until when; `proposal` is None for a promise that stands by itself."""

    id: str
    number: int
    who: str
    what: str
    until: date
    review_on: date | None
    proposal: ProposalShown | None


def promises(db: Db, dialogue: Dialogue) -> list[PromiseShown]:
    """All promises that stand, in the order in which they were made."""
    return shown(promise_queries.commitments(db, dialogue.id), proposals(db, dialogue))


def shown(commitments: Sequence[CommitmentState], written: Sequence[ProposalShown]) -> list[PromiseShown]:
    """Commitments with the words of their proposals."""
    by_id = {proposal.id: proposal for proposal in written}
    return [
        PromiseShown(
            id=one.id,
            number=one.number,
            who=one.who,
            what=one.what,
            until=one.until,
            review_on=one.review_on,
            proposal=by_id.get(one.proposal_id or ""),
        )
        for one in commitments
    ]
