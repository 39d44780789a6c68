"""Much at once: files of 10,000 cards or 50 dialogues while a room writes, and a card after 100,000 others."""

import asyncio
import json
import secrets
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from dialog import queries
from dialog.acting import Actor
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.commands.post_card import PostCard, post_card
from dialog.journal import carry_out
from dialog.models import Dialogue, Group
from dialog.store import Db
from dialog.words import Role, Step, Valence
from sessions.perform import store
from tests.bench.cards import PHONES, phones_at, settle, write
from tests.bench.figures import Figure, Times, percentile
from tests.bench.phones import Web, all_come_in, all_leave
from tests.bench.rows import fill_with_cards
from tests.bench.stand import Held, Stand, stand, take_the_other_core
from tests.loops import run

CARDS = 10_000
A_SECOND = 10
"""Cards the room writes, with and without a workbook being made."""
DIALOGUES, CARDS_IN_EACH = 50, 65


def workbook() -> list[Figure]:
    """How long cards take while the Excel file of a very large dialogue is made, beside the same room without it."""
    take_the_other_core()
    with stand(PHONES) as here:
        with here.app.app_context(), store().writing() as db:
            fill_with_cards(db, here.dialogues[0], CARDS, list(here.dialogues[0].boards))
            _reveal(db, here.dialogues[0])
        held = here.dialogues[0]
        return run(_while_it_is_made(here, f"/m/{held.id}/exports", "workbook"))


def forum() -> list[Figure]:
    """The same while the comparison of a forum with 50 dialogues is made, among them the one in which people write."""
    take_the_other_core()
    with stand(PHONES) as here:
        with here.app.app_context(), store().writing() as db:
            forum_id = queries.dialogue(db, here.dialogues[0].id).forum_id
            for number in range(DIALOGUES - 1):
                held = _hold_like(db, here.dialogues[0], forum_id, number)
                fill_with_cards(db, held, CARDS_IN_EACH, list(held.boards))
                _reveal(db, held)
        return run(_while_it_is_made(here, "/forum/exports", "forum"))


def _reveal(db: Db, held: Held) -> None:
    """Only what is revealed stands in a workbook."""
    db.execute(update(Group).where(Group.dialogue_id == held.id).values(revealed=True))


def _hold_like(db: Db, held: Held, forum_id: str, number: int) -> Held:
    """Another dialogue of the forum, closed, in which paper cards are written."""
    plan = queries.plan(queries.dialogue(db, held.id))
    dialogue_id = secrets.token_hex(8)
    ask = PlanDialogue(dialogue_id=dialogue_id, forum_id=forum_id, plan=plan, now=datetime.now(UTC), seed=number)
    plan_dialogue(db, ask)
    db.execute(update(Dialogue).where(Dialogue.id == dialogue_id).values(closed=True, step=Step.CLOSE))
    boards = {group.id: "" for group in queries.groups(db, dialogue_id)}
    return Held(id=dialogue_id, code="", mara="", boards=boards)


async def _while_it_is_made(here: Stand, path_of_it: str, kind: str) -> list[Figure]:
    held = here.dialogues[0]
    every = Times()
    phones = phones_at(here, held, every)
    await all_come_in(phones)
    webs, path = [phone.web for phone in phones], f"/d/{held.id}/cards"

    async def delays(cards: int) -> list[float]:
        every.sent.clear()
        await asyncio.sleep(1 / A_SECOND)  # What follows sooner is gathered, and waits for that.
        await write(webs, path, cards, cards / A_SECOND, every)
        await settle(every, len(phones))
        return every.delays()

    quiet = 1000 * percentile(await delays(8 * A_SECOND), 0.95)
    asks = Web(here.server.port, held.mara)
    began = time.perf_counter()
    asked = asyncio.create_task(_take_home(asks, path_of_it, kind))
    meanwhile = list[float]()
    while not asked.done():
        meanwhile += await delays(A_SECOND)
    content = await asked
    took = time.perf_counter() - began
    assert content.startswith(b"PK")
    await all_leave(phones)
    asks.close()
    busy = 1000 * percentile(meanwhile, 0.95)
    return [
        Figure("on every screen p95, quiet", "ms", quiet),
        Figure("on every screen p95, meanwhile", "ms", busy, at_most=round(2 * quiet, 1)),
        Figure("meanwhile beside quiet", "×", busy / quiet, at_most=2),
        Figure(f"{kind} made within", "s", took),
    ]


async def _take_home(asks: Web, path: str, kind: str) -> bytes:
    """Ask for a file, wait on its page as its script does, and fetch it."""
    status, told, _took = await asks.post(path, {"kind": kind, "profile": "internal", "running": "1"})
    assert status == 200, (status, told)
    while True:
        _status, answer = await asks.get(f"{told['page']}/state")
        at = json.loads(answer)
        if at["over"]:
            assert at["state"] == "ready", at
            status, content = await asks.get(f"{told['page']}/file", "*/*")
            assert status == 200, status
            return content
        await asyncio.sleep(1)


def growth(sizes: tuple[int, ...] = (100, 10_000, 100_000), cards: int = 60) -> list[Figure]:
    """What the method and the store need for a card when so many cards and acts are there already."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        here = Stand(Path(folder), people=26)
        groups = list(here.dialogues[0].boards)
        there, costs = 0, []
        for size in sizes:
            with here.app.app_context(), store().writing() as db:
                fill_with_cards(db, here.dialogues[0], size - there, groups, journal=True)
            there = size
            costs.append(_cost(here, cards))
            there += cards
        here.app.extensions["store"].dispose()
    first = costs[0]
    return [
        Figure("CPU per card, store and method", "ms", first),
        *(
            Figure(f"the same with {size:,} there", "ms", cost, at_most=round(1.2 * first, 2))
            for size, cost in zip(sizes[1:], costs[1:], strict=True)
        ),
        Figure("last beside first", "×", costs[-1] / first, at_most=1.2),
    ]


def _cost(here: Stand, cards: int) -> float:
    """Milliseconds of processor for one card, the quarter that is disturbed least."""
    held = here.dialogues[0]
    took = []
    with here.app.app_context():
        for at in range(cards):
            person = held.seats[at % len(held.seats)].person_id
            command = PostCard(
                dialogue_id=held.id,
                by=Actor(Role.PARTICIPANT, person),
                now=datetime.now(UTC),
                client_key=secrets.token_urlsafe(18),
                valence=Valence.FAILS,
                text=f"Gedanke {at} aus der Halle",
                addressees=["jobcenter", "politik"],
            )
            began = time.process_time()
            with store().writing() as db:
                carry_out(db, post_card, command)
            took.append(time.process_time() - began)
    return 1000 * percentile(took, 0.25)
