"""Tells each audience what it may know, after the commit. The only place that emits.

A frame is `{now, acts: [{seq, tidings}, …]}`; an act without tidings says only that seq is now n. What is told here
crosses to the other workers, if there are any, and is told there in the same way.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from flask import Flask, current_app
from flask_socketio import SocketIO

from dialog import audience as a
from dialog import events as e
from dialog.journal import Outcome
from sessions.crossing import Message, crossing
from sessions.gathering import Gathering

Acts = list[dict[str, Any]]
MOST_KEPT = 1000
"""Dialogues of whose last frame the time is remembered, before those that are quiet are forgotten."""


def broadcast(outcome: Outcome) -> None:
    """Tell of an act, in order and soon. Connections whose right has ended or moved hear it and then no more."""
    if not outcome.happenings and outcome.refusal is None:
        return
    move = _move_of(outcome)
    _gathering(outcome.dialogue_id).add(outcome, at_once=move is not None)
    if move is not None:
        _move(outcome.dialogue_id, move)
        _let_others_hear(outcome.dialogue_id, move)


def hear(message: Message) -> None:
    """What another worker has told, told to our connections as well."""
    if "frames" in message:
        _deliver(message["dialogue"], message)
    elif "resettled" in message:
        _move(message["dialogue"], message)
    else:
        hang_up_here(message["hung_up"])


def _let_others_hear(dialogue_id: str, message: Message) -> None:
    if (others := crossing()) is not None:
        others.send({"dialogue": dialogue_id, **message}, dialogue_id)


def _told_here(dialogue_id: str, numbers: Iterable[int]) -> None:
    if (others := crossing()) is not None:
        others.following.tell(dialogue_id, numbers)


def send_what_waits(dialogue_id: str) -> None:
    """Let what has happened so far leave: whoever comes in now begins with what happens next."""
    _gathering(dialogue_id).leave()


def _gathering(dialogue_id: str) -> Gathering:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    kept: dict[str, Gathering] = app.extensions.setdefault("gatherings", {})
    if dialogue_id not in kept and len(kept) >= MOST_KEPT:
        for quiet in [other for other, gathering in kept.items() if gathering.idle]:
            del kept[quiet]

    def send(outcomes: Sequence[Outcome]) -> None:
        with app.app_context():
            _send(outcomes)

    return kept.setdefault(dialogue_id, Gathering(send))


def _send(outcomes: Sequence[Outcome]) -> None:
    """One frame for each audience that hears the same. The concerned people's own phones hear only their own."""
    dialogue_id = outcomes[0].dialogue_id
    alone = crossing() is None

    @cache
    def acts(audience: a.Audience) -> Acts:
        return [_act(outcome, audience) for outcome in outcomes]

    def there(audiences: Iterable[a.Audience]) -> Iterable[tuple[str, a.Audience]]:
        """The rooms in which somebody is, or may be at another worker."""
        rooms = ((room(dialogue_id, audience.room), audience) for audience in audiences)
        return ((name, audience) for name, audience in rooms if not alone or _listening(name))

    own = [(name, _own_acts(outcomes, audience, acts)) for name, audience in there(_own(outcomes))]
    group_ids = dict.fromkeys(group_id for told in outcomes for group_id in (*told.group_ids, *told.gone_ids))
    shared = [a.COCKPIT, a.SCREEN, a.phone("")]  # The last are phones that have no table yet.
    shared += [kind(group_id) for group_id in group_ids for kind in (a.board, a.phone)]
    frames: list[tuple[list[str], Acts]] = []
    for name, audience in there(shared):
        same = next((rooms for rooms, told in frames if told == acts(audience)), None)
        if same is None:
            frames.append(([name], acts(audience)))
        else:
            same.append(name)
    # An act that moves somebody is told as a whole only when that has crossed as well.
    numbers = [outcome.seq for outcome in outcomes if _move_of(outcome) is None]
    message = {"numbers": numbers, "own": own, "frames": frames}
    _deliver(dialogue_id, message)
    _let_others_hear(dialogue_id, message)


def _deliver(dialogue_id: str, message: Message) -> None:
    """Send frames to the connections that this worker has. Whoever gets an own one does not get that of the group."""
    for room_name, acts in message["own"]:
        _emit(acts, [room_name])
    served = [sid for room_name, _ in message["own"] for sid in _listening(room_name)]
    for rooms, acts in message["frames"]:
        _emit(acts, rooms, served)
    _told_here(dialogue_id, message["numbers"])


