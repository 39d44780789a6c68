"""Tells each audience what it may know, after the commit. The only place that emits."""

import time
from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_socketio import SocketIO

from dialog import audience as a
from dialog import events as e
from dialog.journal import Outcome


def broadcast(outcome: Outcome) -> None:
    """Send one frame `{seq, now, tidings}` to every audience of the dialogue; an empty one says only that seq is now n.

    The concerned people's own phones come first: they apply their frame and ignore their group's of the same number.
    """
    if not outcome.happenings and outcome.refusal is None:
        return
    socketio: SocketIO = current_app.extensions["socketio"]
    for audience in _own(outcome):
        _emit(socketio, outcome, _tidings(outcome, audience), [audience])
    shared = [a.COCKPIT, a.SCREEN]
    shared += [kind(group_id) for group_id in outcome.group_ids for kind in (a.board, a.phone)]
    frames: list[tuple[list[e.Tiding], list[a.Audience]]] = []
    for audience in shared:
        tidings = _tidings(outcome, audience)
        same = next((audiences for told, audiences in frames if told == tidings), None)
        if same is None:
            frames.append((tidings, [audience]))
        else:
            same.append(audience)
    for tidings, audiences in frames:
        _emit(socketio, outcome, tidings, audiences)
    for happening in outcome.happenings:
        if (holder_id := _ended(happening)) is not None:
            hang_up(holder_id)


def room(dialogue_id: str, name: str) -> str:
    """Rooms carry the dialogue's id, so that no frame can cross dialogues."""
    return f"{dialogue_id}/{name}"


def _own(outcome: Outcome) -> Iterable[a.Audience]:
    concerned = {person_id: None for happening in outcome.happenings for person_id in a.persons_concerned(happening)}
    for person_id in concerned:
        yield a.phone(outcome.group_of.get(person_id, ""), person_id)


def _tidings(outcome: Outcome, audience: a.Audience) -> list[e.Tiding]:
    told = (a.tell(happening, audience) for happening in outcome.happenings)
    return [tiding for tiding in told if tiding is not None]


def _emit(socketio: SocketIO, outcome: Outcome, tidings: Iterable[e.Tiding], audiences: Iterable[a.Audience]) -> None:
    frame: dict[str, Any] = {
        "seq": outcome.seq,
        "now": int(time.time() * 1000),
        "tidings": [e.to_wire(tiding) for tiding in tidings],
    }
    socketio.emit("frame", frame, to=[room(outcome.dialogue_id, audience.room) for audience in audiences])


def held_by(holder_id: str) -> str:
    """The room of all connections whose right hangs on this person, link or account. No frame ever goes there."""
    return f"held/{holder_id}"


def hang_up(holder_id: str) -> None:
    """End all connections that hang on this right. Whoever is just coming in is turned away (`live._enter`)."""
    server = current_app.extensions["socketio"].server
    for sid, _ in list(server.manager.get_participants("/", held_by(holder_id))):
        server.leave_room(sid, held_by(holder_id))
        server.disconnect(sid)


def _ended(happening: e.Happening) -> str | None:
    """Whose right is another one after this."""
    match happening:
        case e.PersonLeft() | e.PersonMoved():
            return happening.person.id
        case e.PhoneChanged():
            return happening.person_id
        case e.LinkRevoked():
            return happening.link_id
    return None
