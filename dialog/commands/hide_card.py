"""Take a card off the board for everybody but the moderators and its author. Its text stays as it is."""

from dataclasses import dataclass

from dialog import queries
from dialog.acting import Command
from dialog.events import CardHidden, Happening
from dialog.models import Group
from dialog.on_board import run_card
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class HideCard(Command):
    card_id: str


def hide_card(db: Db, command: HideCard) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed."""
    card = run_card(db, command, command.card_id)
    if card.hidden:
        return []
    written = db.get_one(Group, card.group_id).written
    state = queries.card_state(card)
    return [CardHidden(card=state, author_id=card.author_id, revealed=True, written=written)]
