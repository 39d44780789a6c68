"""What was promised in all closed dialogues, what has become of it, and what is due. Analysts read, moderators note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dialog import following_up, forum_queries
from dialog.commands.follow_up_commitment import FollowUpCommitment, follow_up_commitment
from dialog.errors import RuleBroken
from dialog.events import CommitmentState
from dialog.following_up import LONGEST_SENTENCE, Followed
from dialog.models import Account, Dialogue
from dialog.store import Db
from dialog.words import FollowUpState, Role
from sessions import identity
from sessions.answers import invalid, wants_json
from sessions.forum.promise_forms import NoteForm, read_chosen, states
from sessions.forum.states import SIGNS, StateShown, history, standing
from sessions.language import _
from sessions.perform import prepare, reading, today

blueprint = Blueprint("commitments", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A promise on the page: what is due with it, where it stands, and what was noted before."""

    promise: CommitmentState
    dialogue: Dialogue
    review_due: bool
    overdue: bool
    standing: StateShown
    history: Sequence[StateShown]
    earliest: date
    """From which day on something can be noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many promises wait for somebody to look at them."""

    reviews: int
    overdue: int


def due(db: Db, forum_id: str) -> Due:
    """What is due in a forum today."""
    found = following_up.followed_in_forum(db, forum_id)
    return Due(
        reviews=sum(one.review_due(today()) for one in found), overdue=sum(one.overdue(today()) for one in found)
    )


@blueprint.get("/forum/commitments")
def page() -> str:
    """All agreements of the forum's closed dialogues; the address may choose some."""
    with reading() as db:
        return _page(db, identity.must_sign_in(db), NoteForm(formdata=None), "")


@blueprint.post("/forum/commitments/<commitment_id>/notes")
def note(commitment_id: str) -> ResponseReturnValue:
    """Note where a promise stands. What cannot be taken so stands in its form again, with the sentence beside it."""
    with reading() as db:
        account = identity.must_moderate(db)
    form = NoteForm()

    def again(problem: str = "") -> str:
        with reading() as db:
            return _page(db, identity.must_moderate(db), form, commitment_id, problem)

    if not form.validate():
        return invalid(form, again)
    command = FollowUpCommitment(
        forum_id=account.forum_id,
        commitment_id=commitment_id,
        state=FollowUpState(form.state.data),
        noted_on=form.noted_on.data,
        sentence=form.sentence.data or "",
        today=today(),
    )
    try:
        prepare(follow_up_commitment, command)
    except RuleBroken as error:
        if error.status != 422 or wants_json():
            raise
        return again(_(error.sentence, **error.values)), error.status
    flash(_("Noted."))
    with reading() as db:
        chosen = read_chosen(forum_queries.held(db, account.forum_id, closed_only=True))
    to = url_for("forum.commitments.page", **chosen.address, _anchor=f"promise-{commitment_id}")
    return redirect(to, code=303)


def _page(db: Db, account: Account, form: NoteForm, at: str, problem: str = "") -> str:
    """`at`: the promise whose form is open, with what was typed."""
    dialogues = {one.id: one for one in forum_queries.held(db, account.forum_id, closed_only=True)}
    found = following_up.followed_in_forum(db, account.forum_id)
    chosen = read_chosen(list(dialogues.values()))
    taken = [one for one in found if chosen.takes(one) or one.commitment.id == at]
    parts = {
        "due": [one for one in taken if one.due(today())],
        "going": [one for one in taken if not one.over and not one.due(today())],
        "over": [one for one in taken if one.over],
    }
    return render_template(
        "forum/commitments.html",
        parts={name: [_shown(one, dialogues[one.dialogue_id]) for one in part] for name, part in parts.items()},
        found=len(found),
        taken=len(taken),
        dialogues=_with_promises(dialogues, found),
        chosen=chosen,
        states=states(),
        signs={state.value: sign for state, sign in SIGNS.items()},
        notes=account.role == Role.MODERATOR,
        form=form,
        at=at,
        problem=problem,
        today=today(),
        longest=LONGEST_SENTENCE,
        counts={state.value: sum(one.state is state for one in found) for state in FollowUpState},
    )


def _shown(one: Followed, dialogue: Dialogue) -> Shown:
    return Shown(
        promise=one.commitment,
        dialogue=dialogue,
        review_due=one.review_due(today()),
        overdue=one.overdue(today()),
        standing=standing(one),
        history=history(one),
        earliest=min(dialogue.held_on, today()),
    )


def _with_promises(dialogues: dict[str, Dialogue], found: Sequence[Followed]) -> list[Dialogue]:
    """The dialogues from which one can choose."""
    of = {one.dialogue_id for one in found}
    return [one for one in dialogues.values() if one.id in of]
