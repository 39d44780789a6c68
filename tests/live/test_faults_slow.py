"""A phone that stops reading holds up nobody, costs no memory without end, and catches up when it wakes."""

import asyncio
import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import gevent
import psutil
import pytest
import websocket

from sessions import sockets
from tests.bench.phones import phone_of
from tests.live.carrier import carrier, serving
from tests.live.counted import counted
from tests.live.crowd import Device, Ledger, crowd
from tests.live.hall import SOON, Hall
from tests.live.second_half import SecondHalf
from tests.loops import run

ACTS = int(os.environ.get("FAULT_ACTS", "60"))
FRAMES = 3000
LONG = "Wir reden miteinander. " * 120
TITLE = "Ein Rückruf am selben Tag"
MEGABYTE = 1_000_000


def deaf(hall: Hall, cookie: str) -> websocket.WebSocket:
    """A phone that says who it is and then reads nothing more."""
    line = websocket.create_connection(
        f"{hall.server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket",
        sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),),
        cookie=f"dialog={cookie}",
        origin=hall.server.url,
        timeout=10,
    )
    line.recv()
    line.send("40" + json.dumps(phone_of(hall.id)))
    assert str(line.recv()).startswith("40")
    return line


async def table_writes(hall: Hall, devices: list[Device], ledger: Ledger, was: dict[str, Any]) -> list[float]:
    """Everybody at the table writes long proposals at the same time; the seconds that each took."""
    times: list[float] = []

    async def write(number: int, device: Device) -> None:
        for turn in range(ACTS // len(devices)):
            began = time.monotonic()
            text = f"{number} {turn} {LONG}"
            await device.does(f"/d/{hall.id}/write/vision", {"text": text, "plain": text})
            times.append(time.monotonic() - began)
            await asyncio.sleep(0.15)

    async with crowd(devices, ledger) as people:
        await asyncio.gather(*(write(number, device) for number, device in enumerate(devices)))
        await people.shows_the_newest(SOON)
    return times


def test_a_deaf_phone_holds_up_nobody(own_hall: Hall) -> None:
    hall = Hall(own_hall.server, own_hall.store, text_characters=4000, entries_per_table=500)
    half = SecondHalf(hall, people=6)
    half.sits_down(tables=2)
    for ear in half.phones.values():
        ear.hang_up()
    table = max((half.at(table_id) for table_id in half.tables().values()), key=len)
    sleeper, *others = table
    process = psutil.Process(hall.server.process.pid if hall.server.process else 0)

    def measure() -> tuple[float, dict[str, int]]:
        ledger, since = Ledger(), {hall.id: hall.seq()}
        devices = [Device(hall.server.port, f"dialog={one.cookie}", phone_of(hall.id), ledger) for one in others]
        times = run(table_writes(hall, devices, ledger, {}))
        return median(times), ledger.against(hall.store, since, since)

    alone, _ = measure()
    lines = [deaf(hall, sleeper.cookie) for _ in range(5)]
    before = process.memory_full_info().uss
    with_deaf, counts = measure()
    grown = process.memory_full_info().uss - before
    counted(
        "phones stop reading",
        {
            **counts,
            "median ms": round(1000 * with_deaf, 1),
            "without deaf phones": round(1000 * alone, 1),
            "MB": grown / MEGABYTE,
        },
    )
    for line in lines:
        line.shutdown()
    assert (counts["lost"], counts["doubled"], counts["acknowledged"]) == (0, 0, counts["sent"])
    assert with_deaf < 3 * alone + 2, "a deaf phone is waited for much longer"
    assert grown < 20 * MEGABYTE
    assert hall.picture(sleeper)["seq"] == hall.seq(), "whoever wakes sees everything"


@contextlib.contextmanager
def speaking(emitted: threading.Event, behind: list[int]) -> Iterator[int]:
    """A server with small buffers that tells everybody in the room many things once two are in it; its port."""
    server = carrier()
    inside: list[str] = []

    def talk() -> None:
        for number in range(FRAMES):
            server.emit("frame", {"number": number, "text": "x" * 1000})
            behind.append(max((line.queue.qsize() for line in server.eio.sockets.values()), default=0))
            gevent.sleep(0.0005)
        emitted.set()

    def come_in(sid: str, _environ: Any, _auth: Any) -> None:
        inside.append(sid)
        if len(inside) == 2:
            gevent.spawn_later(0.2, talk)

    server.on("connect", come_in)
    with serving(server, buffer=16_384) as port:
        yield port


def test_what_waits_for_a_deaf_phone_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    emitted, behind = threading.Event(), list[int]()
    with speaking(emitted, behind) as port:
        address = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
        sleeper = websocket.create_connection(
            address, sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),), timeout=10
        )
        listener = websocket.create_connection(address, timeout=20)
        for line in (sleeper, listener):
            line.recv()
            line.send("40")
        heard = []
        while len(heard) < FRAMES:
            said = str(listener.recv())
            if said.startswith("42"):
                heard.append(json.loads(said[2:])[1]["number"])
        assert emitted.wait(SOON)
        until = time.monotonic() + SOON
        ended = False
        with contextlib.suppress(OSError, websocket.WebSocketException):
            while time.monotonic() < until:
                sleeper.recv()
        ended = time.monotonic() < until
        listener.close()
        sleeper.shutdown()
    counted("what waits for a phone that stops reading", {"frames": FRAMES, "most waiting": max(behind)})
    assert heard == list(range(FRAMES)), "who reads hears everything, in order"
    assert max(behind) <= sockets.MOST_WAITING
    assert max(behind) > 100, "the other one was behind"
    assert ended, "and is hung up on"
