"""Formats: readable files; one that cannot be used is refused with its line and the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialog.format import FOLDER, Format, InvalidFormat, Plan, all_formats, read_format
from dialog.words import Appraising, Step
from tests.people import small_plan

REGIONAL = (FOLDER / "regionaler-arbeitsmarktdialog.yaml").read_text(encoding="utf-8")


def _line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "test.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_regional_dialogue_is_a_format() -> None:
    regional = all_formats()["regionaler-arbeitsmarktdialog"]
    assert [planned.step for planned in regional.steps] == list(Step)
    assert [stakeholder.key for stakeholder in regional.participating] == [
        "jobcenter",
        "traeger",
        "leistungsberechtigte",
    ]
    assert regional.neighbours(Step.ARRIVE) == (None, Step.COLLECT)
    assert regional.neighbours(Step.CLOSE) == (Step.COMMIT, None)
    assert regional.limits.characters == 140
    with pytest.raises(KeyError):
        regional.stakeholder("nobody")
    assert [(level.key, level.in_process) for level in regional.levels] == [("A", False), ("B", True), ("C", False)]
    assert [one.key for one in regional.process_steps] == ["1", "2", "3", "4"]
    assert regional.appraising is Appraising.EFFECT_FEASIBILITY
    assert len(regional.feedback) == 3


def test_the_usual_format_comes_first_and_others_share_its_people() -> None:
    regional, *others = all_formats().values()
    assert regional.key == "regionaler-arbeitsmarktdialog"
    for other in others:
        assert (other.stakeholders, other.categories) == (regional.stakeholders, regional.categories)


def test_consensing_is_a_format_of_six_steps() -> None:
    consensing = all_formats()["konsensieren"]
    order = [planned.step for planned in consensing.steps]
    assert order == [Step.ARRIVE, Step.MIX, Step.SOLVE, Step.APPRAISE, Step.COMMIT, Step.CLOSE]
    assert consensing.appraising is Appraising.RESISTANCE
    assert consensing.step_plan(Step.APPRAISE).question["de"] == "Wie groß ist Ihr Widerstand?"


def _read_by_all(format_: Format) -> Iterator[dict[str, str]]:
    yield from (planned.question for planned in format_.steps)
    yield from (format_.questions.works, format_.questions.fails)
    yield from (one.label for one in (*format_.levels, *format_.process_steps))
    yield from (one.question for one in format_.feedback)
    if format_.feedback_sentence:
        yield format_.feedback_sentence


@pytest.mark.parametrize("format_", all_formats().values(), ids=lambda format_: format_.key)
def test_everybody_reads_the_questions_in_their_language(format_: Format) -> None:
    for words in _read_by_all(format_):
        assert set(words) == {"de", "de-easy", "en", "uk", "ar", "fa", "ru", "tr"}, words["de"]


@pytest.mark.parametrize(
    ("key", "second", "open_to_all"),
    [
        (
            "regionaler-arbeitsmarktdialog",
            {Step.MIX, Step.ENVISION, Step.TRANSLATE, Step.SOLVE, Step.APPRAISE, Step.COMMIT, Step.CLOSE},
            {Step.APPRAISE, Step.COMMIT, Step.CLOSE},
        ),
        (
            "konsensieren",
            {Step.MIX, Step.SOLVE, Step.APPRAISE, Step.COMMIT, Step.CLOSE},
            {Step.APPRAISE, Step.COMMIT, Step.CLOSE},
        ),
    ],
)
def test_round_2_begins_with_mixing(key: str, second: set[Step], open_to_all: set[Step]) -> None:
    format_ = all_formats()[key]
    order = [planned.step for planned in format_.steps]
    assert {step for step in order if format_.round_of(step) == 2} == second
    assert {step for step in order if format_.round_of(step) == 1} == set(order) - second
    assert {step for step in order if format_.is_past_solve(step)} == open_to_all


ROUND_2 = {
    "about", "levels", "process_steps", "appraising", "feedback", "feedback_sentence",
}  # fmt: skip
LIMITS_2 = {
    "wishes_per_person", "people_per_table", "text_characters", "title_characters", "proposals_per_table",
    "entries_per_table",
}  # fmt: skip


def test_a_plan_of_earlier_years_is_still_a_plan() -> None:
    stored: dict[str, Any] = small_plan().model_dump(mode="json", exclude=ROUND_2)
    stored["limits"] = {name: limit for name, limit in stored["limits"].items() if name not in LIMITS_2}
    round_1 = {"arrive", "collect", "sort", "nominate", "weigh", "mirror", "close"}
    stored["steps"] = [planned for planned in stored["steps"] if planned["step"] in round_1]
    plan = Plan.model_validate(stored)
    assert (plan.levels, plan.process_steps, plan.feedback, plan.feedback_sentence) == ((), (), (), None)
    assert plan.appraising is Appraising.EFFECT_FEASIBILITY
    assert (plan.limits.people_per_table, plan.limits.wishes_per_person) == (8, 2)
    assert {plan.round_of(planned.step) for planned in plan.steps} == {1}
    assert not any(plan.is_past_solve(planned.step) for planned in plan.steps)


@pytest.mark.parametrize(
    ("gone", "step", "needed"),
    [
        (Step.MIX, Step.ENVISION, Step.MIX),
        (Step.SOLVE, Step.APPRAISE, Step.SOLVE),
    ],
)
def test_a_step_needs_what_it_works_on(tmp_path: Path, gone: Step, step: Step, needed: Step) -> None:
    start = REGIONAL.index(f"  - step: {gone}")
    text = REGIONAL[:start] + REGIONAL[REGIONAL.index("  - step:", start + 1) :]
    with pytest.raises(InvalidFormat, match=f"the step {step} needs the step {needed} before it"):
        read_format(_written(tmp_path, text))


def test_what_a_step_needs_comes_before_it() -> None:
    plan = small_plan().model_dump()
    steps = list(plan["steps"])
    at = [planned["step"] for planned in steps].index(Step.SOLVE)
    steps[at], steps[at + 1] = steps[at + 1], steps[at]
    with pytest.raises(ValueError, match="the step appraise needs the step solve before it"):
        Plan.model_validate({**plan, "steps": steps})


@pytest.mark.parametrize(
    ("right", "wrong", "at", "reason"),
    [
        ("minutes: 20", "minutes: twenty", "minutes: twenty", "valid integer"),
        ("minutes: 20", "minutes: -1", "minutes: -1", "greater than or equal to 0"),
        ("- step: sort", "- step: sorting", "- step: sorting", "Input should be"),
        ("letter: J", "letter: J\n    colour: red", "colour: red", "Extra inputs"),
        ("palette: 1", "palette: 9", "palette: 9", "less than or equal to 8"),
        ("key: motivation", "key: Motivation!", "key: Motivation!", "match pattern"),
        ("{de: Kooperation, en: Cooperation}", "{en: Cooperation}", "{en: Cooperation}", "German wording"),
        ("key: motivation", "key: kooperation", "- {key: beziehungsqualitaet", "each key may stand only once"),
        ("- step: nominate", "- step: sort", "- step: arrive", "each step may stand only once"),
        ("- step: arrive", "- step: mirror", "- step: mirror", "may stand only once"),
        ("  votes_per_person: 3", "  votes_per_person: 0", "votes_per_person: 0", "greater than or equal to 1"),
        ("  wishes_per_person: 2", "  wishes_per_person: 6", "wishes_per_person: 6", "less than or equal to 5"),
        ("  people_per_table: 8", "  people_per_table: 1", "people_per_table: 1", "greater than or equal to 2"),
        ("- key: B", "- key: A", "- key: A", "each key may stand only once"),
        ("- key: C", "- key: Ö", "- key: Ö", "match pattern"),
        ('- key: "4"', "- key: 4", "- key: 4", "valid string"),
        ("feedback_sentence:\n  de: Was", "feedback_sentence:\n  en: Was", "  en: Was möchten", "German wording"),
    ],
)
def test_an_invalid_format_is_refused_with_line_and_reason(
    tmp_path: Path, right: str, wrong: str, at: str, reason: str
) -> None:
    assert right in REGIONAL
    text = REGIONAL.replace(right, wrong, 1)
    with pytest.raises(InvalidFormat) as refused:
        read_format(_written(tmp_path, text))
    assert str(refused.value).startswith(f"test.yaml, line {_line_of(text, at)}: ")
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("just a text", 1),
        ("- a\n- list", 1),
        ("key: x\nname: {de: X\nsteps: []", 3),
        ("key: x\n\tname: y", 2),
        ("key: 2026-13-45", 1),
        ("key: \x07", 1),
        ("? [a]\n: b", 1),
    ],
)
def test_what_is_no_format_at_all_is_refused_too(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(InvalidFormat, match=rf"^test\.yaml, line {line}: "):
        read_format(_written(tmp_path, text))


def test_a_format_leads_from_arrive_to_close(tmp_path: Path) -> None:
    text = REGIONAL[: REGIONAL.index("  - step: close")] + REGIONAL[REGIONAL.index("\nquestions:") :]
    with pytest.raises(InvalidFormat, match="the last one close"):
        read_format(_written(tmp_path, text))


def test_at_least_two_stakeholders_take_part(tmp_path: Path) -> None:
    with pytest.raises(InvalidFormat, match="at least two stakeholders must take part"):
        read_format(_written(tmp_path, REGIONAL.replace("participates: true", "participates: false")))


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFormat, match="limits: Field required"):
        read_format(_written(tmp_path, REGIONAL[: REGIONAL.index("limits:")]))


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\x89PNG\xff\xfe")
    for wrong in (path, tmp_path / "missing.yaml"):
        with pytest.raises(InvalidFormat, match="line 1"):
            read_format(wrong)


def test_two_formats_with_one_key_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(REGIONAL, encoding="utf-8")
    with pytest.raises(InvalidFormat, match=r"b\.yaml, line 1: another file already has the key"):
        all_formats(tmp_path)
