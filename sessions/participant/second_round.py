"""What a phone shows from the mixing to the close: the own table, proposals to appraise, promises, feedback."""

from collections.abc import Mapping
from typing import Any

from dialog import promise_queries, queries, table_queries
from dialog.events import Scores
from dialog.format import Plan
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.words import Appraising
from sessions.appraisal import appraisal_shown
from sessions.entries import topic_titles
from sessions.forms import ActForm
from sessions.language import words
from sessions.participant.ballot import own_place
from sessions.participant.forms import NominateForm
from sessions.participant.gallery import gallery
from sessions.participant.giving_forms import ANSWER, FeedbackForm, PromiseForm, ScoresForm, feedback_form
from sessions.promises import promises
from sessions.scales import agreement, scales
from sessions.stakeholders import taking_part

STATUS_QUO = ""
"""Stands for the proposal in the appraisal of everything staying as it is."""


def for_mixing(db: Db, dialogue: Dialogue, person: Participant, form: NominateForm | None) -> dict[str, Any]:
    """Wishes before the tables are shown, and after it who sits at the own table."""
    plan = queries.plan(dialogue)
    titles = topic_titles(db, dialogue.id)
    home = table_queries.home(db, dialogue, person)
    mine = next((table for table in table_queries.tables(db, dialogue.id) if table.id == home), None)
    listed = [{"id": key, "title": titles[key]} for key in dialogue.chosen_topics if titles.get(key)]
    seat = table_queries.seat(db, person.id)
    saved = [key for key in (seat.wishes if seat else []) if key in dialogue.chosen_topics]
    return {
        "listed": [] if dialogue.tables_shown else listed,
        "places": min(plan.limits.wishes_per_person, len(listed)),
        "wishes": saved,
        "chosen": form.places if form is not None else dict(enumerate(saved, start=1)),
        "wrong": form.errors if form is not None else {},
        "topic": titles.get(mine.topic_id or "", "") if mine else "",
        "taking_part": taking_part(plan),
    }


def for_appraising(
    db: Db, dialogue: Dialogue, person: Participant, asked: Mapping[str, str], refused: ActForm | None
) -> dict[str, Any]:
    """The proposals in the order of this phone with the own marks; the figures only once they are revealed."""
    plan, found = queries.plan(dialogue), gallery(db, dialogue, asked)
    ids = [one.id for one in found.everything]
    if plan.appraising is Appraising.RESISTANCE and ids:
        ids.append(STATUS_QUO)
    saved = {key or STATUS_QUO: _marks(plan, given) for key, given in _own(db, person).items()}
    form = refused if isinstance(refused, ScoresForm) else None
    chosen = {**saved, **({form.proposal.data or STATUS_QUO: form.marks} if form else {})}
    return {
        "gallery": found,
        "scales": scales(plan.appraising),
        "order": sorted(ids, key=lambda proposal_id: own_place(person.id, proposal_id)),
        "by_id": {one.id: one for one in found.everything},
        "saved_marks": {key: marks for key, marks in saved.items() if key in ids},
        "chosen": chosen,
        "wrong_at": form.proposal.data or STATUS_QUO if form else None,
        "wrong": next((str(told[0]) for name, told in form.errors.items() if name and told), "") if form else "",
        "appraisal": appraisal_shown(db, dialogue),
    }


def _own(db: Db, person: Participant) -> dict[str | None, Scores]:
    return promise_queries.appraisals_of(db, person.id)


def _marks(plan: Plan, given: Scores) -> dict[str, int]:
    return {scale.key: getattr(given, scale.key) for scale in scales(plan.appraising)}


def for_committing(
    db: Db, dialogue: Dialogue, person: Participant, asked: Mapping[str, str], refused: ActForm | None
) -> dict[str, Any]:
    """What is agreed so far, and a form for what one takes on."""
    plan = queries.plan(dialogue)
    fresh = PromiseForm(plan, formdata=None, data={"who": person.organisation})
    return {
        "gallery": gallery(db, dialogue, asked),
        "promises": promises(db, dialogue),
        "form": refused if isinstance(refused, PromiseForm) else fresh,
    }


def for_closing(db: Db, dialogue: Dialogue, person: Participant, refused: ActForm | None) -> dict[str, Any]:
    """The questions at the end with the own answers, and what was agreed."""
    plan = queries.plan(dialogue)
    paper = promise_queries.feedback_of(db, person.id)
    given = paper is not None and bool(paper.answers or paper.sentence)
    return {
        "asked": [agreement(f"{ANSWER}{one.key}", words(one.question)) for one in plan.feedback],
        "form": refused if isinstance(refused, FeedbackForm) else feedback_form(plan, formdata=None),
        "refused": isinstance(refused, FeedbackForm),
        "answers": {f"{ANSWER}{key}": mark for key, mark in paper.answers.items()} if paper else {},
        "sentence": paper.sentence if paper else "",
        "answered": given,
        "promises": promises(db, dialogue),
    }
