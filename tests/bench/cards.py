"""Cards: 100 phones in one dialogue write 100, spread over 10 s or all in 0.2 s; and what one delivered card costs."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.ceiling import Ceiling, ceiling
from tests.bench.figures import Figure, Times, percentile
from tests.bench.phones import Screen, Web, all_come_in, all_leave, cockpit_of, phone_of
from tests.bench.stand import Held, Stand, stand, take_the_other_core
from tests.loops import run

PHONES = 100
BURST = 0.2
"""Seconds in which a whole room sends at once."""
SETTLE = 30.0
"""Seconds after which what has not arrived counts as lost."""


@dataclass(slots=True)
class Driven:
    """What came of driving one server: times of all acts, and the processor seconds it used for them."""

    times: Times
    cpu: float
    screens: int

    @property
    def delivered(self) -> float:
        return 100 * self.times.delivered(self.screens)

    @property
    def acknowledged(self) -> float:
        """Milliseconds, 95th percentile."""
        return 1000 * percentile(self.times.acknowledged, 0.95)

    @property
    def seen(self) -> float:
        """Milliseconds from the phone to every screen, 95th percentile."""
        return 1000 * percentile(self.times.delays(), 0.95)

    @property
    def cpu_per_event(self) -> float:
        """Microseconds of processor for each card on each screen, posting and storing included."""
        return 1e6 * self.cpu / (len(self.times.sent) * max(1, self.screens))


async def write(webs: Sequence[Web], path: str, cards: int, over: float, times: Times) -> None:
    """The phones write in turn, evenly over these seconds."""

    async def one(at: int) -> None:
        await asyncio.sleep(over * at / cards)
        began = time.perf_counter()
        fields = {"valence": "fails", "text": f"Gedanke {at} aus der Halle", "addressees": ["jobcenter", "politik"]}
        status, answer, took = await webs[at % len(webs)].post(path, fields)
        assert status == 200, answer
        times.sent[answer["seq"]] = began
        times.acknowledged.append(took)

    await asyncio.gather(*(one(at) for at in range(cards)))


async def settle(times: Times, screens: int, seconds: float = SETTLE) -> None:
    """Wait until everybody has seen everything, or some seconds."""
    until = time.monotonic() + seconds
    while times.delivered(screens) < 1 and time.monotonic() < until:
        await asyncio.sleep(0.02)


def phones_at(here: Stand, held: Held, times: Times) -> list[Screen]:
    return [Screen(here.server.port, seat.cookie, phone_of(held.id), times.heard) for seat in held.seats]


async def drive(here: Stand, cards: int, over: float, listening: bool = True) -> Driven:
    """Every phone writes in turn while all phones and the cockpit look, or nobody does."""
    held, times = here.dialogues[0], Times()
    phones = phones_at(here, held, times)
    screens = [*phones, Screen(here.server.port, held.mara, cockpit_of(held.id), times.heard)] if listening else []
    await all_come_in(screens)
    await asyncio.gather(*(phone.web.ready() for phone in phones))
    await asyncio.sleep(0.5)
    began = here.cpu
    await write([phone.web for phone in phones], f"/d/{held.id}/cards", cards, over, times)
    await settle(times, len(screens))
    used = here.cpu - began
    await all_leave([*phones, *screens])
    return Driven(times, used, len(screens))


async def drive_ceiling(here: Ceiling, phones: int, cards: int, over: float) -> Driven:
    times = Times()
    screens = here.screens(phones + 1, times.heard)
    await all_come_in(screens)
    began = here.cpu
    await write([screen.web for screen in screens[1:]], "/cards", cards, over, times)
    await settle(times, len(screens))
    used = here.cpu - began
    await all_leave(screens)
    return Driven(times, used, len(screens))


def _at(phones: int, cards: int, over: float) -> tuple[Driven, Driven]:
    """The server and the ceiling, one after the other on the same core."""
    take_the_other_core()
    with stand(phones) as here:
        ours = run(drive(here, cards, over))
    with ceiling() as above:
        return ours, run(drive_ceiling(above, phones, cards, over))


def spread(phones: int = PHONES, over: float = 10.0) -> list[Figure]:
    """A card of every phone, one after the other."""
    ours, most = _at(phones, phones, over)
    return [
        Figure("acknowledged p95", "ms", ours.acknowledged, at_most=20, ceiling=most.acknowledged),
        Figure("on every screen p95", "ms", ours.seen, at_most=40, ceiling=most.seen),
        Figure("delivered", "%", ours.delivered, at_least=100, ceiling=most.delivered),
        Figure("CPU per card", "ms", 1000 * ours.cpu / phones, ceiling=1000 * most.cpu / phones),
    ]


def burst() -> list[Figure]:
    """A card of every phone, all at once."""
    ours, most = _at(PHONES, PHONES, BURST)
    return [
        Figure("acknowledged p95", "ms", ours.acknowledged, at_most=300, ceiling=most.acknowledged),
        Figure("on every screen p95", "ms", ours.seen, at_most=350, ceiling=most.seen),
        Figure("delivered", "%", ours.delivered, at_least=100, ceiling=most.delivered),
        Figure("CPU per card", "ms", 1000 * ours.cpu / PHONES, at_most=3, ceiling=1000 * most.cpu / PHONES),
    ]


def cpu(phones: int = PHONES, rates: Sequence[tuple[int, int, float]] = ((50, 200, 2), (400, 800, 1))) -> list[Figure]:
    """Processor for each card on each screen, at cards a second; and what of it is telling, not taking and storing."""
    figures = []
    for rate, cards, within in rates:
        ours, most = _at(phones, cards, cards / rate)
        take_the_other_core()
        with stand(phones) as here:
            untold = run(drive(here, cards, cards / rate, listening=False))
        per_event = most.cpu_per_event
        telling = 1e6 * max(0.0, ours.cpu - untold.cpu) / (cards * ours.screens)
        figures += [
            Figure(f"{rate}/s: CPU per delivered card", "µs", ours.cpu_per_event, ceiling=per_event, within=within),
            Figure(f"{rate}/s: of it for telling", "µs", telling, ceiling=per_event, within=within),
            Figure(f"{rate}/s: delivered", "%", ours.delivered, at_least=100),
        ]
    return figures
