"""The votes of somebody without a phone, entered from paper."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.commands.cast_ballot import CastBallot, cast_ballot
from dialog.errors import RuleBroken
from dialog.models import Participant
from dialog.store import Db
from dialog.words import Voting
from sessions import identity
from sessions.answers import refused, wants_json
from sessions.forms import ActForm
from sessions.language import _
from sessions.moderator.cockpit import ballot
from sessions.perform import asked, perform, reading

blueprint = Blueprint("paper", __name__)


@blueprint.route("/m/<dialogue_id>/ballots/<person_id>", methods=["GET", "POST"])
def page(dialogue_id: str, person_id: str) -> ResponseReturnValue:
    """One person's paper. It starts empty each time: what somebody chose is nobody's business, not even here."""
    with reading() as db:
        actor = identity.moderator_of(db, dialogue_id)
        shown = _shown(db, dialogue_id, person_id)
    form = ActForm()
    if request.method == "GET":
        return render_template("moderator/ballot.html", **shown, form=form, votes={}, problem="")
    votes = _votes(request.form)
    if not form.validate():
        return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
    command = CastBallot(**asked(dialogue_id, actor, form.key), votes=votes, person_id=person_id)
    try:
        perform(cast_ballot, command)
    except RuleBroken as error:
        sentence = _(error.sentence, **error.values)
        if wants_json():
            return refused(sentence, error.status, type(error).__name__)
        page = render_template("moderator/ballot.html", **shown, form=form, votes=votes, problem=sentence)
        return page, error.status
    flash(_("The votes of person %(number)s are entered.", number=shown["person"].number))
    return redirect(url_for("moderator.ballots", dialogue_id=dialogue_id), code=303)


def _shown(db: Db, dialogue_id: str, person_id: str) -> dict[str, Any]:
    dialogue = queries.dialogue(db, dialogue_id)
    person = db.get(Participant, person_id)
    if person is None or person.dialogue_id != dialogue_id or person.left or person.has_phone:
        raise errors.NoSuchThing()
    if dialogue.voting == Voting.PREPARING:
        raise errors.VotingNotOpen()
    return {
        "dialogue": dialogue,
        "person": person,
        "ballot": ballot(db, dialogue),
        "limits": queries.plan(dialogue).limits,
    }


def _votes(sent: Mapping[str, str]) -> dict[str, int]:
    """Votes by topic, from fields `vote-<topic id>`; what is no number counts as none."""
    prefix = "vote-"
    return {
        name.removeprefix(prefix): int(value)
        for name, value in sent.items()
        if name.startswith(prefix) and value.isdecimal() and len(value) < 4
    }
