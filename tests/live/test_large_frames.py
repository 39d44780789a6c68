"""A large frame arrives whole at a phone that reads slowly, and a phone that does not read holds nobody up."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import websocket

from sessions import sockets
from tests.live.carrier import carrier, serving
from tests.live.hall import SOON

LARGE = "ü" * 150_000 + "Ende"


@contextmanager
def speaking(large: str) -> Iterator[int]:
    """A server with small buffers that greets everybody with a large frame; its port."""
    server = carrier()
    server.on("connect", lambda sid, _environ, _auth: server.emit("frame", {"text": large}, to=sid))
    with serving(server, buffer=16_384) as port:
        yield port


def _listen(port: int) -> websocket.WebSocket:
    """A phone with a small buffer."""
    return websocket.create_connection(
        f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
        sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),),
        timeout=10,
    )


def test_a_large_frame_arrives_whole_at_a_slow_phone() -> None:
    with speaking(LARGE) as port:
        line = _listen(port)
        line.recv()
        line.send("40")
        time.sleep(0.5)
        messages = [line.recv(), line.recv()]
        line.close()
    frame = next(message for message in messages if str(message).startswith("42"))
    assert json.loads(frame[2:]) == ["frame", {"text": LARGE}]


def test_a_phone_that_does_not_read_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    hung_up = threading.Event()

    class Watched(sockets.WholeFrames):
        def close(self) -> None:
            super().close()
            hung_up.set()

    monkeypatch.setattr(sockets, "PATIENCE", 0.3)
    monkeypatch.setattr(sockets, "WholeFrames", Watched)
    with speaking("x" * 2_000_000) as port:
        line = _listen(port)
        line.recv()
        line.send("40")
        assert hung_up.wait(SOON)
        received = 0
        with contextlib.suppress(ConnectionResetError):
            while chunk := line.sock.recv(1_000_000):
                received += len(chunk)
        line.shutdown()
    assert received < 2_000_000
