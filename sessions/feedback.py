"""How people found the afternoon, in figures for moderators. The numbers are those of `dialog.feedback_figures`."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import promise_queries, queries
from dialog.feedback_figures import ANSWERS
from dialog.models import Dialogue
from dialog.spread import Spread
from dialog.store import Db
from sessions.appraisal import Figure, by_stakeholder, in_all
from sessions.language import words
from sessions.results import Cell
from sessions.stakeholders import Who, taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """What people answered to one question: how many gave which answer, and the figure for all and of each group."""

    question: str
    people: int
    counts: Sequence[Cell]
    """One for each answer from 1 to 5: people, and how long the bar is."""
    all: Figure
    of: dict[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackShown:
    questions: Sequence[QuestionShown]
    answers: range
    voters: Sequence[Who]
    answered: int
    present: int
    silent: Sequence[Who]
    sentences: Sequence[str]
    """The free sentences, in an order that tells nothing; none is told with its writer's group."""


def feedback_shown(db: Db, dialogue: Dialogue) -> FeedbackShown | None:
    """The feedback, for moderators once the dialogue is closed; None before, and where the format asks for none."""
    plan = queries.plan(dialogue)
    if not dialogue.closed or not (plan.feedback or plan.feedback_sentence):
        return None
    figures = promise_queries.feedback_figures(db, dialogue)
    voters = [who for who in taking_part(plan) if figures.present[who.key]]
    asked = {one.key: words(one.question) for one in plan.feedback}
    papers = promise_queries.feedback(db, dialogue.id)
    return FeedbackShown(
        questions=[
            _question(asked[one.question], one.answers, [who.key for who in voters]) for one in figures.questions
        ],
        answers=ANSWERS,
        voters=voters,
        answered=promise_queries.answered(db, dialogue.id),
        present=sum(figures.present.values()),
        silent=[who for who in voters if who.key in figures.silent],
        sentences=[paper.sentence for paper in papers if paper.sentence],
    )


def _question(question: str, answers: Spread, keys: Sequence[str]) -> QuestionShown:
    most = max(answers.distribution, default=0)
    return QuestionShown(
        question=question,
        people=answers.n,
        counts=[Cell(text=str(n), share=round(100 * n / most, 1) if most else 0) for n in answers.distribution],
        all=in_all(answers),
        of=by_stakeholder(answers, keys),
    )
