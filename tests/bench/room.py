"""What a room does together: arrive, vote, see what is revealed; and twenty rooms at once."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import func, select

from dialog import board as boards
from dialog.models import BallotPaper, Participant, Vote
from dialog.words import Step
from sessions.perform import store
from tests.bench.cards import PHONES, phones_at, settle, write
from tests.bench.figures import Figure, Times, percentile
from tests.bench.phones import Screen, Web, all_come_in, all_leave, board_of
from tests.bench.rows import fill_with_cards, put_to_the_vote
from tests.bench.stand import SHARES, Held, Stand, stand, take_the_other_core
from tests.loops import run

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
KEY = re.compile(r'name="client_key"[^>]*value="([^"]+)"')
VOTING = 5.0
"""Seconds in which everybody votes."""
REVEALED = 500
TABLETS = 12
DIALOGUES = 20
HALL_CARDS = 1000
HALL_SECONDS = 10.0


def arrive() -> list[Figure]:
    """100 people come in within the same second, through the pages that their phones load."""
    take_the_other_core()
    with stand(0, step=Step.ARRIVE) as here:
        used = here.cpu
        took, homes = run(_all_arrive(here))
        used = here.cpu - used
        with here.app.app_context(), store().reading() as db:
            people = db.scalar(select(func.count(Participant.id))) or 0
    return [
        Figure("from the code to the own page p95", "ms", 1000 * percentile(took, 0.95), at_most=1500),
        Figure("CPU per person", "ms", 1000 * used / PHONES),
        Figure("arrived", "people", len(homes), at_least=PHONES),
        Figure("stored", "people", people, at_least=PHONES, at_most=PHONES),
    ]


async def _all_arrive(here: Stand) -> tuple[list[float], set[str]]:
    held, took, cookies = here.dialogues[0], [], set()

    async def one(at: int) -> None:
        await asyncio.sleep(at / PHONES)
        web = Web(here.server.port, "")
        began = time.perf_counter()
        status, page = await web.get(f"/{held.code}", "text/html")
        assert status == 200, status
        found = TOKEN.search(page.decode()), KEY.search(page.decode())
        assert found[0], page
        assert found[1], page
        web.token = found[0][1]
        stakeholder = list(SHARES)[at % len(SHARES)]
        status, answer, _ = await web.post(f"/{held.code}", {"stakeholder": stakeholder}, key=found[1][1])
        assert status == 200, answer
        status, _ = await web.get(f"/d/{held.id}/", "text/html")
        assert status == 200, status
        took.append(time.perf_counter() - began)
        cookies.add(web.cookie)
        web.close()

    await asyncio.gather(*(one(at) for at in range(PHONES)))
    return took, cookies


def votes() -> list[Figure]:
    """100 people give 3 votes each within 5 s and half of them change them at once; all look on."""
    take_the_other_core()
    with stand(PHONES, step=Step.WEIGH) as here:
        held = here.dialogues[0]
        with here.app.app_context(), store().writing() as db:
            topic_ids = put_to_the_vote(db, held, list(held.boards), topics=9)
        times, meant = run(_all_vote(here, topic_ids))
        with here.app.app_context(), store().reading() as db:
            papers = db.scalar(select(func.count(BallotPaper.id))) or 0
            stored: dict[str, int] = {}
            for topic_id, count in db.execute(select(Vote.topic_id, func.sum(Vote.count)).group_by(Vote.topic_id)):
                stored[topic_id] = int(count)
    right = sum(min(stored.get(topic_id, 0), count) for topic_id, count in meant.items())
    return [
        Figure("acknowledged p95", "ms", 1000 * percentile(times.acknowledged, 0.95), at_most=100),
        Figure("ballot papers", "", papers, at_least=PHONES, at_most=PHONES),
        Figure("votes counted", "", sum(stored.values()), at_least=3 * PHONES, at_most=3 * PHONES),
        Figure("of them as last meant", "", right, at_least=3 * PHONES),
        Figure("delivered", "%", 100 * times.delivered(PHONES), at_least=100),
    ]


async def _all_vote(here: Stand, topic_ids: Sequence[str]) -> tuple[Times, dict[str, int]]:
    held, times, meant = here.dialogues[0], Times(), dict.fromkeys(topic_ids, 0)
    phones = phones_at(here, held, times)
    await all_come_in(phones)

    async def one(at: int, phone: Screen) -> None:
        await asyncio.sleep(VOTING * at / PHONES)
        for change in range(1 + at % 2):
            chosen = [topic_ids[(at + change + place) % len(topic_ids)] for place in range(3)]
            began = time.perf_counter()
            status, answer, took = await phone.web.post(f"/d/{held.id}/ballot", {"topic": chosen})
            assert status == 200, answer
            times.sent[answer["seq"]] = began
            times.acknowledged.append(took)
        for topic_id in chosen:
            meant[topic_id] += 1

    await asyncio.gather(*(one(at, phone) for at, phone in enumerate(phones)))
    await settle(times, len(phones))
    await all_leave(phones)
    return times, meant


def reveal() -> list[Figure]:
    """A step change and the reveal of 500 cards: every phone and board fetches its new picture."""
    take_the_other_core()
    with stand(PHONES) as here:
        held = here.dialogues[0]
        with here.app.app_context(), store().writing() as db:
            fill_with_cards(db, held, REVEALED)
        took, used = run(_reveal(here, held))
        built = _pictures_built(here, held)
    return [
        Figure("everyone has the step p95", "ms", 1000 * percentile(took["step"], 0.95), at_most=1000),
        Figure("everyone has the cards p95", "ms", 1000 * percentile(took["reveal"], 0.95), at_most=1000),
        Figure("CPU per picture fetched", "ms", 1000 * used / (len(took["step"]) + len(took["reveal"]))),
        Figure("pictures built per audience", "", built, at_most=1),
    ]


async def _reveal(here: Stand, held: Held) -> tuple[dict[str, list[float]], float]:
    """Seconds from the moderator's tap until each screen has fetched what it now shows."""
    port = here.server.port
    fetched: dict[str, list[float]] = {"step": [], "reveal": []}
    began = {"step": 0.0, "reveal": 0.0}
    now = "step"
    fetching: set[asyncio.Task[None]] = set()

    def turn(screen: Screen, seq: int, _at: float) -> None:
        task = asyncio.create_task(fetch(screen, seq, now))
        fetching.add(task)
        task.add_done_callback(fetching.discard)

    async def fetch(screen: Screen, seq: int, what: str) -> None:
        group = screen.greeting.get("group")
        path = f"/b/{held.id}/{group}/board.json" if group else f"/d/{held.id}/board.json"
        status, _picture = await screen.web.get(path)
        assert status == 200, (status, seq)
        fetched[what].append(time.perf_counter() - began[what])

    phones = [Screen(port, seat.cookie, {"page": "phone", "dialogue": held.id}, turn) for seat in held.seats]
    groups = list(held.boards.items())
    tablets = [groups[at % len(groups)] for at in range(TABLETS)]
    screens = [*phones, *(Screen(port, cookie, board_of(held.id, group), turn) for group, cookie in tablets)]
    await all_come_in(screens)
    mara = Web(port, held.mara)
    await mara.ready()
    used = here.cpu
    for now, act, fields in (("reveal", "reveal_cards", {}), ("step", "go_to_step", {"step": Step.SORT.value})):
        began[now] = time.perf_counter()
        status, answer, _ = await mara.post(f"/m/{held.id}/{act}", fields)
        assert status == 200, answer
        until = time.monotonic() + 30
        while len(fetched[now]) < len(screens) and time.monotonic() < until:
            await asyncio.sleep(0.02)
        assert len(fetched[now]) == len(screens), (now, len(fetched[now]))
    used = here.cpu - used
    await all_leave(screens)
    mara.close()
    return fetched, used


