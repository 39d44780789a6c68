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

from dialog.words import Step

FOLDER = Path(__file__).parent / "formats"

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


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


Keyed = TypeVar("Keyed", Stakeholder, Category)


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
    return steps


class Format(Part):
    """A format as its file says it."""

    key: Key
    name: Words
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
        order = [plan.step for plan in self.steps]
        return Step.COLLECT in order and order.index(step) > order.index(Step.COLLECT)

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


class InvalidFormat(Exception):
    """A format file that cannot be used; the message names the file, the line and the reason."""


def read_format(path: Path) -> Format:
    """Read one format file. Raises InvalidFormat with file, line and reason."""
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
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
        line = _line(tree, first["loc"])
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
    """Every format of the folder by key. Raises InvalidFormat for the first that cannot be used."""
    formats: dict[str, Format] = {}
    for path in sorted(folder.glob("*.yaml")):
        found = read_format(path)
        if found.key in formats:
            raise InvalidFormat(f"{path.name}, line 1: another file already has the key {found.key}")
        formats[found.key] = found
    return formats
