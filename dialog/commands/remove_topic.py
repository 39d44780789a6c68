"""Dissolve a topic. Its cards lie unsorted on the board again."""

from dataclasses import dataclass

from dialog.acting import Command
from dialog.events import Happening
from dialog.on_board import cards_in, placed, run_topic, taken_away
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveTopic(Command):
    topic_id: str


def remove_topic(db: Db, command: RemoveTopic) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed; VotesAlreadyThere if it is up for a vote that has begun."""
    topic = run_topic(db, command, command.topic_id)
    last = max((card.rank for card in cards_in(db, topic, None)), default=0.0)
    back = [placed(card, None, last + at) for at, card in enumerate(cards_in(db, topic, topic.id), start=1)]
    return [*back, *taken_away(db, topic, heir=None)]
