"""Coming in: the code, the stakeholder, and the way back in with another phone."""

import secrets

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute

from dialog import codes, errors, queries
from dialog.acting import Actor
from dialog.commands.change_phone import ChangePhone, change_phone
from dialog.commands.join_dialogue import JoinDialogue, join_dialogue
from dialog.events import PersonArrived, PhoneChanged
from dialog.format import Plan
from dialog.models import Dialogue
from dialog.words import Role
from sessions import identity
from sessions.answers import done, invalid, wants_json
from sessions.failures import count_failure, too_many
from sessions.language import _
from sessions.participant.examples import examples
from sessions.participant.forms import SPOKEN, CodeForm, JoinForm, NumberForm
from sessions.participant.taking import taken
from sessions.perform import asked, perform, reading
from sessions.stakeholders import taking_part

WRONG_CODES = RateLimitItemPerMinute(600, 10)
"""A room of a hundred never mistypes so often; of 86 million codes this tries too few to find one."""
WRONG_NUMBERS = RateLimitItemPerMinute(30, 10)
"""For one dialogue. Whoever is in stays in; only changing phones has to wait."""

SOMEBODY = Actor(Role.GUEST, "guest")


class TooManyTries(errors.RuleBroken):
    sentence = errors.N_("Too many wrong tries. Please wait ten minutes, or ask the moderator.")
    status = 429


def landing() -> str:
    """What a newcomer sees."""
    return _landing(CodeForm())


def enter_code() -> ResponseReturnValue:
    """The code as typed; the way on is the address that also stands behind the QR code."""
    form = CodeForm()
    if not form.validate():
        return invalid(form, lambda: _landing(form))
    try:
        dialogue = _dialogue(form.code.data)
    except errors.RuleBroken as broken:
        return _not_this_code(form, broken)
    return redirect(url_for("participant.join_page", code=dialogue.code), code=303)


def join_page(code: str) -> ResponseReturnValue:
    """Choose a stakeholder; whoever is in already goes on to the own page."""
    try:
        dialogue = _dialogue(code)
    except errors.RuleBroken as broken:
        form = CodeForm(formdata=None, data={"code": code[:20]})
        return _not_this_code(form, broken)
    if identity.was_here(dialogue.id):
        with reading() as db:
            if identity.participant(db, dialogue.id) is not None:
                return redirect(url_for("participant.page", dialogue_id=dialogue.id), code=303)
    if not dialogue.door_open:
        return _door_closed(dialogue)
    plan = queries.plan(dialogue)
    return _join(dialogue, plan, JoinForm(plan))


def join(code: str) -> ResponseReturnValue:
    """Come in. Sending the form twice is coming in once."""
    dialogue = _dialogue(code)
    plan = queries.plan(dialogue)
    form = JoinForm(plan)
    if not dialogue.door_open and not wants_json():
        return _door_closed(dialogue)

    def act() -> ResponseReturnValue:
        device, device_hash = identity.new_device(form.key)
        command = JoinDialogue(
            **asked(dialogue.id, SOMEBODY, form.key),
            stakeholder=form.stakeholder.data,
            organisation=form.organisation.data,
            languages=tuple(code for code in SPOKEN if code in form.languages.data),
            needs_interpreter=form.needs_interpreter.data,
            device_hash=device_hash,
            seed=secrets.randbits(64),
        )
        outcome = perform(join_dialogue, command)
        person = next(told.person for told in outcome.happenings if isinstance(told, PersonArrived))
        identity.remember_participant(dialogue.id, person.id, device)
        return done(outcome, to=url_for("participant.page", dialogue_id=dialogue.id))

    return taken(form, act, page=lambda: _join(dialogue, plan, form))


def number_page(code: str) -> str:
    """Go on with another phone."""
    return _number(_dialogue(code), NumberForm())


def enter_number(code: str) -> ResponseReturnValue:
    """The own number opens the own page on this phone; the old phone is no longer recognised."""
    dialogue = _dialogue(code)
    form = NumberForm()

    def act() -> ResponseReturnValue:
        if too_many(WRONG_NUMBERS, "number", dialogue.id):
            raise TooManyTries()
        device, device_hash = identity.new_device(form.key)
        asks = asked(dialogue.id, SOMEBODY, form.key)
        try:
            outcome = perform(change_phone, ChangePhone(**asks, number=form.number.data, device_hash=device_hash))
        except errors.WrongNumber:
            count_failure(WRONG_NUMBERS, "number", dialogue.id)
            raise
        person_id = next(told.person_id for told in outcome.happenings if isinstance(told, PhoneChanged))
        identity.remember_participant(dialogue.id, person_id, device)
        return done(outcome, to=url_for("participant.page", dialogue_id=dialogue.id))

    return taken(form, act, page=lambda: _number(dialogue, form))


def privacy() -> str:
    """What is kept, of whom, for how long."""
    return render_template("participant/privacy.html")


def _dialogue(typed: str) -> Dialogue:
    """The open dialogue that somebody means. Raises WrongCode or TooManyTries."""
    if too_many(WRONG_CODES, "code"):
        raise TooManyTries()
    code = codes.read_code(typed)
    try:
        if code is None:
            raise errors.WrongCode()
        with reading() as db:
            return queries.dialogue_by_code(db, code)
    except errors.WrongCode:
        count_failure(WRONG_CODES, "code")
        raise


def _not_this_code(form: CodeForm, broken: errors.RuleBroken) -> ResponseReturnValue:
    if wants_json():
        raise broken
    form.code.errors = [_(broken.sentence, **broken.values)]
    return _landing(form), broken.status


def _landing(form: CodeForm) -> str:
    return render_template("participant/landing.html", form=form, examples=examples())


def _door_closed(dialogue: Dialogue) -> ResponseReturnValue:
    return render_template("participant/door_closed.html", dialogue=dialogue), errors.DoorClosed.status


def _join(dialogue: Dialogue, plan: Plan, form: JoinForm) -> str:
    return render_template(
        "participant/join.html", dialogue=dialogue, plan=plan, form=form, stakeholders=taking_part(plan), spoken=SPOKEN
    )


def _number(dialogue: Dialogue, form: NumberForm) -> str:
    return render_template("participant/change_phone.html", dialogue=dialogue, form=form)
