"""Say how the afternoon was: a mark 1–5 for each question of the format, and a sentence if one likes."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog import errors, promise_queries, queries, writing
from dialog.acting import Command
from dialog.by_hand import person_concerned
from dialog.events import FeedbackGiven, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveFeedback(Command):
    """`answers` maps keys of questions to 1–5; a question may be left out. It can be changed until the close."""

    answers: Mapping[str, int]
    sentence: str
    person_id: str | None = None


def give_feedback(db: Db, command: GiveFeedback) -> list[Happening]:
    """Raises UnknownQuestion, BadScores, TextTooLong, NoSuchThing, NotByHand or NotYourGroup."""
    plan = queries.plan(queries.dialogue(db, command.dialogue_id))
    if not set(command.answers) <= {question.key for question in plan.feedback}:
        raise errors.UnknownQuestion()
    if any(mark not in range(1, 6) for mark in command.answers.values()):
        raise errors.BadScores()
    person = person_concerned(db, command, command.person_id)
    sentence = writing.clean_or_empty(command.sentence, plan.limits.text_characters)
    answers = dict(sorted(command.answers.items()))
    paper = promise_queries.feedback_of(db, person.id)
    was = (dict(paper.answers), paper.sentence) if paper is not None else ({}, "")
    if (answers, sentence) == was:
        return []
    return [
        FeedbackGiven(
            paper_id=command.new_id("feedback"),
            person_id=person.id,
            answers=answers,
            sentence=sentence,
            was_answers=was[0],
            was_sentence=was[1],
            answered=0,
        )
    ]
