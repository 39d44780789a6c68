"""Take over a closed dialogue out of its archive, with all its figures and nobody's name."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy.exc import IntegrityError

from dialog import errors, held, promise_queries, queries
from dialog.archive.refusals import AlreadyHere, ArchiveUnsound, BelongsToAnother, DayHasPassed
from dialog.archive.schema import Archive
from dialog.archive.unpack import are_here, unpack
from dialog.commands.plan_dialogue import free_code
from dialog.models import Dialogue, Forum
from dialog.store import Db, whole_or_not_at_all


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportDialogue:
    """`archive` has been checked. `seed` draws the code and the ids of people and papers."""

    archive: Archive
    forum_id: str
    today: date
    seed: int


def import_dialogue(db: Db, command: ImportDialogue) -> Dialogue:
    """It is closed from the first moment, and keeps the day on which it is to be deleted.

    Raises AlreadyHere, BelongsToAnother, DayHasPassed or ArchiveUnsound, or NoSuchThing for an unknown forum.
    """
    archive = command.archive
    if db.get(Forum, command.forum_id) is None:
        raise errors.NoSuchThing()
    if archive.plan.deletes_on < command.today:
        raise DayHasPassed(day=archive.plan.deletes_on.strftime("%d.%m.%Y"))
    if db.get(Dialogue, archive.dialogue_id) is not None:
        raise AlreadyHere()
    if are_here(db, archive):
        raise BelongsToAnother()
    random = Random(command.seed)
    try:
        with whole_or_not_at_all(db):
            code = free_code(db, random)
            dialogue = unpack(db, archive, command.forum_id, code, command.today, random)
    except IntegrityError as error:  # Somebody else has taken it over at the same moment.
        raise AlreadyHere() from error
    _must_be_readable(db, dialogue)
    return dialogue


def _must_be_readable(db: Db, dialogue: Dialogue) -> None:
    """What would stop at some figure later is refused now."""
    try:
        queries.result(db, dialogue)
        promise_queries.figures(db, dialogue)
        promise_queries.feedback_figures(db, dialogue)
        held.held(db, dialogue)
    except (ValueError, KeyError) as error:
        raise ArchiveUnsound(where=str(error)[:80]) from error
