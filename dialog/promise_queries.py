"""Read-only selects for what people think of the proposals, what they promise, and how they found the afternoon."""

from collections.abc import Sequence

from sqlalchemy import func, select

from dialog import queries, table_queries
from dialog.appraising import Appraisals, Given, appraise
from dialog.counting import answered as answered
from dialog.counting import appraised as appraised
from dialog.counting import of_who_counts
from dialog.events import CommitmentState, Scores
from dialog.feedback_figures import Answered, FeedbackFigures
from dialog.feedback_figures import feedback_figures as count_feedback
from dialog.models import Appraisal, Commitment, Dialogue, FeedbackPaper
from dialog.store import Db


def begun(db: Db, dialogue_id: str) -> bool:
    """Whether anybody has appraised anything: then proposals stay as they are."""
    given = select(Appraisal.id).where(Appraisal.dialogue_id == dialogue_id)
    return bool(db.scalar(select(given.exists())))


def appraisals_of(db: Db, person_id: str) -> dict[str | None, Scores]:
    """A person's own appraisals by proposal id; None is "everything stays as it is"."""
    own = select(Appraisal).where(Appraisal.participant_id == person_id)
    return {row.proposal_id: scores(row) for row in db.scalars(own)}


def paper_of(db: Db, person_id: str) -> str | None:
    """The paper on which a person's appraisals stand together; None before the first."""
    return db.scalar(select(Appraisal.paper_id).where(Appraisal.participant_id == person_id).limit(1))


def scores(row: Appraisal) -> Scores:
    return Scores(effect=row.effect, feasibility=row.feasibility, resistance=row.resistance)


def figures(db: Db, dialogue: Dialogue) -> Appraisals:
    """The appraisal by the rules of the method. The caller decides whether it may be shown."""
    plan = queries.plan(dialogue)
    counts = queries.present(db, dialogue.id).by_stakeholder
    proposals = [entry.id for entry in table_queries.entries(db, dialogue.id, kind="proposal")]
    given = select(Appraisal).where(
        Appraisal.dialogue_id == dialogue.id, of_who_counts(Appraisal.participant_id, dialogue.id)
    )
    return appraise(
        proposals,
        [
            Given(
                stakeholder=row.stakeholder,
                proposal=row.proposal_id,
                effect=row.effect,
                feasibility=row.feasibility,
                resistance=row.resistance,
            )
            for row in db.scalars(given)
            if row.proposal_id is None or row.proposal_id in set(proposals)
        ],
        {s.key: counts.get(s.key, 0) for s in plan.participating},
        plan.appraising,
    )


def commitments(db: Db, dialogue_id: str) -> list[CommitmentState]:
    """What was promised and stands, in the order in which it was."""
    standing = select(Commitment).where(Commitment.dialogue_id == dialogue_id, Commitment.withdrawn.is_(False))
    return [commitment_state(row) for row in db.scalars(standing.order_by(Commitment.number, Commitment.id))]


def withdrawn(db: Db, dialogue_id: str) -> list[CommitmentState]:
    """What was promised and taken back, in the order in which it was promised."""
    taken = select(Commitment).where(Commitment.dialogue_id == dialogue_id, Commitment.withdrawn)
    return [commitment_state(row) for row in db.scalars(taken.order_by(Commitment.number, Commitment.id))]


def next_number(db: Db, dialogue_id: str) -> int:
    """The number of the next commitment; numbers of those taken back are not given again."""
    return (db.scalar(select(func.max(Commitment.number)).where(Commitment.dialogue_id == dialogue_id)) or 0) + 1


def commitment_state(row: Commitment) -> CommitmentState:
    return CommitmentState(
        id=row.id,
        proposal_id=row.proposal_id,
        number=row.number,
        who=row.who,
        what=row.what,
        until=row.until,
        review_on=row.review_on,
    )


def feedback(db: Db, dialogue_id: str) -> Sequence[FeedbackPaper]:
    """The papers that count, in an order that tells nothing."""
    papers = select(FeedbackPaper).where(
        FeedbackPaper.dialogue_id == dialogue_id, of_who_counts(FeedbackPaper.participant_id, dialogue_id)
    )
    return db.scalars(papers.order_by(FeedbackPaper.id)).all()


def feedback_figures(db: Db, dialogue: Dialogue) -> FeedbackFigures:
    """How people found the afternoon, by the rules of the method. Answers to questions no longer asked do not count."""
    plan = queries.plan(dialogue)
    counts = queries.present(db, dialogue.id).by_stakeholder
    asked = [question.key for question in plan.feedback]
    papers = feedback(db, dialogue.id)
    return count_feedback(
        asked,
        [
            Answered(stakeholder=paper.stakeholder, answers={k: v for k, v in paper.answers.items() if k in asked})
            for paper in papers
        ],
        {s.key: counts.get(s.key, 0) for s in plan.participating},
    )


def feedback_of(db: Db, person_id: str) -> FeedbackPaper | None:
    return db.scalar(select(FeedbackPaper).where(FeedbackPaper.participant_id == person_id))
