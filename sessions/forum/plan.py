"""From a plan to its form and back. Errors of the plan become sentences at the field they are about."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form

from dialog.format import Format, Plan
from dialog.words import Step
from sessions.forum.plan_form import NEEDED, SIGNS, PlanForm
from sessions.language import _, lazy
from sessions.moderator.words import step_name

ADDRESSED_PALETTE = 4
PALETTE = range(1, 9)
KEEP_FOR_YEARS = 1


def plan_form(base: Format, formdata: MultiDict[str, str] | None = None, day: date | None = None) -> PlanForm:
    """The form, filled with what was sent, else with the plan or format. `day` None leaves the date open."""
    form = PlanForm(formdata=formdata, data=None if formdata else _values(base, day))
    signs = list(dict.fromkeys((*SIGNS, *(s.sign for s in base.stakeholders))))
    for row in rows(form.stakeholders):
        row.sign.choices = [(sign, sign) for sign in signs]
    return form


def rows(many: FieldList) -> list[Form]:
    """The rows of a list of fields."""
    return [entry.form for entry in many]


def drawn_with(form: PlanForm, base: Format) -> dict[str, Any]:
    """What the page of a plan is drawn with."""
    return {
        "form": form,
        "base": base,
        "has_errors": has_errors(form),
        "palettes": {s.key: s.palette for s in base.stakeholders},
        "step_name": lambda key: step_name(Step(key)),
    }


def _values(base: Format, day: date | None) -> dict[str, Any]:
    plan = base if isinstance(base, Plan) else None
    return {
        "title": plan.title if plan else base.name["de"],
        "place": plan.place if plan else "",
        "held_on": day,
        "deletes_on": plan.deletes_on if plan and plan.held_on == day else None,
        **{name: getattr(base.limits, name) for name in LIMITS},
        "works": base.questions.works["de"],
        "fails": base.questions.fails["de"],
        "steps": [{"step": s.step.value, "minutes": s.minutes, "question": s.question["de"]} for s in base.steps],
        "stakeholders": [
            {
                "key": s.key,
                "label": s.label["de"],
                "short": s.short["de"],
                "letter": s.letter,
                "sign": s.sign,
                "participates": s.participates,
                "expected": plan.expected.get(s.key, 0) if plan and s.participates else None,
            }
            for s in base.stakeholders
        ],
        "categories": [{"key": c.key, "label": c.label["de"]} for c in base.categories],
    }


LIMITS = ("votes_per_person", "votes_per_topic", "cards_per_person", "people_per_group")


def read_plan(form: PlanForm, base: Format) -> Plan | None:
    """The plan the form says, on top of `base`; None, with a sentence at each wrong field, if it cannot be one."""
    if not (form.validate() and _is_sound(form)):
        return None
    try:
        return Plan.model_validate(_content(form, base))
    except ValidationError as error:
        for detail in error.errors():
            _say(_field_of(form, detail["loc"]), _sentence(detail))
        return None


def _is_sound(form: PlanForm) -> bool:
    """What a plan's parts must be together."""
    people = [row for row in rows(form.stakeholders) if row.participates.data]
    if len(people) < 2:
        for row in rows(form.stakeholders)[:1]:
            _say(row.participates, _("At least two groups must take part."))
    for row in people:
        if not re.fullmatch(r"[^\W\d_]{1,3}", row.letter.data or ""):
            _say(row.letter, _("One to three letters, for example J."))
    _say_repeated((row.letter for row in people), _("This letter already belongs to another group."))
    _say_repeated((row.label for row in rows(form.stakeholders)), _("This name already stands above."))
    _say_repeated((row.label for row in rows(form.categories)), _("This name already stands above."))
    if not len(form.categories):
        _say(form.categories, _("Please keep at least one category."))
    votes, per_topic = form.votes_per_person.data, form.votes_per_topic.data
    if votes and per_topic and per_topic > votes:
        _say(form.votes_per_topic, _("Not more than each person has votes."))
    if form.deletes_on.data and form.held_on.data and form.deletes_on.data <= form.held_on.data:
        _say(form.deletes_on, _("Please choose a day after the dialogue."))
    return not has_errors(form)


