"""Formats: readable files; one that cannot be used is refused with its line and the reason."""

from pathlib import Path

import pytest

from dialog.format import FOLDER, InvalidFormat, all_formats, read_format
from dialog.words import Step

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
    assert regional.neighbours(Step.CLOSE) == (Step.MIRROR, None)
    assert regional.limits.characters == 140
    with pytest.raises(KeyError):
        regional.stakeholder("nobody")


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
