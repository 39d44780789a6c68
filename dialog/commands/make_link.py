"""Hand out a link: to all boards, to one group's board, or to the projector."""

from dataclasses import dataclass

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening, LinkMade
from dialog.models import Group
from dialog.store import Db
from dialog.words import LinkKind


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeLink(Command):
    kind: LinkKind
    group_id: str | None = None


def make_link(db: Db, command: MakeLink) -> list[Happening]:
    """Raises NoSuchThing for a board link without a group of this dialogue."""
    group_id = command.group_id if command.kind is LinkKind.BOARD else None
    group = db.get(Group, group_id) if group_id else None
    if command.kind is LinkKind.BOARD and (group is None or group.dialogue_id != command.dialogue_id):
        raise errors.NoSuchThing()
    return [LinkMade(link_id=command.new_id("link"), kind=command.kind, group_id=group_id)]
