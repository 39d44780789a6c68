"""Raw clients, so that what is measured is the server and not the client: forms over HTTP, frames over WebSocket.

A phone speaks Engine.IO 4 by hand: "40" greets, "2" is answered with "3", "42" brings a frame.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect

Heard = Callable[["Screen", int, float], None]
"""Called for every act that a screen is told of: the screen, the number of the act, and when (perf_counter)."""


class Web:
    """One device's requests, one after the other on one connection that stays open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie, self.token = port, cookie, ""
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.turn = asyncio.Lock()

    async def get(self, path: str, accept: str = "application/json") -> tuple[int, bytes]:
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._head(accept)}\r\n".encode())

    async def ready(self) -> None:
        """Fetch the token that every form carries; the page of a phone holds it already."""
        if not self.token:
            _status, body = await self.get("/token")
            self.token = json.loads(body)["token"]

    async def post(self, path: str, fields: Mapping[str, str | Sequence[str]], key: str = "") -> tuple[int, Any, float]:
        """Post a form as the script does; its status, its answer, and the seconds until it was acknowledged."""
        await self.ready()
        form = {"csrf_token": self.token, "client_key": key or secrets.token_urlsafe(18), **fields}
        body = urlencode(form, doseq=True).encode()
        head = f"POST {path} HTTP/1.1\r\n{self._head()}Content-Type: application/x-www-form-urlencoded\r\n"
        began = time.perf_counter()
        status, answer = await self._ask(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        took = time.perf_counter() - began
        return status, json.loads(answer) if answer.startswith(b"{") else answer, took

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()

    def _head(self, accept: str = "application/json") -> str:
        here = f"localhost:{self.port}"
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"Host: {here}\r\nOrigin: http://{here}\r\nAccept: {accept}\r\nAccept-Language: de\r\n{cookie}"

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        async with self.turn:
            if self.writer is None or self.writer.is_closing():
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            assert self.reader is not None
            self.writer.write(request)
            return await self._read(self.reader)

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        fields = {}
        for line in head.split("\r\n")[1:]:
            name, _, value = line.partition(":")
            fields[name.strip().lower()] = value.strip()
            if name.strip().lower() == "set-cookie" and value.strip().startswith("dialog="):
                self.cookie = value.strip().split(";", 1)[0]
        if "content-length" in fields:
            body = await reader.readexactly(int(fields["content-length"]))
        elif fields.get("transfer-encoding") == "chunked":
            body = b""
            while size := int((await reader.readline()).strip() or b"0", 16):
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            body = b""
        if fields.get("connection", "").lower() == "close" and self.writer is not None:
            self.writer.close()
        return status, body


class Screen:
    """A page that listens: a phone, a board, a cockpit."""

    def __init__(self, port: int, cookie: str, greeting: Mapping[str, str], heard: Heard) -> None:
        self.port, self.cookie, self.greeting, self.heard = port, cookie, greeting, heard
        self.web = Web(port, cookie)
        self.socket: ClientConnection | None = None
        self.listening: asyncio.Task[None] | None = None
        self.frames = self.acts = self.bytes = 0

    async def connect(self) -> None:
        """Come in and listen. Raises ConnectionError when the server refuses."""
        here = f"localhost:{self.port}"
        self.socket = await connect(
            f"ws://{here}/socket.io/?EIO=4&transport=websocket&dialogue={self.greeting['dialogue']}",
            host="127.0.0.1",
            additional_headers={"Cookie": self.cookie},
            origin=f"http://{here}",
            compression=None,
            ping_interval=None,
            max_queue=None,
            open_timeout=60,
        )
        assert str(await self.socket.recv()).startswith("0")
        await self.socket.send("40" + json.dumps(self.greeting))
        said = str(await self.socket.recv())
        if not said.startswith("40"):
            raise ConnectionError(said)
        self.listening = asyncio.create_task(self._listen(self.socket))

    async def _listen(self, socket: ClientConnection) -> None:
        async for said in socket:
            now = time.perf_counter()
            if said == "2":
                await socket.send("3")
            elif str(said).startswith("42"):
                self.frames += 1
                self.bytes += len(said)
                for seq in numbers(json.loads(said[2:])[1]):
                    self.acts += 1
                    self.heard(self, seq, now)

    async def close(self) -> None:
        if self.listening is not None:
            self.listening.cancel()
        if self.socket is not None:
            await self.socket.close()
        self.web.close()


def numbers(frame: Mapping[str, Any]) -> list[int]:
    """The acts that a frame tells of."""
    return [act["seq"] for act in frame["acts"]] if "acts" in frame else [frame["seq"]]


async def all_come_in(screens: Sequence[Screen], at_once: int = 25) -> None:
    """Connect everybody, a few at a time, and let them fetch their tokens."""
    gate = asyncio.Semaphore(at_once)

    async def one(screen: Screen) -> None:
        async with gate:
            await screen.connect()
            await screen.web.ready()

    await asyncio.gather(*(one(screen) for screen in screens))


async def all_leave(screens: Sequence[Screen]) -> None:
    await asyncio.gather(*(screen.close() for screen in screens), return_exceptions=True)


def phone_of(dialogue_id: str) -> dict[str, str]:
    return {"page": "phone", "dialogue": dialogue_id}


def board_of(dialogue_id: str, group_id: str) -> dict[str, str]:
    return {"page": "board", "dialogue": dialogue_id, "group": group_id}


def cockpit_of(dialogue_id: str) -> dict[str, str]:
    return {"page": "cockpit", "dialogue": dialogue_id}