def _own(outcomes: Iterable[Outcome]) -> Iterable[a.Audience]:
    """The phones of all whom one of the acts concerns, each with the group it belongs to now."""
    homes: dict[str, str] = {}
    for outcome in outcomes:
        homes.update({person_id: outcome.group_of.get(person_id, "") for person_id in _concerned(outcome)})
    return (a.phone(group_id, person_id) for person_id, group_id in homes.items())


def _own_acts(outcomes: Sequence[Outcome], audience: a.Audience, acts: Callable[[a.Audience], Acts]) -> Acts:
    """What a person's own phone is told: the same as the group's other phones where an act does not concern it."""
    shared = zip(outcomes, acts(a.phone(audience.group_id)), strict=True)
    return [_act(outcome, audience) if audience.person_id in _concerned(outcome) else act for outcome, act in shared]


def _concerned(outcome: Outcome) -> list[str]:
    return [person_id for happening in outcome.happenings for person_id in a.persons_concerned(happening)]


def _act(outcome: Outcome, audience: a.Audience) -> dict[str, Any]:
    tidings = [tiding for happening in outcome.happenings if (tiding := a.tell(happening, audience)) is not None]
    return {"seq": outcome.seq, "tidings": [e.to_wire(tiding) for tiding in tidings]}


def _emit(acts: Acts, rooms: Sequence[str], but_not: Sequence[str] = ()) -> None:
    socketio: SocketIO = current_app.extensions["socketio"]
    frame = {"now": int(time.time() * 1000), "acts": acts}
    socketio.emit("frame", frame, to=list(rooms), skip_sid=list(but_not))


def _move_of(outcome: Outcome) -> dict[str, Any] | None:
    """Whose phones hear from now on of another table or group, by person, and which connections end; None: nobody's."""
    ended = [holder_id for happening in outcome.happenings if (holder_id := _ended(happening)) is not None]
    if not (ended or outcome.resettled or outcome.gone_ids):
        return None
    boards = [room(outcome.dialogue_id, a.board(group_id).room) for group_id in outcome.gone_ids]
    return {
        "numbers": [outcome.seq],
        "resettled": dict(outcome.resettled),
        "between": ["", *outcome.group_ids, *outcome.gone_ids],
        "cut": [*map(held_by, ended), *boards],
    }


def _move(dialogue_id: str, move: Message) -> None:
    """Let phones hear of their new table or group. Whoever is just coming in reads it (`live._enter`)."""
    server = current_app.extensions["socketio"].server
    shared = {room(dialogue_id, a.phone(group_id).room) for group_id in move["between"]}
    for person_id, group_id in move["resettled"].items():
        new = room(dialogue_id, a.phone(group_id).room)
        for sid in _listening(held_by(person_id)):
            for old in shared.intersection(server.rooms(sid)) - {new}:
                server.leave_room(sid, old)
            server.enter_room(sid, new)
    for room_name in move["cut"]:
        _cut(room_name)
    _told_here(dialogue_id, move["numbers"])


def room(dialogue_id: str, name: str) -> str:
    """Rooms carry the dialogue's id, so that no frame can cross dialogues."""
    return f"{dialogue_id}/{name}"


def _listening(room_name: str) -> list[str]:
    """The connections in a room."""
    manager = current_app.extensions["socketio"].server.manager
    return [sid for sid, _ in manager.get_participants("/", room_name)]


def held_by(holder_id: str) -> str:
    """The room of all connections whose right hangs on this person, link, account or dialogue. No frame goes there."""
    return f"held/{holder_id}"


def hang_up(holder_id: str) -> None:
    """End all connections that hang on this right. Whoever is just coming in is turned away (`live._enter`)."""
    hang_up_here(holder_id)
    if (others := crossing()) is not None:
        others.send({"hung_up": holder_id})


def hang_up_here(holder_id: str) -> None:
    """The same for this worker's connections only."""
    _cut(held_by(holder_id))


def anybody_here(holder_id: str) -> bool:
    """Whether this worker has connections that hang on this right."""
    return bool(_listening(held_by(holder_id)))


def _cut(room_name: str) -> None:
    server = current_app.extensions["socketio"].server
    for sid in _listening(room_name):
        server.leave_room(sid, room_name)
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
