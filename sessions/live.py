"""The socket only tells. A connection says which page it is, its rights are read from the database, and it joins its rooms."""

from typing import Any

from flask import current_app
from flask_socketio import ConnectionRefusedError, SocketIO, join_room
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dialog import audience as a
from dialog import board, errors
from dialog.errors import RuleBroken
from dialog.store import Db, StoreAway
from dialog.words import LinkKind
from sessions import identity
from sessions.broadcast import room
from sessions.language import _, script_words
from sessions.origins import allowed
from sessions.perform import reading

MOST_BYTES = 10_000
"""Nothing but the greeting comes in by the socket."""


class Greeting(BaseModel):
    """What a connection says of itself: the page, the dialogue, and where the page has them the group and the link."""

    model_config = ConfigDict(strict=True, extra="forbid")

    page: str = Field(pattern="^(cockpit|board|phone|screen)$")
    dialogue: str = Field(min_length=1, max_length=24)
    group: str = Field(default="", max_length=24)
    link: str = Field(default="", max_length=200)


def start_live(socketio: SocketIO) -> None:
    @socketio.on("connect")
    def _connect(auth: Any = None) -> None:
        """Whatever goes wrong ends in a refusal: an exception of any other kind would leave the client connected."""
        try:
            _enter(Greeting.model_validate(auth))
        except ValidationError as error:
            raise ConnectionRefusedError({"status": 400, "error": _("The request could not be read.")}) from error
        except RuleBroken as error:
            raise ConnectionRefusedError(
                {"status": error.status, "error": _(error.sentence, **error.values)}
            ) from error
        except StoreAway as error:
            raise ConnectionRefusedError({"status": 503, "error": ""}) from error
        except Exception as error:
            current_app.logger.error("A connection could not be greeted", exc_info=error)
            raise ConnectionRefusedError({"status": 500, "error": ""}) from error

    @socketio.on("*")
    def _anything(event: str, *_said: Any) -> dict[str, Any]:
        """Writes go over HTTP; whoever writes here is told so."""
        return {"status": 404, "error": _("Nothing can be sent this way. Please use the page.")}


def _enter(greeting: Greeting) -> None:
    with reading() as db:
        audience, held_by = _rights(db, greeting)
    join_room(room(greeting.dialogue, audience.room))
    if audience.kind is a.Kind.PHONE:
        join_room(room(greeting.dialogue, a.phone(audience.group_id).room))
    if held_by:
        join_room(room(greeting.dialogue, held_by))


def _rights(db: Db, greeting: Greeting) -> tuple[a.Audience, str]:
    """The audience of a connection, and the room in which it is found when its right ends."""
    if greeting.page == a.Kind.PHONE:
        person = identity.participant_of(db, greeting.dialogue)
        return a.phone(person.group_id, person.id), ""
    if greeting.page == a.Kind.BOARD:
        actor = identity.board_runner(db, greeting.dialogue, greeting.group)
        return a.board(greeting.group), f"link:{actor.id}"
    if greeting.page == a.Kind.COCKPIT:
        identity.moderator_of(db, greeting.dialogue)
        return a.COCKPIT, ""
    link = identity.open_link(db, greeting.link, [LinkKind.SCREEN])
    if link.dialogue_id != greeting.dialogue:
        raise errors.NoSuchDialogue()
    return a.SCREEN, f"link:{link.id}"


def live_config(db: Db, audience: a.Audience, dialogue_id: str, board_url: str, link: str = "") -> dict[str, Any]:
    """What a live page needs to follow: which page it is, its snapshot, and the words of its scripts."""
    return {
        "page": audience.kind,
        "dialogue": dialogue_id,
        "group": audience.group_id if audience.kind is a.Kind.BOARD else "",
        "link": link,
        "board": board.snapshot(db, dialogue_id, audience),
        "board_url": board_url,
        "words": script_words(),
    }


def allow_connection(origin: str | None, environ: dict[str, Any]) -> bool:
    """Socket.IO asks this for every handshake; X-Forwarded-Host plays no part in it."""
    return origin is None or allowed(origin)
