"""A forum that follows up: closed dialogues with promises, for the tests of the agreements' page."""

from datetime import date
from typing import Any

import pytest

from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.follow_up_commitment import FollowUpCommitment, follow_up_commitment
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.following_up import Followed, followed
from dialog.words import FollowUpState, Step
from sessions.perform import prepare
from tests.web.house import House

SPRING = date(2027, 3, 1)
DAY = date(2027, 4, 15)
"""Today, in these tests."""


def day_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the server believe that it is this day."""
    for where in ("commitments", "promise_forms"):
        monkeypatch.setattr(f"sessions.forum.{where}.today", lambda: day)


def promises(house: House, what: str, until: date = SPRING, review_on: date | None = None) -> str:
    """Somebody promises something; the id of the commitment."""
    said = {"proposal_id": None, "who": "Jobcenter Nord", "what": what, "until": until, "review_on": review_on}
    (made,) = house.does(make_commitment, MakeCommitment, **said).happenings
    return str(made.commitment.id)


def closes(house: House) -> None:
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)


def notes(house: House, commitment_id: str, state: FollowUpState, noted_on: date = DAY, sentence: str = "") -> None:
    command = FollowUpCommitment(
        forum_id=house.forum_id,
        commitment_id=commitment_id,
        state=state,
        noted_on=noted_on,
        sentence=sentence,
        today=DAY,
    )
    with house.app.app_context():
        prepare(follow_up_commitment, command)


def standing(house: House, commitment_id: str) -> Followed:
    """A promise with all that was noted of it."""
    found: list[Any] = house.looks(followed, house.dialogue_id)
    return next(one for one in found if one.commitment.id == commitment_id)
