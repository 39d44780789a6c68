"""Everybody's screens in the hall, and how Mara's hand moves."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.light import LightPhone
from tests.browser.watched import Watched, german
from tests.server import Server

SOON = 30
"""Seconds."""
AFTER_A_PRESS_MS = 750
"""The cockpit takes a second press within 0.7 s for a slip of the finger."""


class Hall:
    """Everybody's screens."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.mara = Watched(browser, 1440, 900, "Mara's laptop")
        self.wall = Watched(browser, 1920, 1080, "projector")
        self.table = Watched(browser, 1024, 768, "co-moderator's tablet")
        self.anna = Watched(browser, 390, 844, "Anna's phone")
        self.ben = Watched(browser, 320, 640, "Ben's old phone")
        self.cem = Watched(browser, 320, 640, "Cem's phone")
        self.light: list[LightPhone] = []
        self.dialogue_id = ""
        self.code = ""
        self.token = ""

    @property
    def phones(self) -> tuple[Watched, ...]:
        return (self.anna, self.ben, self.cem)

    @property
    def everybody(self) -> tuple[Watched, ...]:
        return (self.mara, self.wall, self.table, *self.phones)

    def at(self, path: str) -> str:
        return f"{self.server.url}{path}"

    def cockpit(self) -> None:
        self.mara.page.goto(self.at(f"/m/{self.dialogue_id}/"))

    def next(self, msgid: str, **values: str) -> None:
        """Mara presses the biggest button of the cockpit."""
        button = self.mara.page.locator(".submit .button-large")
        expect(button).to_have_text(german(msgid, **values))
        self.mara.page.wait_for_timeout(AFTER_A_PRESS_MS)
        button.click()

    def picture(self, folder: Path) -> None:
        """What everybody saw when something went wrong."""
        for screen in self.everybody:
            screen.page.screenshot(path=folder / f"{screen.name}.png")
            print(screen.name, screen.page.url, screen.errors)

    def ends(self) -> None:
        """Everybody goes home; no page is left that keeps the machine busy."""
        for phone in self.light:
            phone.web.close()
        for screen in self.everybody:
            screen.context.close()

    def all_look(self) -> None:
        for screen in self.everybody:
            screen.look()


def post(hall: Hall, address: str, fields: dict[str, str]) -> dict[str, Any]:
    """What the server answers to a form that Mara's browser sends without drawing it."""
    page = hall.mara.page
    hall.token = hall.token or page.request.get(hall.at("/token")).json()["token"]
    key = f"played-{abs(hash((address, *fields.items()))):020d}"
    answer = page.request.post(
        address,
        form={"csrf_token": hall.token, "client_key": key, **fields},
        headers={"Accept": "application/json", "Origin": hall.server.url},
    )
    assert answer.ok, (address, answer.status, answer.text())
    told: dict[str, Any] = answer.json()
    return told


def same_when_loaded_anew(screen: Watched) -> None:
    """A page that has followed the events says the same as a page just loaded, once it has heard of all of them."""
    anew = screen.context.new_page()
    anew.goto(screen.page.url)
    end = time.monotonic() + SOON
    while (followed := screen.text()) != (loaded := anew.inner_text("main")) and time.monotonic() < end:
        anew.wait_for_timeout(200)
    anew.close()
    assert loaded == followed, f"{screen.name} followed to\n{followed}\nand is loaded as\n{loaded}"
