"""All simulated people of one rehearsal: they come in over a minute or so, some late, and live until it is over."""

import asyncio
import signal
from collections.abc import Mapping, Sequence
from random import Random

from sessions.rehearsal.people import GONE_AFTER, Deed, SimulatedPerson, Told
from sessions.rehearsal.texts import Texts


def drawn_people(counts: Mapping[str, int], how_many: int, random: Random) -> list[str]:
    """The stakeholders of so many people in the proportions of `counts`, in mixed order; "" where nothing is known."""
    whole = sum(counts.values())
    if not whole:
        return [""] * how_many
    places = [key for key, count in counts.items() for _ in range(count)]
    drawn = [places[at * whole // how_many] for at in range(how_many)]
    random.shuffle(drawn)
    return drawn


class Room:
    """The people of one rehearsal. `told` hears of every form that was answered."""

    def __init__(
        self,
        url: str,
        code: str,
        stakeholders: Sequence[str],
        *,
        seed: int,
        pace: float,
        weather: bool = True,
        gone_after: float = GONE_AFTER,
        told: Told | None = None,
    ) -> None:
        random = Random(seed)
        texts = Texts(random)
        self.pace, self.told = pace, told
        self.answered = 0
        self.refused: list[Deed] = []
        self.people = [
            SimulatedPerson(
                url,
                code,
                seed=seed * 1000 + number,
                stakeholder=stakeholder,
                texts=texts,
                pace=pace,
                weather=weather,
                told=self._hears,
                gone_after=gone_after,
            )
            for number, stakeholder in enumerate(stakeholders)
        ]
        self._comes_after = [
            random.uniform(90, 300) if random.random() < 0.08 else random.uniform(0, 70) for _ in self.people
        ]

    async def live(self, longest: float) -> None:
        """Until the dialogue is over, nobody answers any more, so many seconds have passed, or somebody stops it."""
        lives = asyncio.gather(
            *(person.live(after * self.pace) for person, after in zip(self.people, self._comes_after, strict=True))
        )
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, lives.cancel)
        try:
            await asyncio.wait_for(lives, longest)
        except (TimeoutError, asyncio.CancelledError):
            pass

    def _hears(self, deed: Deed) -> None:
        self.answered += 1
        if deed.status >= 400:
            self.refused.append(deed)
        if self.told is not None:
            self.told(deed)
