"""What lies between the server and its database, or anything else it needs."""

import contextlib
import socket
import threading

from tests.server import free_port


class Cable:
    """Carries everything to an address; can be pulled and plugged in again."""

    def __init__(self, host: str, port: int) -> None:
        self.to, self.port = (host, port), free_port()
        self._ends: list[socket.socket] = []
        self._door = socket.socket()
        self._door.close()
        self.plug()

    def plug(self) -> None:
        """Nothing, if it is plugged in."""
        if self._door.fileno() >= 0:
            return
        self._door = socket.create_server(("127.0.0.1", self.port))
        self._ends = [self._door]
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def pull(self) -> None:
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                here, _ = door.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(self.to)
            except OSError:  # Nobody there: who called hears that, as without a cable.
                here.close()
                continue
            self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)
