"""Everybody who is here, group by group, as the people page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import queries, table_queries
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


def table_names(db: Db, dialogue: Dialogue) -> dict[str, str]:
    """The number of everybody's table, by person id."""
    names = {table.id: table.name for table in table_queries.tables(db, dialogue.id)}
    return {person_id: names[at] for person_id, at in table_queries.seats(db, dialogue.id).items() if at in names}
