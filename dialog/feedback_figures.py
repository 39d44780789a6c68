"""From the answers at the close to figures: how people found the afternoon, question by question.

Pure arithmetic on values; the means, spreads and counts are those of `dialog.spread`, and so is the rule for small
groups: below 10 people no mean is told (`Spread.told_mean` and `told_means` are None then), but the counts are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog.spread import Spread, spread

ANSWERS = range(1, 6)
"""What an answer can be: 1 (not at all) to 5 (fully)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One person's answers, 1 to 5 by question. Questions left open may be left out."""

    stakeholder: str
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """What people answered to one question."""

    question: str
    answers: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFigures:
    """All figures of the feedback. People are given by stakeholder, in the order of the format."""

    questions: Sequence[QuestionFigures]
    """In the order given."""
    present: Mapping[str, int]
    """People in the room."""
    answered: Mapping[str, int]
    """People who answered at least one question."""
    silent: Sequence[str]
    """Stakeholders who are in the room and of whom nobody answered: the figures do not speak for them."""

    @property
    def n(self) -> int:
        """People who answered at least one question."""
        return sum(self.answered.values())


def feedback_figures(
    questions: Sequence[str], given: Sequence[Answered], present: Mapping[str, int]
) -> FeedbackFigures:
    """Count the answers.

    `questions` are the keys of those asked; `given` holds at most one per person; `present` holds the people in the
    room for each participating stakeholder, in the order of the format.

    Raises ValueError for a question given twice or not known, an unknown stakeholder, an answer that is not 1 to 5,
    negative numbers, and more answers of a stakeholder than people of it in the room.
    """
    _check(questions, given, present)
    answered = Counter(one.stakeholder for one in given if one.answers)
    return FeedbackFigures(
        questions=tuple(
            QuestionFigures(
                question=question,
                answers=spread(
                    [(one.stakeholder, one.answers[question]) for one in given if question in one.answers],
                    list(present),
                    ANSWERS,
                ),
            )
            for question in questions
        ),
        present=dict(present),
        answered={s: answered[s] for s in present},
        silent=tuple(s for s, people in present.items() if people and not answered[s]),
    )


def _check(questions: Sequence[str], given: Sequence[Answered], present: Mapping[str, int]) -> None:
    if len(set(questions)) < len(questions):
        raise ValueError("a question stands twice")
    if any(people < 0 for people in present.values()):
        raise ValueError("a negative number of people in the room")
    for stakeholder, people in Counter(one.stakeholder for one in given).items():
        if stakeholder not in present:
            raise ValueError(f"unknown stakeholder: {stakeholder}")
        if people > present[stakeholder]:
            raise ValueError(f"more answers than people in the room: {stakeholder}")
    for one in given:
        if unknown := set(one.answers) - set(questions):
            raise ValueError(f"unknown question: {', '.join(sorted(unknown))}")
