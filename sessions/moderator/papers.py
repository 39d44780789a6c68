"""Entering what people without a phone have written on paper: choose the person, save the sheet, the next person."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.errors import RuleBroken
from dialog.models import Dialogue, Participant
from dialog.store import Db
from sessions import identity
from sessions.answers import refused, wants_json
from sessions.language import _
from sessions.moderator.paper_sheets import SHEETS, Sheet, own_key
from sessions.perform import asked, reading

blueprint = Blueprint("papers", __name__)

KIND = "<any({}):kind>".format(", ".join(SHEETS))


@blueprint.get(f"/m/<dialogue_id>/papers/{KIND}")
def people(dialogue_id: str, kind: str) -> str:
    """Those without a phone, and whose sheet is entered already."""
    sheet = SHEETS[kind]
    with reading() as db:
        identity.moderator_of(db, dialogue_id)
        dialogue = queries.dialogue(db, dialogue_id)
        return render_template(
            "moderator/papers.html",
            dialogue=dialogue,
            kind=kind,
            sheet=sheet,
            is_open=sheet.is_open(dialogue) and not dialogue.closed,
            people=[(person, sheet.entered(db, person)) for person in _by_hand(db, dialogue_id)],
        )


@blueprint.route(f"/m/<dialogue_id>/papers/{KIND}/<person_id>", methods=["GET", "POST"])
def page(dialogue_id: str, kind: str, person_id: str) -> ResponseReturnValue:
    """One person's sheet. It starts empty each time: what somebody gave is nobody's business, not even here."""
    sheet = SHEETS[kind]
    with reading() as db:
        actor = identity.moderator_of(db, dialogue_id)
        dialogue = queries.dialogue(db, dialogue_id)
        person = _person(db, dialogue_id, person_id)
        form = sheet.form(db, dialogue)
        drawn = {"dialogue": dialogue, "kind": kind, "person": person, "form": form, **sheet.drawn(db, dialogue)}
    drawn["title"] = sheet.of_person(person.number)
    if request.method == "GET":
        return render_template("moderator/paper_sheet.html", **drawn, problem="")
    if not form.validate():
        return _once_more(next(str(told[0]) for told in form.errors.values() if told), 422, "form", drawn)

    def basics(row: str) -> dict[str, Any]:
        return asked(dialogue_id, actor, own_key(form.key, row))

    try:
        sheet.save(form, person_id, basics)
    except RuleBroken as error:
        return _once_more(_(error.sentence, **error.values), error.status, type(error).__name__, drawn)
    flash(_("The sheet of person %(number)s is entered.", number=person.number))
    return redirect(_next(dialogue, kind, sheet, person), code=303)


def _once_more(sentence: str, status: int, code: str, drawn: dict[str, Any]) -> ResponseReturnValue:
    """The sheet as it was filled in, with what has to be put right."""
    if wants_json():
        return refused(sentence, status, code)
    return render_template("moderator/paper_sheet.html", **drawn, problem=sentence), status


def _next(dialogue: Dialogue, kind: str, sheet: Sheet, person: Participant) -> str:
    """The sheet of the next person, by number, whose paper is not entered yet; after the last one the list."""
    with reading() as db:
        waiting = [one for one in _by_hand(db, dialogue.id) if one.id != person.id and not sheet.entered(db, one)]
    later = [one for one in waiting if one.number > person.number]
    if not waiting:
        return url_for("moderator.papers.people", dialogue_id=dialogue.id, kind=kind)
    following = (later or waiting)[0]
    return url_for("moderator.papers.page", dialogue_id=dialogue.id, kind=kind, person_id=following.id)


def _by_hand(db: Db, dialogue_id: str) -> list[Participant]:
    here = [person for person in queries.people(db, dialogue_id) if not person.has_phone]
    return sorted(here, key=lambda person: person.number)


def _person(db: Db, dialogue_id: str, person_id: str) -> Participant:
    person = db.get(Participant, person_id)
    if person is None or person.dialogue_id != dialogue_id or person.left or person.has_phone:
        raise errors.NoSuchThing()
    return person
