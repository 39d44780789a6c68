"""Pin a card on the board. Posting the same card twice is posting it once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from dialog import errors, queries, writing
from dialog.acting import Command
from dialog.events import CardPosted, CardState, Happening
from dialog.models import Card, Group, Participant
from dialog.ranking import scattered
from dialog.store import Db
from dialog.words import Role, Valence


@dataclass(frozen=True, kw_only=True, slots=True)
class PostCard(Command):
    """`group_id` is set when a board enters a paper card for the group; a participant's card goes to the own group."""

    valence: Valence
    text: str
    addressees: Sequence[str]
    group_id: str | None = None


def post_card(db: Db, command: PostCard) -> list[Happening]:
    """Raises EmptyText, TextTooLong, NoAddressee, UnknownAddressee, TooManyCards, NotYourGroup or NoSuchThing."""
    plan = queries.plan(queries.dialogue(db, command.dialogue_id))
    text = writing.clean(command.text, plan.limits.characters)
    addressees = writing.addressees(command.addressees, plan)
    author_id = command.by.id if command.by.role is Role.PARTICIPANT else None
    group = _own_group(db, command) if author_id else _run_group(db, command)
    if author_id and _standing_cards(db, author_id) >= plan.limits.cards_per_person:
        raise errors.TooManyCards(limit=plan.limits.cards_per_person)
    card_id = command.new_id("card")
    card = CardState(
        id=card_id,
        group_id=group.id,
        valence=command.valence,
        text=text,
        addressees=addressees,
        topic_id=None,
        rank=scattered(card_id),
        hidden=False,
        paper=author_id is None,
        mine=False,
    )
    return [CardPosted(card=card, author_id=author_id, revealed=group.revealed, written=group.written + 1)]


def _own_group(db: Db, command: PostCard) -> Group:
    person = db.get_one(Participant, command.by.id)
    return db.get_one(Group, person.group_id)


def _run_group(db: Db, command: PostCard) -> Group:
    group = db.get(Group, command.group_id) if command.group_id else None
    if group is None or group.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    command.by.must_run(group.id)
    return group


def _standing_cards(db: Db, author_id: str) -> int:
    own = select(func.count()).select_from(Card).where(Card.author_id == author_id, Card.withdrawn.is_(False))
    return db.scalar(own) or 0
