"""What this machine can do at all: a broadcaster on the `websockets` package that checks and stores nothing.

It takes the same forms over HTTP as the server and tells everybody in the same frames, so that the same clients drive
both. `python -m tests.bench.ceiling` prints its two ports, for sockets and for forms.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

import psutil
from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.bench.phones import Heard, Screen, Web
from tests.bench.stand import program


class Broadcaster:
    """Everybody hears everything."""

    def __init__(self) -> None:
        self.listening: set[ServerConnection] = set()
        self.seq = 0

    async def come_in(self, socket: ServerConnection) -> None:
        await socket.send("0{}")
        await socket.recv()
        await socket.send("40{}")
        self.listening.add(socket)
        try:
            async for _said in socket:
                pass
        finally:
            self.listening.discard(socket)

    async def take_forms(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
                body = (await reader.readexactly(int(length))).decode() if length else ""
                answer = json.dumps(self.told(body) if body else {"token": "-"}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    def told(self, body: str) -> dict[str, int]:
        self.seq += 1
        card = {name: said for name, said in parse_qs(body).items() if name != "csrf_token"}
        frame = {"now": int(time.time() * 1000), "acts": [{"seq": self.seq, "tidings": [card]}]}
        broadcast(self.listening, "42" + json.dumps(["frame", frame], separators=(",", ":")))
        return {"seq": self.seq}


class Ceiling:
    """The running broadcaster, and screens at it."""

    def __init__(self, process: psutil.Process, sockets: int, forms: int) -> None:
        self.process, self.sockets, self.forms = process, sockets, forms

    @property
    def cpu(self) -> float:
        """Seconds of processor time it has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def screens(self, count: int, heard: Heard) -> list[Screen]:
        screens = [Screen(self.sockets, "-", {"dialogue": "-"}, heard) for _ in range(count)]
        for screen in screens:
            screen.web = Web(self.forms, "")
        return screens


@contextmanager
def ceiling() -> Iterator[Ceiling]:
    """Started on the server's core, gone afterwards."""
    with program("-m", "tests.bench.ceiling") as running:
        assert running.stdout is not None
        sockets, forms = running.stdout.readline().split()
        yield Ceiling(psutil.Process(running.pid), int(sockets), int(forms))


async def _run() -> None:
    here = Broadcaster()
    options = {"compression": None, "ping_interval": None, "origins": None}
    async with serve(here.come_in, "127.0.0.1", 0, **options) as sockets:
        forms = await asyncio.start_server(here.take_forms, "127.0.0.1", 0)
        ports = [next(iter(server.sockets)).getsockname()[1] for server in (sockets, forms)]
        print(*ports, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_run())
