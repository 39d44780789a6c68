"""Pin a card on the board. Posting the same card twice is posting it once."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries, writing
from dialog.acting import Command
from dialog.events import CardPosted, CardState, Happening
from dialog.models import Group, Participant
from dialog.own_card import must_have_one_left
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
    dialogue = queries.dialogue(db, command.dialogue_id)
    plan = queries.plan(dialogue)
    text = writing.clean(command.text, plan.limits.characters)
    addressees = writing.addressees(command.addressees, plan)
    author_id = command.by.id if command.by.role is Role.PARTICIPANT else None
    group = _own_group(db, command) if author_id else _run_group(db, command)
    if author_id:
        must_have_one_left(db, dialogue, author_id)
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
    if group is None or group.dialogue_id != command.dialogue_id or group.round != 1:
        raise errors.NoSuchThing()
    command.by.must_run(group.id)
    return group
