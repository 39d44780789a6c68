"""The phone of a simulated person: pages and forms over HTTP, and one live connection that only listens.

Nothing of the server is used here but its addresses, the same as on a real phone.
"""

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from simple_websocket import AioClient, ConnectionClosed
from simple_websocket import ConnectionError as NotConnected

from sessions.rehearsal.pages import Fields

PATIENCE = 20.0
"""Seconds a phone waits for an answer."""


class Offline(Exception):
    """There is no network, or nobody answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """The answer to a script; empty when it is a page."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass
class Device:
    """One phone with its cookie. While `online` is False nothing comes or goes."""

    url: str
    language: str = "de"
    cookies: dict[str, str] = field(default_factory=dict)
    online: bool = True

    async def get(self, path: str, accept: str = "text/html", tag: str = "") -> Answer:
        """Raises Offline."""
        return await self._ask("GET", path, accept, more=f"If-None-Match: {tag}\r\n" if tag else "")

    async def post(self, path: str, fields: Fields, accept: str = "application/json") -> Answer:
        """Send a form. Raises Offline; whether it arrived is then unknown."""
        body = urlencode(fields).encode()
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return await self._ask("POST", path, accept, kind, body)

    async def listen(self, dialogue_id: str, heard: Callable[[dict[str, Any]], None]) -> None:
        """Hear frames until the connection ends. Raises Offline when there is none to be had."""
        self._must_be_online()
        address = urlsplit(self.url)
        scheme = "wss" if address.scheme == "https" else "ws"
        try:
            async with asyncio.timeout(PATIENCE):
                socket = await AioClient.connect(
                    f"{scheme}://{address.netloc}/socket.io/?EIO=4&transport=websocket&dialogue={dialogue_id}",
                    headers={"Cookie": self._cookie(), "Origin": self.url},
                )
        except (OSError, TimeoutError, ConnectionClosed, NotConnected) as error:
            raise Offline from error
        try:
            # Not after the server's first word: when that comes in one piece with the handshake, the library keeps it
            # back until the next one, and both sides wait for each other.
            await socket.send("40" + json.dumps({"page": "phone", "dialogue": dialogue_id}))
            while self.online:
                said = str(await socket.receive() or "")
                if said == "2":
                    await socket.send("3")
                elif said.startswith("44"):
                    raise Offline
                elif said.startswith("42"):
                    heard(json.loads(said[2:])[1])
        except (OSError, ConnectionClosed, NotConnected) as error:
            raise Offline from error
        finally:
            await _hang_up(socket)

    def _must_be_online(self) -> None:
        if not self.online:
            raise Offline

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def _ask(self, method: str, path: str, accept: str, more: str = "", body: bytes = b"") -> Answer:
        self._must_be_online()
        address = urlsplit(self.url)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {self.url}\r\nReferer: {self.url}/\r\n"
            f"Accept: {accept}\r\nAccept-Language: {self.language}\r\nConnection: close\r\n"
            f"{f'Cookie: {self._cookie()}' if self.cookies else 'X-Phone: new'}\r\n{more}\r\n"
        )
        secure = ssl.create_default_context() if address.scheme == "https" else None
        port = address.port or (443 if secure else 80)
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection(address.hostname, port, ssl=secure)
                try:
                    writer.write(head.encode() + body)
                    await writer.drain()
                    answer = self._read(*await _received(reader))
                finally:
                    writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            raise Offline from error
        self._must_be_online()
        return answer

    def _read(self, head: str, body: bytes) -> Answer:
        first, *lines = head.split("\r\n")
        location = ""
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "location":
                location = value.strip().removeprefix(self.url)
            elif name.lower() == "set-cookie":
                kept, _, content = value.strip().partition(";")[0].partition("=")
                self.cookies[kept] = content
        return Answer(int(first.split(" ", 2)[1]), body.decode("utf-8", "replace"), location)


async def _received(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n"))}
    if "content-length" in fields:
        return head, await reader.readexactly(int(fields["content-length"]))
    if fields.get("transfer-encoding", "").lower() != "chunked":
        return head, await reader.read()
    body = b""
    while size := int((await reader.readline()).strip(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    return head, body


async def _hang_up(socket: AioClient) -> None:
    try:
        await socket.close()
    except (OSError, ConnectionClosed, NotConnected):
        pass
