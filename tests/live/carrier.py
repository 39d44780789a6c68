"""What carries frames, by itself: python-socketio on our sockets and our register, without the rest of the program."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import gevent
import socketio

from sessions import sockets
from sessions.listeners import Listeners
from tests.live.hall import SOON


def carrier() -> socketio.Server:
    sockets.send_whole_frames()
    log = sockets.in_one_line()
    return socketio.Server(client_manager=Listeners(), async_mode="gevent", logger=log, engineio_logger=log)


@contextmanager
def serving(server: socketio.Server, buffer: int | None = None) -> Iterator[int]:
    """Serve it from a thread of its own; its port. `buffer`: bytes that the system keeps for who does not read."""
    ready, done, ports = threading.Event(), threading.Event(), list[int]()

    def run() -> None:
        http = sockets.HallServer(("127.0.0.1", 0), socketio.WSGIApp(server), log=None, error_log=None)
        http.start()
        if buffer is not None:
            http.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        ports.append(http.server_port)
        ready.set()
        while not done.is_set():
            gevent.sleep(0.02)
        http.stop(timeout=1)
        gevent.get_hub().destroy()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(SOON)
    yield ports[0]
    done.set()
    thread.join()
