"""One of several workers, Redis or PostgreSQL goes away in the middle of a vote, and comes back."""

import asyncio
import time

import pytest
from sqlalchemy import select

from dialog import journal
from dialog.store import StoreAway
from tests.bench.phones import cockpit_of
from tests.live.counted import counted
from tests.live.crowd import Crowd, Device, Ledger, crowd
from tests.live.hall import SOON, until
from tests.live.several import AWAY, Halves, Several, gapless, reaches_redis, settled
from tests.live.test_faults_killed import VotingRoom
from tests.loops import run

PEOPLE = 12


def voting(several: Several) -> tuple[VotingRoom, Ledger, list[Device]]:
    ledger = Ledger()
    room = VotingRoom(several.workers, several.store, PEOPLE, ledger)
    devices = [device for device, _life in room.lives]
    return room, ledger, [*devices, room.device(room.hall.mara.cookie, cockpit_of(room.hall.id))]


def nothing_is_lost(fault: str, several: Several, room: VotingRoom, ledger: Ledger, since: dict[str, int]) -> None:
    """Every vote that was acknowledged is there once, and none that nobody cast."""
    counts = ledger.against(several.store, since, since)
    counted(fault, counts)
    wrong = {name: counts[name] for name in ("lost", "doubled", "never asked for", "refused", "gaps")}
    assert not any(wrong.values()), (wrong, ledger.refused)
    assert counts["acknowledged"] == counts["sent"] > PEOPLE
    assert gapless(several.store, room.hall.id)
    room.holds(several.store)


async def they_vote(people: Crowd, seconds: float) -> None:
    people.begin()
    await asyncio.sleep(seconds)


async def all_is_well(people: Crowd) -> None:
    people.rest()
    await people.rested(60)
    await people.shows_the_newest(SOON)


def test_a_worker_is_killed_in_the_middle_of_a_vote(several: Several) -> None:
    room, ledger, devices = voting(several)
    since = {room.hall.id: room.hall.seq()}
    home = several.workers.of(room.hall.id)

    async def vote() -> None:
        async with crowd(devices, ledger) as people:
            for device, life in room.lives:
                people.employ(device, life, 0.2)
            await they_vote(people, 1.5)
            home.kill()
            await they_vote(people, 3)
            await all_is_well(people)
            assert await asyncio.to_thread(several.workers.of, room.hall.id) is not home
            # It comes back: forms go to it again, while sockets stay with the other. Frames cross.
            await asyncio.to_thread(home.start)
            await asyncio.to_thread(settled, several)
            here = [device.socket for device in devices]
            await they_vote(people, 2)
            await all_is_well(people)
            assert [device.socket for device in devices] == here, "nobody had to come in again"

    run(vote())
    nothing_is_lost("a worker is killed", several, room, ledger, since)


def test_redis_is_cut_off_and_comes_back(several: Several) -> None:
    """Who listens on the right worker notices nothing; the others come in again by themselves."""
    room, ledger, devices = voting(several)
    since = {room.hall.id: room.hall.seq()}
    home = several.workers.of(room.hall.id)
    away = next(worker for worker in several.workers.all if worker is not home)
    stray = Device(away.port, devices[-1].cookie, cockpit_of(room.hall.id), ledger)
    said = several.workers.console.count(AWAY)

    async def vote() -> None:
        async with crowd([*devices, stray], ledger) as people:
            for device, life in room.lives:
                people.employ(device, life, 0.2)
            await they_vote(people, 1)
            several.redis.pull()
            here = [device.socket for device in devices]
            await they_vote(people, 3)
            await all_is_well(people)
            assert [device.socket for device in devices] == here
            await asyncio.to_thread(until, lambda: several.workers.console.count(AWAY) == said + 2)
            several.redis.plug()
            await asyncio.to_thread(until, lambda: all(map(reaches_redis, several.workers.all)))
            await they_vote(people, 1)
            await all_is_well(people)

    run(vote())
    assert several.workers.console.count(AWAY) == said + 2, "once for each worker"
    nothing_is_lost("Redis is cut off", several, room, ledger, since)


def test_whoever_is_taken_out_while_redis_is_away_is_cut_as_well(several: Several, halves: Halves) -> None:
    ben = halves.joins()
    ears = [
        halves.at(worker, ben.cookie, {"page": "phone", "dialogue": halves.id}) for worker in (halves.home, halves.away)
    ]
    several.redis.pull()
    try:
        halves.moderates("remove_person", person_id=ben.id)
        for ear in ears:
            assert ear.ended.wait(SOON)
    finally:
        several.redis.plug()


def test_postgresql_is_cut_off_and_comes_back(several: Several) -> None:
    room, ledger, devices = voting(several)
    since = {room.hall.id: room.hall.seq()}

    async def vote() -> None:
        async with crowd(devices, ledger) as people:
            for device, life in room.lives:
                people.employ(device, life, 0.2)
            await they_vote(people, 1)
            several.database.pull()
            await asyncio.sleep(1)
            answer = await asyncio.to_thread(room.hall.mara.post, f"/m/{room.hall.id}/go_to_step", step="mirror")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
            assert "bleibt auf Ihrem Gerät" in answer.json()["error"]
            several.database.plug()
            await they_vote(people, 2)
            await all_is_well(people)

    run(vote())
    assert ledger.retried > 0
    nothing_is_lost("PostgreSQL is cut off", several, room, ledger, since)


def test_a_writer_who_falls_asleep_does_not_hold_the_dialogue_for_ever(
    several: Several, halves: Halves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a worker's machine is gone and nobody has told PostgreSQL."""
    monkeypatch.setattr("dialog.store.ASLEEP", 2)

    def sleep() -> None:
        with several.store.writing() as db:
            journal.lock(db, halves.id)
            halves.goes_to("collect")
            db.execute(select(1))

    with pytest.raises(StoreAway):
        sleep()


def test_a_dialogue_that_somebody_holds_is_told_and_holds_up_no_other(several: Several, halves: Halves) -> None:
    other = Halves(several)
    with several.store.writing() as db:
        journal.lock(db, halves.id)
        began = time.monotonic()
        answer = halves.mara.post(f"/m/{halves.id}/go_to_step", step="collect")
        assert (answer.status_code, time.monotonic() - began > 4) == (503, True)
        other.goes_to("collect")  # It would be refused as well if it waited for the same lock.
    halves.goes_to("collect")
