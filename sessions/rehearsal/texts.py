"""What simulated people write: the cards, ideals, benefits and proposals of the reference data set.

Everybody in a room draws from the same store, so that a text is written once; when all is said people are silent.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

DATA = Path(__file__).parent.parent / "demo_data"
VALENCE = {"works": "works", "does_not_work": "fails"}
AFTERTHOUGHTS = (" – und das seit Jahren", " – jedes Mal", ", zumindest bei uns", " (nicht immer)")
"""What somebody adds on second thoughts."""

FUNCTIONS = ("Jobcenter, Team Integration", "Träger, Leitung", "Regionales Forum, Geschäftsstelle")
LAST_WORDS = ("Bitte wieder, und mit mehr Zeit.", "Gut, dass einmal alle an einem Tisch saßen.", "Zu kurze Pause.")


@dataclass(frozen=True, slots=True)
class Thought:
    """What a card says."""

    text: str
    valence: str
    addressees: Sequence[str]


class Texts:
    """The texts of one room, in a random order."""

    def __init__(self, random: Random) -> None:
        data = json.loads((DATA / "arbeitsmarktdialoge.json").read_text(encoding="utf-8"))
        themes: Sequence[Mapping[str, Any]] = yaml.safe_load((DATA / "round_2.yaml").read_text(encoding="utf-8"))
        self._cards: dict[str, list[Thought]] = {}
        for card in random.sample(data["cards"], len(data["cards"])):
            thought = Thought(card["text"], VALENCE[card["valence"]], card["addressees"])
            self._cards.setdefault(card["author"], []).append(thought)
        self.visions: list[tuple[str, str]] = [(v["text"], v["plain"]) for t in themes for v in t["visions"]]
        self._benefits: dict[str, list[str]] = {}
        for theme in themes:
            for key, texts in theme["benefits"].items():
                self._benefits.setdefault(key, []).extend(texts)
        self.proposals: list[Mapping[str, Any]] = [dict(one) for one in data["solutions"]]
        self.more: list[tuple[str, str]] = [(theme["what"], theme["first_step"]) for theme in themes]
        for texts in (self.visions, self.proposals, *self._benefits.values()):
            random.shuffle(texts)

    def thought(self, stakeholder: str) -> Thought | None:
        """The next thought of this stakeholder, or of any if the data set does not know it; None when all is said."""
        own = self._cards.get(stakeholder)
        if own is None:
            own = max(self._cards.values(), key=len)
        return own.pop() if own else None

    def benefit(self, stakeholder: str) -> str | None:
        """The next benefit for this stakeholder; None when all is said, or where the data set does not know it."""
        own = self._benefits.get(stakeholder)
        return own.pop() if own else None
