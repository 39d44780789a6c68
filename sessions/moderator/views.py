"""The moderator's pages: the cockpit, and what is prepared around it. What they do is in `acts.py`."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import audience, errors, in_use, queries, table_queries
from dialog.acting import COCKPIT_SCOPE, Actor
from dialog.codes import show_code
from dialog.commands.change_plan import ChangePlan, change_plan
from dialog.errors import RuleBroken
from dialog.models import Dialogue
from dialog.store import Db
from dialog.undo_stack import last_done
from dialog.words import LinkKind, Step, Voting
from sessions import identity
from sessions.answers import done, invalid
from sessions.forum.plan import drawn_with, plan_form, read_plan
from sessions.forum.plan_rows import reshaped
from sessions.language import _
from sessions.live import live_config
from sessions.moderator import acts, lines, minutes, paper_ballot, papers, promising, rehearsals, tables, take_home
from sessions.moderator.cockpit import cockpit
from sessions.moderator.links import Handed
from sessions.moderator.links import links as links_of
from sessions.moderator.people import seated, table_names
from sessions.moderator.words import step_name
from sessions.perform import asked, perform, reading
from sessions.qr import address_to_type, qr, way_in
from sessions.snapshots import board_answer
from sessions.stakeholders import taking_part

blueprint = Blueprint("moderator", __name__)
for part in (acts, paper_ballot, papers, take_home, lines, minutes, tables, promising, rehearsals):
    blueprint.register_blueprint(part.blueprint)


@blueprint.get("/m/<dialogue_id>/")
def page(dialogue_id: str) -> str:
    """The cockpit."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        return render_template(
            "moderator/cockpit.html",
            **cockpit(db, dialogue),
            address=address_to_type(),
            screen=_screen(db, dialogue),
            config=_live(db, dialogue_id),
        )


@blueprint.get("/m/<dialogue_id>/board.json")
def board_json(dialogue_id: str) -> ResponseReturnValue:
    """The snapshot for the cockpit, for a page that has missed something."""
    with reading() as db:
        identity.moderator_of(db, dialogue_id)
        return board_answer(db, dialogue_id, audience.COCKPIT)


@blueprint.get("/m/<dialogue_id>/ready")
def ready(dialogue_id: str) -> str:
    """The dialogue is planned: code, poster, links, and what was set."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        return render_template(
            "moderator/ready.html",
            **_way_in(dialogue),
            plan=queries.plan(dialogue),
            stakeholders=taking_part(queries.plan(dialogue)),
            groups=queries.groups(db, dialogue_id),
            screen=_screen(db, dialogue),
            **rehearsals.around(db, dialogue),
        )


@blueprint.get("/m/<dialogue_id>/poster")
def poster(dialogue_id: str) -> str:
    """The way in on paper."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        return render_template("moderator/poster.html", **_way_in(dialogue))


@blueprint.get("/m/<dialogue_id>/go/<any({}):step>".format(", ".join(Step)))
def go(dialogue_id: str, step: str) -> str:
    """Asks before everybody is taken to a step that is not the next one."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        order = [planned.step for planned in queries.plan(dialogue).steps]
        wanted = Step(step)
        if wanted not in order:
            raise errors.NotInThisStep()
        return render_template(
            "moderator/go.html",
            dialogue=dialogue,
            step=wanted.value,
            label=step_name(wanted),
            here=step_name(Step(dialogue.step)),
            forward=order.index(wanted) > order.index(Step(dialogue.step)),
            reveals=order.index(wanted) > order.index(Step.COLLECT)
            and any(not group.revealed for group in queries.groups(db, dialogue_id)),
            closes_vote=dialogue.voting == Voting.OPEN,
            closes_appraisal=dialogue.appraising == Voting.OPEN,
            shows_tables=_shows_tables(db, dialogue, wanted),
        )


@blueprint.get("/m/<dialogue_id>/people")
def people(dialogue_id: str) -> str:
    """Everybody by group: who sits where, who needs an interpreter, who has no phone."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        return render_template(
            "moderator/people.html",
            dialogue=dialogue,
            seated=seated(db, dialogue),
            table_of=table_names(db, dialogue),
            stakeholders=taking_part(queries.plan(dialogue)),
            can_undo=not dialogue.closed and last_done(db, dialogue_id, COCKPIT_SCOPE) is not None,
            config=_live(db, dialogue_id),
        )


