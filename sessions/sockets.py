"""What WebSockets on gevent need that simple-websocket does not do by itself.

It writes with `send`, which on a non-blocking socket may take only a part of a large frame for a slow phone and so
breaks the stream; it waits without end for a phone that does not read; it takes in messages of any size, and a broken
one leaves the connection hanging; it leaves ended connections open; it reads in a thread of its own, whose stack stays
for every phone; and it always agrees to compression, which costs more than half of the processor and 95 KB for each.
"""

import logging
import re
import socket
from collections.abc import Callable, Iterable
from functools import lru_cache
from time import time
from typing import Any

import engineio.socket
import simple_websocket
from engineio.packet import PING, Packet
from gevent import Timeout, spawn, spawn_later
from gevent.lock import Semaphore
from gevent.pywsgi import WSGIHandler, WSGISecureEnviron, WSGIServer
from gevent.socket import socket as GeventSocket
from simple_websocket import ConnectionClosed
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MOST_BYTES = 10_000
"""Nothing but the greeting comes in by the socket."""

SENSIBLE = re.compile(r"[1235]|2probe|4[012].*", re.DOTALL)
"""The messages of the protocol that a page sends: goodbyes, pings, upgrades, greetings and events."""

PATIENCE = 30
"""Seconds in which a phone must have taken a frame; whoever takes longer is asleep and will catch up."""

MOST_WAITING = 200
"""Frames that wait for one phone. Whoever is so far behind is hung up on, and catches up with one snapshot later."""

FAREWELL = 3
"""Seconds in which the other side can answer a goodbye."""

READ_AT_ONCE = 1024
"""Bytes kept ready for what a connection sends next; most requests of a phone are hardly longer."""


