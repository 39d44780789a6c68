"""How people found the afternoon."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dialog.feedback_figures import ANSWERS, QuestionFigures
from exports.profile import Withheld
from exports.report import Report
from exports.table import Column, Kind, Table, table
from exports.tables.appraisal import by_stakeholder, mark_columns, mark_counts, mean_or_counts
from exports.words import _


def answers(report: Report) -> Table:
    """Each question: how many people gave which mark, and the mean from 10 people on."""
    told = [_in_all(one) for one in report.round_two.feedback.questions]
    keys = ("people", "mean", *(f"mark {mark}" for mark in ANSWERS))
    few = (one.key for one in report.plan.feedback if one.key in report.round_two.few_answers)
    return _answers(
        report, [*told, *({"question": one, "who": _("all"), **dict.fromkeys(keys, Withheld.SMALL)} for one in few)]
    )


def answers_by_stakeholder(report: Report) -> Table:
    """The same for each stakeholder of whom somebody answered."""
    return _answers(report, [row for one in report.round_two.feedback.questions for row in _of_each(report, one)])


def _answers(report: Report, rows: Sequence[Mapping[str, Any]]) -> Table:
    words = {question.key: question.question["de"] for question in report.plan.feedback}
    columns = [
        Column(key="question", head=_("Question"), width=60),
        Column(key="who", head=_("Stakeholder"), kind=Kind.WHO, width=26),
        Column(key="people", head=_("People"), kind=Kind.NUMBER, width=13),
        Column(key="mean", head=_("Mean"), kind=Kind.MEAN, width=13),
        *mark_columns(ANSWERS),
    ]
    return table([{**row, "question": words[row["question"]]} for row in rows], columns)


def _in_all(one: QuestionFigures) -> Mapping[str, Any]:
    return {
        "question": one.question,
        "who": _("all"),
        "people": one.answers.n,
        "mean": mean_or_counts(one.answers.told_mean, one.answers.high_in_all, one.answers.n),
        **mark_counts(ANSWERS, one.answers.distribution),
    }


def _of_each(report: Report, one: QuestionFigures) -> Iterator[Mapping[str, Any]]:
    means = by_stakeholder(one.answers)
    for key, people in one.answers.people.items():
        if people:
            counts = mark_counts(ANSWERS, one.answers.counts[key])
            yield {"question": one.question, "who": report.who(key), "people": people, "mean": means[key], **counts}


def sentences(report: Report) -> Table:
    """What people added in a sentence of their own, without saying who."""
    asked = report.plan.feedback_sentence
    columns = [Column(key="sentence", head=asked["de"] if asked else _("Sentences"), width=60)]
    return table([{"sentence": sentence} for sentence in report.round_two.sentences], columns)
