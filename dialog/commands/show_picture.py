"""Let the projector show another picture of the current step."""

from dataclasses import dataclass

from dialog import errors, queries, steps
from dialog.acting import Command
from dialog.events import Happening, PictureSet
from dialog.store import Db
from dialog.words import Step, Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowPicture(Command):
    """`picture` is one of `steps.pictures`, or "step" for what the step shows by itself."""

    picture: str


def show_picture(db: Db, command: ShowPicture) -> list[Happening]:
    """Raises NotThisPicture."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    stakeholders = tuple(s.key for s in queries.plan(dialogue).participating)
    can = steps.pictures(Step(dialogue.step), stakeholders, dialogue.voting == Voting.REVEALED)
    if command.picture not in (*can, "step"):
        raise errors.NotThisPicture()
    if command.picture == dialogue.picture:
        return []
    return [PictureSet(picture=command.picture, was_picture=dialogue.picture)]
