"""Appraisals, commitments and feedback in the rows."""

from sqlalchemy import select

from dialog import events as e
from dialog import promise_queries
from dialog.models import Appraisal, Commitment, Dialogue, FeedbackPaper, Participant, Proposal
from dialog.record.writers import row, still, writes
from dialog.store import Db
from dialog.words import Voting


@writes(e.AppraisingSet)
def _appraising(db: Db, dialogue: Dialogue, happening: e.AppraisingSet) -> None:
    still(
        (dialogue.appraising, happening.was_appraising),
        (dialogue.appraising_closed_at, happening.was_closed_at),
    )
    dialogue.appraising, dialogue.appraising_closed_at = happening.appraising, happening.closed_at
    if happening.appraising is not Voting.REVEALED and dialogue.picture == "result":
        dialogue.picture = "step"


@writes(e.AppraisalGiven)
def _given(db: Db, dialogue: Dialogue, happening: e.AppraisalGiven) -> None:
    person = row(db, Participant, happening.person_id)
    if happening.proposal_id is not None:
        still((row(db, Proposal, happening.proposal_id).withdrawn, False))
    found = db.scalar(
        select(Appraisal).where(
            Appraisal.participant_id == happening.person_id,
            Appraisal.proposal_id.is_(happening.proposal_id)
            if happening.proposal_id is None
            else Appraisal.proposal_id == happening.proposal_id,
        )
    )
    was = promise_queries.scores(found) if found is not None else None
    still((was, happening.was_scores), (dialogue.appraising in (Voting.OPEN, Voting.CLOSED), True))
    if happening.scores is None:
        db.delete(found)
        return
    if found is None:
        found = Appraisal(
            id=happening.appraisal_id,
            dialogue_id=dialogue.id,
            participant_id=happening.person_id,
            paper_id=happening.paper_id,
            proposal_id=happening.proposal_id,
        )
        db.add(found)
    scores = happening.scores
    found.stakeholder = person.stakeholder
    found.effect, found.feasibility, found.resistance = scores.effect, scores.feasibility, scores.resistance


@writes(e.CommitmentMade)
def _made(db: Db, dialogue: Dialogue, happening: e.CommitmentMade) -> None:
    commitment = happening.commitment
    if commitment.proposal_id is not None:
        still((row(db, Proposal, commitment.proposal_id).withdrawn, False))
    db.add(Commitment(dialogue_id=dialogue.id, withdrawn=False, **commitment.model_dump()))


@writes(e.CommitmentEdited)
def _edited(db: Db, dialogue: Dialogue, happening: e.CommitmentEdited) -> None:
    found = row(db, Commitment, happening.commitment.id)
    still((promise_queries.commitment_state(found), happening.was_commitment), (found.withdrawn, False))
    if happening.commitment.proposal_id is not None:
        still((row(db, Proposal, happening.commitment.proposal_id).withdrawn, False))
    for name, value in happening.commitment.model_dump(exclude={"id"}).items():
        setattr(found, name, value)


@writes(e.CommitmentWithdrawn, e.CommitmentRestored)
def _withdrawn(db: Db, dialogue: Dialogue, happening: e.CommitmentWithdrawn | e.CommitmentRestored) -> None:
    found = row(db, Commitment, happening.commitment.id)
    leaves = isinstance(happening, e.CommitmentWithdrawn)
    still((found.withdrawn, not leaves))
    if not leaves and found.proposal_id is not None:
        still((row(db, Proposal, found.proposal_id).withdrawn, False))
    found.withdrawn = leaves


@writes(e.FeedbackGiven)
def _feedback(db: Db, dialogue: Dialogue, happening: e.FeedbackGiven) -> None:
    person = row(db, Participant, happening.person_id)
    paper = promise_queries.feedback_of(db, happening.person_id)
    was = (paper.answers, paper.sentence) if paper is not None else ({}, "")
    still((was, (happening.was_answers, happening.was_sentence)))
    if paper is None:
        paper = FeedbackPaper(id=happening.paper_id, dialogue_id=dialogue.id, participant_id=happening.person_id)
        db.add(paper)
    paper.stakeholder = person.stakeholder
    paper.answers, paper.sentence = dict(happening.answers), happening.sentence
