"""A weak phone in a real browser: processor six times slower, 400 kbit/s, nothing loaded before."""

import asyncio
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from dialog.models import Group
from sessions.perform import store
from tests.bench.figures import Figure, percentile
from tests.bench.phones import Web
from tests.bench.rows import fill_with_cards
from tests.bench.stand import Held, Stand, stand

SLOWER = 6
BYTES_A_SECOND = 400_000 // 8
LATENCY = 60
"""Milliseconds."""
ON_BOARD = 500
NEW_CARDS = 5
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def phone() -> list[Figure]:
    """The first useful screen of a phone, and what a new card costs a board of 500."""
    with stand(12) as here, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=SWITCHES)
        seconds, kilobytes = _first_screen(browser, here)
        scripts = _new_cards(browser, here)
        browser.close()
    return [
        Figure("first useful screen", "s", seconds, at_most=3),
        Figure("loaded for it", "KB", kilobytes, at_most=150),
        Figure("script for a card on a board of 500", "ms", percentile(scripts, 0.5), at_most=50),
        Figure("the slowest of them", "ms", max(scripts)),
    ]


def _opened(browser: Browser, cookie: str, port: int) -> tuple[Page, CDPSession]:
    context = browser.new_context(locale="de-DE", viewport={"width": 390, "height": 780})
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Performance.enable")
    return page, tools


def _slow(tools: CDPSession) -> None:
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _first_screen(browser: Browser, here: Stand) -> tuple[float, float]:
    """Seconds until the field for a thought stands there to be written into, and all that was loaded until quiet."""
    held = here.dialogues[0]
    page, tools = _opened(browser, held.seats[0].cookie, here.server.port)
    loaded: list[float] = []
    tools.on("Network.loadingFinished", lambda said: loaded.append(said["encodedDataLength"]))
    _slow(tools)
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    began = time.perf_counter()
    page.goto(f"{here.server.url}/d/{held.id}/", wait_until="commit")
    page.wait_for_selector("textarea", state="visible")
    took = time.perf_counter() - began
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)
    page.context.close()
    return took, sum(loaded) / 1024


def _new_cards(browser: Browser, here: Stand) -> list[float]:
    """Milliseconds of script on the slow processor, for each of some new cards on a board of 500 open ones."""
    held = here.dialogues[0]
    seat = held.seats[0]
    with here.app.app_context(), store().writing() as db:
        fill_with_cards(db, held, ON_BOARD, [seat.group_id])
        db.get_one(Group, seat.group_id).revealed = True
    page, tools = _opened(browser, held.boards[seat.group_id], here.server.port)
    page.set_viewport_size({"width": 1180, "height": 820})
    page.goto(f"{here.server.url}/b/{held.id}/{seat.group_id}/", wait_until="load")
    page.wait_for_timeout(2000)
    _slow(tools)
    took = []
    for at in range(NEW_CARDS):
        text = f"Frisch geschrieben {at}"
        before = _script(tools)
        _write(here, held, seat.cookie, text)
        page.get_by_text(text).first.wait_for(state="attached", timeout=20_000)
        page.wait_for_timeout(300)
        took.append(1000 * (_script(tools) - before))
    page.context.close()
    return took


def _script(tools: CDPSession) -> float:
    """Seconds of script so far."""
    kept: list[dict[str, Any]] = tools.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in kept if one["name"] == "ScriptDuration")


def _write(here: Stand, held: Held, cookie: str, text: str) -> None:
    """In a thread of its own, as Playwright has the loop of this one."""

    async def post() -> int:
        web = Web(here.server.port, cookie)
        fields = {"valence": "fails", "text": text, "addressees": ["politik"]}
        status, _answer, _took = await web.post(f"/d/{held.id}/cards", fields)
        web.close()
        return status

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, post()).result() == 200
