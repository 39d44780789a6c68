"""What WebSockets on gevent need that simple-websocket does not do by itself.

It writes with `send`, which on a non-blocking socket may take only a part of a large frame for a slow phone and so breaks the stream;
and it always agrees to compression, which costs more than half of the processor and 95 KB for every phone.
"""

from collections.abc import Callable, Iterable
from typing import Any

import simple_websocket
from gevent.lock import RLock

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeFrames:
    """A socket whose `send` sends everything, one frame after the other."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = RLock()

    def send(self, data: bytes) -> int:
        with self._turn:
            self._sock.sendall(data)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class WholeFramesServer(simple_websocket.Server):  # type: ignore[misc]
    """simple-websocket's server on such a socket."""

    @property
    def sock(self) -> Any:
        return self._whole

    @sock.setter
    def sock(self, sock: Any) -> None:
        self._whole = WholeFrames(sock)


def send_whole_frames() -> None:
    """Let python-engineio, which looks the class up by name, use it."""
    simple_websocket.Server = WholeFramesServer


def without_compression(app: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return answer
