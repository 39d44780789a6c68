"""Whose card it is and how many a person has, for the acts of authors."""

from sqlalchemy import bindparam, func, select

from dialog import direct, errors, queries
from dialog.acting import Command
from dialog.models import Card, Dialogue
from dialog.store import Db
from dialog.words import Role

_STANDING = (
    select(func.count()).select_from(Card).where(Card.author_id == bindparam("author_id"), Card.withdrawn.is_(False))
)
"""Put together once: that costs more than running it."""


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


def must_have_one_left(db: Db, dialogue: Dialogue, author_id: str) -> None:
    """Raise TooManyCards if this person's standing cards are as many as the plan allows."""
    limit = queries.plan(dialogue).limits.cards_per_person
    if direct.ask(db, _STANDING, {"author_id": author_id}).scalar_one() >= limit:
        raise errors.TooManyCards(limit=limit)