class WholeFrames:
    """A socket whose `send` sends everything, one frame after the other. Raises OSError when nobody takes it."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = Semaphore()
        self._direct = sock._sock if type(sock) is GeventSocket else None
        """The socket below gevent's, which never waits; none where something else stands between, such as TLS."""

    def send(self, data: bytes) -> int:
        if not self.send_at_once(data):
            try:
                with Timeout(PATIENCE, TimeoutError("nobody reads")), self._turn:
                    self._sock.sendall(data)
            except TimeoutError:
                self.close()
                raise
        return len(data)

    def send_at_once(self, data: bytes) -> bool:
        """Whether it could be sent without waiting. What the other side does not take in one go follows by itself."""
        if self._direct is None or self._turn.locked():
            return False
        try:
            sent = self._direct.send(data)
        except OSError:
            return False  # It is full or has ended; whoever waits for it finds out.
        if sent < len(data):
            self._turn.acquire()
            spawn(self._send_rest, data[sent:])
        return True

    def _send_rest(self, data: bytes) -> None:
        try:
            with Timeout(PATIENCE, TimeoutError("nobody reads")):
                self._sock.sendall(data)
        except OSError:
            self.close()
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the connection itself: the server holds a second handle on it and would wait for another request."""
        self._direct = None
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._sock.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class NoThread:
    """In place of the thread in which simple-websocket reads: `receive` reads by itself."""

    name = ""

    def __init__(self, target: Callable[[], None]) -> None:
        pass

    def start(self) -> None:
        pass


class WholeFramesServer(simple_websocket.Server):  # type: ignore[misc]
    """simple-websocket's server on such a socket, closed to large and broken messages."""

    def __init__(self, environ: dict[str, Any], **options: Any) -> None:
        super().__init__(environ, **{**options, "max_message_size": MOST_BYTES, "thread_class": NoThread})

    @property
    def sock(self) -> Any:
        return self._whole

    @sock.setter
    def sock(self, sock: Any) -> None:
        self._whole = WholeFrames(sock)

    def send(self, data: Any) -> None:
        """Send a message. The same one goes to a hundred phones, so that its frame is made once."""
        if isinstance(data, str) and self.connected:
            self.sock.send(text_frame(data))
        else:
            super().send(data)

    def receive(self) -> str:
        """What a page says. Whoever says something else is hung up on. Raises ConnectionClosed."""
        while self.connected and not self.input_buffer:
            self._read()
        if not self.input_buffer:
            raise ConnectionClosed(self.close_reason, self.close_message)
        message = self.input_buffer.pop(0)
        if isinstance(message, str) and SENSIBLE.fullmatch(message):
            return message
        if self.connected:
            self.close(CloseReason.PROTOCOL_ERROR)
        raise ConnectionClosed(CloseReason.PROTOCOL_ERROR)

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye, and wait a moment for the other side to say it too."""
        try:
            super().close(reason, message)
        except OSError:
            self.connected = False  # Whoever was hung up on hears no goodbye.
        spawn_later(FAREWELL, self.sock.close)

    def _read(self) -> None:
        """Wait for what the page sends next. A goodbye, a broken frame or a broken line ends the connection."""
        try:
            data = self.sock.recv(self.receive_bytes)
            if data:
                self.ws.receive_data(data)
            goes_on = bool(data) and self._handle_events()
        except (OSError, LocalProtocolError, RemoteProtocolError):
            goes_on = False
        if not goes_on:
            self.connected = False
            self.sock.close()


class Line(engineio.socket.Socket):
    """One connection of Engine.IO. What its phone takes at once need not go through a queue and another greenlet."""

    _page: WholeFramesServer | None = None
    _all_handed_over = False

    def send(self, pkt: Any) -> None:
        """What waits does not grow without end."""
        if self.queue.qsize() >= MOST_WAITING:
            self._hang_up()
        else:
            super().send(pkt)

    def take(self, frame: bytes) -> bool:
        """Whether this frame has left. Nothing overtakes what waits, or what is just being sent."""
        page = self._page
        return (
            page is not None
            and self._all_handed_over
            and self.upgraded
            and page.connected
            and not self.last_ping  # Whether whoever was asked is still there is looked at on the long way.
            and not self.closing
            and self.queue.empty()
            and page.sock.send_at_once(frame)
        )

    def schedule_ping(self) -> None:
        """A timer waits for the next ping: a greenlet that sleeps keeps a stack for every phone."""
        if self.last_ping:
            self.last_ping = None
            spawn_later(self.server.ping_interval, self._ping)

    def _ping(self) -> None:
        if not self.closing and not self.closed:
            self.last_ping = time()
            self.send(Packet(PING))

    def _hang_up(self) -> None:
        """Both sides of the connection find out by themselves that it has ended; one that polls is told."""
        if self._page is not None:
            self._page.sock.close()
        elif not self.closing:
            spawn(self.close, wait=False, abort=True)

    def poll(self) -> Any:
        """What waits. Who asks for more has sent everything it got before."""
        self._all_handed_over = True
        try:
            return super().poll()
        finally:
            self._all_handed_over = False

    def _websocket_handler(self, ws: Any) -> Any:
        self._page = ws.ws
        return super()._websocket_handler(ws)


@lru_cache(maxsize=16)
def text_frame(text: str) -> bytes:
    """A message as it travels: one whole frame of text, unmasked, as servers send it (RFC 6455, section 5.2)."""
    body = text.encode()
    length = len(body)
    if length < 126:
        return bytes((0x81, length)) + body
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2, "big") + body
    return b"\x81\x7f" + length.to_bytes(8, "big") + body


def send_whole_frames() -> None:
    """Let python-engineio, which looks the classes up by name, use ours."""
    simple_websocket.Server = WholeFramesServer
    engineio.socket.Socket = Line


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

    def __init__(self, sock: Any, address: Any, server: Any) -> None:
        super().__init__(sock, address, server)
        self.rfile.close()
        self.rfile = sock.makefile("rb", READ_AT_ONCE)

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            self.close_connection = True


class HallServer(WSGIServer):  # type: ignore[misc]
    """gevent's server, which keeps to itself who asked."""

    handler_class = LastRequest
    secure_environ_class = Nobody