@blueprint.get("/m/<dialogue_id>/ballots")
def ballots(dialogue_id: str) -> str:
    """Those without a phone whose paper votes are to be entered."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        by_hand = [person for person in queries.people(db, dialogue_id) if not person.has_phone]
        return render_template(
            "moderator/ballots.html",
            dialogue=dialogue,
            people=[(person, bool(queries.ballot_of(db, person.id))) for person in by_hand],
            groups={group.id: group.name for group in queries.groups(db, dialogue_id)},
        )


@blueprint.get("/m/<dialogue_id>/links")
def links(dialogue_id: str) -> str:
    """The links that are out, what each opens, and new ones."""
    with reading() as db:
        dialogue, _actor = _moderated(db, dialogue_id)
        return render_template(
            "moderator/links.html",
            dialogue=dialogue,
            links=links_of(db, dialogue),
            groups=queries.groups(db, dialogue_id),
            tables=table_queries.tables(db, dialogue_id),
        )


@blueprint.route("/m/<dialogue_id>/plan", methods=["GET", "POST"])
def plan(dialogue_id: str) -> ResponseReturnValue:
    """Change the plan. What is in use stays; nothing that was typed is lost over a mistake."""
    with reading() as db:
        dialogue, actor = _moderated(db, dialogue_id)
        was, used = queries.plan(dialogue), in_use.steps_in_use(db, dialogue)
    changed = reshaped(request.form) if request.method == "POST" else None
    form = plan_form(was, changed[0] if changed else (request.form or None), was.held_on)

    def page(problem: str = "") -> str:
        at = changed[1] if changed else ""
        return render_template(
            "moderator/plan.html",
            dialogue=dialogue,
            at=at,
            problem=problem,
            **drawn_with(form, was, used),
        )

    if request.method == "GET" or changed:
        return page()
    wished = read_plan(form, was)
    if wished is None:
        return invalid(form, page)
    command = ChangePlan(**asked(dialogue_id, actor, form.key, COCKPIT_SCOPE), plan=wished)
    try:
        outcome = perform(change_plan, command)
    except RuleBroken as error:
        return page(_(error.sentence, **error.values)), error.status
    return done(outcome, url_for("moderator.ready", dialogue_id=dialogue_id))


def _moderated(db: Db, dialogue_id: str) -> tuple[Dialogue, Actor]:
    """The dialogue and its moderator. Raises NotSignedIn, NotForYou or NoSuchDialogue."""
    actor = identity.moderator_of(db, dialogue_id)
    return queries.dialogue(db, dialogue_id), actor


def _shows_tables(db: Db, dialogue: Dialogue, wanted: Step) -> bool:
    """Whether going there shows a draw that nobody has seen yet."""
    past_mix = queries.plan(dialogue).round_of(wanted) == 2 and wanted is not Step.MIX
    return past_mix and not dialogue.tables_shown and bool(table_queries.tables(db, dialogue.id))


def _live(db: Db, dialogue_id: str) -> dict[str, Any]:
    return live_config(db, audience.COCKPIT, dialogue_id, url_for("moderator.board_json", dialogue_id=dialogue_id))


def _screen(db: Db, dialogue: Dialogue) -> Handed | None:
    """A link to the projector's page, if one is out."""
    return next((link for link in links_of(db, dialogue) if link.kind == LinkKind.SCREEN), None)


def _way_in(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "dialogue": dialogue,
        "code": show_code(dialogue.code),
        "address": address_to_type(),
        "qr": qr(way_in(dialogue.code)),
    }
