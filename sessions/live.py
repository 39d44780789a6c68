"""The socket only tells. A connection says which page it is, its rights are read, and it joins its rooms."""

from typing import Any

from flask import current_app
from flask_socketio import ConnectionRefusedError, SocketIO, join_room, rooms
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dialog import audience as a
from dialog import errors, queries
from dialog.errors import RuleBroken
from dialog.store import Db, StoreAway
from dialog.words import LinkKind
from sessions import identity
from sessions.broadcast import held_by, room, send_what_waits
from sessions.crossing import begin_to_follow
from sessions.language import _, script_words
from sessions.origins import allowed
from sessions.perform import reading
from sessions.snapshots import board_for, phone_of, server_now


class Greeting(BaseModel):
    """What a connection says of itself: the page, the dialogue, and where the page has them the group and the link."""

    model_config = ConfigDict(strict=True, extra="forbid")

    page: str = Field(pattern="^(cockpit|board|phone|screen)$")
    dialogue: str = Field(pattern="^[A-Za-z0-9_-]{1,24}$")
    group: str = Field(default="", pattern="^[A-Za-z0-9_-]{0,24}$")
    link: str = Field(default="", pattern="^[A-Za-z0-9._-]{0,200}$")


def start_live(socketio: SocketIO) -> None:
    @socketio.on("connect")
    def _connect(auth: Any = None) -> None:
        """Whatever goes wrong ends in a refusal: an exception of any other kind would leave the client connected."""
        try:
            _enter(Greeting.model_validate(auth))
        except ValidationError as error:
            raise _refusal(400, _("The request could not be read. Please load the page again.")) from error
        except RuleBroken as error:
            raise _refusal(error.status, _(error.sentence, **error.values)) from error
        except StoreAway as error:
            raise _refusal(503) from error
        except Exception as error:
            current_app.logger.error("A connection could not be greeted", exc_info=error)
            raise _refusal(500) from error

    @socketio.on("*")
    def _anything(event: str, *_said: Any) -> dict[str, Any]:
        """Writes go over HTTP; whoever writes here is told so."""
        return {"status": 404, "error": _("Nothing can be sent this way. Please use the page.")}


def _refusal(status: int, sentence: str = "") -> ConnectionRefusedError:
    """What the other side hears: `{message, data: {status, error}}`."""
    return ConnectionRefusedError(sentence or str(status), {"status": status, "error": sentence})


def _enter(greeting: Greeting) -> None:
    """Read the right, stand where its end is heard of, and read it again: nobody slips in between the two.

    Who stands there is also moved along with the room (`broadcast._move`): from then on what was read is too old.
    """
    with reading() as db:
        _, holder_id = _rights(db, greeting)
    held = {held_by(holder_id), held_by(greeting.dialogue)}
    for name in held:
        join_room(name)
    begin_to_follow(greeting.dialogue)
    with reading() as db:
        audience, still_held_by = _rights(db, greeting)
        begin_to_follow(greeting.dialogue, queries.dialogue(db, greeting.dialogue).seq)
    send_what_waits(greeting.dialogue)
    if still_held_by != holder_id or not held.issubset(rooms()):
        raise StoreAway()
    heard_by = [audience, a.phone(audience.group_id)] if audience.kind is a.Kind.PHONE else [audience]
    own = {room(greeting.dialogue, heard.room) for heard in heard_by}
    if any(name.startswith(room(greeting.dialogue, "")) and name not in own for name in rooms()):
        raise StoreAway()  # The room has moved to its tables since the right was read: come in again.
    for name in own:
        join_room(name)


def _rights(db: Db, greeting: Greeting) -> tuple[a.Audience, str]:
    """The audience of a connection, and the id of the person, link or account that gives the right."""
    if greeting.page == a.Kind.PHONE:
        person = identity.participant_of(db, greeting.dialogue)
        return phone_of(db, queries.dialogue(db, greeting.dialogue), person), person.id
    if greeting.page == a.Kind.BOARD:
        return a.board(greeting.group), identity.board_runner(db, greeting.dialogue, greeting.group).id
    if greeting.page == a.Kind.COCKPIT:
        return a.COCKPIT, identity.moderator_of(db, greeting.dialogue).id
    link = identity.open_link(db, greeting.link, [LinkKind.SCREEN])
    if link.dialogue_id != greeting.dialogue:
        raise errors.NoSuchDialogue()
    return a.SCREEN, link.id


def live_config(db: Db, audience: a.Audience, dialogue_id: str, board_url: str, link: str = "") -> dict[str, Any]:
    """What a live page needs to follow: which page it is, its snapshot, and the words of its scripts."""
    return {
        "page": audience.kind,
        "dialogue": dialogue_id,
        "group": audience.group_id if audience.kind is a.Kind.BOARD else "",
        "link": link,
        "board": board_for(db, dialogue_id, audience),
        "board_url": board_url,
        "now": server_now(),
        "words": script_words(),
    }


def allow_connection(origin: str | None, environ: dict[str, Any]) -> bool:
    """Socket.IO asks this for every handshake; X-Forwarded-Host plays no part in it."""
    return origin is None or allowed(origin, environ.get("HTTP_HOST", ""))
