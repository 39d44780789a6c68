"""What WebSockets on gevent need that simple-websocket does not do by itself.

It writes with `send`, which on a non-blocking socket may take only a part of a large frame for a slow phone and so
breaks the stream; it waits without end for a phone that does not read; it takes in messages of any size, and a broken
one leaves the connection hanging; it leaves ended connections open; and it always agrees to compression, which costs
more than half of the processor and 95 KB for every phone.
"""

import logging
import re
import socket
from collections.abc import Callable, Iterable
from typing import Any

import simple_websocket
from gevent import Timeout, spawn_later
from gevent.lock import RLock
from gevent.pywsgi import WSGIHandler, WSGISecureEnviron, WSGIServer
from simple_websocket import ConnectionClosed
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import RemoteProtocolError

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MOST_BYTES = 10_000
"""Nothing but the greeting comes in by the socket."""

SENSIBLE = re.compile(r"[1235]|2probe|4[012].*", re.DOTALL)
"""The messages of the protocol that a page sends: goodbyes, pings, upgrades, greetings and events."""

PATIENCE = 30
"""Seconds in which a phone must have taken a frame; whoever takes longer is asleep and will catch up."""

FAREWELL = 3
"""Seconds in which the other side can answer a goodbye."""


class WholeFrames:
    """A socket whose `send` sends everything, one frame after the other. Raises OSError when nobody takes it."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = RLock()

    def send(self, data: bytes) -> int:
        try:
            with Timeout(PATIENCE, TimeoutError("nobody reads")), self._turn:
                self._sock.sendall(data)
        except TimeoutError:
            self.close()
            raise
        return len(data)

    def close(self) -> None:
        """Close the connection itself: the server holds a second handle on it and would wait for another request."""
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._sock.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class WholeFramesServer(simple_websocket.Server):  # type: ignore[misc]
    """simple-websocket's server on such a socket, closed to large and broken messages."""

    def __init__(self, environ: dict[str, Any], **options: Any) -> None:
        super().__init__(environ, **{**options, "max_message_size": MOST_BYTES})

    @property
    def sock(self) -> Any:
        return self._whole

    @sock.setter
    def sock(self, sock: Any) -> None:
        self._whole = WholeFrames(sock)

    def receive(self, timeout: float | None = None) -> str:
        """What a page says. Whoever says something else is hung up on. Raises ConnectionClosed."""
        message = super().receive(timeout)
        if isinstance(message, str) and SENSIBLE.fullmatch(message):
            return message
        if self.connected:
            self.close(CloseReason.PROTOCOL_ERROR)
        raise ConnectionClosed(CloseReason.PROTOCOL_ERROR)

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye, and wait a moment for the other side to say it too."""
        super().close(reason, message)
        spawn_later(FAREWELL, self.sock.close)

    def _thread(self) -> None:
        try:
            super()._thread()
        except RemoteProtocolError:
            self.connected = False
            self.event.set()
            self.sock.close()


def send_whole_frames() -> None:
    """Let python-engineio, which looks the class up by name, use it."""
    simple_websocket.Server = WholeFramesServer


def in_one_line() -> logging.Logger:
    """Where the libraries complain about broken packets: what was wrong, without the way through the program."""
    logger = logging.getLogger("sessions.sockets")
    logger.setLevel(logging.ERROR)
    if not logger.filters:
        logger.addFilter(_shorten)
    return logger


def _shorten(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    record.exc_info = None
    if kind is not None:
        record.msg = f"{record.msg} ({kind.__name__})"
    return True


def without_compression(app: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return answer


class Nobody(WSGISecureEnviron):  # type: ignore[misc]
    """What is written down of a request that failed: nothing that says who it was."""

    default_whitelist_keys = ()


class LastRequest(WSGIHandler):  # type: ignore[misc]
    """What a connection says after its WebSocket has ended is no request."""

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            self.close_connection = True


class HallServer(WSGIServer):  # type: ignore[misc]
    """gevent's server, which keeps to itself who asked."""

    handler_class = LastRequest
    secure_environ_class = Nobody
