"""What was agreed in the closed dialogues, and what became of it: counts by state, what is overdue, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dialog.comparison.values import Contribution
from dialog.following_up import Followed
from dialog.words import FollowUpState


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The commitments of one dialogue, in the order in which they were made."""

    dialogue: Contribution
    agreed: tuple[Followed, ...]

    def count(self, state: FollowUpState) -> int:
        return sum(one.state is state for one in self.agreed)

    def overdue(self, today: date) -> int:
        return sum(one.overdue(today) for one in self.agreed)

    def review_due(self, today: date) -> int:
        return sum(one.review_due(today) for one in self.agreed)


def kept(contributions: Sequence[Contribution], followed: Iterable[Followed]) -> list[Kept]:
    """One line for each of these dialogues in which something was agreed; agreements of others do not count."""
    of: dict[str, list[Followed]] = {one.dialogue_id: [] for one in contributions}
    for agreed in followed:
        if agreed.dialogue_id in of:
            of[agreed.dialogue_id].append(agreed)
    return [Kept(dialogue=one, agreed=tuple(of[one.dialogue_id])) for one in contributions if of[one.dialogue_id]]
