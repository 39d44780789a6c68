"""Real pages in a real Chromium that follow a dialogue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

PATIENCE_MS = 30_000
Devices = Callable[..., BrowserContext]
"""Gives somebody's browser, with the screen of a phone or of the width and height that it is given."""


@contextmanager
def browsing(browser: Browser, width: int, height: int) -> Iterator[BrowserContext]:
    """Somebody's browser with a screen of this size, in which no page may complain.

    Complaints are kept until it is closed: whatever is raised while Playwright tells of one ends Playwright's
    connection, and with it every later test.
    """
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE")
    context.set_default_timeout(PATIENCE_MS)
    context.on("weberror", lambda told: complaints.append(f"{told.page and told.page.url}: {told.error}"))
    try:
        yield context
    finally:
        context.close()
    assert complaints == []


def opened(context: BrowserContext, address: str, cookie: str) -> Page:
    """A page of whoever has this cookie, as soon as it hears what happens."""
    origin = "/".join(address.split("/")[:3])  # Beside its page it goes to the socket as well.
    context.add_cookies([{"name": "dialog", "value": cookie, "url": origin}])
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-connection]").first).to_have_attribute("data-state", "open")
    return page
