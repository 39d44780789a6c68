"""The laptop sleeps with the server on it, or a device has a wrong clock: pages come back, the timer is right."""

import asyncio
import os
import re
import signal
import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dialog import queries
from tests.bench.phones import phone_of
from tests.live.counted import counted
from tests.live.crowd import Device, Ledger, crowd
from tests.live.hall import SOON, Hall, until
from tests.live.pages import Devices, opened
from tests.live.second_half import STAKEHOLDERS
from tests.loops import run

ASLEEP = float(os.environ.get("FAULT_ASLEEP", "5"))
"""Seconds; a lid is closed for ten minutes."""
PEOPLE = 9
WRONG_BY_HOURS = 7
WRONG_CLOCK = f"""
const wrong = {WRONG_BY_HOURS} * 3600000;
const Right = Date;
globalThis.Date = class extends Right {{
  constructor(...given) {{ given.length ? super(...given) : super(Right.now() + wrong); }}
  static now() {{ return Right.now() + wrong; }}
}};
"""


@pytest.fixture
def context(device: Devices) -> BrowserContext:
    """A tablet's browser."""
    return device(1024, 768)


def wakes_after(hall: Hall, seconds: float) -> None:
    """Close the lid for some seconds."""
    assert hall.server.process is not None
    hall.server.process.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    hall.server.process.send_signal(signal.SIGCONT)


def seconds_left(hall: Hall) -> float:
    """As the server knows it."""
    with hall.store.reading() as db:
        ends_at = queries.dialogue(db, hall.id).timer_ends_at
    assert ends_at is not None
    return ends_at.timestamp() - time.time()


def seconds_shown(page: Page) -> int:
    """As the page shows it now."""
    clock = page.locator("[data-timer] [data-slot=clock]").first
    shown = re.fullmatch(r"(−?)(\d+):(\d\d)", clock.inner_text().strip())
    assert shown, clock.inner_text()
    return (-1 if shown[1] else 1) * (60 * int(shown[2]) + int(shown[3]))


def shows_the_right_time(page: Page, hall: Hall) -> None:
    until(lambda: page.wait_for_timeout(100) or abs(seconds_shown(page) - seconds_left(hall)) < 1.6)


def test_what_is_sent_while_the_laptop_sleeps_arrives_once(own_hall: Hall) -> None:
    hall = own_hall
    guests = [hall.joins(STAKEHOLDERS[number % 3]) for number in range(PEOPLE)]
    hall.goes_to("collect")
    ledger, since = Ledger(), {hall.id: hall.seq()}

    async def writing() -> None:
        phones = [Device(hall.server.port, f"dialog={guest.cookie}", phone_of(hall.id), ledger) for guest in guests]

        async def write(number: int, phone: Device) -> None:
            for turn in range(5):
                fields = {"valence": "fails", "text": f"Gedanke {turn} von {number}", "addressees": ["jobcenter"]}
                await phone.does(f"/d/{hall.id}/cards", fields)
                await asyncio.sleep(0.3)

        async with crowd(phones, ledger) as people:
            lid = asyncio.create_task(asyncio.to_thread(wakes_after, hall, ASLEEP))
            await asyncio.gather(*(write(number, phone) for number, phone in enumerate(phones)))
            await lid
            await people.shows_the_newest(SOON)

    run(writing())
    counts = ledger.against(hall.store, since, since)
    counted("the laptop sleeps", {**counts, "asleep s": ASLEEP})
    assert (counts["lost"], counts["doubled"], counts["refused"], counts["gaps"]) == (0, 0, 0, 0)
    assert counts["acknowledged"] == counts["sent"] == 5 * PEOPLE == len(hall.cards())


def test_pages_come_back_by_themselves_and_the_timer_is_right(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    hall.moderates("set_timer", way="start", minutes=5)
    page = opened(context, f"{hall.server.url}/b/{hall.id}/{anna.group_id}/", hall.mara.cookie)
    shows_the_right_time(page, hall)
    wakes_after(hall, ASLEEP)
    shows_the_right_time(page, hall)
    hall.moderates("reveal_cards", group_id="")
    hall.writes(ben, "Nach dem Schlaf")
    expect(page.get_by_text("Nach dem Schlaf").first).to_be_visible(timeout=30_000)
    expect(page.locator("[data-connection]").first).to_have_attribute("data-state", "open")
    hall.moderates("set_timer", way="start", minutes=3)
    shows_the_right_time(page, hall)


def test_a_tablet_whose_clock_is_wrong_shows_the_servers_time(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    hall.moderates("set_timer", way="start", minutes=5)
    context.add_init_script(WRONG_CLOCK)
    page = opened(context, f"{hall.server.url}/b/{hall.id}/{anna.group_id}/", hall.mara.cookie)
    wrong = page.evaluate("Date.now()") / 1000 - time.time()
    assert abs(wrong - 3600 * WRONG_BY_HOURS) < 60, "its clock is wrong"
    shows_the_right_time(page, hall)
    hall.moderates("set_timer", way="start", minutes=2)
    shows_the_right_time(page, hall)
    page.reload()
    shows_the_right_time(page, hall)
    assert 0 < seconds_left(hall) <= 120
