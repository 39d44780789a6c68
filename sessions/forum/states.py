"""How it stands with a promise, in words and with a sign; and what is due."""

from dataclasses import dataclass
from datetime import date

from dialog.following_up import Followed
from dialog.words import FollowUpState
from sessions.language import _

SIGNS = {FollowUpState.OPEN: "○", FollowUpState.RUNNING: "◐", FollowUpState.DONE: "✓", FollowUpState.DROPPED: "✕"}


def state_name(state: FollowUpState) -> str:
    names = {
        FollowUpState.OPEN: _("still open"),
        FollowUpState.RUNNING: _("under way"),
        FollowUpState.DONE: _("carried out"),
        FollowUpState.DROPPED: _("given up"),
    }
    return names[state]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateShown:
    """A state as it is drawn. `noted_on` and `sentence` are empty for what nobody has noted yet."""

    key: str
    sign: str
    name: str
    noted_on: date | None
    sentence: str


def shown(state: FollowUpState, noted_on: date | None = None, sentence: str = "") -> StateShown:
    return StateShown(key=state.value, sign=SIGNS[state], name=state_name(state), noted_on=noted_on, sentence=sentence)


def standing(promise: Followed) -> StateShown:
    """Where a promise stands now."""
    last = promise.last
    return shown(promise.state, last.noted_on, last.sentence) if last else shown(promise.state)


def history(promise: Followed) -> list[StateShown]:
    """All that was noted, the newest first."""
    return [shown(note.state, note.noted_on, note.sentence) for note in reversed(promise.notes)]
