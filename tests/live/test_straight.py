"""What everybody is told is written straight to who listens, and the register of rooms is python-socketio's own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import socketio
import websocket

from sessions.gathering import AT_MOST, GATHER, pause_after
from sessions.listeners import Listeners
from tests.live.carrier import carrier, serving
from tests.live.hall import SOON

FRAMES = 20


@contextmanager
def speaking(long_way: list[Any]) -> Iterator[int]:
    """A server that tells everybody many things once somebody asks for it, but not who asks; its port."""
    server = carrier()

    def talk(sid: str) -> None:
        real = server._send_eio_packet
        server._send_eio_packet = lambda line_id, packet: (long_way.append(packet), real(line_id, packet))
        for number in range(FRAMES):
            server.emit("frame", {"number": number, "text": "Wörter"}, skip_sid=sid)
        server._send_eio_packet = real
        server.emit("end", {})

    server.on("connect", lambda sid, _environ, _auth: None)
    server.on("talk", talk)
    with serving(server) as port:
        yield port


def come_in(port: int) -> websocket.WebSocket:
    line = websocket.create_connection(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=SOON)
    line.recv()
    line.send("40")
    assert str(line.recv()).startswith("40")
    return line


def heard(line: websocket.WebSocket) -> list[Any]:
    """What is told, until the end."""
    told = []
    while (said := json.loads(str(line.recv()).removeprefix("42")))[0] != "end":
        told.append(said)
    return told


def test_frames_go_straight_to_who_listens_and_not_to_who_is_skipped() -> None:
    long_way = list[Any]()
    with speaking(long_way) as port:
        anna, ben = come_in(port), come_in(port)
        ben.send('42["talk"]')
        by_anna, by_ben = heard(anna), heard(ben)
        for line in (anna, ben):
            line.shutdown()
    assert by_anna == [["frame", {"number": number, "text": "Wörter"}] for number in range(FRAMES)]
    assert by_ben == []
    assert long_way == []


def test_the_rooms_of_a_connection_are_those_of_python_socketio() -> None:
    ours, theirs = Listeners(), socketio.Manager()
    for manager in (ours, theirs):
        socketio.Server(client_manager=manager, async_mode="threading")

    def rooms(manager: socketio.Manager, sids: list[str]) -> list[list[int | str]]:
        """By connection; its own room, whose name is drawn, as a number."""
        return [[sids.index(room) if room in sids else room for room in manager.get_rooms(sid, "/")] for sid in sids]

    sids = {manager: [manager.connect(line, "/") for line in ("anna", "ben", "carl")] for manager in (ours, theirs)}

    def same() -> list[list[int | str]]:
        now = [[sorted(map(str, some)) for some in rooms(manager, sids[manager])] for manager in (ours, theirs)]
        assert now[0] == now[1]
        return now[0]

    for manager, (anna, ben, _carl) in sids.items():
        for name in ("table 1", "table 2"):
            manager.enter_room(anna, "/", name)
        manager.enter_room(ben, "/", "table 2")
    assert same() == [["0", "table 1", "table 2"], ["1", "table 2"], ["2"]]
    for manager, (anna, ben, _carl) in sids.items():
        manager.leave_room(anna, "/", "table 1")
        manager.leave_room(anna, "/", "nowhere")
        manager.close_room("table 2", "/")
        manager.disconnect(ben, "/")
    assert same() == [["0"], [], ["2"]]
    for manager, (anna, _ben, carl) in sids.items():
        manager.disconnect(anna, "/")
        manager.disconnect(carl, "/")
    assert same() == [[], [], []]
    assert ours._rooms_of == {}, "nothing is kept of who has gone"


@pytest.mark.parametrize("acts", [1, 2, 5, 100])
def test_frames_wait_longer_while_they_are_full_and_never_longer_than_people_notice(acts: int) -> None:
    assert GATHER <= pause_after(acts) <= AT_MOST
    assert pause_after(1) == GATHER < pause_after(2) <= pause_after(acts + 1)
    assert pause_after(acts) <= pause_after(acts + 1)
