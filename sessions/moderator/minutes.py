"""The minutes to print, and the summary for the wall of the hall.

What they tell comes from a process of its own (`exports.story`): counting and sorting never hold up the room.
"""

import subprocess
from threading import BoundedSemaphore
from typing import Literal

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from dialog import errors
from dialog.models import Dialogue
from exports.profile import Profile
from exports.story.content import Told
from sessions import apart, identity
from sessions.answers import refused
from sessions.language import _
from sessions.perform import reading
from sessions.settings import Settings

PATIENCE = 120
TURNS = BoundedSemaphore(2)
"""As many processes at once as there are for files; who loads a page again and again waits for the last one."""

blueprint = Blueprint("minutes", __name__)


@blueprint.get("/m/<dialogue_id>/minutes")
def minutes(dialogue_id: str) -> ResponseReturnValue:
    """The minutes, one topic on a page; for moderators, and for analysts once the dialogue is closed."""
    return _page(dialogue_id, "minutes")


@blueprint.get("/m/<dialogue_id>/summary")
def summary(dialogue_id: str) -> ResponseReturnValue:
    """The most important on one sheet, for the same people."""
    return _page(dialogue_id, "summary")


def _page(dialogue_id: str, what: Literal["minutes", "summary"]) -> ResponseReturnValue:
    with reading() as db:
        dialogue = identity.must_read(db, dialogue_id)
    profile = _profile()
    told = _told(dialogue, what, profile)
    if told is None:
        return refused(_("The page could not be made. Nothing is lost; please try again."), 500, what)
    page = render_template(f"minutes/{what}.html", dialogue=dialogue, profile=profile.value, told=told)
    return page, {"Cache-Control": "no-store"}


def _profile() -> Profile:
    """Which edition is asked for. Raises NoSuchThing for one that there is not."""
    try:
        return Profile(request.args.get("profile", Profile.INTERNAL))
    except ValueError as error:
        raise errors.NoSuchThing() from error


def _told(dialogue: Dialogue, what: str, profile: Profile) -> Told | None:
    """What the page tells; None if that cannot be found out now."""
    settings: Settings = current_app.extensions["settings"]
    asked = (what, dialogue.id, "--profile", profile.value)
    try:
        with TURNS:
            said = apart.answer_of(
                "exports.story", *asked, patience=PATIENCE, behind=apart.SOON, database_url=settings.database_url
            )
        return Told.model_validate_json(said)
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired, ValidationError) as error:
        why = type(error).__name__
    current_app.logger.error("A page of the minutes could not be made:\n%s", why)
    return None
