"""The snapshot of each audience. What all phones of a group share is put together once per act, not once per phone."""

from collections import OrderedDict
from time import time

from flask import Response, current_app, jsonify, request

from dialog import audience as a
from dialog import board, queries, table_queries
from dialog.board import Board
from dialog.models import Dialogue, Participant
from dialog.store import Db

MOST_KEPT = 200
"""Boards kept, for as many audiences; the oldest go first."""


def board_for(db: Db, dialogue_id: str, audience: a.Audience) -> Board:
    """What this audience may see now; not to be changed. Raises NoSuchDialogue."""
    if not audience.person_id:
        return _shared(db, dialogue_id, audience)
    shared = _shared(db, dialogue_id, a.phone(audience.group_id))
    return board.with_own(shared, board.own_cards(db, audience))


def phone_of(db: Db, dialogue: Dialogue, person: Participant) -> a.Audience:
    """The audience of this person's phone: in round 1 it belongs to the group, in round 2 to the table."""
    return a.phone(table_queries.home(db, dialogue, person), person.id)


def board_answer(db: Db, dialogue_id: str, audience: a.Audience) -> Response:
    """The snapshot as JSON, tagged with its number; 304 for a page that has this number already."""
    tag = str(queries.dialogue(db, dialogue_id).seq)
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        response = jsonify(board_for(db, dialogue_id, audience))
    response.set_etag(tag)
    response.headers["Server-Now"] = str(server_now())
    return response


def server_now() -> int:
    """The server's clock, in milliseconds since 1970."""
    return int(time() * 1000)


def _shared(db: Db, dialogue_id: str, audience: a.Audience) -> Board:
    kept: OrderedDict[tuple[str, str], Board] = current_app.extensions.setdefault("snapshots", OrderedDict())
    key = (dialogue_id, audience.room)
    found = kept.pop(key, None)
    if found is None or found["seq"] != queries.dialogue(db, dialogue_id).seq:
        found = board.snapshot(db, dialogue_id, audience)
    kept[key] = found
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return found
