"""Undo and redo: deep stacks on the server, one for the cockpit and one for each board, that destroy nothing newer."""

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.commands.change_phone import change_phone
from dialog.commands.edit_card import edit_card
from dialog.commands.hide_card import hide_card
from dialog.commands.make_link import make_link
from dialog.commands.make_topic import make_topic
from dialog.commands.merge_topics import merge_topics
from dialog.commands.move_person import move_person
from dialog.commands.name_topic import name_topic
from dialog.commands.place_card import place_card
from dialog.commands.redo import redo
from dialog.commands.remove_topic import remove_topic
from dialog.commands.revoke_link import revoke_link
from dialog.commands.undo import undo
from dialog.commands.withdraw_card import withdraw_card
from dialog.models import Link
from dialog.store import Store
from dialog.words import LinkKind, Step, Valence
from tests.people import JOBCENTER, MARA, TRAEGER, Afternoon, Person, small_plan


@pytest.fixture
def anna(afternoon: Afternoon) -> Person:
    """Anna has written two cards, and her group sorts."""
    person = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    for text in ("Zu wenig Zeit", "Keine Termine"):
        afternoon.write(person.actor, text)
    afternoon.go(Step.SORT)
    return person


def _board(afternoon: Afternoon, anna: Person) -> dict[str, object]:
    seen = afternoon.sees(a.board(anna.group_id))
    return {name: seen[name] for name in ("cards", "topics", "groups")}


def test_sixty_acts_are_undone_and_done_again(afternoon: Afternoon, anna: Person) -> None:
    topic_id = afternoon.topic(anna.group_id)
    pictures = [_board(afternoon, anna)]
    for number in range(60):
        afternoon.on_board(anna.group_id, name_topic, topic_id=topic_id, title=f"Name {number}")
        pictures.append(_board(afternoon, anna))
    for picture in reversed(pictures[:-1]):
        afternoon.on_board(anna.group_id, undo)
        assert _board(afternoon, anna) == picture
    for picture in pictures[1:]:
        afternoon.on_board(anna.group_id, redo)
        assert _board(afternoon, anna) == picture
    with pytest.raises(errors.NothingToRedo):
        afternoon.on_board(anna.group_id, redo)


def test_every_act_on_a_board_leads_back_to_the_picture_before(afternoon: Afternoon, anna: Person) -> None:
    first, second = afternoon.sees(anna.phone)["cards"]
    one, two = afternoon.topic(anna.group_id, "Zeit", (first,)), afternoon.topic(anna.group_id, "Mehr", (second,))
    for act, what in (
        (place_card, {"card_id": first, "topic_id": two}),
        (hide_card, {"card_id": first}),
        (merge_topics, {"topic_id": one, "into": two}),
        (remove_topic, {"topic_id": one}),
        (make_topic, {"group_id": anna.group_id, "card_ids": [first, second]}),
    ):
        before = _board(afternoon, anna)
        afternoon.on_board(anna.group_id, act, **what)
        after = _board(afternoon, anna)
        afternoon.on_board(anna.group_id, undo)
        assert _board(afternoon, anna) == before, act
        afternoon.on_board(anna.group_id, redo)
        assert _board(afternoon, anna) == after, act
        afternoon.on_board(anna.group_id, undo)


def test_a_new_act_ends_what_can_be_done_again(afternoon: Afternoon, anna: Person) -> None:
    afternoon.topic(anna.group_id)
    afternoon.on_board(anna.group_id, undo)
    afternoon.topic(anna.group_id)
    with pytest.raises(errors.NothingToRedo):
        afternoon.on_board(anna.group_id, redo)


def test_each_board_and_the_cockpit_have_stacks_of_their_own(afternoon: Afternoon, anna: Person) -> None:
    other = afternoon.group("T1")
    afternoon.topic(anna.group_id)
    with pytest.raises(errors.NothingToUndo):
        afternoon.on_board(other, undo)
    afternoon.cockpit(undo)
    assert afternoon.sees(a.COCKPIT)["stage"]["step"] == Step.COLLECT
    assert len(afternoon.sees(a.COCKPIT)["topics"]) == 1


def test_what_participants_do_is_on_no_stack(afternoon: Afternoon, anna: Person) -> None:
    afternoon.write(anna.actor, "Noch eine")
    for scope in ("", "cockpit", f"board:{anna.group_id}"):
        with pytest.raises(errors.NotYourPart):
            afternoon.act(undo, anna.actor, scope)
    afternoon.cockpit(undo)
    assert "Noch eine" in afternoon.cards(anna.phone)


