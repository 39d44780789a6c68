"""The addresses of the participant's pages."""

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from dialog import queries
from sessions.forms import new_key
from sessions.identity import participant_of
from sessions.participant import arrival, cards, choices, entries, giving, tongue
from sessions.participant.task import task_page
from sessions.perform import reading
from sessions.snapshots import board_answer, phone_of

blueprint = Blueprint("participant", __name__)


@blueprint.get("/d/<dialogue_id>/")
def page(dialogue_id: str) -> ResponseReturnValue:
    """The phone: the task of the current step."""
    return task_page(dialogue_id)


@blueprint.get("/d/<dialogue_id>/board.json")
def board_json(dialogue_id: str) -> ResponseReturnValue:
    """The snapshot of this phone."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
        return board_answer(db, dialogue_id, phone_of(db, queries.dialogue(db, dialogue_id), person))


blueprint.get("/")(arrival.landing)
blueprint.post("/code")(arrival.enter_code)
blueprint.get("/privacy")(arrival.privacy)
blueprint.get("/language")(tongue.language_page)
blueprint.post("/language")(tongue.choose_language)
blueprint.get("/<code>")(arrival.join_page)
blueprint.post("/<code>")(arrival.join)
blueprint.get("/<code>/phone")(arrival.number_page)
blueprint.post("/<code>/phone")(arrival.enter_number)

blueprint.post("/d/<dialogue_id>/cards")(cards.post)
blueprint.get("/d/<dialogue_id>/cards/<card_id>")(cards.edit_page)
blueprint.post("/d/<dialogue_id>/cards/<card_id>")(cards.edit)
blueprint.post("/d/<dialogue_id>/cards/<card_id>/withdraw")(cards.withdraw)
blueprint.post("/d/<dialogue_id>/cards/<card_id>/restore")(cards.restore)
blueprint.post("/d/<dialogue_id>/write/<any(vision, benefit, proposal):kind>")(entries.write)
blueprint.get("/d/<dialogue_id>/entries/<entry_id>", endpoint="entry_edit_page")(entries.edit_page)
blueprint.post("/d/<dialogue_id>/entries/<entry_id>", endpoint="entry_edit")(entries.edit)
blueprint.post("/d/<dialogue_id>/entries/<entry_id>/withdraw", endpoint="entry_withdraw")(entries.withdraw)
blueprint.post("/d/<dialogue_id>/entries/<entry_id>/restore", endpoint="entry_restore")(entries.restore)
blueprint.post("/d/<dialogue_id>/nominations")(choices.nominate)
blueprint.post("/d/<dialogue_id>/ballot")(choices.vote)

blueprint.post("/d/<dialogue_id>/wishes")(giving.wish)
blueprint.post("/d/<dialogue_id>/appraisals")(giving.appraise)
blueprint.post("/d/<dialogue_id>/promises")(giving.promise)
blueprint.post("/d/<dialogue_id>/feedback")(giving.answer)


@blueprint.context_processor
def _for_every_page() -> dict[str, Any]:
    """What all participants' pages need: where the language is chosen, the way home, and fresh keys for their forms."""
    where = url_for("participant.language_page", back=_here()) if request.endpoint not in LANGUAGE_PAGES else ""
    return {"language_url": where, "home_url": url_for("participant.landing"), "new_key": new_key}


@blueprint.app_template_filter("day")
def _day(date: date) -> str:
    """A day as the reader's language writes it."""
    return str(format_date(date, "medium"))


LANGUAGE_PAGES = ("participant.language_page", "participant.choose_language")


def _here() -> str:
    """The page to come back to: this one, or after a refused form the page it stands on."""
    if request.method == "GET":
        return request.path
    dialogue_id = (request.view_args or {}).get("dialogue_id")
    if dialogue_id:
        return url_for("participant.page", dialogue_id=dialogue_id)
    return url_for("participant.landing") if request.endpoint == "participant.enter_code" else request.path
