"""Bring several cards into a topic, or out of it, as one act: one undo takes all of them back."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening
from dialog.models import Group
from dialog.on_board import cards_in, placed, run_card, run_topic
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCards(Command):
    """`topic_id` None is the unsorted rest. The cards go behind those that lie there already."""

    card_ids: Sequence[str]
    topic_id: str | None


def place_cards(db: Db, command: PlaceCards) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed. A card never leaves its group's board."""
    cards = [run_card(db, command, card_id) for card_id in dict.fromkeys(command.card_ids)]
    groups = {card.group_id for card in cards}
    if command.topic_id is not None:
        groups.add(run_topic(db, command, command.topic_id).group_id)
    if len(groups) > 1:
        raise errors.NotYourGroup()
    coming = [card for card in cards if card.topic_id != command.topic_id]
    if not coming:
        return []
    group = db.get_one(Group, coming[0].group_id)
    last = max((card.rank for card in cards_in(db, group, command.topic_id)), default=0.0)
    return [placed(card, command.topic_id, last + at) for at, card in enumerate(coming, start=1)]
