"""A format: an ordered list of steps with their questions, stakeholders, categories, durations and limits.

Formats are data, one readable file each in `formats/`. A dialogue starts with a copy, its `Plan`, which the
moderator adjusts.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dialog.words import Appraising, Step

FOLDER = Path(__file__).parent / "formats"
USUAL = "regionaler-arbeitsmarktdialog"
"""The format that is meant as long as nobody has chosen another."""

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]

LevelKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,8}$")]
"""The letter or number by which people call a level: A, B, C."""

NEEDS = {
    Step.ENVISION: Step.MIX,
    Step.TRANSLATE: Step.MIX,
    Step.SOLVE: Step.MIX,
    Step.APPRAISE: Step.SOLVE,
    Step.COMMIT: Step.MIX,
}
"""What must come earlier, because a step works on what is made there: tables, proposals."""


def _has_german(words: dict[str, str]) -> dict[str, str]:
    if not words.get("de", "").strip():
        raise ValueError("the German wording (de) is missing")
    return words


Words = Annotated[dict[str, Annotated[str, Field(max_length=400)]], AfterValidator(_has_german)]
"""One text in several languages, by language code; German is always there and is what the others fall back to."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stakeholder(Part):
    """A group of the triangle (`participates`), or one that is only addressed."""

    key: Key
    label: Words
    short: Words
    own: Words | None = None
    letter: Annotated[str, Field(min_length=1, max_length=3)]
    sign: Annotated[str, Field(min_length=1, max_length=2)]
    palette: Annotated[int, Field(ge=1, le=8)]
    participates: bool


class Category(Part):
    """A code of the code book; makes topics countable across dialogues."""

    key: Key
    label: Words


class Level(Part):
    """Where a proposal acts: with one person, in the process (`in_process`: it names a process step), in structures."""

    key: LevelKey
    label: Words
    in_process: bool


class ProcessStep(Part):
    """A step of the process that a proposal of an `in_process` level can be about."""

    key: Key
    label: Words


class FeedbackQuestion(Part):
    """A question at the close, answered from 1 (not at all) to 5 (fully)."""

    key: Key
    question: Words


class StepPlan(Part):
    """One step of a format with its advisory duration in minutes and the question people see."""

    step: Step
    minutes: Annotated[int, Field(ge=0, le=480)]
    question: Words


class Questions(Part):
    """What the two kinds of cards ask."""

    works: Words
    fails: Words


class Limits(Part):
    """How much of everything; counts per person unless the name says otherwise."""

    characters: Annotated[int, Field(ge=20, le=1000)] = 140
    characters_hint: Annotated[int, Field(ge=10, le=1000)] = 60
    cards_per_person: Annotated[int, Field(ge=1, le=100)] = 20
    votes_per_person: Annotated[int, Field(ge=1, le=20)] = 3
    votes_per_topic: Annotated[int, Field(ge=1, le=20)] = 1
    nominations_per_group: Annotated[int, Field(ge=1, le=10)] = 3
    people_per_group: Annotated[int, Field(ge=2, le=100)] = 12
    people: Annotated[int, Field(ge=3, le=2000)] = 500
    wishes_per_person: Annotated[int, Field(ge=0, le=5)] = 2
    people_per_table: Annotated[int, Field(ge=2, le=30)] = 8
    text_characters: Annotated[int, Field(ge=50, le=4000)] = 600
    title_characters: Annotated[int, Field(ge=20, le=200)] = 120
    proposals_per_table: Annotated[int, Field(ge=1, le=50)] = 12
    entries_per_table: Annotated[int, Field(ge=1, le=500)] = 60


Keyed = TypeVar("Keyed", Stakeholder, Category, Level, ProcessStep, FeedbackQuestion)


def _once(parts: tuple[Keyed, ...]) -> tuple[Keyed, ...]:
    keys = [part.key for part in parts]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"each key may stand only once, {key} stands {keys.count(key)} times")
    return parts


def _two_take_part(stakeholders: tuple[Stakeholder, ...]) -> tuple[Stakeholder, ...]:
    if sum(stakeholder.participates for stakeholder in stakeholders) < 2:
        raise ValueError("at least two stakeholders must take part")
    return stakeholders


def _from_arrive_to_close(steps: tuple[StepPlan, ...]) -> tuple[StepPlan, ...]:
    order = [planned.step for planned in steps]
    if len(set(order)) < len(order):
        raise ValueError("each step may stand only once")
    if order[0] is not Step.ARRIVE or order[-1] is not Step.CLOSE:
        raise ValueError("the first step must be arrive and the last one close")
    for step, needed in NEEDS.items():
        if step in order and needed not in order[: order.index(step)]:
            raise ValueError(f"the step {step} needs the step {needed} before it")
    return steps