def has_errors(form: PlanForm) -> bool:
    """Whether any field has a sentence to say, those in rows included."""
    lists = (form.steps, form.stakeholders, form.categories)
    return bool(form.errors) or any(row.errors for one in lists for row in rows(one))


def _say_repeated(fields: Iterable[Field], sentence: str) -> None:
    seen: set[str] = set()
    for field in fields:
        word = (field.data or "").casefold()
        if word and word in seen:
            _say(field, sentence)
        seen.add(word)


def _say(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def _content(form: PlanForm, base: Format) -> dict[str, Any]:
    known = {s.key: s for s in base.stakeholders}
    codes = {c.key: c for c in base.categories}
    planned = {s.step.value: s for s in base.steps}
    free = [number for number in PALETTE if number not in {s.palette for s in base.stakeholders}]
    stakeholders = []
    expected = {}
    for row in rows(form.stakeholders):
        was = known.get(row.key.data)
        key = was.key if was else _new_key(row.label.data, {*known, *(s["key"] for s in stakeholders)})
        takes_part = bool(row.participates.data)
        palette = was.palette if was else (free.pop(0) if takes_part and free else ADDRESSED_PALETTE)
        stakeholders.append(
            {
                "key": key,
                "label": _reworded(was.label if was else {}, row.label.data),
                "short": _reworded(was.short if was else {}, row.short.data or row.label.data),
                "own": was.own if was else None,
                "letter": (row.letter.data or row.label.data[:1]).upper(),
                "sign": row.sign.data,
                "palette": palette,
                "participates": takes_part,
            }
        )
        if takes_part:
            expected[key] = row.expected.data or 0
    categories = []
    for row in rows(form.categories):
        kept = codes.get(row.key.data)
        key = kept.key if kept else _new_key(row.label.data, {*codes, *(c["key"] for c in categories)})
        categories.append({"key": key, "label": _reworded(kept.label if kept else {}, row.label.data)})
    assert form.held_on.data is not None
    return {
        "key": base.key,
        "name": base.name,
        "title": form.title.data,
        "place": form.place.data,
        "held_on": form.held_on.data,
        "deletes_on": form.deletes_on.data or _years_later(form.held_on.data),
        "expected": expected,
        "steps": [
            {
                "step": row.step.data,
                "minutes": row.minutes.data,
                "question": _reworded(planned[row.step.data].question, row.question.data),
            }
            for row in rows(form.steps)
            if row.step.data in planned
        ],
        "questions": {
            "works": _reworded(base.questions.works, form.works.data),
            "fails": _reworded(base.questions.fails, form.fails.data),
        },
        "stakeholders": stakeholders,
        "categories": categories,
        "limits": {**base.limits.model_dump(), **{name: form[name].data for name in LIMITS}},
    }


def _reworded(was: dict[str, str], german: str | None) -> dict[str, str]:
    """The texts with this German wording. Other languages stay only while the German they translate stays."""
    return was if was.get("de") == german else {"de": german or ""}


def _new_key(label: str | None, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", (label or "").casefold().replace("ß", "ss"))
    word = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:30] or "new"
    return next(key for key in (word, *(f"{word}-{n}" for n in range(2, 1000))) if key not in taken)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + KEEP_FOR_YEARS)
    except ValueError:
        return day.replace(year=day.year + KEEP_FOR_YEARS, month=3, day=1)


def _field_of(form: PlanForm, loc: tuple[int | str, ...]) -> Field:
    """The field a part of the plan was read from; the title for what no field says."""
    match loc:
        case ("stakeholders" | "categories" | "steps" as name, int(at), str(part), *_rest):
            row = form[name][at].form
            return row[part] if part in row else row["question" if name == "steps" else "label"]
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
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return _("At least %(number)s, please.", number=limits["ge"])
        case "less_than_equal":
            return _("At most %(number)s, please.", number=limits["le"])
        case "string_too_long":
            return _("Please shorten this to %(limit)s characters.", limit=limits["max_length"])
        case kind if kind in SENTENCES:
            return str(SENTENCES[kind])
    return _("This cannot be saved. Please check it.")
