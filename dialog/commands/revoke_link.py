"""Take a link back. Whoever came in by it is shut out at once."""

from dataclasses import dataclass

from dialog import errors
from dialog.acting import Command
from dialog.events import Happening, LinkRevoked
from dialog.models import Link
from dialog.store import Db
from dialog.words import LinkKind


@dataclass(frozen=True, kw_only=True, slots=True)
class RevokeLink(Command):
    link_id: str


def revoke_link(db: Db, command: RevokeLink) -> list[Happening]:
    """Raises NoSuchThing."""
    link = db.get(Link, command.link_id)
    if link is None or link.dialogue_id != command.dialogue_id:
        raise errors.NoSuchThing()
    if link.revoked:
        return []
    return [LinkRevoked(link_id=link.id, kind=LinkKind(link.kind), group_id=link.group_id)]
