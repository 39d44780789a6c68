"""Practising with simulated people: begin a rehearsal of a dialogue, send the people home, delete all of it."""

import secrets
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, NumberRange

from dialog import errors, queries
from dialog.acting import Actor
from dialog.commands.make_link import MakeLink, make_link
from dialog.errors import N_
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import LinkKind, Role
from sessions import identity
from sessions.answers import refused
from sessions.exporting.jobs import forget_files
from sessions.forms import ActForm
from sessions.language import _, lazy
from sessions.moderator.forms import CHOOSE
from sessions.perform import asked, now, perform, reading
from sessions.rehearsal import starting
from sessions.rehearsal.command import rehearse
from sessions.rehearsal.people import PACES
from sessions.rehearsal.planning import plan_rehearsal, remove_rehearsal
from sessions.settings import Settings

blueprint = Blueprint("rehearsals", __name__, cli_group=None)
blueprint.cli.add_command(rehearse)

USUAL = 26
HOW_MANY = lazy("Please enter a number between %(least)s and %(most)s.", least=starting.FEWEST, most=starting.MOST)


class NoRehearsal(errors.RuleBroken):
    sentence = N_("This is no rehearsal. A dialogue that people held is deleted on its date.")


class RehearseForm(ActForm):
    """How many come, and how fast they are."""

    people = IntegerField(
        lazy("Simulated people"),
        validators=[InputRequired(HOW_MANY), NumberRange(starting.FEWEST, starting.MOST, HOW_MANY)],
    )
    pace = StringField(lazy("Pace"), validators=[AnyOf(tuple(PACES), CHOOSE)])


def around(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    """What the pages show of rehearsing: the form, and whether simulated people are in a dialogue of this forum now."""
    expected = sum(queries.plan(dialogue).expected.values())
    people = min(max(expected or USUAL, starting.FEWEST), starting.MOST)
    runs = starting.running(_settings(), dialogue.forum_id)
    return {
        "rehearse_form": RehearseForm(formdata=None, data={"people": people, "pace": "normal"}),
        "rehearsal_runs": db.get(Dialogue, runs) if runs else None,
    }


@blueprint.post("/m/<dialogue_id>/rehearse")
def begin(dialogue_id: str) -> ResponseReturnValue:
    """Copy the plan, let simulated people come in, and go to the cockpit of the copy."""
    with reading() as db:
        actor = identity.moderator_of(db, dialogue_id)
        original = queries.dialogue(db, dialogue_id)
        expected = dict(queries.plan(original).expected)
    form = RehearseForm()
    if not form.validate():
        return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
    if starting.running(_settings(), original.forum_id):
        raise starting.RehearsalRuns()
    dialogue = plan_rehearsal(original, form.key, date.today())
    people = starting.People(form.people.data or USUAL, expected, form.pace.data, secrets.randbelow(10**6))
    starting.start(_settings(), dialogue.forum_id, dialogue.id, dialogue.code, people)
    projector = asked(dialogue.id, Actor(Role.MODERATOR, actor.id), f"{form.key[:56]}-screen")
    perform(make_link, MakeLink(**projector, kind=LinkKind.SCREEN))
    flash(_("The rehearsal has begun. Simulated people come in one after the other, and do what you ask them to."))
    return redirect(url_for("moderator.page", dialogue_id=dialogue.id), code=303)


@blueprint.post("/m/<dialogue_id>/stop_rehearsal")
def stop(dialogue_id: str) -> ResponseReturnValue:
    """The simulated people go home; what they wrote stays to be looked at."""
    dialogue, form = _rehearsal(dialogue_id), ActForm()
    if not form.validate():
        return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
    if starting.running(_settings(), dialogue.forum_id) == dialogue_id:
        starting.stop(_settings(), dialogue.forum_id)
    flash(_("The simulated people have gone home. What they wrote stays until the rehearsal is deleted."))
    return redirect(url_for("moderator.ready", dialogue_id=dialogue_id), code=303)


@blueprint.post("/m/<dialogue_id>/remove_rehearsal")
def remove(dialogue_id: str) -> ResponseReturnValue:
    """All of the rehearsal goes at once."""
    dialogue, form = _rehearsal(dialogue_id), ActForm()
    if not form.validate():
        return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
    if starting.running(_settings(), dialogue.forum_id) == dialogue_id:
        starting.stop(_settings(), dialogue.forum_id)
    remove_rehearsal(dialogue)
    forget_files(_settings(), {dialogue_id}, now())
    flash(_("The rehearsal is deleted."))
    return redirect(url_for("forum.page"), code=303)


def _rehearsal(dialogue_id: str) -> Dialogue:
    """Raises NotSignedIn, NotForYou, NoSuchDialogue or NoRehearsal."""
    with reading() as db:
        identity.moderator_of(db, dialogue_id)
        dialogue = queries.dialogue(db, dialogue_id)
    if not dialogue.rehearsal:
        raise NoRehearsal()
    return dialogue


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
