"""What is wrong with a plan becomes a sentence at the field it is about."""

from collections.abc import Iterable

from pydantic_core import ErrorDetails
from wtforms import Field

from sessions.forum.plan_form import NEEDED, PlanForm
from sessions.forum.plan_rows import LISTS, rows
from sessions.language import _, lazy

LIMITS = (
    "votes_per_person", "votes_per_topic", "cards_per_person", "people_per_group",
    "wishes_per_person", "people_per_table", "proposals_per_table",
)  # fmt: skip
"""The limits that a moderator sets; the others stay as the format has them."""


def has_errors(form: PlanForm) -> bool:
    """Whether any field has a sentence to say, those in rows included."""
    return bool(form.errors) or any(row.errors for name in ("steps", *LISTS) for row in rows(form[name]))


def say(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def say_repeated(fields: Iterable[Field], sentence: str) -> None:
    """Say it at each field that repeats an earlier one."""
    seen: set[str] = set()
    for field in fields:
        word = (field.data or "").casefold()
        if word and word in seen:
            say(field, sentence)
        seen.add(word)


def say_what(form: PlanForm, detail: ErrorDetails) -> None:
    """Say one error of the plan at its field."""
    say(_field_of(form, detail), _sentence(detail))


def _field_of(form: PlanForm, detail: ErrorDetails) -> Field:
    """The field a part of the plan was read from; the title for what no field says."""
    match detail["loc"]:
        case ("steps", int(at), str(part), *_rest):
            row = [row for row in rows(form.steps) if row.planned.data][at]
            return row[part] if part in row else row.question
        case (str(name), int(at), str(part), *_rest) if name in LISTS:
            row = rows(form[name])[at]
            return row[part] if part in row else row.label
        case ("limits", str(name)) if name in LIMITS:
            return form[name]
        case ("questions", str(name), *_rest):
            return form[name]
        case ("expected", str(_key)):
            return next(row.expected for row in rows(form.stakeholders) if row.participates.data)
        case (str(name), *_rest) if name in form:
            return form[name]
    return form.title


SENTENCES = {
    "int_type": lazy("Please enter a whole number."),
    "string_too_short": NEEDED,
    "value_error": NEEDED,
}


def _sentence(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return _("At least %(number)s, please.", number=context["ge"])
        case "less_than_equal":
            return _("At most %(number)s, please.", number=context["le"])
        case "string_too_long":
            return _("Please shorten this to %(limit)s characters.", limit=context["max_length"])
        case kind if kind in SENTENCES:
            return str(SENTENCES[kind])
    return _("This cannot be saved. Please check it.")
