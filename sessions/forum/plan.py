"""From a plan to its form and back."""

import re
from datetime import date
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from dialog.format import NEEDS, Format, Plan
from dialog.words import Step
from sessions.forum.plan_content import content_of
from sessions.forum.plan_form import APPRAISING, MOST_LEVELS, MOST_QUESTIONS, SIGNS, PlanForm
from sessions.forum.plan_mistakes import LIMITS, has_errors, say, say_repeated, say_what
from sessions.forum.plan_rows import rows
from sessions.forum.plan_steps import ALWAYS, offered_steps
from sessions.language import _
from sessions.moderator.words import step_name

WANTED = {**NEEDS, Step.WEIGH: Step.NOMINATE}
"""What must come earlier. A vote without nominations would be possible, but its ballot would be empty."""


def plan_form(base: Format, formdata: MultiDict[str, str] | None = None, day: date | None = None) -> PlanForm:
    """The form, filled with what was sent, else with the plan or format. `day` None leaves the date open."""
    form = PlanForm(formdata=formdata, data=None if formdata else _values(base, day))
    signs = list(dict.fromkeys((*SIGNS, *(s.sign for s in base.stakeholders))))
    for row in rows(form.stakeholders):
        row.sign.choices = [(sign, sign) for sign in signs]
    offered = {one.step.value for one, _planned in offered_steps(base)}
    form.steps.entries = [entry for entry in form.steps.entries if entry.form.step.data in offered]
    for row in rows(form.steps):
        row.planned.data = row.planned.data or row.step.data in ALWAYS
    return form


def drawn_with(form: PlanForm, base: Format, used: frozenset[Step] = frozenset()) -> dict[str, Any]:
    """What the page of a plan is drawn with. The steps that are `used` already cannot be left out."""
    return {
        "form": form,
        "base": base,
        "has_errors": has_errors(form),
        "palettes": {s.key: s.palette for s in base.stakeholders},
        "step_name": lambda key: step_name(Step(key)),
        "fixed_steps": used | ALWAYS,
        "appraising": {kind.value: words for kind, words in APPRAISING.items()},
        "most_levels": MOST_LEVELS,
        "most_questions": MOST_QUESTIONS,
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
        "steps": [
            {"step": one.step.value, "planned": planned, "minutes": one.minutes, "question": one.question["de"]}
            for one, planned in offered_steps(base)
        ],
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
        "appraising": base.appraising.value,
        "levels": [{"key": a.key, "label": a.label["de"], "in_process": a.in_process} for a in base.levels],
        "process_steps": [{"key": one.key, "label": one.label["de"]} for one in base.process_steps],
        "feedback": [{"key": one.key, "question": one.question["de"]} for one in base.feedback],
        "feedback_sentence": base.feedback_sentence["de"] if base.feedback_sentence else "",
    }


def read_plan(form: PlanForm, base: Format) -> Plan | None:
    """The plan the form says, on top of `base`; None, with a sentence at each wrong field, if it cannot be one."""
    if not (form.validate() and _is_sound(form)):
        return None
    try:
        return Plan.model_validate(content_of(form, base))
    except ValidationError as error:
        for detail in error.errors():
            say_what(form, detail)
        return None


def _is_sound(form: PlanForm) -> bool:
    """What a plan's parts must be together."""
    planned: list[Step] = []
    for row in rows(form.steps):
        if row.planned.data:
            needed = WANTED.get(Step(row.step.data))
            if needed and needed not in planned:
                say(row.planned, _("Before this, “%(step)s” is needed.", step=step_name(needed)))
            planned.append(Step(row.step.data))
    people = [row for row in rows(form.stakeholders) if row.participates.data]
    if len(people) < 2:
        for row in rows(form.stakeholders)[:1]:
            say(row.participates, _("At least two groups must take part."))
    for row in people:
        if not re.fullmatch(r"[^\W\d_]{1,3}", row.letter.data or ""):
            say(row.letter, _("One to three letters, for example J."))
    say_repeated((row.letter for row in people), _("This letter already belongs to another group."))
    for named in (form.stakeholders, form.categories, form.levels, form.process_steps):
        say_repeated((row.label for row in rows(named)), _("This name already stands above."))
    say_repeated((row.question for row in rows(form.feedback)), _("This sentence already stands above."))
    if not len(form.categories):
        say(form.categories, _("Please keep at least one category."))
    votes, per_topic = form.votes_per_person.data, form.votes_per_topic.data
    if votes and per_topic and per_topic > votes:
        say(form.votes_per_topic, _("Not more than each person has votes."))
    if form.deletes_on.data and form.held_on.data and form.deletes_on.data <= form.held_on.data:
        say(form.deletes_on, _("Please choose a day after the dialogue."))
    if any(row.in_process.data for row in rows(form.levels)) and not len(form.process_steps):
        say(form.process_steps, _("A level asks for a process step: please name at least one."))
    return not has_errors(form)
