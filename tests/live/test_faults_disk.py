"""The disk is full, or a backup holds the database: it is told, nothing is half written, and on it goes with room."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from dialog.models import JournalEntry
from tests.bench.phones import phone_of
from tests.live.counted import counted
from tests.live.crowd import Device, Ledger, crowd
from tests.live.hall import SOON, Hall, until
from tests.live.second_half import STAKEHOLDERS
from tests.loops import run

PEOPLE = 6
ONE_PAGE = 4096
"""Bytes."""
CARDS = 3


@contextmanager
def full_disk(hall: Hall) -> Iterator[None]:
    """The server can make no file larger, neither the database nor its log, which is begun anew."""
    assert hall.server.process is not None
    limit, pid = resource.RLIMIT_FSIZE, hall.server.process.pid
    until(lambda: log_is_empty(hall))
    resource.prlimit(pid, limit, (ONE_PAGE, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def log_is_empty(hall: Hall) -> bool:
    """A log that was once larger would have room left."""
    with closing(sqlite3.connect(hall.server.folder / "dialog.sqlite")) as connection:
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


@contextmanager
def held_by_a_backup(hall: Hall, seconds: float) -> Iterator[None]:
    """Another program has the writer's place for some seconds."""
    other = sqlite3.connect(hall.server.folder / "dialog.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    try:
        yield
        time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    finally:
        other.rollback()
        other.close()


async def writing(hall: Hall, cookies: list[str], ledger: Ledger, meanwhile: Any) -> None:
    """Everybody writes some cards, and sends them until they are acknowledged, while something goes wrong."""
    phones = [Device(hall.server.port, f"dialog={cookie}", phone_of(hall.id), ledger) for cookie in cookies]

    async def write(number: int, phone: Device) -> None:
        for turn in range(CARDS):
            fields = {"valence": "fails", "text": f"Gedanke {turn} von {number}", "addressees": ["jobcenter"]}
            await phone.does(f"/d/{hall.id}/cards", fields)
            await asyncio.sleep(0.2)

    async with crowd(phones, ledger) as people:
        trouble = asyncio.create_task(asyncio.to_thread(meanwhile))
        await asyncio.sleep(0.1)
        await asyncio.gather(*(write(number, phone) for number, phone in enumerate(phones)))
        await trouble
        await people.shows_the_newest(SOON)


def all_arrive_once(fault: str, hall: Hall, meanwhile: Any) -> dict[str, int]:
    guests = [hall.joins(STAKEHOLDERS[number % 3]) for number in range(PEOPLE)]
    hall.goes_to("collect")
    ledger, since = Ledger(), {hall.id: hall.seq()}
    run(writing(hall, [guest.cookie for guest in guests], ledger, meanwhile))
    counts = ledger.against(hall.store, since, since)
    counted(fault, counts)
    assert (counts["lost"], counts["doubled"], counts["refused"], counts["gaps"]) == (0, 0, 0, 0)
    assert counts["acknowledged"] == counts["sent"] == PEOPLE * CARDS == len(set(hall.cards())) == len(hall.cards())
    return counts


def test_a_full_disk_is_told_and_nothing_is_half_written(own_hall: Hall) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    hall.writes(anna, "Vorher")
    before, journal = hall.seq(), acts(hall)
    card = {"valence": "fails", "text": "Ohne Platz", "addressees": "jobcenter"}
    with full_disk(hall):
        answers = [anna.browser.post(f"/d/{hall.id}/cards", key="the-key-without-room", **card) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [503] * 3, answers[0].text
        assert "Festplatte des Servers ist voll" in answers[0].json()["error"]
        assert int(answers[0].headers["Retry-After"]) > 0
        stepped = hall.mara.post(f"/m/{hall.id}/go_to_step", step="sort")
        assert stepped.status_code == 503, stepped.text
        page = anna.browser.get(f"/d/{hall.id}/", Accept="text/html")
        assert (page.status_code, "Vorher" in page.text) == (200, True), "looking is possible all the time"
        assert (hall.seq(), acts(hall), hall.cards()) == (before, journal, ["Vorher"])
    taken = anna.browser.post(f"/d/{hall.id}/cards", key="the-key-without-room", **card)
    assert (taken.status_code, taken.json()["seq"]) == (200, before + 1)
    assert hall.cards() == ["Ohne Platz", "Vorher"]
    hall.store.dispose()
    hall.server.kill()
    hall.server.start()
    assert hall.cards() == ["Ohne Platz", "Vorher"]
    with hall.store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def acts(hall: Hall) -> int:
    with hall.store.reading() as db:
        return db.query(JournalEntry).filter_by(dialogue_id=hall.id).count()


def test_a_disk_that_is_full_for_a_while_loses_nothing(own_hall: Hall) -> None:
    def full_for_a_while() -> None:
        with full_disk(own_hall):
            time.sleep(3)

    counts = all_arrive_once("the disk is full for 3 s", own_hall, full_for_a_while)
    assert counts["retried"] > 0, "it was full"


@pytest.mark.parametrize("seconds", [3, 10])
def test_a_backup_that_holds_the_database_loses_nothing(own_hall: Hall, seconds: int) -> None:
    def backup() -> None:
        with held_by_a_backup(own_hall, seconds):
            pass

    counts = all_arrive_once(f"a backup holds the database for {seconds} s", own_hall, backup)
    if seconds > 5:
        assert counts["retried"] > 0, "longer than a writer waits"
