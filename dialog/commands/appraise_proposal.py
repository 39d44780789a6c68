"""Say what one thinks of a proposal. It can be changed until the appraisal is closed."""

from dataclasses import dataclass

from dialog import errors, promise_queries, queries
from dialog.acting import Command
from dialog.by_hand import person_concerned
from dialog.events import AppraisalGiven, Happening, Scores
from dialog.models import Dialogue, Proposal
from dialog.steps import GRACE
from dialog.store import Db
from dialog.words import Appraising, Voting

NO_SCORES = Scores(effect=None, feasibility=None, resistance=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class AppraiseProposal(Command):
    """`proposal_id` None is "everything stays as it is", which only resistance is asked of.

    Without any score the appraisal is taken back. `person_id` is set when a moderator enters it for somebody without
    a phone.
    """

    proposal_id: str | None
    scores: Scores
    person_id: str | None = None


def appraise_proposal(db: Db, command: AppraiseProposal) -> list[Happening]:
    """Raises AppraisalNotOpen, AppraisalOver, BadScores, NoSuchThing, NotByHand or NotYourGroup."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    _must_be_open(dialogue, command)
    how = queries.plan(dialogue).appraising
    if command.scores != NO_SCORES and not _fit(command.scores, how):
        raise errors.BadScores()
    if command.proposal_id is None and how is not Appraising.RESISTANCE:
        raise errors.NoSuchThing()
    if command.proposal_id is not None and not _stands(db, dialogue, command.proposal_id):
        raise errors.NoSuchThing()
    person = person_concerned(db, command, command.person_id)
    was = promise_queries.appraisals_of(db, person.id).get(command.proposal_id)
    scores = None if command.scores == NO_SCORES else command.scores
    if scores == was:
        return []
    return [
        AppraisalGiven(
            appraisal_id=command.new_id("appraisal"),
            paper_id=promise_queries.paper_of(db, person.id) or command.new_id("paper"),
            person_id=person.id,
            proposal_id=command.proposal_id,
            scores=scores,
            was_scores=was,
            appraised=0,
        )
    ]


def _stands(db: Db, dialogue: Dialogue, proposal_id: str) -> bool:
    proposal = db.get(Proposal, proposal_id)
    return proposal is not None and proposal.dialogue_id == dialogue.id and not proposal.withdrawn


def _fit(scores: Scores, how: Appraising) -> bool:
    if how is Appraising.RESISTANCE:
        others = (scores.effect, scores.feasibility)
        return scores.resistance in range(11) and others == (None, None)
    return scores.effect in range(1, 6) and scores.feasibility in range(1, 6) and scores.resistance is None


def _must_be_open(dialogue: Dialogue, command: AppraiseProposal) -> None:
    if dialogue.appraising == Voting.PREPARING:
        raise errors.AppraisalNotOpen()
    closed_at = dialogue.appraising_closed_at
    in_grace = closed_at is not None and command.now - closed_at <= GRACE
    if dialogue.appraising == Voting.OPEN or (dialogue.appraising == Voting.CLOSED and in_grace):
        return
    raise errors.AppraisalOver()
