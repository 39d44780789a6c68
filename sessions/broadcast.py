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

    The concerned people's own phones come first: they apply their frame and ignore their group's, which has the same number.
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
        _shut_out(socketio, outcome.dialogue_id, happening)


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


def _shut_out(socketio: SocketIO, dialogue_id: str, happening: e.Happening) -> None:
    if isinstance(happening, e.PersonLeft | e.PersonMoved):
        name = f"person:{happening.person.id}"
    elif isinstance(happening, e.PhoneChanged):
        name = f"person:{happening.person_id}"
    elif isinstance(happening, e.LinkRevoked):
        name = f"link:{happening.link_id}"
    else:
        return
    server = socketio.server
    for sid, _ in list(server.manager.get_participants("/", room(dialogue_id, name))):
        server.disconnect(sid)
