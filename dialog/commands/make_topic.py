"""Open a new topic on a group's board, with cards already in it or empty. Its name may come later."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries, writing
from dialog.acting import Command
from dialog.events import Happening, TopicMade, TopicState
from dialog.on_board import placed, run_card, run_group
from dialog.store import Db

LONGEST_TITLE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeTopic(Command):
    group_id: str
    title: str = ""
    card_ids: Sequence[str] = ()


def make_topic(db: Db, command: MakeTopic) -> list[Happening]:
    """Raises TextTooLong, NoSuchThing, NotYourGroup or NotRevealed."""
    group = run_group(db, command, command.group_id)
    cards = [run_card(db, command, card_id) for card_id in dict.fromkeys(command.card_ids)]
    if any(card.group_id != group.id for card in cards):
        raise errors.NotYourGroup()
    last = max((topic.rank for topic in queries.topics(db, command.dialogue_id, group.id)), default=0.0)
    topic = TopicState(
        id=command.new_id("topic"),
        group_id=group.id,
        title=writing.clean(command.title, LONGEST_TITLE) if command.title.strip() else "",
        category=None,
        rank=last + 1.0,
    )
    moved = [placed(card, topic.id, float(at)) for at, card in enumerate(cards, start=1)]
    return [TopicMade(topic=topic), *moved]
