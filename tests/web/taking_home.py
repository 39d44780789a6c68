"""Somebody takes a file home: asks for it, waits on its page, and saves it."""

import time

from werkzeug.test import TestResponse

from tests.web.house import Browser

PATIENCE = 120


def asks_for(browser: Browser, dialogue_id: str, kind: str, profile: str = "internal") -> str:
    """The address of the page of the file."""
    answer = browser.post(f"/m/{dialogue_id}/exports", json=False, kind=kind, profile=profile)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def waits_for(browser: Browser, page: str) -> str:
    """How it ended, as the page's script is told."""
    end = time.monotonic() + PATIENCE
    while not (told := browser.get(f"{page}/state", json=True).json)["over"]:
        assert time.monotonic() < end, told
        time.sleep(0.1)
    return str(told["state"])


def taken_home(browser: Browser, dialogue_id: str, kind: str, profile: str = "internal") -> TestResponse:
    """The answer that brings the file."""
    page = asks_for(browser, dialogue_id, kind, profile)
    assert waits_for(browser, page) == "ready"
    return browser.get(f"{page}/file")