def test_what_newer_work_stands_on_is_not_undone_leaves_the_stack_and_says_so(
    afternoon: Afternoon, anna: Person
) -> None:
    first, second = afternoon.sees(anna.phone)["cards"]
    bottom = afternoon.topic(anna.group_id, "", (first,))
    top = afternoon.topic(anna.group_id, "", (second,))
    afternoon.cockpit(name_topic, topic_id=top, title="Zeit")  # by somebody else, on another stack
    afternoon.cockpit(place_card, card_id=first, topic_id=top)
    with pytest.raises(errors.ChangedSince):
        afternoon.on_board(anna.group_id, undo)
    topics = afternoon.sees(a.board(anna.group_id))["topics"]
    assert topics[top]["title"] == "Zeit", "nothing of a refused undo is written"
    assert set(topics) == {bottom, top}
    assert afternoon.sees(anna.phone)["cards"][second]["topic_id"] == top
    with pytest.raises(errors.ChangedSince):
        afternoon.on_board(anna.group_id, undo)
    with pytest.raises(errors.NothingToUndo):
        afternoon.on_board(anna.group_id, undo)


def test_a_refused_undo_asked_again_is_refused_again_and_takes_nothing_else_back(
    afternoon: Afternoon, anna: Person
) -> None:
    afternoon.topic(anna.group_id)
    later = afternoon.topic(anna.group_id)
    afternoon.cockpit(remove_topic, topic_id=later)
    seq = afternoon.sees(a.COCKPIT)["seq"]
    for _ in range(3):
        with pytest.raises(errors.ChangedSince):
            afternoon.on_board(anna.group_id, undo, key="the-same-key-again")
    assert afternoon.sees(a.COCKPIT)["seq"] == seq + 1
    assert len(afternoon.sees(a.COCKPIT)["topics"]) == 1


def test_an_edited_paper_card_is_not_undone_over_a_newer_edit(afternoon: Afternoon) -> None:
    group_id = afternoon.group("T1")
    afternoon.go(Step.COLLECT)
    said = {"addressees": [JOBCENTER], "text": "Vom Zettel"}
    card_id = afternoon.write(MARA, "Vom Zettel", Valence.WORKS, group_id=group_id)
    afternoon.on_board(group_id, edit_card, card_id=card_id, valence=Valence.FAILS, **said)
    afternoon.cockpit(edit_card, card_id=card_id, valence=Valence.FAILS, text="Vom Zettel", addressees=[TRAEGER])
    with pytest.raises(errors.ChangedSince):
        afternoon.on_board(group_id, undo)


def test_undoing_a_move_of_a_card_that_is_gone_hurts_nobody(afternoon: Afternoon, anna: Person) -> None:
    first, _ = afternoon.sees(anna.phone)["cards"]
    afternoon.topic(anna.group_id, "", (first,))
    afternoon.act(withdraw_card, anna.actor, card_id=first)
    afternoon.on_board(anna.group_id, undo)
    assert not afternoon.sees(a.COCKPIT)["topics"]


def test_a_person_noted_by_mistake_is_taken_back_with_a_full_group(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(people_per_group=2))
    for _ in range(2):
        afternoon.join(JOBCENTER)
    afternoon.welcome(JOBCENTER)
    assert afternoon.groups()["J2"] == 1
    afternoon.cockpit(undo)
    assert afternoon.groups() == {"J1": 2, "T1": 0, "L1": 0, "J2": 0}
    afternoon.cockpit(redo)
    assert afternoon.groups()["J2"] == 1
    afternoon.cockpit(undo)
    afternoon.join(JOBCENTER)
    assert afternoon.groups()["J2"] == 1, "the empty group is there for who comes next"


def test_moving_a_person_is_undone(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.cockpit(move_person, person_id=anna.id, group_id=afternoon.group("L1"))
    afternoon.cockpit(undo)
    assert afternoon.group_of(anna) == anna.group_id


def test_a_link_is_revoked_by_undo_and_valid_again_by_redo(afternoon: Afternoon) -> None:
    afternoon.cockpit(make_link, kind=LinkKind.BOARD, group_id=afternoon.group("J1"))
    with afternoon.reading() as db:
        (link,) = db.query(Link).all()
    for act, revoked in ((undo, True), (redo, False), (undo, True)):
        afternoon.cockpit(act)
        with afternoon.reading() as db:
            assert db.get_one(Link, link.id).revoked is revoked
    assert not afternoon.cockpit(revoke_link, link_id=link.id).happenings
    with pytest.raises(errors.NoSuchThing):
        afternoon.cockpit(make_link, kind=LinkKind.BOARD, group_id="nowhere")
    with pytest.raises(errors.NoSuchThing):
        afternoon.cockpit(revoke_link, link_id="nothing")


def test_a_changed_phone_is_never_given_back_by_undo(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER, device="old")
    afternoon.cockpit(change_phone, number=anna.number, device_hash="new")
    with pytest.raises(errors.NothingToUndo):
        afternoon.cockpit(undo)


def test_undo_and_redo_leave_no_gap_in_the_numbers(afternoon: Afternoon, anna: Person) -> None:
    afternoon.topic(anna.group_id)
    before = afternoon.sees(a.SCREEN)["seq"]
    seqs = [afternoon.on_board(anna.group_id, act).seq for act in (undo, redo, undo, redo)]
    assert seqs == [before + 1, before + 2, before + 3, before + 4]
    with afternoon.reading() as db:
        assert queries.dialogue(db, afternoon.id).seq == before + 4
