"""Shared priorities: the topics with the badge *gemeinsam wichtig*, dialogue by dialogue, and their categories.

The badge is given within one dialogue by the rules of its vote (see `tally`); here it is only counted. A dialogue whose
result is not revealed, or may not be told, is no dialogue without shared priorities: it is left out and said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog.comparison.choice import Choice
from dialog.comparison.values import Contribution, Names, SharedTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A topic that mattered to every group of its dialogue; `category` is the forum's name."""

    dialogue: Contribution
    topic: SharedTopic
    category: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCategory:
    """In how many dialogues a category held a shared priority, and how many topics these were."""

    category: str | None
    dialogues: int
    topics: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    topics: tuple[Priority, ...]
    """The newest dialogue first, within one by its place in the result."""
    categories: tuple[OfCategory, ...]
    """That of most dialogues first, then by topics and name, topics without a category last."""
    told: int
    """Dialogues whose result is told."""
    untold: tuple[Contribution, ...]
    """Dialogues of which no result is told."""


def priorities(contributions: Sequence[Contribution], names: Names, choice: Choice) -> Priorities:
    """Count the shared priorities; of the choice of cards only the category matters here."""
    topics = [
        Priority(dialogue=one, topic=topic, category=category)
        for one in contributions
        for topic in sorted(one.shared, key=lambda topic: (topic.rank, topic.title))
        if choice.takes_category(category := names.of(one, topic.category))
    ]
    where: dict[str | None, list[str]] = {}
    for found in topics:
        where.setdefault(found.category, []).append(found.dialogue.dialogue_id)
    categories = [
        OfCategory(category=category, dialogues=len(set(ids)), topics=len(ids)) for category, ids in where.items()
    ]
    return Priorities(
        topics=tuple(topics),
        categories=tuple(
            sorted(categories, key=lambda c: (c.category is None, -c.dialogues, -c.topics, c.category or ""))
        ),
        told=sum(one.result_told for one in contributions),
        untold=tuple(one for one in contributions if not one.result_told),
    )
