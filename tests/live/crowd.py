"""A crowd of raw clients that behave like the script of the pages.

Each follows its board, keeps what it could not send, and sends it again with the same key. What they were told is
counted against what the database holds.
"""

import asyncio
import contextlib
import json
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from dialog.board import Board, apply
from dialog.events.wire import TIDINGS
from dialog.models import JournalEntry
from dialog.store import Store
from tests.bench.phones import Screen

PATIENCE = 15.0
"""Seconds until a request counts as lost, as in the script."""
WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
COMES_BACK, COMES_BACK_AT_LATEST = 0.5, 2.0
"""Seconds between two tries to connect."""

Fields = Mapping[str, str | Sequence[str]]


@dataclass
class Ledger:
    """What was sent and what was acknowledged, over all devices."""

    requests: int = 0
    retried: int = 0
    throttled: int = 0
    sent: set[str] = field(default_factory=set)
    """Keys of acts."""
    acknowledged: dict[str, int] = field(default_factory=dict)
    """The number of the act by its key."""
    refused: list[str] = field(default_factory=list)

    def against(self, store: Store, dialogue_ids: Iterable[str], since: Mapping[str, int]) -> dict[str, int]:
        """The counts, compared with the journals of these dialogues after the numbers in `since`."""
        with store.reading() as db:
            held = {
                (row.client_key, row.seq)
                for dialogue_id in dialogue_ids
                for row in db.execute(
                    select(JournalEntry.client_key, JournalEntry.seq).where(
                        JournalEntry.dialogue_id == dialogue_id, JournalEntry.seq > since[dialogue_id]
                    )
                )
            }
            numbers = {
                dialogue_id: db.execute(
                    select(func.count(), func.min(JournalEntry.seq), func.max(JournalEntry.seq)).where(
                        JournalEntry.dialogue_id == dialogue_id
                    )
                ).one()
                for dialogue_id in dialogue_ids
            }
        gaps = sum(last - first + 1 - count for count, first, last in numbers.values())
        keys = [key for key, _seq in held]
        return {
            "sent": len(self.sent),
            "requests": self.requests,
            "retried": self.retried,
            "acknowledged": len(self.acknowledged),
            "lost": len(set(self.acknowledged.items()) - held),
            "doubled": len(keys) - len(set(keys)),
            "never asked for": len(set(keys) - self.sent),
            "refused": len(self.refused),
            "gaps": gaps,
        }


