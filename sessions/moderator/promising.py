"""The page on which a promise is written down or put in other words. Nothing that was typed is lost over a mistake."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import errors, promise_queries, queries
from dialog.acting import COCKPIT_SCOPE
from dialog.commands.edit_commitment import EditCommitment, edit_commitment
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.errors import RuleBroken
from dialog.events import CommitmentState
from dialog.journal import Outcome
from dialog.models import Dialogue
from dialog.store import Db
from sessions import identity
from sessions.answers import done, invalid, refused, wants_json
from sessions.language import _
from sessions.moderator.second_round import in_order_of_result
from sessions.participant.giving_forms import PromiseForm
from sessions.perform import asked, perform, reading
from sessions.proposals import ProposalShown

blueprint = Blueprint("promising", __name__)


@blueprint.route("/m/<dialogue_id>/promises/new", methods=["GET", "POST"])
def new(dialogue_id: str) -> ResponseReturnValue:
    """Write a promise down. `?proposal=` says from which proposal it comes."""
    return _page(dialogue_id, None)


@blueprint.route("/m/<dialogue_id>/promises/<commitment_id>", methods=["GET", "POST"])
def edit(dialogue_id: str, commitment_id: str) -> ResponseReturnValue:
    """Put a promise in other words, or give it other days."""
    return _page(dialogue_id, commitment_id)


def _page(dialogue_id: str, commitment_id: str | None) -> ResponseReturnValue:
    with reading() as db:
        actor = identity.moderator_of(db, dialogue_id)
        dialogue = queries.dialogue(db, dialogue_id)
        written = in_order_of_result(db, dialogue)
        standing = _standing(db, dialogue, commitment_id)
        form = PromiseForm(queries.plan(dialogue), data=_begins_with(standing, written))

    def page(problem: str = "") -> str:
        return render_template(
            "moderator/promise.html",
            dialogue=dialogue,
            form=form,
            promise=standing,
            proposals=written,
            problem=problem,
        )

    if request.method == "GET":
        return page()
    if not form.validate():
        return invalid(form, page)
    try:
        outcome = _kept(form, asked(dialogue_id, actor, form.key, COCKPIT_SCOPE), commitment_id)
    except RuleBroken as error:
        sentence = _(error.sentence, **error.values)
        if wants_json():
            return refused(sentence, error.status, type(error).__name__)
        return page(sentence), error.status
    return done(outcome, url_for("moderator.page", dialogue_id=dialogue_id))


def _standing(db: Db, dialogue: Dialogue, commitment_id: str | None) -> CommitmentState | None:
    """The promise to change; None for a new one. Raises NoSuchThing."""
    if commitment_id is None:
        return None
    found = {one.id: one for one in promise_queries.commitments(db, dialogue.id)}
    if commitment_id not in found:
        raise errors.NoSuchThing()
    return found[commitment_id]


def _begins_with(standing: CommitmentState | None, written: Sequence[ProposalShown]) -> dict[str, Any]:
    if standing is not None:
        return {**standing.model_dump(), "proposal_id": standing.proposal_id or ""}
    wanted = request.args.get("proposal", "")
    chosen = next((one for one in written if one.id == wanted), None)
    return {"proposal_id": chosen.id, "what": chosen.first_step} if chosen else {}


def _kept(form: PromiseForm, basics: dict[str, Any], commitment_id: str | None) -> Outcome:
    if commitment_id is None:
        return perform(make_commitment, MakeCommitment(**basics, **form.content()))
    return perform(edit_commitment, EditCommitment(**basics, commitment_id=commitment_id, **form.content()))