class Format(Part):
    """A format as its file says it. What has a value here may be missing in a file, and in plans of earlier years.

    `about` says in a sentence what the format is for. `levels`, `process_steps` and `appraising` are about proposals;
    `feedback` is asked at the close, with `feedback_sentence` for one free sentence.
    """

    key: Key
    name: Words
    about: Words | None = None
    steps: Annotated[tuple[StepPlan, ...], Field(min_length=2), AfterValidator(_from_arrive_to_close)]
    questions: Questions
    stakeholders: Annotated[
        tuple[Stakeholder, ...],
        Field(min_length=2, max_length=24),
        AfterValidator(_once),
        AfterValidator(_two_take_part),
    ]
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=60), AfterValidator(_once)]
    limits: Limits
    levels: Annotated[tuple[Level, ...], Field(max_length=12), AfterValidator(_once)] = ()
    process_steps: Annotated[tuple[ProcessStep, ...], Field(max_length=12), AfterValidator(_once)] = ()
    appraising: Appraising = Appraising.EFFECT_FEASIBILITY
    feedback: Annotated[tuple[FeedbackQuestion, ...], Field(max_length=6), AfterValidator(_once)] = ()
    feedback_sentence: Words | None = None

    @property
    def participating(self) -> tuple[Stakeholder, ...]:
        return tuple(s for s in self.stakeholders if s.participates)

    def stakeholder(self, key: str) -> Stakeholder:
        """The stakeholder with this key; KeyError if the format has none."""
        for stakeholder in self.stakeholders:
            if stakeholder.key == key:
                return stakeholder
        raise KeyError(key)

    def step_plan(self, step: Step) -> StepPlan:
        """The plan of one step; KeyError if the format does not hold it."""
        for plan in self.steps:
            if plan.step is step:
                return plan
        raise KeyError(step)

    def is_past_collect(self, step: Step) -> bool:
        """Whether cards are written before this step, so that in it every group's cards are open to the group."""
        return self._is_past(Step.COLLECT, step)

    def is_past_solve(self, step: Step) -> bool:
        """Whether proposals are written before this step, so that in it the proposals of all tables are open to all."""
        return self._is_past(Step.SOLVE, step)

    def round_of(self, step: Step) -> int:
        """The round of a step: 2 from `mix` on, when people sit at mixed tables, else 1."""
        return 2 if step is Step.MIX or self._is_past(Step.MIX, step) else 1

    def _is_past(self, earlier: Step, step: Step) -> bool:
        order = [plan.step for plan in self.steps]
        return earlier in order and order.index(step) > order.index(earlier)

    def neighbours(self, step: Step) -> tuple[Step | None, Step | None]:
        """The steps before and after this one, in the order of the format."""
        order = [plan.step for plan in self.steps]
        at = order.index(step)
        return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)


class Plan(Format):
    """A dialogue's own copy of its format, with what is planned for this one afternoon."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    place: Annotated[str, Field(min_length=1, max_length=120)]
    held_on: date
    deletes_on: date
    expected: dict[str, Annotated[int, Field(ge=0, le=2000)]]


PLANS_KEPT = 64
_plans: dict[str, tuple[dict[str, Any], Plan]] = {}


def read_plan(dialogue_id: str, row: dict[str, Any]) -> Plan:
    """The plan that a dialogue's row holds; not to be changed. Checking one costs far more than comparing it."""
    kept = _plans.get(dialogue_id)
    if kept is None or (kept[0] is not row and kept[0] != row):
        if len(_plans) >= PLANS_KEPT:
            _plans.clear()
        kept = _plans[dialogue_id] = (row, Plan.model_validate(row))
    return kept[1]


class InvalidFormat(Exception):
    """A format file that cannot be used; the message names the file, the line and the reason."""


_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as quick where PyYAML was built with its library: every process reads the formats when it starts."""


def read_format(path: Path) -> Format:
    """Read one format file. Raises InvalidFormat with file, line and reason."""
    try:
        text = path.read_text(encoding="utf-8")
        content = yaml.load(text, Loader=_QUICK)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidFormat(f"{path.name}, line {line}: {error.problem}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InvalidFormat(f"{path.name}, line 1: {error}") from error
    try:
        return Format.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"]) or "the file"
        line = _line(yaml.compose(text, Loader=_QUICK), first["loc"])
        raise InvalidFormat(f"{path.name}, line {line}: {where}: {first['msg']}") from error


def _line(node: Any, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest node on the way to `location` that the file really has."""
    for part in location:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == part:
                    node = value
                    break
            else:
                break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            break
    return node.start_mark.line + 1 if node is not None else 1


@cache
def all_formats(folder: Path = FOLDER) -> dict[str, Format]:
    """Every format of the folder by key, the usual one first. Raises InvalidFormat for the first unusable file."""
    formats: dict[str, Format] = {}
    for path in sorted(folder.glob("*.yaml")):
        found = read_format(path)
        if found.key in formats:
            raise InvalidFormat(f"{path.name}, line 1: another file already has the key {found.key}")
        formats[found.key] = found
    return dict(sorted(formats.items(), key=lambda item: item[0] != USUAL))
