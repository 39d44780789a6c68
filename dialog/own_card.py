"""Whose card it is, for the acts that only its author may do."""

from dialog import errors
from dialog.acting import Command
from dialog.models import Card
from dialog.store import Db
from dialog.words import Role


def own_card(db: Db, command: Command, card_id: str) -> Card:
    """The actor's own card; paper cards belong to whoever runs the group's board. Raises NoSuchThing or NotYourCard."""
    card = db.get(Card, card_id)
    if card is None or card.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    if command.by.role is Role.PARTICIPANT:
        if card.author_id != command.by.id:
            raise errors.NotYourCard()
    elif card.paper:
        command.by.must_run(card.group_id)
    else:
        raise errors.NotYourCard()
    return card
