"""Let the projector show another picture of the current step."""

from dataclasses import dataclass

from dialog import errors, queries, wall
from dialog.acting import Command
from dialog.events import Happening, PictureSet
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowPicture(Command):
    """`picture` is one of `steps.pictures`, or "step" for what the step shows by itself."""

    picture: str


def show_picture(db: Db, command: ShowPicture) -> list[Happening]:
    """Raises NotThisPicture."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    if command.picture not in (*wall.pictures(db, dialogue), "step"):
        raise errors.NotThisPicture()
    if command.picture == dialogue.picture:
        return []
    return [PictureSet(picture=command.picture, was_picture=dialogue.picture)]
