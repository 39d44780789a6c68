"""Arriving: a number, a group, and nobody has to count."""

from random import Random

import pytest

from dialog import codes, errors, queries
from dialog.acting import Actor
from dialog.commands.change_phone import change_phone
from dialog.commands.close_door import close_door
from dialog.commands.join_dialogue import join_dialogue
from dialog.commands.move_person import move_person
from dialog.commands.open_door import open_door
from dialog.commands.post_card import post_card
from dialog.commands.remove_person import remove_person
from dialog.commands.welcome_by_hand import welcome_by_hand
from dialog.models import Participant
from dialog.store import Store
from dialog.words import Role, Step, Valence
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, small_plan

CARD = {"valence": Valence.WORKS, "text": "Das Café", "addressees": [JOBCENTER]}


def test_who_comes_in_gets_a_number_and_a_group_of_the_own_stakeholder(afternoon: Afternoon) -> None:
    anna, ben = afternoon.join(JOBCENTER), afternoon.join(BERECHTIGTE)
    assert anna.number != ben.number
    assert anna.group_id == afternoon.group("J1")
    assert ben.group_id == afternoon.group("L1")
    assert afternoon.groups() == {"J1": 1, "T1": 0, "L1": 1}


def test_a_full_group_becomes_two_even_ones_while_people_arrive(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(people_per_group=4))
    people = [afternoon.join(JOBCENTER) for _ in range(5)]
    assert afternoon.groups() == {"J1": 3, "T1": 0, "L1": 0, "J2": 2}
    assert afternoon.group_of(people[0]) == afternoon.group("J1"), "the last who came moves, not the first"


def test_groups_are_made_for_the_people_expected(store: Store) -> None:
    plan = small_plan({JOBCENTER: 11, TRAEGER: 6, BERECHTIGTE: 9}, people_per_group=8)
    assert list(Afternoon(store, plan).groups()) == ["J1", "J2", "T1", "L1", "L2"]


def test_later_nobody_is_moved_for_a_latecomer(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(people_per_group=2))
    for _ in range(2):
        afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    afternoon.join(JOBCENTER)
    assert afternoon.groups()["J1"] == 3


@pytest.mark.parametrize("step", list(Step))
def test_a_latecomer_lands_in_any_step(afternoon: Afternoon, step: Step) -> None:
    if step is not Step.ARRIVE:
        afternoon.go(step)
    assert afternoon.sees(afternoon.join(TRAEGER).phone)["stage"]["step"] == step


def test_a_closed_door_holds_back_guests_and_not_the_moderator(afternoon: Afternoon) -> None:
    afternoon.cockpit(close_door)
    with pytest.raises(errors.DoorClosed):
        afternoon.join(JOBCENTER)
    afternoon.welcome(JOBCENTER)
    afternoon.cockpit(open_door)
    afternoon.join(JOBCENTER)
    assert afternoon.groups()["J1"] == 2


def test_closing_a_closed_door_changes_nothing(afternoon: Afternoon) -> None:
    afternoon.cockpit(close_door)
    assert not afternoon.cockpit(close_door).happenings


def test_a_full_room_says_so(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(people=3))
    for _ in range(3):
        afternoon.join(TRAEGER)
    with pytest.raises(errors.RoomFull, match=r"\(3 people\)"):
        afternoon.join(TRAEGER)


def test_nobody_is_of_a_stakeholder_that_is_only_addressed(afternoon: Afternoon) -> None:
    for unknown in ("politik", "nobody", ""):
        with pytest.raises(errors.UnknownStakeholder):
            afternoon.join(unknown)


def test_an_organisation_is_one_short_line(afternoon: Afternoon) -> None:
    who = Actor(Role.GUEST, "guest")
    come_in = {"stakeholder": TRAEGER, "device_hash": "x", "seed": 1}
    afternoon.act(join_dialogue, who, organisation=" AWO\x00\n Nord ", **come_in)
    with afternoon.reading() as db:
        assert queries.people(db, afternoon.id)[0].organisation == "AWO Nord"
    with pytest.raises(errors.TextTooLong):
        afternoon.act(join_dialogue, who, organisation="A" * 81, **come_in)


