"""A simulated person: comes in by the code, follows the own phone, and does what the step asks, at a human pace.

    person = SimulatedPerson("http://localhost:8000", "ABC123", seed=7, pace=PACES["fast"])
    await person.live()

Whoever drives many of them gives them the same `Texts`, and hears of every form that was answered through `told`.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from time import monotonic
from typing import Any

from sessions.rehearsal import doings
from sessions.rehearsal.device import Answer, Device, Offline
from sessions.rehearsal.pages import Fields, Page
from sessions.rehearsal.texts import Texts

PACES = {"normal": 1.0, "fast": 0.15}
"""How long everything takes, as a share of what it takes people."""

GONE_AFTER = 60.0
"""Seconds without any answer after which a person believes that the server will not come back."""

LOOKS_EVERY = 20.0
"""Seconds after which a person looks at the phone without having heard anything."""

AGAIN = (1.0, 2.0, 4.0, 8.0)
"""Seconds until a form that got no answer is sent once more, with the same key."""

PATIENCE_ASKED = (429, 502, 503, 504)
"""Statuses that say: not now."""

Told = Callable[["Deed"], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """A form that was answered: by whom, what ("cards"), with which status, after how many attempts and seconds."""

    person: int
    what: str
    status: int
    error: str
    attempts: int
    took: float


class Turned(Exception):
    """The room has gone on: whatever one was about to do is over."""


class Over(Exception):
    """There is nothing more to do here: the dialogue is closed, one was taken out, or the server is gone for good."""


class SimulatedPerson:
    """One person with a phone. The same seed makes the same person."""

    def __init__(
        self,
        url: str,
        code: str,
        *,
        seed: int = 0,
        stakeholder: str = "",
        texts: Texts | None = None,
        pace: float = 1.0,
        weather: bool = True,
        told: Told | None = None,
        gone_after: float = GONE_AFTER,
    ) -> None:
        """`stakeholder` "" chooses any that is offered; `weather`: whether the network fails and people leave."""
        self.number, self.code, self.pace, self.told, self.gone_after = seed, code, pace, told, gone_after
        self.random = Random(seed)
        self.texts = texts if texts is not None else Texts(self.random)
        self.device = Device(url.rstrip("/"))
        self.stakeholder = stakeholder
        self.home = ""
        self.board: dict[str, Any] = {}
        self.own_cards: list[str] = []
        self.talkative = self.random.triangular(0, 5, 2)
        """About how many things this person writes in a step."""
        self.shy = self.random.random() < 0.08
        """Looks on, and neither votes nor appraises."""
        self.leaves_after = self.random.uniform(1200, 5400) if weather and self.random.random() < 0.05 else None
        self.weather = weather
        self._stirred, self._ended = asyncio.Event(), False
        self._tag = ""

    @property
    def dialogue_id(self) -> str:
        """The dialogue's id, as it stands in the address of the own page."""
        return self.home.strip("/").partition("/")[2]

    # --- A life -------------------------------------------------------------------------------------------------------

    async def live(self, comes_after: float = 0.0) -> None:
        """Come in after so many seconds, do what each step asks, and end when the dialogue does."""
        await asyncio.sleep(comes_after)
        beside = []
        try:
            if not await self.comes_in():
                return
            beside = [asyncio.create_task(self._listen())]
            if self.weather:
                beside.append(asyncio.create_task(self._network_fails_at_times()))
            await asyncio.wait_for(self._goes_along(), self.leaves_after and self.leaves_after * self.pace)
        except (Over, TimeoutError):
            pass
        finally:
            self._ended = True
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def comes_in(self) -> bool:
        """Scan the code and choose a group. False when the door is closed; raises Over when nobody answers."""
        page = await self.reads(f"/{self.code}")
        form = Page(page.text).form("")
        if page.status >= 400 or form is None or not form.options.get("stakeholder"):
            return False
        if self.stakeholder not in form.options["stakeholder"]:
            self.stakeholder = self.random.choice(form.options["stakeholder"])
        await asyncio.sleep(self.random.uniform(4, 12) * self.pace)
        filled = form.filled(stakeholder=self.stakeholder, **doings.traits(self.random, form))
        answer = await self.sends(f"/{self.code}", filled, accept="text/html", what="join")
        self.home = answer.location
        return answer.status == 303 and self.home.startswith("/d/")

    async def _goes_along(self) -> None:
        await self.looks()
        while True:
            try:
                await doings.of(self)
                while True:
                    await self.waits(LOOKS_EVERY, 2 * LOOKS_EVERY, human=False)
            except Turned:
                continue

    # --- What a person can do with a phone ----------------------------------------------------------------------------

    async def waits(self, least: float, most: float, human: bool = True) -> None:
        """Hesitate for that many seconds of a person's time. Raises Turned as soon as the room has gone on."""
        until = monotonic() + self.random.uniform(least, most) * (self.pace if human else 1)
        while (left := until - monotonic()) > 0:
            try:
                await asyncio.wait_for(self._stirred.wait(), left)
            except TimeoutError:
                break
            await self._looks_up()
        if not human:
            await self._looks_up()

    async def reads(self, path: str = "") -> Answer:
        """A page of the own phone, or of a whole path. Raises Over when nobody answers any more."""
        address = path if path.startswith("/") else f"{self.home}{path}"
        return await self._until_answered(lambda: self.device.get(address))

    async def page(self) -> Page:
        """The page of the step, as it is now."""
        return Page((await self.reads()).text)

    async def page_at(self, address: str) -> Page:
        """Another page of the own phone."""
        return Page((await self.reads(address)).text)

    async def sends(self, path: str, fields: Fields, accept: str = "application/json", what: str = "") -> Answer:
        """Send a form until it is answered, always with the key that stands in it."""
        address = path if path.startswith("/") else f"{self.home}{path}"
        keyed = [*(one for one in fields if one[0] != "client_key"), ("client_key", secrets.token_urlsafe(18))]
        attempts, began = 0, monotonic()

        async def attempt() -> Answer:
            nonlocal attempts
            attempts += 1
            return await self.device.post(address, keyed, accept)

        answer = await self._until_answered(attempt)
        if self.told is not None:
            said = what or address.rstrip("/").rpartition("/")[2]
            error = str(answer.told.get("error", ""))
            self.told(Deed(self.number, said, answer.status, error, attempts, monotonic() - began))
        return answer

    async def _until_answered(self, ask: Callable[[], Any]) -> Answer:
        """Ask again while there is no network, the server is away or asks for patience."""
        attempts, silent_since = 0, None
        while True:
            try:
                answer: Answer = await ask()
                if answer.status not in PATIENCE_ASKED:
                    return answer
                silent_since = None
            except Offline:
                silent_since = (silent_since or monotonic()) if self.device.online else None
            if silent_since is not None and monotonic() - silent_since > self.gone_after:
                raise Over
            pause = AGAIN[min(attempts, len(AGAIN) - 1)] * self.random.uniform(0.7, 1.3)
            await asyncio.sleep(pause * max(self.pace, 0.3))
            attempts += 1

    # --- Following ----------------------------------------------------------------------------------------------------

    async def looks(self) -> None:
        """Fetch the own board. Raises Over when there is none for this phone any more."""
        self._stirred.clear()
        answer = await self._until_answered(
            lambda: self.device.get(f"{self.home}board.json", "application/json", self._tag)
        )
        if answer.status == 304:
            return
        if answer.status != 200:
            raise Over
        self.board = answer.told
        self._tag = f'"{self.board["seq"]}"'

    async def _looks_up(self) -> None:
        was = self._stage()
        await self.looks()
        if self._stage() != was:
            raise Turned

    def _stage(self) -> tuple[Any, ...]:
        board = self.board
        return (board["stage"]["step"], board["voting"], board["appraising"], bool(board["tables"]))

    def _hears(self, frame: dict[str, Any]) -> None:
        """Only what the page would fetch anew is worth looking up for; cards of others come by themselves."""
        if any(tiding.get("type") == "PageTurned" for act in frame.get("acts", ()) for tiding in act["tidings"]):
            self._stirred.set()

    async def _listen(self) -> None:
        while not self._ended:
            try:
                await self.device.listen(self.dialogue_id, self._hears)
            except Offline:
                pass
            await asyncio.sleep(self.random.uniform(0.5, 3))
            self._stirred.set()

    async def _network_fails_at_times(self) -> None:
        while not self._ended:
            await asyncio.sleep(self.random.expovariate(1 / 900) * self.pace + 1)
            self.device.online = False
            await asyncio.sleep(max(1.0, self.random.uniform(5, 60) * self.pace))
            self.device.online = True
            self._stirred.set()
