"""The reference dialogue of Region Nord: who is in the room, what they write, and how their groups sort it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sessions.demo_room import read_reference

PEOPLE = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
LETTERS = {"jobcenter": "J", "traeger": "T", "leistungsberechtigte": "L"}
VALENCE = {"works": "works", "does_not_work": "fails"}


@dataclass(frozen=True)
class Thought:
    stakeholder: str
    valence: str
    text: str
    addressees: tuple[str, ...]


def thoughts() -> list[Thought]:
    """The 64 cards of the data set."""
    return [
        Thought(card["author"], VALENCE[card["valence"]], card["text"], tuple(card["addressees"]))
        for card in read_reference().cards
    ]


def topics(stakeholder: str) -> Iterator[Mapping[str, Any]]:
    """How this stakeholder's group sorts its cards, the most important topic first."""
    yield from read_reference().topics[stakeholder]