def test_who_moves_to_another_group_follows_its_stakeholder_and_leaves_the_cards(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    card_id = afternoon.write(anna.actor, "Zu wenig Zeit")
    other = afternoon.group("T1")
    afternoon.cockpit(move_person, person_id=anna.id, group_id=other)
    with afternoon.reading() as db:
        assert db.get_one(Participant, anna.id).stakeholder == TRAEGER
        assert [card.id for card in queries.cards(db, afternoon.id, anna.group_id)] == [card_id]
        assert not queries.cards(db, afternoon.id, other)


def test_nobody_is_moved_into_a_full_group(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(people_per_group=2))
    anna = afternoon.join(JOBCENTER)
    for _ in range(2):
        afternoon.join(TRAEGER)
    with pytest.raises(errors.GroupFull, match="T1"):
        afternoon.cockpit(move_person, person_id=anna.id, group_id=afternoon.group("T1"))


def test_nobody_is_moved_into_another_dialogue(store: Store) -> None:
    here, elsewhere = Afternoon(store), Afternoon(store, dialogue_id="d22")
    anna = here.join(JOBCENTER)
    with pytest.raises(errors.NoSuchThing):
        here.cockpit(move_person, person_id=anna.id, group_id=elsewhere.group("J1"))
    with pytest.raises(errors.NoSuchThing):
        elsewhere.cockpit(remove_person, person_id=anna.id)
    with pytest.raises(errors.NotHere):
        elsewhere.act(post_card, anna.actor, **CARD)


def test_carl_who_was_taken_out_can_do_nothing_more(afternoon: Afternoon) -> None:
    carl = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    afternoon.act(post_card, carl.actor, **CARD)
    afternoon.cockpit(remove_person, person_id=carl.id)
    with pytest.raises(errors.NotHere):
        afternoon.act(post_card, carl.actor, **CARD)
    with pytest.raises(errors.WrongNumber):
        afternoon.act(change_phone, Actor(Role.GUEST, "guest"), number=carl.number, device_hash="new")
    assert afternoon.groups()["J1"] == 0


def test_the_number_brings_a_person_to_another_phone(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER, device="old")
    guest = Actor(Role.GUEST, "guest")
    afternoon.act(change_phone, guest, number=anna.number, device_hash="new")
    with afternoon.reading() as db:
        assert db.get_one(Participant, anna.id).device_hash == "new"


@pytest.mark.parametrize("typed", ["", "123", "12345", "abcd", "1\x0000", "٣٤٥٦", "0000"])
def test_a_wrong_number_is_refused(afternoon: Afternoon, typed: str) -> None:
    with pytest.raises(errors.WrongNumber):
        afternoon.act(change_phone, Actor(Role.GUEST, "guest"), number=typed, device_hash="new")


def test_who_has_no_phone_counts_and_can_take_one_later(afternoon: Afternoon) -> None:
    ben = afternoon.welcome(BERECHTIGTE)
    afternoon.act(change_phone, Actor(Role.GUEST, "guest"), number=ben.number, device_hash="found one")
    with afternoon.reading() as db:
        assert db.get_one(Participant, ben.id).has_phone


def test_two_thousand_people_get_two_thousand_numbers() -> None:
    taken: set[str] = set()
    for person in range(2000):
        taken.add(codes.new_number(taken, Random(person)))
    assert len(taken) == 2000


def test_when_no_number_is_left_the_room_is_full(afternoon: Afternoon) -> None:
    group_id = afternoon.group("J1")
    gone = {
        "dialogue_id": afternoon.id,
        "group_id": group_id,
        "stakeholder": JOBCENTER,
        "organisation": "",
        "left": True,
    }
    more = {"languages": [], "needs_interpreter": False, "has_phone": True, "device_hash": ""}
    with afternoon.store.writing() as db:
        rows = [{"id": f"p{n}", "number": str(n), "arrival": n, **gone, **more} for n in range(1000, 10_000)]
        db.execute(Participant.__table__.insert(), rows)
    with pytest.raises(errors.RoomFull):
        afternoon.join(JOBCENTER)


def test_a_moderator_cannot_note_somebody_of_no_group(afternoon: Afternoon) -> None:
    with pytest.raises(errors.UnknownStakeholder):
        afternoon.cockpit(welcome_by_hand, stakeholder="medien", seed=1)
