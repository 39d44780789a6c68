"""Move a card into a topic, out of it, or to another place."""

from dataclasses import dataclass

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening
from dialog.models import Group
from dialog.on_board import cards_in, placed, run_card, run_topic
from dialog.ranking import place_before, renumbered
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCard(Command):
    """`topic_id` None is the unsorted rest; `before` is the card to lie in front of, None the end."""

    card_id: str
    topic_id: str | None
    before: str | None = None


def place_card(db: Db, command: PlaceCard) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed. A card never leaves its group's board."""
    card = run_card(db, command, command.card_id)
    if command.topic_id is not None and run_topic(db, command, command.topic_id).group_id != card.group_id:
        raise errors.NotYourGroup()
    group = db.get_one(Group, card.group_id)
    there = [other for other in cards_in(db, group, command.topic_id) if other.id != card.id]
    order = [(other.id, other.rank) for other in there]
    rank = place_before(order, command.before)
    if rank is not None:
        nothing_new = card.topic_id == command.topic_id and card.rank == rank
        return [] if nothing_new else [placed(card, command.topic_id, rank)]
    order = renumbered(order)
    fresh_rank = place_before(order, command.before)
    assert fresh_rank is not None
    moved = [placed(other, command.topic_id, new) for other, (_, new) in zip(there, order, strict=True)]
    return [*moved, placed(card, command.topic_id, fresh_rank)]
