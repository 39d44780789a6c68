"""The projector: opened by its link, read from the last row, controls nothing."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import audience, errors, queries, wall
from dialog.codes import show_code
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import LinkKind, Step
from sessions.answers import refused, wants_json
from sessions.identity import LinkGone, open_link
from sessions.language import _, words
from sessions.live import live_config
from sessions.perform import now, reading
from sessions.qr import address_to_type
from sessions.screen.pictures import place, stand_of, wish
from sessions.screen.scenes import scenes
from sessions.snapshots import board_answer
from sessions.timer import timer_shown

blueprint = Blueprint("screen", __name__, url_prefix="/s/<dialogue_id>/<signed>")


@blueprint.get("/")
def page(dialogue_id: str, signed: str) -> ResponseReturnValue:
    """The picture that is on, or another one of the step that was asked for at the projector."""
    with reading() as db:
        dialogue = _opened(db, dialogue_id, signed)
        stand = stand_of(dialogue, wall.pictures(db, dialogue))
        wished = wish(request.args, stand)
        pages = scenes(db, dialogue, wished.picture or stand.shown, wished.fit)
        here = place(stand, wished, len(pages))
        scene = pages[here.page - 1]
        plan = queries.plan(dialogue)
        config = live_config(
            db,
            audience.SCREEN,
            dialogue_id,
            url_for("screen.board_json", dialogue_id=dialogue_id, signed=signed),
            link=signed,
        )
        return render_template(
            f"screen/{scene.template}.html",
            **scene.values,
            dialogue=dialogue,
            question=words(plan.step_plan(Step(dialogue.step)).question),
            timer=timer_shown(dialogue.timer_ends_at, now()),
            code=show_code(dialogue.code),
            address=address_to_type(),
            place=here,
            config=config,
        )


@blueprint.get("/board.json")
def board_json(dialogue_id: str, signed: str) -> ResponseReturnValue:
    """The snapshot for the projector: counts, and nothing of what was written or voted."""
    with reading() as db:
        _opened(db, dialogue_id, signed)
        return board_answer(db, dialogue_id, audience.SCREEN)


@blueprint.errorhandler(LinkGone)
@blueprint.errorhandler(errors.NoSuchDialogue)
def _link_gone(error: errors.RuleBroken) -> ResponseReturnValue:
    """A calm picture: half the room may be looking at it."""
    if wants_json():
        return refused(_(error.sentence, **error.values), error.status, type(error).__name__)
    return render_template("screen/gone.html", sentence=_(error.sentence, **error.values)), error.status


def _opened(db: Db, dialogue_id: str, signed: str) -> Dialogue:
    """The dialogue, if the link is the projector's and still holds. Raises LinkGone or NoSuchDialogue."""
    link = open_link(db, signed, [LinkKind.SCREEN])
    if link.dialogue_id != dialogue_id:
        raise LinkGone()
    return queries.dialogue(db, dialogue_id)
