"""One phone sends far more than a person can: it is told to wait, and nobody behind the same address notices."""

import asyncio
import os
import secrets
import time
from statistics import median
from typing import Any

from sessions.flood import DESK, PHONE, Buckets
from tests.bench.phones import Web, phone_of
from tests.live.counted import counted
from tests.live.crowd import PATIENCE, Device, Ledger, busyness
from tests.live.hall import Guest, Hall
from tests.live.second_half import STAKEHOLDERS
from tests.loops import run

SECONDS = float(os.environ.get("FAULT_SECONDS", "5"))
AT_THE_SAME_TIME = 8
CARD = {"valence": "fails", "addressees": ["jobcenter"]}


def card(text: str) -> dict[str, Any]:
    return {**CARD, "text": text}


def test_a_flood_from_one_phone_is_throttled_and_others_notice_nothing(own_hall: Hall) -> None:
    hall = own_hall
    guests = [hall.joins(STAKEHOLDERS[number % 3]) for number in range(6)]
    hall.goes_to("collect")
    began = time.monotonic()
    statuses, sentences, others, alone = run(flooding(hall, guests))
    took = time.monotonic() - began
    taken, told = statuses.count(200), statuses.count(429)
    with_it, without = median(others), median(alone)
    counted(
        "a flood from one phone",
        {
            "sent": len(statuses),
            "taken": taken,
            "throttled": told,
            "others": len(others),
            "others' median ms": round(1000 * with_it, 1),
            "without the flood": round(1000 * without, 1),
            "others' worst ms": round(1000 * max(others), 1),
        },
    )
    let_in = taken + statuses.count(409)
    assert let_in + told == len(statuses), "nothing else happens"
    assert told > 0 < taken
    assert let_in <= PHONE.at_once + PHONE.a_second * took
    assert len(sentences) == 1
    assert "sehr viel auf einmal" in sentences.pop()
    assert with_it < 3 * without + 0.3 * busyness()
    assert max(others) < PATIENCE, "nobody's phone gives up and sends again"


async def flooding(hall: Hall, guests: list[Guest]) -> tuple[list[int], set[str], list[float], list[float]]:
    """The statuses and sentences that the flood hears, and the seconds that each card of the others took."""
    bad, *good = [Web(hall.server.port, f"dialog={guest.cookie}") for guest in guests]
    await asyncio.gather(*(web.ready() for web in (bad, *good)))
    statuses: list[int] = []
    sentences: set[str] = set()

    async def pour(web: Web) -> None:
        web.token, web.cookie = bad.token, bad.cookie
        until, number = time.monotonic() + SECONDS, 0
        while time.monotonic() < until or (statuses.count(429) < 20 and number < 1000):
            number += 1
            status, answer, _ = await web.post(f"/d/{hall.id}/cards", card(f"Flut {number} {secrets.token_hex(3)}"))
            statuses.append(status)
            if status == 429:
                sentences.add(answer["error"])
        web.close()

    async def write(number: int, web: Web, times: list[float], count: int) -> None:
        for turn in range(count):
            await asyncio.sleep(SECONDS / 6)
            status, answer, took = await web.post(f"/d/{hall.id}/cards", card(f"Gedanke {number} {turn} {len(times)}"))
            assert status == 200, answer
            times.append(took)

    alone: list[float] = []
    await asyncio.gather(*(write(number, web, alone, 2) for number, web in enumerate(good)))
    others: list[float] = []
    floods = [pour(Web(hall.server.port, "")) for _ in range(AT_THE_SAME_TIME)]
    await asyncio.gather(*floods, *(write(number, web, others, 5) for number, web in enumerate(good)))
    for web in (bad, *good):
        web.close()
    await asyncio.sleep(0.1)
    return statuses, sentences, others, alone


def test_what_waited_for_long_and_comes_in_a_row_all_arrives(own_hall: Hall) -> None:
    """More than anybody may send at once, from a phone that was without network for an hour."""
    hall = own_hall
    anna, ledger = hall.joins(), Ledger()
    hall.goes_to("collect")
    texts = [f"Gedanke {number}" for number in range(20)]

    async def writes(text: str) -> None:
        tab = Device(hall.server.port, f"dialog={anna.cookie}", phone_of(hall.id), ledger)
        told = await tab.does(f"/d/{hall.id}/cards", card(text))
        for more in ("genauer", "noch genauer"):
            await tab.does(f"/d/{hall.id}/cards/{told['card']}", card(f"{text}, {more}"))
        await tab.close()

    async def comes_back() -> None:
        await asyncio.gather(*map(writes, texts))
        await asyncio.sleep(0.1)

    run(comes_back())
    counts = {"sent": len(ledger.sent), "acknowledged": len(ledger.acknowledged), "throttled": ledger.throttled}
    counted("an hour without network, sent in a row", counts)
    assert len(ledger.acknowledged) == len(ledger.sent) == 60
    assert hall.cards() == sorted(f"{text}, noch genauer" for text in texts)


def test_an_act_sent_five_times_at_once_is_one_act_and_five_are_five(own_hall: Hall) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    before = hall.seq()

    async def five(keys: list[str]) -> list[tuple[int, Any]]:
        webs = [Web(hall.server.port, f"dialog={anna.cookie}") for _ in keys]
        await webs[0].ready()
        for web in webs:
            web.token, web.cookie = webs[0].token, webs[0].cookie
        asked = [web.post(f"/d/{hall.id}/cards", card(f"Mit {key}"), key) for web, key in zip(webs, keys, strict=True)]
        answers = [(status, answer) for status, answer, _ in await asyncio.gather(*asked)]
        for web in webs:
            web.close()
        await asyncio.sleep(0.1)
        return answers

    same = run(five(["the-same-key-five-times"] * 5))
    assert [status for status, _ in same] == [200] * 5
    assert len({(answer["seq"], answer["card"]) for _, answer in same}) == 1
    assert (hall.seq(), len(hall.cards())) == (before + 1, 1)

    other = run(five([f"another-key-number-{number}" for number in range(5)]))
    assert [status for status, _ in other] == [200] * 5
    assert sorted(answer["seq"] for _, answer in other) == list(range(before + 2, before + 7))
    assert len(hall.cards()) == 6


def test_a_bucket_holds_so_many_and_fills_up_again() -> None:
    buckets = Buckets()
    assert [buckets.wait("anna", PHONE, 0.0) for _ in range(PHONE.at_once)] == [0.0] * PHONE.at_once
    assert buckets.wait("anna", PHONE, 0.0) == 1 / PHONE.a_second
    assert buckets.wait("ben", PHONE, 0.0) == 0, "everybody has an own one"
    assert buckets.wait("anna", PHONE, 0.1) == 0
    assert buckets.wait("anna", PHONE, 0.1) > 0
    taken = sum(buckets.wait("anna", PHONE, 0.1 + number / 100) == 0 for number in range(1000))
    assert taken in (100, 99), "ten a second, however many ask"
    assert [buckets.wait("anna", PHONE, 60.0) for _ in range(PHONE.at_once + 1)].count(0.0) == PHONE.at_once


def test_buckets_do_not_grow_without_end() -> None:
    buckets = Buckets()
    for number in range(25_000):
        assert buckets.wait(f"person {number}", DESK, number / 100) == 0
    assert len(buckets) < 12_000