def _pictures_built(here: Stand, held: Held) -> float:
    """Pictures put together for each audience when all phones ask for theirs, in a server inside this process."""
    with _counting() as built:
        for seat in held.seats:
            client = here.app.test_client()
            client.set_cookie("dialog", seat.cookie.partition("=")[2])
            assert client.get(f"/d/{held.id}/board.json", headers={"Accept": "application/json"}).status_code == 200
    return len(built) / len({seat.group_id for seat in held.seats})


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The rooms for which a picture is put together inside."""
    built: list[str] = []
    real = boards.snapshot

    def counted(db: object, dialogue_id: str, audience: object) -> boards.Board:
        built.append(str(audience))
        return real(db, dialogue_id, audience)

    boards.snapshot = counted
    try:
        yield built
    finally:
        boards.snapshot = real


def hall() -> list[Figure]:
    """2,000 phones in 20 dialogues, 100 cards a second in total."""
    take_the_other_core()
    with stand(PHONES, dialogues=DIALOGUES) as here:
        return run(_hall(here))


async def _hall(here: Stand) -> list[Figure]:
    rooms = [(held, Times()) for held in here.dialogues]
    phones = {held.id: phones_at(here, held, times) for held, times in rooms}
    everybody = [phone for some in phones.values() for phone in some]
    first = here.memory
    await all_come_in(everybody, at_once=50)
    await asyncio.sleep(2)
    memory = (here.memory - first) / len(everybody)
    cpu = here.cpu
    cards = HALL_CARDS // len(rooms)
    began = time.perf_counter()
    await asyncio.gather(
        *(
            write([phone.web for phone in phones[held.id]], f"/d/{held.id}/cards", cards, HALL_SECONDS, times)
            for held, times in rooms
        )
    )
    for _held, times in rooms:
        await settle(times, PHONES)
    took = time.perf_counter() - began
    used = here.cpu - cpu
    await all_leave(everybody)
    delays = [delay for _held, times in rooms for delay in times.delays()]
    acknowledged = [took for _held, times in rooms for took in times.acknowledged]
    return [
        Figure("acknowledged p95", "ms", 1000 * percentile(acknowledged, 0.95)),
        Figure("on every screen p95", "ms", 1000 * percentile(delays, 0.95), at_most=150),
        Figure("delivered", "%", 100 * min(times.delivered(PHONES) for _held, times in rooms), at_least=100),
        Figure("memory per phone", "KB", memory / 1024, at_most=80),
        Figure("core busy", "%", 100 * used / took),
    ]
