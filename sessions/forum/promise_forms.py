"""What can be chosen of the agreements, and how a state is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Field, RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from dialog import writing
from dialog.commands.follow_up_commitment import DayToCome
from dialog.following_up import LONGEST_SENTENCE, Followed
from dialog.models import Dialogue
from dialog.words import FollowUpState
from sessions.forms import ActForm
from sessions.forum.states import state_name
from sessions.language import _, lazy
from sessions.participant.forms import told_beside
from sessions.participant.giving_forms import DayField
from sessions.perform import today

DUE = "yes"


class NoteForm(ActForm):
    """How it stands with a promise on a day. The sentence may be left out."""

    state = RadioField(
        validators=[InputRequired(lazy("Please choose how it stands."))],
        choices=[state.value for state in FollowUpState],
        validate_choice=False,
    )
    noted_on = DayField(validators=[InputRequired(lazy("Please choose a day."))])
    sentence = TextAreaField()

    def validate_state(self, field: Field) -> None:
        if field.data not in list(FollowUpState):
            raise ValidationError(_("Please choose how it stands."))

    def validate_noted_on(self, field: Field) -> None:
        if field.data is not None and field.data > today():
            raise ValidationError(_(DayToCome.sentence))

    def validate_sentence(self, field: Field) -> None:
        with told_beside():
            writing.clean_or_empty(field.data or "", LONGEST_SENTENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the address chooses; whatever it holds beside that chooses everything."""

    state: FollowUpState | None
    dialogue_id: str
    due: bool

    @property
    def everything(self) -> bool:
        return self.state is None and not self.dialogue_id and not self.due

    @property
    def address(self) -> Mapping[str, str]:
        """The same as parts of an address."""
        chosen = {"state": self.state or "", "dialogue": self.dialogue_id, "due": DUE if self.due else ""}
        return {name: str(value) for name, value in chosen.items() if value}

    def takes(self, promise: Followed) -> bool:
        return (
            (self.state is None or promise.state is self.state)
            and (not self.dialogue_id or promise.dialogue_id == self.dialogue_id)
            and (not self.due or promise.due(today()))
        )


def read_chosen(dialogues: Sequence[Dialogue]) -> Chosen:
    state, dialogue_id = request.args.get("state", ""), request.args.get("dialogue", "")
    return Chosen(
        state=FollowUpState(state) if state in list(FollowUpState) else None,
        dialogue_id=dialogue_id if any(one.id == dialogue_id for one in dialogues) else "",
        due=request.args.get("due", "") == DUE,
    )


def states() -> list[Any]:
    """All states with their names, to choose from."""
    return [(state.value, state_name(state)) for state in FollowUpState]
