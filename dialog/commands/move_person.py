"""Let a person sit in another group. In round 1 the stakeholder follows the group."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening
from dialog.models import Group, Participant
from dialog.seating import moved
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePerson(Command):
    person_id: str
    group_id: str


def move_person(db: Db, command: MovePerson) -> list[Happening]:
    """Raises NoSuchThing or GroupFull. Cards stay with the group in which they were written."""
    person = db.get(Participant, command.person_id)
    group = db.get(Group, command.group_id)
    if person is None or person.dialogue_id != command.dialogue_id or person.left:
        raise errors.NoSuchThing()
    if group is None or group.dialogue_id != command.dialogue_id or group.round != 1:
        raise errors.NoSuchThing()
    if person.group_id == group.id:
        return []
    limit = queries.plan(queries.dialogue(db, command.dialogue_id)).limits.people_per_group
    if len(queries.people(db, command.dialogue_id, group.id)) >= limit:
        raise errors.GroupFull(group=group.name, limit=limit)
    return [moved(person, group.id, group.stakeholder)]
