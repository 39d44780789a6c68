"""Open the cards of one group, or of all, to the group and the moderators. Later cards are then open at once."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import CardsRevealed, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RevealCards(Command):
    """`group_id` None means every group."""

    group_id: str | None = None


def reveal_cards(db: Db, command: RevealCards) -> list[Happening]:
    """Raises NotYourGroup, or NoSuchThing for a group this dialogue does not have."""
    groups = queries.groups(db, command.dialogue_id)
    chosen = [group for group in groups if command.group_id in (None, group.id)]
    if not chosen:
        raise errors.NoSuchThing()
    for group in chosen:
        command.by.must_run(group.id)
    return [CardsRevealed(group_id=group.id) for group in chosen if not group.revealed]