class Device(Screen):
    """A page that follows its board and comes back by itself, with an outbox."""

    def __init__(self, port: int, cookie: str, greeting: Mapping[str, str], ledger: Ledger) -> None:
        super().__init__(port, cookie, greeting, lambda *_heard: None)
        self.ledger, self.board = ledger, Board()
        self.board_url = _board_url(greeting)
        self.here, self.back = asyncio.Event(), asyncio.Event()
        self.unsent = ""
        """What is on its way, and what became of the last try."""
        self._stays: asyncio.Task[None] | None = None
        self._catching: asyncio.Task[None] | None = None
        self._catch_again = False

    def __str__(self) -> str:
        return f"{self.board_url} at {self.board.get('seq')}, {'here' if self.here.is_set() else 'away'}"

    # --- Listening ----------------------------------------------------------------------------------------------------

    def stay(self) -> None:
        """Connect, and again whenever the connection ends."""
        self._stays = asyncio.create_task(self._stay())

    async def leave(self) -> None:
        for task in (self._stays, self._catching, self.listening):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task
        await self.close()

    async def _stay(self) -> None:
        tries = 0
        while True:
            with contextlib.suppress(*GONE):
                async with asyncio.timeout(PATIENCE):
                    await self.connect()
                    await self.catch_up()
                tries = 0
                self.here.set()
                self.back.set()
                assert self.listening is not None
                await self.listening
            self.here.clear()
            if self.socket is not None:
                await self.socket.close()
            wait = COMES_BACK * 2**tries * random.uniform(0.3, 1.7)
            tries = min(tries + 1, 8)
            await asyncio.sleep(min(wait, COMES_BACK_AT_LATEST))

    async def _listen(self, socket: ClientConnection) -> None:
        with contextlib.suppress(WebSocketException):
            async for said in socket:
                if said == "2":
                    await socket.send("3")
                elif str(said).startswith("42"):
                    self._follow(json.loads(said[2:])[1])
                elif str(said).startswith("41"):
                    await socket.close()

    def _follow(self, frame: Mapping[str, Any]) -> None:
        """Apply what comes next; on a gap, or where only a page can show it, fetch the snapshot."""
        self.frames += 1
        for act in frame["acts"]:
            if not self.board or act["seq"] <= self.board["seq"]:
                continue
            try:
                self.board = apply(self.board, act["seq"], [_tiding(told) for told in act["tidings"]])
            except ValueError:
                return self._catch_up_soon()

    def _catch_up_soon(self) -> None:
        """As the script: what is heard of while a snapshot is on its way may not be in it, so another one follows."""
        self._catch_again = True
        if self._catching is None or self._catching.done():
            self._catching = asyncio.create_task(self._until_caught_up())

    async def _until_caught_up(self) -> None:
        while self._catch_again:
            self._catch_again = False
            try:
                await self.catch_up()
            except GONE:
                self._catch_again = True
                await asyncio.sleep(0.5)

    async def catch_up(self) -> None:
        fresh = await self.fresh()
        if not self.board or fresh["seq"] >= self.board["seq"]:
            self.board = fresh

    async def fresh(self) -> Board:
        """The board as a page just loaded has it. Raises ConnectionError."""
        try:
            status, body = await self.web.get(self.board_url)
        except BaseException:
            self._hang_up()
            raise
        if status != 200:
            raise ConnectionError(body)
        return dict(json.loads(body))

    # --- Sending ------------------------------------------------------------------------------------------------------

    async def does(self, path: str, fields: Fields, key: str = "") -> Any:
        """Send a form until it is acknowledged, always with the same key. Raises AssertionError if it is refused."""
        key = key or secrets.token_urlsafe(18)
        self.ledger.sent.add(key)
        for tries in range(1000):
            self.back.clear()
            self.unsent = f"{path}, try {tries + 1}"
            status, answer = await self._attempt(path, fields, key)
            self.unsent += f": {status} {answer}"
            self.ledger.requests += 1
            if status == 200:
                self.unsent = ""
                self.ledger.acknowledged[key] = answer["seq"]
                return answer
            if status and status < 500 and status != 429:
                self.ledger.refused.append(f"{path} {status} {answer}")
                raise AssertionError(self.ledger.refused[-1])
            self.ledger.retried += 1
            self.ledger.throttled += status == 429
            wait = WAITS[min(tries, len(WAITS) - 1)] * random.uniform(0.75, 1.25)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.back.wait()
        raise AssertionError(f"{path} was never answered")

    async def _attempt(self, path: str, fields: Fields, key: str) -> tuple[int, Any]:
        """One try; status 0 when there was no answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                status, answer, _took = await self.web.post(path, fields, key)
        except GONE:
            self._hang_up()
            return 0, None
        if not isinstance(answer, dict):
            return 0, None
        return status, answer

    def _hang_up(self) -> None:
        """Whatever was half said on this connection, the next request begins on another one."""
        self.web.close()
        self.web.writer = None


GONE = (OSError, EOFError, TimeoutError, WebSocketException, ConnectionError, ValueError, KeyError, AssertionError)
"""What a client meets when the other side goes away in the middle of a sentence."""


class Crowd:
    """Devices that act at the same time, each one act after the other, until they are told to rest."""

    def __init__(self, devices: Sequence[Device], ledger: Ledger) -> None:
        self.devices, self.ledger = devices, ledger
        self._go = asyncio.Event()
        self._people: list[asyncio.Task[None]] = []

    def employ(self, device: Device, life: Callable[[Device], Awaitable[Any]], pause: float) -> None:
        """Let somebody do one thing after the other with this device, with pauses of about so many seconds."""

        async def live() -> None:
            while True:
                await self._go.wait()
                await life(device)
                await asyncio.sleep(random.uniform(0, 2 * pause))

        self._people.append(asyncio.create_task(live()))

    def begin(self) -> None:
        self._go.set()

    def rest(self) -> None:
        """Nobody begins anything new; what is on its way goes on until it is acknowledged."""
        self._go.clear()

    async def rested(self, within: float) -> None:
        """Everything is acknowledged. Raises AssertionError when it takes longer, or when something was refused."""
        until = time.monotonic() + within
        while unsent := [device.unsent for device in self.devices if device.unsent]:
            assert time.monotonic() < until, f"not acknowledged: {unsent}"
            await asyncio.sleep(0.01)
        for person in self._people:
            if person.done():
                person.result()

    async def shows_the_newest(self, within: float) -> None:
        """Every screen shows what a fresh load shows."""
        until = time.monotonic() + within
        while True:
            stale = [device for device in self.devices if not await self._is_fresh(device)]
            if not stale:
                return
            assert time.monotonic() < until, f"{len(stale)} screens are behind: {[str(one) for one in stale[:5]]}"
            await asyncio.sleep(0.05)

    async def _is_fresh(self, device: Device) -> bool:
        try:
            return device.here.is_set() and await device.fresh() == device.board
        except GONE:
            return False

    async def end(self) -> None:
        for person in self._people:
            person.cancel()
        await asyncio.gather(*self._people, return_exceptions=True)
        await asyncio.gather(*(device.leave() for device in self.devices), return_exceptions=True)
        await asyncio.sleep(0.1)  # Connections close one turn of the loop later.


@asynccontextmanager
async def crowd(devices: Sequence[Device], ledger: Ledger) -> AsyncIterator[Crowd]:
    """Everybody connects; at the end everybody leaves."""
    here = Crowd(devices, ledger)
    try:
        for device in devices:
            device.stay()
        async with asyncio.timeout(30):
            for device in devices:
                await device.here.wait()
                await device.web.ready()
        yield here
    finally:
        await here.end()


def busyness() -> float:
    """How many times longer a piece of work takes now than on this machine alone; 1 when nobody else is working."""
    began, used = time.monotonic(), time.thread_time()
    while time.thread_time() - used < 0.05:
        pass
    return max(1.0, (time.monotonic() - began) / (time.thread_time() - used))


def _board_url(greeting: Mapping[str, str]) -> str:
    dialogue_id = greeting["dialogue"]
    if greeting["page"] == "board":
        return f"/b/{dialogue_id}/{greeting['group']}/board.json"
    return f"/{'m' if greeting['page'] == 'cockpit' else 'd'}/{dialogue_id}/board.json"


def _tiding(told: Mapping[str, Any]) -> Any:
    fields = dict(told)
    return TIDINGS[fields.pop("type")].model_validate(fields)
