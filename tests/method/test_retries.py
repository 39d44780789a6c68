"""Retries: doing an act twice with the same key is doing it once, with the same answer."""

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.edit_card import edit_card
from dialog.commands.join_dialogue import join_dialogue
from dialog.commands.post_card import post_card
from dialog.commands.undo import undo
from dialog.commands.withdraw_card import withdraw_card
from dialog.models import JournalEntry
from dialog.words import Step, Valence
from tests.method.choices import GUEST
from tests.people import JOBCENTER, Afternoon

CARD = {"valence": Valence.WORKS, "text": "Der offene Treff", "addressees": [JOBCENTER]}


def test_a_retry_posts_once_and_gets_the_same_answer(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    command = afternoon.asked(post_card, anna.actor, **CARD)
    first, again = afternoon.perform(post_card, command), afternoon.perform(post_card, command)
    assert (again.seq, again.happenings, again.repeated) == (first.seq, first.happenings, True)
    assert len(afternoon.sees(anna.phone)["cards"]) == 1


def test_a_retry_is_recognised_in_a_later_step_too(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    command = afternoon.asked(post_card, anna.actor, **CARD)
    afternoon.perform(post_card, command)
    afternoon.go(Step.MIRROR)
    afternoon.later(600)
    assert afternoon.perform(post_card, command).repeated


def test_a_retry_of_an_older_act_changes_nothing_newer(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    card_id = afternoon.write(anna.actor, "Eins")
    old = afternoon.asked(edit_card, anna.actor, card_id=card_id, **{**CARD, "text": "Zwei"})
    afternoon.perform(edit_card, old)
    afternoon.act(edit_card, anna.actor, card_id=card_id, **{**CARD, "text": "Drei"})
    afternoon.perform(edit_card, old)
    assert afternoon.cards(anna.phone) == {"Drei"}


def test_who_comes_in_twice_with_one_key_is_one_person(afternoon: Afternoon) -> None:
    ask = afternoon.asked(join_dialogue, GUEST, stakeholder=JOBCENTER, device_hash="x", seed=3)
    first, again = afternoon.perform(join_dialogue, ask), afternoon.perform(join_dialogue, ask)
    assert first.happenings == again.happenings
    assert afternoon.groups()["J1"] == 1


def test_one_undo_asked_twice_is_one_undo(afternoon: Afternoon) -> None:
    group_id = afternoon.group("J1")
    afternoon.go(Step.SORT)
    for _ in range(3):
        afternoon.topic(group_id)
    for _ in range(2):
        afternoon.on_board(group_id, undo, key="the-same-key-again")
    assert len(afternoon.sees(a.board(group_id))["topics"]) == 2


def test_a_refused_act_leaves_nothing_and_can_be_tried_again_with_its_key(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    ask = afternoon.asked(post_card, anna.actor, **CARD)
    with pytest.raises(errors.NotInThisStep):
        afternoon.perform(post_card, ask)
    afternoon.go(Step.COLLECT)
    assert not afternoon.perform(post_card, ask).repeated


def test_the_same_key_of_two_people_is_two_acts(afternoon: Afternoon) -> None:
    people = [afternoon.join(JOBCENTER) for _ in range(2)]
    afternoon.go(Step.COLLECT)
    for person in people:
        afternoon.act(post_card, person.actor, key="the-same-key-again", **CARD)
    assert afternoon.sees(a.SCREEN)["groups"][people[0].group_id]["written"] == 2


def test_what_changes_nothing_has_no_number(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    card_id = afternoon.write(anna.actor, "Eins")
    afternoon.act(withdraw_card, anna.actor, card_id=card_id)
    before = afternoon.sees(a.SCREEN)["seq"]
    assert afternoon.act(withdraw_card, anna.actor, card_id=card_id).seq == before


def test_every_act_has_the_next_number(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    for number in range(5):
        afternoon.write(anna.actor, f"Gedanke {number}")
        with pytest.raises(errors.EmptyText):
            afternoon.write(anna.actor, "")
    with afternoon.reading() as db:
        numbers = [entry.seq for entry in db.query(JournalEntry).order_by(JournalEntry.seq)]
        assert numbers == list(range(1, queries.dialogue(db, afternoon.id).seq + 1))


def test_closing_twice_is_closing_once(afternoon: Afternoon) -> None:
    afternoon.go(Step.CLOSE)
    ask = afternoon.asked(close_dialogue, GUEST)
    with pytest.raises(errors.NotYourPart):
        afternoon.perform(close_dialogue, ask)
    for repeated in (False, True):
        assert afternoon.cockpit(close_dialogue, key="the-same-key-again").repeated is repeated


def test_an_unknown_dialogue_says_so(afternoon: Afternoon) -> None:
    afternoon.id = "nowhere"
    with pytest.raises(errors.NoSuchDialogue):
        afternoon.join(JOBCENTER)
