"""A phone that only listens stays connected for as long as it likes; one that has gone without a word is let go."""

import json

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.bench.phones import phone_of
from tests.live.hall import SOON, Hall

QUIET = 47
"""Seconds: longer than the 45 after which a phone that answers no ping is taken for gone."""


def test_a_quiet_phone_stays_and_a_lost_one_is_let_go(own_hall: Hall) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins("traeger")
    here = hall.phone(anna)
    with connect(
        f"ws://127.0.0.1:{hall.server.port}/socket.io/?EIO=4&transport=websocket",
        additional_headers={"Cookie": f"dialog={ben.cookie}"},
        origin=hall.server.url,
        ping_interval=None,
        compression=None,
    ) as lost:
        greets(lost, hall)
        assert not here.ended.wait(QUIET)
        try:
            while lost.recv(timeout=SOON) != "41":
                pass
        except ConnectionClosed:
            pass
    hall.goes_to("collect")
    here.hears(hall.seq())


def greets(socket: ClientConnection, hall: Hall) -> None:
    assert str(socket.recv()).startswith("0")
    socket.send("40" + json.dumps(phone_of(hall.id)))
    assert str(socket.recv()).startswith("40")
