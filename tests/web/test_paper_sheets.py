"""Paper of people without a phone in the second round: the same acts, entered by the moderator sheet by sheet."""

import re
from typing import Any

import pytest

from dialog import promise_queries, table_queries
from dialog.commands.close_appraisal import CloseAppraisal, close_appraisal
from dialog.commands.welcome_by_hand import WelcomeByHand, welcome_by_hand
from dialog.events import Scores
from dialog.words import Appraising, Step
from tests.web.house import House
from tests.web.test_phone_round_2_appraise import Room, marks
from tests.web.test_phone_round_2_mix import Mixing


def sheet(room: Any, kind: str, person_id: str = "") -> str:
    return f"/m/{room.house.dialogue_id}/papers/{kind}" + (f"/{person_id}" if person_id else "")


def another(room: Any) -> str:
    """A second person without a phone."""
    told = room.house.does(welcome_by_hand, WelcomeByHand, stakeholder="jobcenter", needs_interpreter=False, seed=9)
    return str(next(h.person.id for h in told.happenings if type(h).__name__ == "PersonArrived"))


def appraised(room: Room, person_id: str) -> dict[str | None, Scores]:
    return dict(room.house.looks(promise_queries.appraisals_of, person_id))


def filled(room: Room, effect: object = 4, feasibility: object = 2) -> dict[str, object]:
    return {f"effect-{one}": effect for one in room.ids} | {f"feasibility-{one}": feasibility for one in room.ids}


@pytest.fixture
def room(house: House) -> Room:
    room = Room(house)
    room.opens()
    return room


def test_one_sheet_holds_all_proposals_and_leads_to_the_next_person(room: Room) -> None:
    other = another(room)
    first, second = sorted((room.by_hand.id, other), key=lambda person_id: room.house.person(person_id).number)
    assert all(
        sheet(room, "appraisals", one) in room.mara.get(sheet(room, "appraisals")).text for one in (first, second)
    )
    page = room.mara.get(sheet(room, "appraisals", first)).text
    assert all(f"Ansatz {number}." in page for number in (1, 2, 3))
    saved = room.mara.post(sheet(room, "appraisals", first), json=False, **filled(room))
    assert (saved.status_code, saved.location) == (303, sheet(room, "appraisals", second))
    assert appraised(room, first) == dict.fromkeys(room.ids, marks(4, 2))
    saved = room.mara.post(sheet(room, "appraisals", second), json=False, **filled(room, 1, 1))
    assert (saved.status_code, saved.location) == (303, sheet(room, "appraisals"))
    assert room.anna.browser.get(room.at("board.json")).json["appraised"] == 2


def test_a_sheet_starts_empty_and_replaces_what_was_entered(room: Room) -> None:
    one = room.ids[0]
    where = sheet(room, "appraisals", room.by_hand.id)
    room.mara.post(where, json=False, **filled(room))
    assert "checked" not in room.mara.get(where).text
    room.mara.post(where, json=False, **{f"effect-{one}": 5, f"feasibility-{one}": 5})
    assert appraised(room, room.by_hand.id) == {one: marks(5, 5)}


@pytest.mark.parametrize("bad", [{"effect": 6}, {"effect": "viel"}, {"effect": ""}, {"feasibility": 0}], ids=str)
def test_a_mistake_keeps_the_sheet_and_stores_none_of_it(room: Room, bad: dict[str, object]) -> None:
    sent = filled(room) | {f"{scale}-{room.ids[-1]}": value for scale, value in bad.items()}
    for json in (True, False):
        answer = room.mara.post(sheet(room, "appraisals", room.by_hand.id), json=json, **sent)
        assert answer.status_code == 422
    assert len(re.findall(r"\bchecked\b", answer.text)) >= 5
    assert appraised(room, room.by_hand.id) == {}


def test_resistance_is_entered_for_everything_staying_as_it_is_too(house: House) -> None:
    room = Room(house, how=Appraising.RESISTANCE)
    room.opens()
    where = sheet(room, "appraisals", room.by_hand.id)
    assert "Es bleibt, wie es ist" in room.mara.get(where).text
    assert room.mara.post(where, json=False, **{"resistance-": 0, f"resistance-{room.ids[0]}": 10}).status_code == 303
    assert appraised(room, room.by_hand.id) == {None: marks(None, None, 0), room.ids[0]: marks(None, None, 10)}


def test_nothing_is_entered_before_it_opens_or_after_it_closed(house: House) -> None:
    room = Room(house)
    where = sheet(room, "appraisals", room.by_hand.id)
    assert room.mara.post(where, json=False, **filled(room)).status_code == 409
    room.opens()
    house.does(close_appraisal, CloseAppraisal)
    house.goes_to(Step.COMMIT)
    house.goes_to(Step.CLOSE)
    answer = room.mara.post(where, json=False, **filled(room))
    assert answer.status_code == 409
    assert "checked" in answer.text
    assert appraised(room, room.by_hand.id) == {}


def test_sheets_are_for_the_moderator_and_for_people_without_a_phone(room: Room) -> None:
    for kind in ("wishes", "appraisals", "feedback"):
        where = sheet(room, kind, room.by_hand.id)
        assert room.house.carl().get(where).status_code == 303
        assert room.house.carl().post(where).status_code == 401
        assert room.anna.browser.post(where).status_code == 401
        assert room.house.stranger().get(where).status_code == 404
        assert room.house.analyst().get(where).status_code == 403
        assert room.mara.client.post(where).status_code == 400
        for somebody in (room.anna.id, "x" * 16):
            assert room.mara.get(sheet(room, kind, somebody)).status_code == 404
            assert room.mara.post(sheet(room, kind, somebody)).status_code == 404
    assert room.mara.get(sheet(room, "votes")).status_code == 404


def test_wishes_come_from_paper(house: House) -> None:
    mixing = Mixing(house)
    where = sheet(mixing, "wishes", mixing.by_hand.id)
    a, b, _ = mixing.topics
    assert "Thema 1." in mixing.mara.get(where).text
    assert mixing.mara.post(where, json=False, **{"rank-1": b, "rank-2": a}).status_code == 303
    assert house.looks(table_queries.wishes, house.dialogue_id) == {mixing.by_hand.id: (b, a)}
    assert mixing.mara.post(where, json=False, **{"rank-1": "x" * 16}).status_code == 422


def test_feedback_comes_from_paper(house: House) -> None:
    room = Room(house)
    house.goes_to(Step.CLOSE)
    where = sheet(room, "feedback", room.by_hand.id)
    sent = {"answer-gesagt": 5, "sentence": "Gut so"}
    assert room.mara.post(where, json=False, **sent).status_code == 303
    paper = house.looks(promise_queries.feedback_of, room.by_hand.id)
    assert (paper.answers, paper.sentence) == ({"gesagt": 5}, "Gut so")
    assert "Gut so" not in room.mara.get(where).text
    assert room.mara.post(where, json=False, **{"answer-nie": 3}).status_code == 422
    refused = room.mara.post(where, json=False, **{"answer-gesagt": 9, "sentence": "Bleibt stehen"})
    assert refused.status_code == 422
    assert "Bleibt stehen" in refused.text
