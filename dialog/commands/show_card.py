"""Put a hidden card back on the board."""

from dataclasses import dataclass

from dialog import queries
from dialog.acting import Command
from dialog.events import CardShown, Happening
from dialog.models import Group
from dialog.on_board import run_card
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowCard(Command):
    card_id: str


def show_card(db: Db, command: ShowCard) -> list[Happening]:
    """Raises NoSuchThing, NotYourGroup or NotRevealed."""
    card = run_card(db, command, command.card_id)
    if not card.hidden:
        return []
    written = db.get_one(Group, card.group_id).written
    state = queries.card_state(card)
    return [CardShown(card=state, author_id=card.author_id, revealed=True, written=written)]
