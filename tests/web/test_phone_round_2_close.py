"""The end on a phone: what is agreed, how the afternoon was, and what stays after the close."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from dialog import promise_queries
from dialog.commands.change_plan import ChangePlan, change_plan
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.words import Step
from tests.web.house import TODAY, House, numbers_in
from tests.web.test_phone_cards import with_old_step
from tests.web.test_phone_round_2_appraise import Room

PROMISE = {"who": "Jobcenter, Team Nord", "what": "Eine Nummer für Rückfragen", "until": TODAY + timedelta(days=90)}


@pytest.fixture
def room(house: House) -> Room:
    room = Room(house)
    house.goes_to(Step.COMMIT)
    return room


@pytest.fixture
def goodbye(house: House) -> Room:
    room = Room(house)
    house.goes_to(Step.CLOSE)
    return room


def promised(room: Room) -> list[Any]:
    return list(room.house.looks(promise_queries.commitments, room.house.dialogue_id))


def paper(room: Room) -> tuple[dict[str, int], str] | None:
    found = room.house.looks(promise_queries.feedback_of, room.anna.id)
    return (dict(found.answers), found.sentence) if found else None


def test_what_one_takes_on_is_open_to_the_whole_room(room: Room) -> None:
    review = TODAY + timedelta(days=120)
    sent = {**PROMISE, "proposal_id": room.ids[1], "review_on": review}
    assert room.anna.browser.post(room.at("promises"), **sent).status_code == 200
    (one,) = promised(room)
    assert (one.who, one.what, one.proposal_id) == (PROMISE["who"], PROMISE["what"], room.ids[1])
    assert (one.until, one.review_on) == (PROMISE["until"], review)
    page = room.page(room.ben)
    assert "Eine Nummer für Rückfragen" in page
    assert "bis 21.02.2027" in page
    assert room.anna.number not in numbers_in(page)


def test_the_own_organisation_stands_in_the_form_already(house: House) -> None:
    room = Room(house)
    dora = house.joins("traeger", organisation="AWO Bildung")
    house.goes_to(Step.COMMIT)
    assert re.search(r'name="who"[^>]*value="AWO Bildung"', room.page(dora))
    assert "AWO Bildung" not in room.page(room.anna)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("who", ""),
        ("who", "\u200b"),
        ("who", "x" * 121),
        ("what", " \n "),
        ("what", "x" * 10_000),
        ("until", ""),
        ("until", "2026-11-22"),
        ("until", "bald"),
        ("until", "2026-13-45"),
        ("until", "99999-01-01"),
        ("review_on", "2020-01-01"),
        ("review_on", "morgen"),
        ("proposal_id", "x" * 500),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(room: Room, field: str, value: str) -> None:
    sent = {**PROMISE, field: value}
    refused = room.anna.browser.post(room.at("promises"), **sent)
    assert refused.status_code == 422
    assert refused.json["fields"].keys() == {field}
    page = room.anna.browser.post(room.at("promises"), json=False, **sent)
    assert page.status_code == 422
    assert (PROMISE["what"] if field != "what" else PROMISE["who"]) in page.text
    assert promised(room) == []


def test_a_proposal_of_another_dialogue_is_no_reason(room: Room, app: Flask) -> None:
    foreign = Room(House(app)).ids[0]
    for json, proposal_id in ((True, foreign), (False, foreign), (True, "\0")):
        answer = room.anna.browser.post(room.at("promises"), json=json, **PROMISE, proposal_id=proposal_id)
        assert answer.status_code == 404
    assert promised(room) == []


def test_promises_need_the_own_phone_a_form_of_ours_and_their_step(room: Room) -> None:
    assert room.house.carl().post(room.at("promises"), **PROMISE).status_code == 403
    assert room.anna.browser.client.post(room.at("promises"), data=PROMISE).status_code == 400
    room.house.goes_to(Step.SOLVE)
    with_old_step(room.house)
    assert room.anna.browser.post(room.at("promises"), **PROMISE).status_code == 409
    page = room.anna.browser.post(room.at("promises"), json=False, **PROMISE)
    assert page.status_code == 409
    assert PROMISE["what"] in page.text
    assert promised(room) == []


def test_the_same_promise_sent_twice_is_made_once(room: Room) -> None:
    for _again in range(2):
        room.anna.browser.post(room.at("promises"), key="k" * 24, **PROMISE)
    assert len(promised(room)) == 1


def test_feedback_is_kept_thanked_for_and_can_be_changed(goodbye: Room) -> None:
    first, second = (f"answer-{key}" for key in questions(goodbye)[:2])
    page = goodbye.page(goodbye.anna)
    assert page.count('type="radio"') == 5 * len(questions(goodbye))
    sent = {first: 4, "sentence": "Mehr Zeit am Tisch"}
    assert goodbye.anna.browser.post(goodbye.at("feedback"), **sent).status_code == 200
    assert paper(goodbye) == ({questions(goodbye)[0]: 4}, "Mehr Zeit am Tisch")
    assert "Danke für Ihre Rückmeldung" in goodbye.page(goodbye.anna)
    assert "Mehr Zeit am Tisch" not in goodbye.page(goodbye.ben)
    assert goodbye.anna.browser.post(goodbye.at("feedback"), json=False, **{second: 1}).status_code == 303
    assert paper(goodbye) == ({questions(goodbye)[1]: 1}, "")


def questions(room: Room) -> list[str]:
    return [question.key for question in room.dialogue_plan.feedback]


@pytest.mark.parametrize(
    "bad",
    [
        {"answer-nie-gefragt": 3},
        {"answer-": 3},
        {"answer-gesagt": 0},
        {"answer-gesagt": 6},
        {"answer-gesagt": "sehr"},
        {"answer-gesagt": 3, "sentence": "x" * 10_000},
        {"answer-gesagt": 3, "answer-" + "y" * 5000: 3},
        {},
        {"sentence": "\u200b \0"},
    ],
    ids=["unknown", "nameless", "zero", "six", "words", "long sentence", "long question", "nothing", "invisible"],
)
def test_answers_that_cannot_be_are_refused_and_nothing_typed_is_lost(goodbye: Room, bad: dict[str, Any]) -> None:
    goodbye.anna.browser.post(goodbye.at("feedback"), **{"answer-gesagt": 2})
    assert paper(goodbye) == ({"gesagt": 2}, "")
    for json in (True, False):
        answer = goodbye.anna.browser.post(goodbye.at("feedback"), json=json, **bad)
        assert answer.status_code == 422
        if not json:
            assert "error" in answer.text
            assert bad.get("sentence", "").strip("\0")[:200] in answer.text
    assert paper(goodbye) == ({"gesagt": 2}, "")


def test_feedback_is_given_only_at_the_close(room: Room) -> None:
    assert room.anna.browser.post(room.at("feedback"), **{"answer-gesagt": 2}).status_code == 409
    assert room.house.carl().post(room.at("feedback"), **{"answer-gesagt": 2}).status_code == 403


def test_without_questions_the_close_only_thanks(house: House) -> None:
    room = Room(house)
    silent = room.dialogue_plan.model_copy(update={"feedback": (), "feedback_sentence": None})
    house.does(change_plan, ChangePlan, plan=silent)
    house.goes_to(Step.CLOSE)
    page = room.page(room.anna)
    assert "Danke" in page
    assert 'type="radio"' not in page


def test_after_the_close_the_room_sees_what_was_agreed_and_nobody_else(room: Room) -> None:
    room.anna.browser.post(room.at("promises"), **PROMISE)
    room.house.goes_to(Step.CLOSE)
    assert PROMISE["what"] in room.page(room.ben)
    room.house.does(close_dialogue, CloseDialogue)
    for guest in (room.anna, room.ben):
        page = room.page(guest)
        assert "Dieser Dialog ist abgeschlossen" in page
        assert PROMISE["what"] in page
        assert guest.number not in numbers_in(page)
    stranger = room.house.carl().get(room.at())
    assert PROMISE["what"] not in stranger.text
    for path, fields in (("promises", PROMISE), ("feedback", {"answer-gesagt": 2}), ("wishes", {})):
        assert room.anna.browser.post(room.at(path), **fields).status_code in (403, 409)
