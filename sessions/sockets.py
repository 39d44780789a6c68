"""What WebSockets on gevent need that simple-websocket does not do by itself.

It writes with `send`, which on a non-blocking socket may take only a part of a large frame for a slow phone and so
breaks the stream; it waits without end for a phone that does not read; it takes in messages of any size, and a broken
one leaves the connection hanging; it leaves ended connections open; and it always agrees to compression, which costs
more than half of the processor and 95 KB for every phone.
"""

import socket
from collections.abc import Callable, Iterable
from typing import Any

import simple_websocket
from gevent import Timeout, spawn_later
from gevent.lock import RLock
from gevent.pywsgi import WSGIHandler
from wsproto.utilities import RemoteProtocolError

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MOST_BYTES = 10_000
"""Nothing but the greeting comes in by the socket."""

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


def without_compression(app: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return answer


class LastRequest(WSGIHandler):  # type: ignore[misc]
    """What a connection says after its WebSocket has ended is no request."""

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            self.close_connection = True
