"""Name the topics one would like to work on in round 2, in order. Nobody sees whose wish it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries, table_queries
from dialog.acting import Command
from dialog.by_hand import person_concerned
from dialog.events import Happening, WishesSet
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WishTopics(Command):
    """`person_id` is set when a moderator enters it for somebody without a phone. The whole list is sent each time."""

    topic_ids: Sequence[str]
    person_id: str | None = None


def wish_topics(db: Db, command: WishTopics) -> list[Happening]:
    """Raises TooManyWishes, NotOnTheBallot for a topic that was not chosen, NoSuchThing, NotByHand or NotYourGroup."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    person = person_concerned(db, command, command.person_id)
    wishes = tuple(dict.fromkeys(command.topic_ids))
    limit = queries.plan(dialogue).limits.wishes_per_person
    if len(wishes) > limit:
        raise errors.TooManyWishes(limit=limit)
    if not set(wishes) <= set(dialogue.chosen_topics):
        raise errors.NotOnTheBallot()
    seat = table_queries.seat(db, person.id)
    was = tuple(seat.wishes) if seat is not None else ()
    return [] if wishes == was else [WishesSet(person_id=person.id, topic_ids=wishes, was_topic_ids=was, wished=0)]
