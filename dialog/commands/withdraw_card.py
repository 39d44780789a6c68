"""Take the own card back. It can be put back with `restore_card`."""

from dataclasses import dataclass

from dialog import queries
from dialog.acting import Command
from dialog.events import CardWithdrawn, Happening
from dialog.models import Group
from dialog.own_card import own_card
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawCard(Command):
    card_id: str


def withdraw_card(db: Db, command: WithdrawCard) -> list[Happening]:
    """Raises NotYourCard or NoSuchThing."""
    card = own_card(db, command, command.card_id)
    if card.withdrawn:
        return []
    group = db.get_one(Group, card.group_id)
    state = queries.card_state(card)
    return [CardWithdrawn(card=state, author_id=card.author_id, revealed=group.revealed, written=group.written)]
