"""Round-1 groups: people of one stakeholder sit together, in groups of even size that nobody has to count.

Pure arithmetic. Who belongs to which stakeholder is data; here there are only sizes and orders of arrival.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One person changes the group."""

    participant_id: str
    from_group: str
    to_group: str


def groups_needed(people: int, limit: int) -> int:
    """The smallest number of groups in which `people` sit with at most `limit` each: ceil(people / limit).

    Nobody needs no group. Raises ValueError for fewer than 0 people or a limit below 1.
    """
    if people < 0:
        raise ValueError(f"{people} people cannot be seated")
    if limit < 1:
        raise ValueError(f"a group of at most {limit} seats nobody")
    return -(-people // limit)


def split(expected: Mapping[str, int], limit: int) -> dict[str, int]:
    """Number of groups for each stakeholder, in the given order, from the people expected of each.

    At least one each: whoever comes unexpectedly finds a group. Raises ValueError as `groups_needed` does.
    """
    return {stakeholder: max(1, groups_needed(people, limit)) for stakeholder, people in expected.items()}


def seat(sizes: Mapping[str, int]) -> str:
    """The group for a newcomer: the smallest, and the first of several. `sizes` are people by group id.

    Newcomers seated in this way never make sizes differ by more than one. Raises ValueError if there is no
    group.
    """
    if not sizes:
        raise ValueError("there is no group to sit in")
    return min(sizes, key=lambda group: sizes[group])


def even_out(members: Mapping[str, Sequence[str]]) -> list[Move]:
    """The fewest moves after which sizes differ by at most one. `members` by group id, in order of arrival.

    While they differ by two or more, the last arrival of the largest group goes to the smallest (the first of
    several, both times). No shorter list exists: with q = people // groups, each move takes one person from
    those above q + 1 if there are any and brings one to those below q if there are any; it ends when there
    are neither. Who gives never receives, so nobody moves twice.
    """
    sizes = {group: len(people) for group, people in members.items()}
    moves: list[Move] = []
    while sizes:
        largest = max(sizes, key=lambda group: sizes[group])
        smallest = seat(sizes)
        if sizes[largest] - sizes[smallest] < 2:
            break
        sizes[largest] -= 1
        sizes[smallest] += 1
        last_arrived = members[largest][sizes[largest]]
        moves.append(Move(participant_id=last_arrived, from_group=largest, to_group=smallest))
    return moves
