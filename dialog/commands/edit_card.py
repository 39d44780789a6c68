"""Change the own card: its text, its valence, who should hear it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import errors, queries, writing
from dialog.acting import Command
from dialog.events import CardEdited, Happening
from dialog.models import Group
from dialog.own_card import own_card
from dialog.store import Db
from dialog.words import Valence


@dataclass(frozen=True, kw_only=True, slots=True)
class EditCard(Command):
    card_id: str
    valence: Valence
    text: str
    addressees: Sequence[str]


def edit_card(db: Db, command: EditCard) -> list[Happening]:
    """Raises NotYourCard, NoSuchThing, EmptyText, TextTooLong, NoAddressee or UnknownAddressee."""
    card = own_card(db, command, command.card_id)
    if card.withdrawn:
        raise errors.NoSuchThing()
    plan = queries.plan(queries.dialogue(db, command.dialogue_id))
    was = queries.card_state(card)
    now = was.model_copy(
        update={
            "valence": command.valence,
            "text": writing.clean(command.text, plan.limits.characters),
            "addressees": writing.addressees(command.addressees, plan),
        }
    )
    if now == was:
        return []
    group = db.get_one(Group, card.group_id)
    return [
        CardEdited(card=now, was_card=was, author_id=card.author_id, revealed=group.revealed, written=group.written)
    ]
