"""For whom somebody acts: a participant for the own person, a moderator for somebody without a phone."""

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.models import Participant
from dialog.store import Db
from dialog.words import Role


def person_concerned(db: Db, command: Command, person_id: str | None) -> Participant:
    """The person whose vote, wish or appraisal this is. Raises NoSuchThing, NotYourGroup or NotByHand."""
    if command.by.role is Role.PARTICIPANT:
        return db.get_one(Participant, command.by.id)
    person = db.get(Participant, person_id) if person_id else None
    if person is None or person.dialogue_id != command.dialogue_id or person.left:
        raise errors.NoSuchThing()
    command.by.must_run(table_queries.home(db, queries.dialogue(db, command.dialogue_id), person))
    if person.has_phone:
        raise errors.NotByHand()
    return person
