"""Everybody who is here, group by group, as the people page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import queries
from dialog.models import Dialogue, Participant
from dialog.store import Db
from sessions.moderator.cockpit import GroupNow, group_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A group and the people in it, in the order of their arrival."""

    group: GroupNow
    people: Sequence[Participant]


def seated(db: Db, dialogue: Dialogue) -> list[Seated]:
    here = queries.people(db, dialogue.id)
    return [
        Seated(group=group, people=[person for person in here if person.group_id == group.id])
        for group in group_lines(db, dialogue)
    ]
