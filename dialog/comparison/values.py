"""What one dialogue contributes to the forum's comparison, and what the forum calls its categories.

A contribution is made from a dialogue's report and from nothing else, so it holds nothing of a person and nothing that
is not revealed. One made from a public report holds pooled data only: figures summed over public contributions never
tell more than these do one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from dialog.attribution import Frequency

SCHEMA = 1
"""Raised with every change of what a contribution holds, so that kept ones are made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A stakeholder as reports show it, or some that are told together."""

    key: str
    label: str
    sign: str
    palette: int
    participates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTopic:
    """A topic with the badge *gemeinsam wichtig*: how many people chose it, of how many that voted."""

    title: str
    category: str | None
    rank: int
    chose: int
    voted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal of a mixed table. `level` is what the plan calls it."""

    number: int
    title: str
    level: str | None
    category: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A dialogue, as far as choosing goes."""

    dialogue_id: str
    title: str
    place: str
    held_on: date
    format: str
    format_name: str
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Comparable):
    """What one dialogue contributes. Categories are keys of its format, stakeholders are keys too."""

    people: dict[str, int]
    """By participating stakeholder, or by those that are told together."""
    stakeholders: tuple[Who, ...]
    """Whoever speaks or is spoken to, in the order of the format."""
    pooled: tuple[str, ...]
    """Keys that stand for several stakeholders told together: nothing says what they say about themselves."""
    categories: dict[str, str]
    """What the dialogue's plan calls its categories."""
    frequency: Frequency
    """Cards and mentions by category."""
    result_told: bool
    """Whether the result of the vote is revealed, and may be told in this profile."""
    shared: tuple[SharedTopic, ...]
    proposals: tuple[Proposed, ...]

    @property
    def cards(self) -> int:
        return sum(row.cards for row in self.frequency.cards)


_CONTRIBUTION = TypeAdapter(Contribution)


def to_json(contribution: Contribution) -> bytes:
    return _CONTRIBUTION.dump_json(contribution)


def from_json(content: bytes) -> Contribution:
    """Raises ValueError for anything but what `to_json` has made."""
    return _CONTRIBUTION.validate_json(content)


@dataclass(frozen=True, slots=True)
class Names:
    """What the forum calls the categories of its formats, by (format, category). Equal names are one category."""

    given: Mapping[tuple[str, str], str]

    def of(self, contribution: Contribution, category: str | None) -> str | None:
        """The forum's name; without one what the dialogue's plan calls it; None for cards without a category."""
        if category is None:
            return None
        name = self.given.get((contribution.format, category))
        return name or contribution.categories.get(category, category)
