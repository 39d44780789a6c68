"""Junk on the socket: refused or answered with a sentence, and the server lives."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import websocket

from tests.live.hall import SOON, Hall, Refused, until

HUGE = "x" * 9000

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)


def _greetings(dialogue: str) -> Iterator[Any]:
    phone = {"page": "phone", "dialogue": dialogue}
    yield from (None, True, False, 0, 1, -1.5, "", "phone", HUGE, [], [phone], [[[[]]]], {})
    yield from ({"page": "phone"}, {"dialogue": dialogue}, {**phone, "page": "kitchen"}, {**phone, "more": 1})
    for junk in (None, True, 1, 1.5, "", " ", "\0", "' OR 1=1", "\ud800", "../..", HUGE, [], [dialogue], {}, {"a": 1}):
        for field in ("page", "dialogue", "group", "link"):
            if junk != "" or field in ("page", "dialogue"):
                yield {**phone, field: junk}


@contextmanager
def raw(hall: Hall, cookie: str = "", *headers: str, origin: str | None = None) -> Iterator[websocket.WebSocket]:
    """A bare WebSocket, as somebody who means harm would use it."""
    address = f"ws://localhost:{hall.server.port}/socket.io/?EIO=4&transport=websocket"
    header = [f"Cookie: dialog={cookie}", *headers]
    line = websocket.create_connection(address, header=header, origin=origin, timeout=SOON)
    try:
        assert line.recv().startswith("0{")
        yield line
    finally:
        line.shutdown()


def answer(line: websocket.WebSocket) -> str:
    """The next message that is not a ping."""
    while (message := str(line.recv())) == "2":
        line.send("3")
    return message


def is_hung_up(line: websocket.WebSocket) -> bool:
    """Whether the server closes the connection itself, within the time-out of the line."""
    try:
        while line.recv_frame():
            pass
    except (websocket.WebSocketTimeoutException, TimeoutError):
        return False
    except (websocket.WebSocketConnectionClosedException, OSError):
        return True
    return False


def test_no_junk_greeting_gets_in(hall: Hall) -> None:
    anna = hall.joins()
    hall.phone(anna)
    for greeting in _greetings(hall.id):
        with raw(hall, anna.cookie) as line:
            line.send("40" if greeting is None else "40" + json.dumps(greeting))
            told = answer(line)
            assert told.startswith("44{"), f"{greeting!r}: {told}"
            data = json.loads(told[2:])["data"]
            assert data["status"] in (400, 403, 404), f"{greeting!r}: {told}"
            assert data["error"], greeting


def test_a_greeting_that_is_no_json_does_not_get_in(hall: Hall) -> None:
    anna = hall.joins()
    for message in ("40{", "40{]", "40nonsense", "401e308", "40" + "[" * 5000):
        with raw(hall, anna.cookie) as line:
            line.send(message)
            line.send("40/elsewhere,")
            assert answer(line).startswith("44/elsewhere,"), "the only answer is to the second one"


@pytest.mark.parametrize("message", ["4", "49", "7", "x", "", "\U0001f4a3", "451-[]", b"binary"])
def test_who_does_not_speak_the_protocol_is_hung_up_on(hall: Hall, message: str | bytes) -> None:
    with raw(hall, hall.mara.cookie) as line:
        line.send(message) if isinstance(message, str) else line.send_binary(message)
        assert line.recv_frame().opcode == websocket.ABNF.OPCODE_CLOSE


def test_another_namespace_does_not_get_in(hall: Hall) -> None:
    with raw(hall, hall.mara.cookie) as line:
        line.send('40/admin,{"page":"cockpit"}')
        assert answer(line).startswith("44/admin,")


@pytest.mark.parametrize("said", [None, True, 7, -0.5, "text", HUGE, [], [[1]], {}, {"seq": 99}])
def test_whoever_writes_over_the_socket_is_told_to_use_the_page(hall: Hall, said: Any) -> None:
    ear = hall.phone(hall.joins())
    for event in ("frame", "post_card", "junk", "card posted"):
        told = ear.client.call(event, said, timeout=SOON)
        assert told["status"] == 404
        assert "Seite" in told["error"]
    ear.hears(hall.goes_to("collect"))


def test_broken_packets_hurt_nobody_else(hall: Hall) -> None:
    anna, ben = hall.joins(), hall.joins()
    his = hall.phone(ben)
    greeting = json.dumps({"page": "phone", "dialogue": hall.id})
    for message in ("42", "42[", "42{}", "42[]", "42[7]", "42[null]", "421e9", "42/", "41", "40", "40" + greeting):
        with raw(hall, anna.cookie) as line:
            line.send("40" + greeting)
            assert answer(line).startswith("40{")
            line.send(message)
            line.send(message)
    assert his.hears(hall.goes_to("collect"))


def test_a_message_of_a_megabyte_closes_its_connection_and_no_other(hall: Hall) -> None:
    anna, ben = hall.joins(), hall.joins()
    his = hall.phone(ben)
    with raw(hall, anna.cookie) as line:
        line.send("40" + json.dumps({"page": "phone", "dialogue": hall.id}))
        assert answer(line).startswith("40{")
        try:
            line.send('42["junk","' + "x" * 1_000_000 + '"]')
        except OSError:
            pass
        assert is_hung_up(line)
    assert his.hears(hall.goes_to("collect"))


def test_text_that_is_no_text_closes_its_connection_and_no_other(hall: Hall) -> None:
    anna, ben = hall.joins(), hall.joins()
    his = hall.phone(ben)
    with raw(hall, anna.cookie) as line:
        line.send("40" + json.dumps({"page": "phone", "dialogue": hall.id}))
        assert answer(line).startswith("40{")
        line.send_frame(websocket.ABNF.create_frame(b"42\xff\xfe", websocket.ABNF.OPCODE_TEXT))
        assert is_hung_up(line)
    assert his.hears(hall.goes_to("collect"))


def test_a_page_of_another_site_is_refused(hall: Hall) -> None:
    cookie, foreign = hall.joins().cookie, "https://elsewhere.example"
    with raw(hall, cookie, origin=hall.server.url):
        pass
    forwarded = ("X-Forwarded-Host: elsewhere.example", "X-Forwarded-Proto: https", "Forwarded: host=elsewhere.example")
    for origin, headers in (
        (foreign, ()),
        (foreign, forwarded),
        ("null", ()),
        (hall.server.url + ".elsewhere.example", ()),
        (f"http://127.0.0.1:{hall.server.port + 1}", ()),
    ):
        with (
            pytest.raises(websocket.WebSocketBadStatusException, match="400"),
            raw(hall, cookie, *headers, origin=origin),
        ):
            pass
        answer = hall.mara.ask("POST", "/language", {"Origin": origin})
        assert answer.status_code == 403, f"{origin}: {answer.text}"


def test_compression_is_not_agreed_to(hall: Hall) -> None:
    with raw(hall, "", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits") as line:
        assert "sec-websocket-extensions" not in line.getheaders()


def test_a_connection_ends_when_one_side_says_goodbye(hall: Hall) -> None:
    with raw(hall) as line:
        line.send_close()
        assert is_hung_up(line)


def test_polling_follows_the_same_rules(hall: Hall) -> None:
    with pytest.raises(Refused):
        hall.listens("", "phone")
    address = "/socket.io/?EIO=4&transport=polling"
    carl, anna = hall.stranger(), hall.joins()
    for browser, opened in ((carl, False), (anna.browser, True)):
        sid = json.loads(browser.get(address).text[1:])["sid"]
        greeting = json.dumps({"page": "phone", "dialogue": hall.id})
        browser.ask("POST", f"{address}&sid={sid}", data="40" + greeting)
        told = browser.get(f"{address}&sid={sid}").text
        assert told.startswith("40" if opened else "44"), told
    assert anna.browser.get(address, Origin="https://elsewhere.example").status_code == 400
    until(lambda: anna.browser.get("/healthz").status_code == 200)
