"""What became of what was promised: notes after the close, what is due, and whose business it is."""

from datetime import date, timedelta
from typing import Any

import pytest

from dialog import errors
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.follow_up_commitment import (
    DayToCome,
    FollowUpCommitment,
    StillRunning,
    follow_up_commitment,
)
from dialog.commands.withdraw_commitment import withdraw_commitment
from dialog.events import CommitmentState
from dialog.following_up import LONGEST_SENTENCE, Followed, Note, followed, followed_in_forum
from dialog.models import Dialogue
from dialog.words import FollowUpState, Step
from tests.method.second_half import SecondHalf

HELD_ON = date(2026, 11, 23)
TODAY = date(2027, 4, 1)
OPEN, RUNNING, DONE, DROPPED = FollowUpState


@pytest.fixture
def promise(half: SecondHalf) -> str:
    """A promise of a dialogue that is closed."""
    half.draw(1)
    half.go(Step.COMMIT)
    made = half.promise()
    half.go(Step.CLOSE)
    half.cockpit(close_dialogue)
    return made


def notes(half: SecondHalf, promise: str, state: FollowUpState = RUNNING, **other: Any) -> Note:
    asked = {
        "forum_id": "forum",
        "commitment_id": promise,
        "state": state,
        "noted_on": TODAY,
        "sentence": "Drei Filme sind gedreht.",
        "today": TODAY,
    }
    with half.store.writing() as db:
        return follow_up_commitment(db, FollowUpCommitment(**{**asked, **other}))


def standing(half: SecondHalf) -> Followed:
    with half.reading() as db:
        (one,) = followed(db, half.id)
    return one


def test_a_promise_is_open_until_something_is_noted(half: SecondHalf, promise: str) -> None:
    one = standing(half)
    assert (one.commitment.id, one.state, one.last, one.over) == (promise, OPEN, None, False)


def test_the_last_note_counts_and_the_earlier_ones_stay(half: SecondHalf, promise: str) -> None:
    notes(half, promise)
    notes(half, promise, DONE, sentence="")
    one = standing(half)
    assert [note.number for note in one.notes] == [1, 2]
    assert one.notes[0] == Note(number=1, state=RUNNING, noted_on=TODAY, sentence="Drei Filme sind gedreht.")
    assert (one.state, one.over) == (DONE, True)


def test_noting_the_same_twice_is_noting_it_once(half: SecondHalf, promise: str) -> None:
    first = notes(half, promise)
    assert notes(half, promise, sentence="  Drei Filme  sind gedreht. ") == first
    assert len(standing(half).notes) == 1
    notes(half, promise, DONE)
    notes(half, promise)
    assert [note.state for note in standing(half).notes] == [RUNNING, DONE, RUNNING]


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"noted_on": TODAY + timedelta(days=1)}, DayToCome),
        ({"noted_on": HELD_ON - timedelta(days=1)}, errors.DayTooEarly),
        ({"sentence": "x" * (LONGEST_SENTENCE + 1)}, errors.TextTooLong),
        ({"forum_id": "another"}, errors.NoSuchThing),
        ({"commitment_id": "unknown"}, errors.NoSuchThing),
    ],
    ids=["to come", "too early", "too long", "another forum", "unknown"],
)
def test_what_cannot_be_noted_is_not(
    half: SecondHalf, promise: str, other: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        notes(half, promise, **other)
    assert standing(half).notes == ()


def test_the_day_of_the_dialogue_and_the_longest_sentence_can_be_noted(half: SecondHalf, promise: str) -> None:
    assert notes(half, promise, noted_on=HELD_ON, sentence="ä" * LONGEST_SENTENCE).number == 1


def test_a_running_dialogue_is_not_followed_up(half: SecondHalf) -> None:
    half.draw(1)
    half.go(Step.COMMIT)
    promise = half.promise()
    with pytest.raises(StillRunning):
        notes(half, promise)
    with half.reading() as db:
        assert followed_in_forum(db, "forum") == []


def test_what_was_taken_back_is_not_followed_up(half: SecondHalf) -> None:
    half.draw(1)
    half.go(Step.COMMIT)
    promise, kept = half.promise(), half.promise(what="Ruft zurück")
    half.cockpit(withdraw_commitment, commitment_id=promise)
    half.go(Step.CLOSE)
    half.cockpit(close_dialogue)
    with pytest.raises(errors.NoSuchThing):
        notes(half, promise)
    assert standing(half).commitment.id == kept


def test_a_rehearsal_has_nothing_to_follow_up(half: SecondHalf, promise: str) -> None:
    with half.reading() as db:
        assert [one.commitment.id for one in followed_in_forum(db, "forum")] == [promise]
        assert followed_in_forum(db, "another") == []
    with half.store.writing() as db:
        db.get_one(Dialogue, half.id).rehearsal = True
    with half.reading() as db:
        assert followed_in_forum(db, "forum") == []
    with pytest.raises(errors.NoSuchThing):
        notes(half, promise)


def promised(*found: tuple[FollowUpState, date], review_on: date | None = date(2027, 3, 1)) -> Followed:
    """A promise until the 1st of June, with these notes."""
    commitment = CommitmentState(
        id="c", proposal_id=None, number=1, who="Wir", what="…", until=date(2027, 6, 1), review_on=review_on
    )
    noted = [Note(number=at, state=s, noted_on=on, sentence="") for at, (s, on) in enumerate(found, start=1)]
    return Followed(dialogue_id="d", commitment=commitment, notes=tuple(noted))


def test_a_review_is_due_from_its_day_on_until_somebody_has_looked() -> None:
    day = date(2027, 3, 1)
    assert not promised().review_due(day - timedelta(days=1))
    assert promised().review_due(day)
    assert promised((RUNNING, day - timedelta(days=1))).review_due(day)
    assert not promised((RUNNING, day)).review_due(day)
    assert not promised((DONE, day - timedelta(days=9))).review_due(day)
    assert not promised((DROPPED, day - timedelta(days=9))).review_due(day)
    assert not promised(review_on=None).review_due(day)


def test_a_promise_is_overdue_after_its_last_day_until_it_is_over() -> None:
    day = date(2027, 6, 1)
    assert not promised().overdue(day)
    assert promised().overdue(day + timedelta(days=1))
    assert promised((RUNNING, day)).overdue(day + timedelta(days=1))
    assert not promised((DONE, day)).overdue(day + timedelta(days=1))
    assert not promised((DROPPED, day)).overdue(day + timedelta(days=1))
    assert promised((DONE, day), (OPEN, day)).overdue(day + timedelta(days=1))
