"""Who acts, and what every command carries."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from dialog import errors
from dialog.words import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whose right to act was checked at the edge: a role, an id, and for a group's co-moderator the group."""

    role: Role
    id: str
    group_id: str | None = None

    @property
    def moderates(self) -> bool:
        return self.role in (Role.MODERATOR, Role.CO_MODERATOR)

    def must_run(self, group_id: str) -> None:
        """Raise NotYourGroup unless the actor moderates this group's board."""
        if not self.moderates or self.group_id not in (None, group_id):
            raise errors.NotYourGroup()


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One act, asked for by somebody at a moment. Doing it twice with the same `client_key` is doing it once.

    `scope` names the undo stack the act goes on, "cockpit" or "board:<group>"; acts of participants go on none.
    """

    dialogue_id: str
    by: Actor
    now: datetime
    client_key: str
    scope: str = ""

    def new_id(self, kind: str, number: int = 0) -> str:
        """An id for a thing this act makes: 16 hex characters that tell neither order nor time."""
        made_of = f"{self.dialogue_id}/{self.by.id}/{self.client_key}/{kind}/{number}"
        return hashlib.blake2s(made_of.encode(), digest_size=8).hexdigest()


def board_scope(group_id: str) -> str:
    return f"board:{group_id}"


COCKPIT_SCOPE = "cockpit"
