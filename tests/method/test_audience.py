"""Who may know what: the table of cards, by example, and what reaches nobody."""

from typing import Any

import pytest

from dialog import audience as a
from dialog import events as e
from dialog.words import Valence

J1, T1 = "group-j1", "group-t1"
ANNA, BEN = a.phone(J1, "anna"), a.phone(J1, "ben")
PAGES = {
    "cockpit": a.COCKPIT,
    "screen": a.SCREEN,
    "board": a.board(J1),
    "other board": a.board(T1),
    "anna": ANNA,
    "ben": BEN,
    "mates": a.phone(J1),
    "strangers": a.phone(T1),
    "anna elsewhere": a.phone(T1, "anna"),
}


def _card(**more: Any) -> e.CardState:
    said = {"id": "card", "group_id": J1, "valence": Valence.FAILS, "text": "Zu wenig Zeit", "addressees": ("medien",)}
    place = {"topic_id": "topic", "rank": 2.0, "hidden": False, "paper": False, "mine": False}
    return e.CardState(**{**said, **place, **more})


@pytest.mark.parametrize(
    ("card", "author", "revealed", "seen_by"),
    [
        (_card(), "anna", False, {"anna", "anna elsewhere"}),
        (_card(), "anna", True, {"cockpit", "board", "anna", "ben", "mates", "anna elsewhere"}),
        (_card(hidden=True), "anna", True, {"cockpit", "board", "anna", "anna elsewhere"}),
        (_card(hidden=True), "anna", False, {"anna", "anna elsewhere"}),
        (_card(paper=True), None, False, {"board"}),
        (_card(paper=True), None, True, {"cockpit", "board", "anna", "ben", "mates"}),
        (_card(paper=True, hidden=True), None, True, {"cockpit", "board"}),
        (_card(), None, False, set()),
        (_card(), None, True, {"cockpit", "board", "anna", "ben", "mates"}),
    ],
)
def test_who_sees_a_card(card: e.CardState, author: str | None, revealed: bool, seen_by: set[str]) -> None:
    assert {name for name, page in PAGES.items() if a.may_see(card, author, revealed, page)} == seen_by


def test_a_card_is_mine_on_the_author_s_phone_only() -> None:
    assert {name for name, page in PAGES.items() if a.seen_by(_card(), "anna", page).mine} == {"anna", "anna elsewhere"}
    assert not [name for name, page in PAGES.items() if a.seen_by(_card(), None, page).mine]


def test_where_a_card_lies_is_seen_on_its_own_board_only() -> None:
    assert a.seen_by(_card(), "anna", ANNA).topic_id == "topic"
    assert a.seen_by(_card(), "anna", a.phone(T1, "anna")).topic_id is None


def test_before_the_reveal_the_others_hear_a_number() -> None:
    posted = e.CardPosted(card=_card(), author_id="anna", revealed=False, written=3)
    assert a.tell(posted, BEN) == e.CardCounted(group_id=J1, written=3)
    assert a.tell(posted, a.COCKPIT) == e.CardCounted(group_id=J1, written=3)
    assert a.tell(posted, ANNA) == e.CardPinned(card=_card(mine=True), written=3)
    assert a.persons_concerned(posted) == ("anna",)


def test_a_ballot_is_told_as_a_count_to_everybody() -> None:
    votes = {"t1": 1}
    cast = e.BallotCast(ballot_id="b", person_id="anna", stakeholder="jobcenter", votes=votes, was_votes={}, voted=7)
    assert {str(a.tell(cast, page)) for page in PAGES.values()} == {str(e.BallotsCounted(voted=7))}


def test_nominations_are_the_group_s_own_until_the_vote() -> None:
    nominated = e.TopicsNominated(group_id=J1, topic_ids=("t1", "t2"), was_topic_ids=())
    assert a.tell(nominated, BEN) == e.NominationsSet(group_id=J1, topic_ids=("t1", "t2"))
    assert a.tell(nominated, a.phone(T1)) == e.NominationsCounted(group_id=J1, count=2)
    assert a.tell(nominated, a.SCREEN) == e.NominationsCounted(group_id=J1, count=2)


def test_a_new_name_reaches_other_groups_only_when_they_vote_on_it() -> None:
    named = e.TopicNamed(topic_id="t1", group_id=J1, on_ballot=False, title="Zeit", was_title="")
    assert a.tell(named, a.phone(T1)) is None
    assert a.tell(named.model_copy(update={"on_ballot": True}), a.phone(T1)) == e.PageTurned()
    assert a.tell(named, BEN) == e.TopicTitled(topic_id="t1", title="Zeit")


def test_no_tiding_has_room_for_an_author_or_a_vote() -> None:
    fields = {name for tiding in e.TIDINGS.values() for name in tiding.model_fields}
    assert not fields & {"author_id", "device_hash", "votes", "ballot_id", "by", "client_key"}


def test_every_page_kind_has_rooms_of_its_own() -> None:
    rooms = [page.room for page in PAGES.values() if page.person_id != "anna"]
    assert len(set(rooms)) == len(rooms)
