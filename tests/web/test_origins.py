"""From which pages the server may be written to."""

import socket

import pytest
from flask import Flask

from sessions.origins import allowed

FOREIGN = "https://elsewhere.example"


def told(lone_app: Flask, origin: str, host: str = "localhost:8000", **forwarded: str) -> int:
    """The status of a form from a page of this origin; 400 means that only its token is missing."""
    headers = {"Origin": origin, "Host": host, **{name.replace("_", "-"): value for name, value in forwarded.items()}}
    return lone_app.test_client().post("/language", headers=headers).status_code


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8000", "localhost:8000"),
        ("http://localhost:8000", "proxy.internal:9000"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://192.168.178.20:8000", "192.168.178.20:8000"),
        ("http://192.168.178.20", "192.168.178.20"),
        ("http://[fd00::5]:8000", "[fd00::5]:8000"),
        (f"http://{socket.gethostname().lower()}:8000", f"{socket.gethostname()}:8000"),
    ],
)
def test_own_pages_may_write(lone_app: Flask, origin: str, host: str) -> None:
    assert told(lone_app, origin, host) == 400


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (FOREIGN, "localhost:8000"),
        (FOREIGN, "elsewhere.example"),  # somebody else's name that points here
        ("null", "localhost:8000"),
        ("", "localhost:8000"),
        ("http://", "localhost:8000"),
        ("file://", "localhost:8000"),
        ("http://localhost:8001", "localhost:8000"),
        ("http://127.0.0.1:8001", "127.0.0.1:8000"),
        ("http://192.168.178.20:8000", "192.168.178.21:8000"),
        ("https://localhost.elsewhere.example:8000", "localhost:8000"),
        ("http://localhost:8000.elsewhere.example", "localhost:8000"),
        ("http://localhost:8000@elsewhere.example", "localhost:8000"),
        ("chrome-extension://abc", "abc"),
        ("http://[", "["),
    ],
)
def test_other_pages_may_not(lone_app: Flask, origin: str, host: str) -> None:
    assert told(lone_app, origin, host) == 403


def test_what_a_proxy_says_of_the_host_is_not_believed(lone_app: Flask) -> None:
    forwarded = {"X_Forwarded_Host": "elsewhere.example", "X_Forwarded_Proto": "https", "Forwarded": "host=elsewhere"}
    assert told(lone_app, FOREIGN, **forwarded) == 403


def test_reading_is_open_to_every_page(lone_app: Flask) -> None:
    assert lone_app.test_client().get("/healthz", headers={"Origin": FOREIGN}).status_code == 200


def test_the_address_may_change_while_the_server_runs(lone_app: Flask) -> None:
    with lone_app.app_context():
        assert allowed("http://10.0.0.5:8000", "10.0.0.5:8000")
        assert allowed("http://10.0.0.6:8000", "10.0.0.6:8000")
        assert not allowed("http://10.0.0.5:8000", "10.0.0.6:8000")
