"""How people found the afternoon, question by question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.feedback_figures import Answered, feedback_figures

ROOM = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
QUESTIONS = ["gesagt", "verstanden", "weiter"]


def papers(stakeholder: str, *rows: str) -> list[Answered]:
    """One paper for each row; its digits are the answers in the order of the questions, a dash is none."""
    return [
        Answered(
            stakeholder=stakeholder,
            answers={q: int(mark) for q, mark in zip(QUESTIONS, row, strict=True) if mark != "-"},
        )
        for row in rows
    ]


def test_counted_by_hand() -> None:
    given_papers = papers("jobcenter", *["543"] * 9, "5--") + papers("traeger", "12-", "---")
    figures = feedback_figures(QUESTIONS, given_papers, ROOM)
    assert [one.question for one in figures.questions] == QUESTIONS
    said, understood, again = (one.answers for one in figures.questions)
    assert said.distribution == (1, 0, 0, 0, 10)
    assert (said.n, understood.n, again.n) == (11, 10, 9)
    assert (said.told_mean, understood.told_mean) == (46, 38)
    assert said.told_means == {"jobcenter": 50, "traeger": None, "leistungsberechtigte": None}
    assert figures.answered == {"jobcenter": 10, "traeger": 1, "leistungsberechtigte": 0}
    assert (figures.n, figures.silent) == (11, ("leistungsberechtigte",))


def test_nine_answers_have_no_mean_but_counts() -> None:
    again = feedback_figures(QUESTIONS, papers("jobcenter", *["543"] * 9), ROOM).questions[2].answers
    assert (again.told_mean, again.enough) == (None, False)
    assert (again.distribution, again.high_in_all, again.n) == ((0, 0, 9, 0, 0), 0, 9)


def test_who_is_not_in_the_room_is_not_silent() -> None:
    assert feedback_figures(QUESTIONS, [], {"jobcenter": 0, "traeger": 1}).silent == ("traeger",)


def test_a_question_nobody_answered_is_still_there() -> None:
    figures = feedback_figures(QUESTIONS, [], {})
    assert [(one.question, one.answers.n, one.answers.mean) for one in figures.questions] == [
        (question, 0, None) for question in QUESTIONS
    ]


@pytest.mark.parametrize(
    ("questions", "given_papers", "room", "complaint"),
    [
        (["gesagt", "gesagt"], [], {}, "stands twice"),
        (["gesagt"], papers("traeger", "-3-"), {"traeger": 1}, "unknown question: verstanden"),
        (QUESTIONS, papers("traeger", "333"), {"jobcenter": 1}, "unknown stakeholder: traeger"),
        (QUESTIONS, papers("traeger", "333", "333"), {"traeger": 1}, "more answers than people"),
        (QUESTIONS, papers("traeger", "363"), {"traeger": 1}, "6 is not between 1 and 5"),
        (QUESTIONS, papers("traeger", "033"), {"traeger": 1}, "0 is not between 1 and 5"),
        (QUESTIONS, [], {"traeger": -1}, "negative number of people"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    questions: list[str], given_papers: list[Answered], room: dict[str, int], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        feedback_figures(questions, given_papers, room)


answers = st.dictionaries(st.sampled_from(QUESTIONS), st.integers(1, 5))
many_papers = st.lists(st.builds(Answered, stakeholder=st.sampled_from(list(ROOM)), answers=answers), max_size=40)


@given(many_papers)
def test_an_independent_count_comes_to_the_same(given_papers: list[Answered]) -> None:
    figures = feedback_figures(QUESTIONS, given_papers, dict.fromkeys(ROOM, 40))
    assert figures.n == len([paper for paper in given_papers if paper.answers])
    assert set(figures.silent) == set(ROOM) - {paper.stakeholder for paper in given_papers if paper.answers}
    for one in figures.questions:
        for stakeholder in ROOM:
            marks = [p.answers.get(one.question) for p in given_papers if p.stakeholder == stakeholder]
            assert one.answers.counts[stakeholder] == tuple(marks.count(mark) for mark in range(1, 6))
