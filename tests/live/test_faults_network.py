"""A bad network: requests and frames late or torn, no reception for a while, a page that the phone froze."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.bench.phones import phone_of
from tests.live.counted import counted
from tests.live.crowd import Device, Ledger, crowd
from tests.live.hall import SOON, Guest, Hall, until
from tests.live.network import BadNetwork
from tests.live.pages import opened
from tests.live.second_half import STAKEHOLDERS
from tests.loops import run

AWAY = float(os.environ.get("FAULT_AWAY", "6"))
"""Seconds without network, asleep or frozen."""
PEOPLE = int(os.environ.get("FAULT_PEOPLE", "9"))
CARDS = 6
FIELD = "textarea[name=text]"
FREEZE = """setTimeout(() => {
  debugger;
  globalThis.knownOnWaking = document.body.innerText.includes("Während sie schlief");
}, 0)"""
"""A page in sight cannot be put to sleep as phones do it; one that stops at this point does as little."""


@pytest.fixture
def network(own_hall: Hall) -> Iterator[BadNetwork]:
    network = BadNetwork(own_hall.server.port)
    yield network
    network.close()


def everybody_writes(
    hall: Hall, guests: list[Guest], port: int, meanwhile: Callable[[], Any], settled: Callable[[], Any]
) -> dict[str, int]:
    """Everybody writes cards through the network; what came of it. Afterwards every screen is as fresh as a new one."""
    ledger, since = Ledger(), {hall.id: hall.seq()}

    async def write(number: int, phone: Device) -> None:
        for turn in range(CARDS):
            fields = {"valence": "fails", "text": f"Gedanke {turn} von {number}", "addressees": ["jobcenter"]}
            await phone.does(f"/d/{hall.id}/cards", fields)
            await asyncio.sleep(0.3)

    async def all_write() -> None:
        phones = [Device(port, f"dialog={guest.cookie}", phone_of(hall.id), ledger) for guest in guests]
        async with crowd(phones, ledger) as people:
            trouble = asyncio.create_task(asyncio.to_thread(meanwhile))
            await asyncio.gather(*(write(number, phone) for number, phone in enumerate(phones)))
            await trouble
            settled()
            await people.shows_the_newest(SOON)

    run(all_write())
    counts = ledger.against(hall.store, since, since)
    assert (counts["lost"], counts["doubled"], counts["refused"], counts["gaps"]) == (0, 0, 0, 0)
    assert (
        counts["acknowledged"] == counts["sent"] == len(guests) * CARDS == len(set(hall.cards())) == len(hall.cards())
    )
    return counts


def people_in(hall: Hall) -> list[Guest]:
    guests = [hall.joins(STAKEHOLDERS[number % 3]) for number in range(PEOPLE)]
    hall.goes_to("collect")
    return guests


def test_late_and_torn_requests_and_frames_lose_nothing(own_hall: Hall, network: BadNetwork) -> None:
    def worse() -> None:
        network.late, network.torn = 0.1, 0.1

    def better() -> None:
        network.late = network.torn = 0.0

    counts = everybody_writes(own_hall, people_in(own_hall), network.port, worse, better)
    counted("20 % late or torn", {**counts, "delayed": network.delayed, "torn": network.cut_off})
    assert network.delayed > 0 < network.cut_off
    assert counts["retried"] > 0


def test_a_network_that_is_gone_for_a_while_loses_nothing(own_hall: Hall, network: BadNetwork) -> None:
    def gone_for_a_while() -> None:
        time.sleep(0.3)
        network.cut()
        time.sleep(AWAY)
        network.mend()

    counts = everybody_writes(own_hall, people_in(own_hall), network.port, gone_for_a_while, lambda: None)
    counted("the network is gone", {**counts, "away s": AWAY})
    assert counts["retried"] > 0, "there was no network"


# --- The page itself --------------------------------------------------------------------------------------------------


def writes(page: Page, text: str) -> None:
    page.locator(FIELD).first.fill(text)
    box = page.locator("[name=addressees][value=jobcenter]").first
    if not box.is_checked():
        page.locator("label:has([name=addressees][value=jobcenter])").first.click()
    page.locator("form:has([name=addressees]) button[type=submit]").first.click()
    expect(page.locator(FIELD).first).to_have_value("")


def arrive(page: Page, hall: Hall, texts: list[str], within: float = 30) -> None:
    until(lambda: page.wait_for_timeout(50) or hall.cards() == sorted(texts), within)
    page.wait_for_timeout(1500)
    assert hall.cards() == sorted(texts), "and none comes twice"


def test_what_is_written_without_network_arrives_once_and_drafts_stay(
    own_hall: Hall, network: BadNetwork, context: BrowserContext
) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    page = opened(context, f"{network.url}/d/{hall.id}/", anna.cookie)
    network.cut()
    texts = [f"Ohne Netz {number}" for number in range(3)]
    for text in texts:
        writes(page, text)
    page.locator(FIELD).first.fill("Ein halber Satz")
    hall.writes(ben, "Von Ben")
    page.wait_for_timeout(1000 * AWAY)
    assert hall.cards() == ["Von Ben"]
    network.mend()
    began = time.monotonic()
    arrive(page, hall, [*texts, "Von Ben"])
    counted("a page without network", {"written": 3, "arrived": 3, "s": time.monotonic() - began - 1.5, "away s": AWAY})
    expect(page.locator("[data-connection]").first).to_have_attribute("data-state", "open")
    expect(page.locator(FIELD).first).to_have_value("Ein halber Satz")


def test_a_browser_that_goes_offline_and_online_with_two_tabs_sends_each_card_once(
    own_hall: Hall, context: BrowserContext
) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    pages = [opened(context, f"{hall.server.url}/d/{hall.id}/", anna.cookie) for _ in range(2)]
    context.set_offline(True)
    texts = [f"Aus Fenster {number}" for number in range(2)]
    for page, text in zip(pages, texts, strict=True):
        writes(page, text)
    pages[0].wait_for_timeout(1500)
    assert hall.cards() == []
    context.set_offline(False)
    # It finds in the storage what the others have not yet sent.
    third = opened(context, f"{hall.server.url}/d/{hall.id}/", anna.cookie)
    arrive(third, hall, texts)
    counted("two tabs of one phone", {"written": 2, "arrived": len(hall.cards())})
    for page in (*pages, third):
        for text in texts:
            expect(page.get_by_text(text)).to_have_count(1)


def test_a_frozen_page_catches_up_when_it_wakes(own_hall: Hall, network: BadNetwork, context: BrowserContext) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    page = opened(context, f"{network.url}/d/{hall.id}/", anna.cookie)
    page.locator(FIELD).first.fill("Ein halber Satz")
    devtools = context.new_cdp_session(page)
    devtools.send("Debugger.enable")
    page.evaluate(FREEZE)
    hall.writes(ben, "Während sie schlief")
    hall.moderates("reveal_cards", group_id="")
    hall.moderates("set_timer", way="start", minutes=5)
    time.sleep(AWAY)
    network.cut()
    network.mend()  # The phone's radio slept as well.
    devtools.send("Debugger.resume")
    began = time.monotonic()
    assert page.evaluate("knownOnWaking") is False, "nothing of it was heard meanwhile"
    expect(page.get_by_text("Während sie schlief").first).to_be_visible(timeout=30_000)
    counted("a page is frozen", {"frozen s": AWAY, "shows the newest after s": time.monotonic() - began})
    expect(page.locator(FIELD).first).to_have_value("Ein halber Satz")
    writes(page, "Nach dem Aufwachen")
    arrive(page, hall, ["Während sie schlief", "Nach dem Aufwachen"])
