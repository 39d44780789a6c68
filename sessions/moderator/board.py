"""A group's board: for the tablet or laptop at its table, run by a moderator or by a co-moderator with a link."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dialog import audience, errors, queries
from dialog.words import LinkKind
from sessions.forms import new_key
from sessions.identity import board_runner, open_link, remember_link
from sessions.moderator import board_cards, board_group, board_paper, board_topics
from sessions.moderator.board_forms import ID
from sessions.moderator.board_page import board_page, boards_of, draw, suggestions
from sessions.perform import reading
from sessions.snapshots import board_answer
from sessions.table import writing
from sessions.table.page import is_table, tables_of

BOARD = "/b/<dialogue_id>/<group_id>/"

blueprint = Blueprint("board", __name__)
blueprint.add_app_template_global(new_key, "new_key")
for acts in (board_group, board_paper, board_cards, board_topics, writing):
    blueprint.register_blueprint(acts.blueprint, url_prefix=BOARD)


@blueprint.url_value_preprocessor
def _ids_look_like_ids(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """What cannot be an id never reaches the database."""
    if any(name.endswith("_id") and not ID.regex.match(str(value)) for name, value in (values or {}).items()):
        abort(404)


@blueprint.get("/k/<signed>")
def by_link(signed: str) -> ResponseReturnValue:
    """A co-moderator comes in: to the one board of the link, or to the list of all boards. Raises LinkGone."""
    with reading() as db:
        link = open_link(db, signed, [LinkKind.BOARD, LinkKind.BOARDS])
        remember_link(link)
        if link.group_id is not None:
            return redirect(url_for(".page", dialogue_id=link.dialogue_id, group_id=link.group_id), code=303)
        dialogue = queries.dialogue(db, link.dialogue_id)
        boards, tables = boards_of(db, link.dialogue_id), tables_of(db, dialogue)
        return render_template("board/boards.html", dialogue=dialogue, boards=boards, tables=tables)


@blueprint.get(BOARD)
def page(dialogue_id: str, group_id: str) -> str:
    """The board. `?topic=`, `?card=` and `?alike=` show what the script shows in place, for browsers without it."""
    return draw(dialogue_id, group_id)


@blueprint.get(BOARD + "board.json")
def board_json(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """The snapshot, for a page that has missed something."""
    with reading() as db:
        board_runner(db, dialogue_id, group_id)
        return board_answer(db, dialogue_id, audience.board(group_id))


@blueprint.get(BOARD + "similar.json")
def similar_json(dialogue_id: str, group_id: str) -> ResponseReturnValue:
    """Cards that may say the same: `{pairs: [{a, b, reason}]}`. Raises NoSuchThing for a table, which has none."""
    with reading() as db:
        actor = board_runner(db, dialogue_id, group_id)
        if is_table(db, group_id):
            raise errors.NoSuchThing()
        values = board_page(db, actor, dialogue_id, group_id)
    return jsonify(pairs=suggestions(values))
