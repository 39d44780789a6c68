"""Put a withdrawn card back where it was."""

from dataclasses import dataclass

from dialog import queries
from dialog.acting import Command
from dialog.events import CardRestored, Happening
from dialog.models import Group
from dialog.own_card import must_have_one_left, own_card
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreCard(Command):
    card_id: str


def restore_card(db: Db, command: RestoreCard) -> list[Happening]:
    """Raises NotYourCard, NoSuchThing or TooManyCards."""
    card = own_card(db, command, command.card_id)
    if not card.withdrawn:
        return []
    if card.author_id is not None:
        must_have_one_left(db, queries.dialogue(db, command.dialogue_id), card.author_id)
    group = db.get_one(Group, card.group_id)
    state = queries.card_state(card)
    return [CardRestored(card=state, author_id=card.author_id, revealed=group.revealed, written=group.written)]
