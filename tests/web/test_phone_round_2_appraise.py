"""Appraising on a phone: read, give marks, change them, and see figures only once they are revealed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from dialog import promise_queries, queries
from dialog.commands.reveal_appraisal import RevealAppraisal, reveal_appraisal
from dialog.events import Scores
from dialog.format import Plan
from dialog.models import Proposal
from dialog.words import Appraising, Step
from sessions.perform import store
from tests.web.house import Guest, House
from tests.web.second_round import SecondRound
from tests.web.test_phone_cards import with_old_step

FEW = {"jobcenter": 3, "traeger": 3, "leistungsberechtigte": 3}


class Room(SecondRound):
    """Nine people and three proposals; Anna and Ben look at their phones."""

    def __init__(self, house: House, how: Appraising = Appraising.EFFECT_FEASIBILITY, proposals: int = 3) -> None:
        super().__init__(house, FEW, how=how)
        self.shows_tables()
        self.ids = self.writes_proposals(proposals)
        house.goes_to(Step.APPRAISE)
        self.anna, self.ben = self.guests[0][1], self.guests[1][1]

    @property
    def dialogue_plan(self) -> Plan:
        return queries.plan(self.dialogue)

    def at(self, path: str = "") -> str:
        return f"/d/{self.house.dialogue_id}/{path}"

    def page(self, guest: Guest, query: str = "") -> str:
        answer = guest.browser.get(self.at(query))
        assert answer.status_code == 200
        return str(answer.text)

    def gives(self, guest: Guest, json: bool = True, **fields: Any) -> Any:
        return guest.browser.post(self.at("appraisals"), json=json, **fields)

    def given(self, guest: Guest) -> dict[str | None, Scores]:
        return dict(self.house.looks(promise_queries.appraisals_of, guest.id))


@pytest.fixture
def room(house: House) -> Room:
    return Room(house)


def marks(effect: int | None, feasibility: int | None, resistance: int | None = None) -> Scores:
    return Scores(effect=effect, feasibility=feasibility, resistance=resistance)


def test_before_it_is_open_everybody_reads_all_proposals(room: Room) -> None:
    page = room.page(room.anna)
    assert all(f"Ansatz {number}." in page for number in (1, 2, 3))
    assert 'name="effect"' not in page
    assert room.gives(room.anna, proposal=room.ids[0], effect=4, feasibility=2).status_code == 409


def test_the_gallery_shows_what_is_asked_for(room: Room) -> None:
    with room.house.app.app_context(), store().writing() as db:
        for number, proposal in enumerate(room.ids):
            db.get_one(Proposal, proposal).level = "AB"[number % 2]
    page = room.page(room.anna, "?level=B")
    assert "Ansatz 2." in page
    assert "Ansatz 1." not in page
    assert "1 von 3" in page
    for nonsense in ("?level=Q", "?topic=%00", "?level=" + "x" * 3000, "?process_step='--"):
        page = room.page(room.anna, nonsense)
        assert all(f"Ansatz {number}." in page for number in (1, 2, 3))


def test_a_mark_is_kept_changed_and_taken_back(room: Room) -> None:
    room.opens()
    one = room.ids[0]
    assert room.gives(room.anna, proposal=one, effect=4, feasibility=2).status_code == 200
    assert room.given(room.anna) == {one: marks(4, 2)}
    answer = room.gives(room.anna, json=False, proposal=one, effect=5, feasibility=2)
    assert (answer.status_code, answer.location) == (303, room.at(f"?saved=scores#proposal-{one}"))
    assert room.given(room.anna) == {one: marks(5, 2)}
    page = room.page(room.anna)
    assert "1 von 3 bewertet" in page
    assert re.search(rf'value="5" id="effect-{one}-5" checked', page)
    assert room.gives(room.anna, proposal=one, effect=5, feasibility=2, clear="y").status_code == 200
    assert room.given(room.anna) == {}


def test_the_same_form_sent_twice_counts_once(room: Room) -> None:
    room.opens()
    sent = {"proposal": room.ids[0], "effect": 4, "feasibility": 2, "key": "k" * 24}
    assert room.gives(room.anna, **sent).json["seq"] == room.gives(room.anna, **sent).json["seq"]


@pytest.mark.parametrize(
    "bad",
    [
        {"effect": 4},
        {"effect": 4, "feasibility": ""},
        {"effect": 0, "feasibility": 3},
        {"effect": 6, "feasibility": 3},
        {"effect": -1, "feasibility": 3},
        {"effect": "viel", "feasibility": 3},
        {"effect": "٣", "feasibility": "x" * 10_000},
        {"effect": "3.5", "feasibility": 3},
        {"effect": "1e3", "feasibility": "\0"},
    ],
    ids=str,
)
def test_marks_off_the_scale_change_nothing_and_stay_on_the_page(room: Room, bad: dict[str, Any]) -> None:
    room.opens()
    one = room.ids[0]
    room.gives(room.anna, proposal=one, effect=2, feasibility=2)
    refused = room.gives(room.anna, proposal=one, **bad)
    assert refused.status_code == 422
    assert refused.json["error"]
    page = room.gives(room.anna, json=False, proposal=one, **bad)
    assert page.status_code == 422
    assert "Bitte wählen Sie" in page.text
    assert room.given(room.anna) == {one: marks(2, 2)}


def test_only_proposals_of_this_dialogue_are_appraised(room: Room, app: Flask) -> None:
    foreign = Room(House(app))
    room.opens()
    foreign.opens()
    for proposal in (foreign.ids[0], "x" * 16, "", "\0"):
        assert room.gives(room.anna, proposal=proposal, effect=2, feasibility=2).status_code == 404
        assert room.gives(room.anna, json=False, proposal=proposal, effect=2, feasibility=2).status_code == 404
    assert room.gives(room.anna, proposal="x" * 5000, effect=2, feasibility=2).status_code == 422
    assert room.gives(foreign.anna, proposal=room.ids[0], effect=2, feasibility=2).status_code == 403
    assert room.house.carl().post(room.at("appraisals"), proposal=room.ids[0], effect=2).status_code == 403
    assert room.given(room.anna) == room.given(foreign.anna) == {}


def test_after_the_close_there_are_twenty_seconds_and_then_thanks(room: Room) -> None:
    room.opens()
    room.gives(room.anna, proposal=room.ids[0], effect=4, feasibility=2)
    room.closes()
    assert room.gives(room.anna, proposal=room.ids[1], effect=1, feasibility=1).status_code == 200
    with room.house.app.app_context(), store().writing() as db:
        dialogue = queries.dialogue(db, room.house.dialogue_id)
        dialogue.appraising_closed_at = datetime.now(UTC) - timedelta(minutes=1)
    assert room.gives(room.anna, proposal=room.ids[2], effect=1, feasibility=1).status_code == 409
    assert set(room.given(room.anna)) == set(room.ids[:2])
    assert "Sie haben 2 von 3" in room.page(room.anna)
    assert "Sie haben keinen Lösungsansatz bewertet" in room.page(room.ben)


def test_a_mark_may_come_twenty_seconds_after_the_step_and_no_later(room: Room) -> None:
    room.opens()
    room.house.goes_to(Step.COMMIT)
    given = {"proposal": room.ids[0], "effect": 4, "feasibility": 2}
    assert room.gives(room.anna, **given).status_code == 200
    with_old_step(room.house)
    assert room.gives(room.ben, **given).status_code == 409
    assert room.gives(room.ben, json=False, **given).status_code == 409


def test_own_marks_stand_only_on_the_own_phone_and_no_figure_before_the_reveal(room: Room) -> None:
    room.opens()
    before = room.ben.browser.get(room.at("board.json")).json
    for _who, guest in room.guests:
        if guest is not room.ben:
            for proposal_id in room.ids:
                room.gives(guest, proposal=proposal_id, effect=5, feasibility=4)
    after = room.ben.browser.get(room.at("board.json")).json
    assert after == {**before, "seq": after["seq"], "appraised": 8}
    assert 'value="5" id' in room.page(room.ben)
    assert " checked" not in room.page(room.ben)
    assert "von 8" not in room.page(room.ben)
    room.closes()
    assert "von 8" not in room.page(room.ben)
    room.house.does(reveal_appraisal, RevealAppraisal)
    assert "8 von 8" in room.page(room.ben)


def test_the_order_is_random_for_each_phone_and_stays(house: House) -> None:
    room = Room(house, proposals=6)
    room.opens()

    def order(guest: Guest) -> list[str]:
        return re.findall(r'data-proposal="(\w+)"', room.page(guest))

    orders = [order(guest) for _who, guest in room.guests]
    assert [order(guest) for _who, guest in room.guests] == orders
    assert all(sorted(one) == sorted(room.ids) for one in orders)
    assert len({tuple(one) for one in orders}) > 1


def test_resistance_is_always_asked_of_everything_staying_as_it_is(house: House) -> None:
    room = Room(house, how=Appraising.RESISTANCE)
    room.opens()
    assert "Es bleibt, wie es ist" in room.page(room.anna)
    assert room.gives(room.anna, proposal="", resistance=0).status_code == 200
    assert room.gives(room.anna, proposal=room.ids[0], resistance=10).status_code == 200
    for bad in ({"resistance": 11}, {"resistance": ""}, {}, {"effect": 3, "feasibility": 3}):
        assert room.gives(room.anna, proposal=room.ids[1], **bad).status_code == 422
    assert room.given(room.anna) == {None: marks(None, None, 0), room.ids[0]: marks(None, None, 10)}
    assert "2 von 4 bewertet" in room.page(room.anna)


def test_without_proposals_there_is_nothing_to_appraise_and_nothing_breaks(house: House) -> None:
    room = Room(house, how=Appraising.RESISTANCE, proposals=0)
    assert "Es gibt noch keine Lösungsansätze" in room.page(room.anna)
    assert room.gives(room.anna, proposal="", resistance=3).status_code == 409


def test_somebody_who_comes_late_appraises_like_everybody(room: Room) -> None:
    room.opens()
    late = room.house.joins("traeger")
    assert room.gives(late, proposal=room.ids[0], effect=1, feasibility=1).status_code == 200
    assert "1 von 3 bewertet" in room.page(late)
