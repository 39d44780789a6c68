"""Which proposals come again in several dialogues, and why they count as such. Nothing is merged: a person decides.

Two things make proposals of different dialogues recur: titles that may say the same (`similar`), each with its reason,
and the same place in the system, that is the same category of the topic and the same level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dialog.comparison.choice import Choice
from dialog.comparison.values import Contribution, Names, Proposed
from dialog.similar import Reason, Suggestion

MOST_PAIRS = 2000
"""Pairs of titles that are looked at, the most alike first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A proposal with its dialogue. `id` names it within the comparison, `category` is the forum's name."""

    id: str
    dialogue: Contribution
    proposal: Proposed
    category: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the proposals that recur; `reason` says what its title has in common with the first one's."""

    found: Found
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Proposals of at least two dialogues. By "title" the first one is alike to each of the others."""

    by: Literal["title", "place"]
    members: tuple[Member, ...]

    @property
    def dialogues(self) -> int:
        return len({member.found.dialogue.dialogue_id for member in self.members})


def proposals(contributions: Iterable[Contribution], names: Names, choice: Choice) -> list[Found]:
    """All proposals of these dialogues, in the order given; of the choice of cards only the category matters."""
    return [
        Found(id=f"{one.dialogue_id}/{proposal.number}", dialogue=one, proposal=proposal, category=category)
        for one in contributions
        for proposal in one.proposals
        if choice.takes_category(category := names.of(one, proposal.category))
    ]


def titles(found: Sequence[Found]) -> list[tuple[str, str]]:
    """What is to be compared by `similar.similar_cards`."""
    return [(one.id, one.proposal.title) for one in found]


def recurring(found: Sequence[Found], alike: Iterable[Suggestion]) -> list[Recurrence]:
    """What recurs, in most dialogues first; by title before by place."""
    both = [*_by_title(found, alike), *_by_place(found)]
    return sorted(both, key=lambda one: (one.by == "place", -one.dialogues, -len(one.members)))


def _by_title(found: Sequence[Found], alike: Iterable[Suggestion]) -> Iterable[Recurrence]:
    """Around the proposal that most others are alike to stand those; then the same with the rest.

    So no chain of likenesses brings together two that have nothing in common.
    """
    known = {one.id: one for one in found}
    near: dict[str, dict[str, Reason]] = {one.id: {} for one in found}
    for pair in alike:
        a, b = known.get(pair.a), known.get(pair.b)
        if a is None or b is None or a.dialogue.dialogue_id == b.dialogue.dialogue_id:
            continue
        near[a.id][b.id] = pair.reason
        near[b.id][a.id] = _turned(pair.reason)
    left = {one: len(others) for one, others in near.items()}
    order = {one: at for at, one in enumerate(known)}
    while left:
        middle = max(left, key=left.__getitem__)
        around = sorted((other for other in near[middle] if other in left), key=order.__getitem__)
        if not around:
            return
        for one in (middle, *around):
            del left[one]
            for other in near[one]:
                if other in left:
                    left[other] -= 1
        others = (Member(found=known[other], reason=near[middle][other]) for other in around)
        yield Recurrence(by="title", members=(Member(found=known[middle], reason=None), *others))


def _turned(reason: Reason) -> Reason:
    return Reason(kind=reason.kind, words=tuple((there, here) for here, there in reason.words))


def _by_place(found: Sequence[Found]) -> Iterable[Recurrence]:
    places: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        if one.category is not None and one.proposal.level is not None:
            places.setdefault((one.category, one.proposal.level), []).append(one)
    for same in places.values():
        if len({one.dialogue.dialogue_id for one in same}) > 1:
            yield Recurrence(by="place", members=tuple(Member(found=one, reason=None) for one in same))
