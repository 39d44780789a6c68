"""A moderator notes a person without a phone. The person counts like everybody: number, group, vote."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening
from dialog.seating import seat_newcomer
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class WelcomeByHand(Command):
    """The closed door does not hold a moderator back; `seed` draws the number."""

    stakeholder: str
    needs_interpreter: bool = False
    seed: int


def welcome_by_hand(db: Db, command: WelcomeByHand) -> list[Happening]:
    """Raises NotYourGroup, UnknownStakeholder or RoomFull."""
    if not command.by.moderates:
        raise errors.NotYourGroup()
    return seat_newcomer(
        db,
        queries.dialogue(db, command.dialogue_id),
        command,
        stakeholder=command.stakeholder,
        organisation="",
        languages=(),
        needs_interpreter=command.needs_interpreter,
        device_hash="",
        seed=command.seed,
    )
