"""The forum's pages with the four dialogues of the demo, on a laptop and on two phones: nothing is in anybody's way."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watched import Watched, german
from tests.server import ROOT, Server

WIDTHS = ((1440, 900), (390, 844), (320, 640))
PAGES = (
    "/forum",
    "/forum/new",
    "/forum/compare",
    "/forum/compare?running=1",
    "/forum/compare/cards?running=1",
    "/forum/commitments",
    "/forum/categories",
    "/forum/accounts",
    "/forum/password",
    "/forum/import",
)
PAGES_OF_ONE = ("take-home", "minutes", "summary")


@pytest.fixture
def mara(browser: Browser, server: Server) -> Iterator[Watched]:
    """Mara, who signs in to the demo on a laptop."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo"]
    environ = {**os.environ, **server.environment}
    run = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    mara = Watched(browser, *WIDTHS[0], "Mara")
    mara.page.goto(f"{server.url}/sign-in")
    looked_at(mara)
    mara.page.locator("[name=account_name]").fill("mara")
    mara.page.locator("[name=password]").fill(run.stdout.splitlines()[-1].partition(": ")[2])
    mara.page.locator("[name=password]").press("Enter")
    mara.page.wait_for_url("**/forum")
    yield mara
    mara.context.close()


def looked_at(mara: Watched) -> None:
    """On each width; and what is folded is looked at unfolded."""
    mara.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for width, height in WIDTHS:
        mara.page.set_viewport_size({"width": width, "height": height})
        mara.look()


def test_nothing_on_the_forum_s_pages_is_in_anybody_s_way(mara: Watched, server: Server) -> None:
    page = mara.page
    finished = page.locator("li.line", has_text=german("finished"))
    take_home = finished.get_by_role("link", name=german("Take home")).get_attribute("href")
    home = str(take_home).removesuffix("take-home")
    for path in (*PAGES, *(home + one for one in PAGES_OF_ONE)):
        page.goto(server.url + path)
        looked_at(mara)

    page.goto(f"{server.url}/forum/compare?running=1")
    expect(page.locator("[data-table=dialogues] tbody tr")).to_have_count(4)
    page.goto(f"{server.url}/forum/commitments")
    expect(page.locator("li.promise").first).to_be_visible()

    page.goto(f"{server.url}/forum/accounts")
    page.locator("[name=account_name]").fill("Amir")
    page.locator("[name=role][value=analyst]").check(force=True)
    mara.press("Invite and show the link")
    expect(page.locator("#new-link")).to_be_visible()
    looked_at(mara)

    page.goto(f"{server.url}{take_home}")
    page.get_by_role("button", name=f"{german('Internal')} {german('Excel workbook')}").click()
    expect(page.locator("[data-slot=file]")).to_be_visible(timeout=60_000)
    looked_at(mara)
    assert mara.hosts == {"localhost"}
