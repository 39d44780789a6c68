"""What the form of a plan says, as a plan's content. Whatever keeps its German wording keeps its translations."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from string import ascii_uppercase
from typing import Any

from dialog.format import Format
from sessions.forum.plan_form import PlanForm
from sessions.forum.plan_mistakes import LIMITS
from sessions.forum.plan_rows import rows
from sessions.forum.plan_steps import offered_steps

ADDRESSED_PALETTE = 4
PALETTE = range(1, 9)
KEEP_FOR_YEARS = 1


def content_of(form: PlanForm, base: Format) -> dict[str, Any]:
    """The content of a plan on top of `base`, not yet checked. The form has been validated."""
    stakeholders = _stakeholders(form, base)
    assert form.held_on.data is not None
    return {
        "key": base.key,
        "name": base.name,
        "about": base.about,
        "title": form.title.data,
        "place": form.place.data,
        "held_on": form.held_on.data,
        "deletes_on": form.deletes_on.data or _years_later(form.held_on.data),
        "expected": {
            who["key"]: row.expected.data or 0
            for who, row in zip(stakeholders, rows(form.stakeholders), strict=True)
            if who["participates"]
        },
        "steps": _steps(form, base),
        "questions": {
            "works": _reworded(base.questions.works, form.works.data),
            "fails": _reworded(base.questions.fails, form.fails.data),
        },
        "stakeholders": stakeholders,
        "categories": _keyed(rows(form.categories), base.categories, "label", _new_key),
        "limits": {**base.limits.model_dump(), **{name: form[name].data for name in LIMITS}},
        "appraising": form.appraising.data,
        "levels": _keyed(rows(form.levels), base.levels, "label", _letter, "in_process"),
        "process_steps": _keyed(rows(form.process_steps), base.process_steps, "label", _number),
        "feedback": _keyed(rows(form.feedback), base.feedback, "question", _new_key),
        "feedback_sentence": _reworded(base.feedback_sentence or {}, form.feedback_sentence.data)
        if form.feedback_sentence.data
        else None,
    }


def _steps(form: PlanForm, base: Format) -> list[dict[str, Any]]:
    offered = {one.step.value: one for one, _planned in offered_steps(base)}
    return [
        {
            "step": row.step.data,
            "minutes": row.minutes.data,
            "question": _reworded(offered[row.step.data].question, row.question.data),
        }
        for row in rows(form.steps)
        if row.planned.data
    ]


def _stakeholders(form: PlanForm, base: Format) -> list[dict[str, Any]]:
    known = {s.key: s for s in base.stakeholders}
    free = [number for number in PALETTE if number not in {s.palette for s in base.stakeholders}]
    made: list[dict[str, Any]] = []
    for row in rows(form.stakeholders):
        was = known.get(row.key.data)
        takes_part = bool(row.participates.data)
        made.append(
            {
                "key": was.key if was else _new_key(row.label.data, {*known, *_keys(made)}),
                "label": _reworded(was.label if was else {}, row.label.data),
                "short": _reworded(was.short if was else {}, row.short.data or row.label.data),
                "own": was.own if was else None,
                "letter": (row.letter.data or row.label.data[:1]).upper(),
                "sign": row.sign.data,
                "palette": was.palette if was else (free.pop(0) if takes_part and free else ADDRESSED_PALETTE),
                "participates": takes_part,
            }
        )
    return made


def _keyed(
    read: Iterable[Any],
    known: Sequence[Any],
    wording: str,
    new_key: Callable[[str | None, set[str]], str],
    *marks: str,
) -> list[dict[str, Any]]:
    """Rows of a list of the plan: a key, one text that the field `wording` holds, and `marks` that are yes or no.

    A row that was known keeps its key and, while its German wording stays, its translations; a new one gets a new key.
    """
    by_key = {one.key: one for one in known}
    made: list[dict[str, Any]] = []
    for row in read:
        was, german = by_key.get(row.key.data), row[wording].data
        made.append(
            {
                "key": was.key if was else new_key(german, {*by_key, *_keys(made)}),
                wording: _reworded(getattr(was, wording) if was else {}, german),
                **{mark: bool(row[mark].data) for mark in marks},
            }
        )
    return made


def _keys(made: list[dict[str, Any]]) -> set[str]:
    return {one["key"] for one in made}


def _reworded(was: dict[str, str], german: str | None) -> dict[str, str]:
    """The texts with this German wording. Other languages stay only while the German they translate stays."""
    return was if was.get("de") == german else {"de": german or ""}


def _new_key(label: str | None, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", (label or "").casefold().replace("ß", "ss"))
    word = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:30] or "new"
    return _first_free((word, *(f"{word}-{n}" for n in range(2, 1000))), taken)


def _letter(_label: str | None, taken: set[str]) -> str:
    return _first_free(ascii_uppercase, taken)


def _number(_label: str | None, taken: set[str]) -> str:
    return _first_free(map(str, range(1, 100)), taken)


def _first_free(keys: Iterable[str], taken: set[str]) -> str:
    return next(key for key in keys if key not in taken)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + KEEP_FOR_YEARS)
    except ValueError:
        return day.replace(year=day.year + KEEP_FOR_YEARS, month=3, day=1)
