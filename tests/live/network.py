"""A bad network between phones and the server: late, torn, or gone for a while."""

import contextlib
import random
import socket
import threading
import time

from tests.server import free_port

PIECE = 65_536


class BadNetwork:
    """Carries what is said to the server and back. `late` and `torn`: the parts (0 to 1) of all pieces it befalls.

    A torn piece may have arrived: the connection ends before or after it. While the network is cut nothing moves and
    nobody is told, as where there is no reception.
    """

    def __init__(self, to: int, seed: int = 0) -> None:
        self.to, self.port = to, free_port()
        self.late = self.torn = 0.0
        self.delayed = self.cut_off = 0
        self._dice = random.Random(seed)
        self._open = threading.Event()
        self._open.set()
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", self.port), backlog=200)
        threading.Thread(target=self._let_in, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        """Phones that come back have another address: what was open before stays silent for ever."""
        old, self._ends = self._ends, []
        self._open.set()
        for end in old:
            self._end(end)

    def close(self) -> None:
        self._open.set()
        for end in (self._door, *self._ends):
            self._end(end)

    def _let_in(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return  # The door is shut.
            try:
                there = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                here.close()
                continue
            self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(PIECE):
                self._open.wait()
                chance = self._dice.random()
                if chance < self.late:
                    self.delayed += 1
                    time.sleep(self._dice.uniform(0.3, 1.5))
                elif chance < self.late + self.torn:
                    self.cut_off += 1
                    if self._dice.random() < 0.5:
                        other.sendall(data)
                    break
                other.sendall(data)
        self._end(one)
        self._end(other)

    def _end(self, end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
