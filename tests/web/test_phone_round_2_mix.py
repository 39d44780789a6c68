"""The mixing on a phone: wishes before the tables are shown, then one's own table and nobody else's."""

from typing import Any

import pytest
from flask import Flask

from dialog import table_queries
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.models import Seat
from dialog.words import Step
from sessions.perform import store
from sessions.table_signs import SIGNS, table_sign
from tests.web.house import Guest, House
from tests.web.second_round import SecondRound
from tests.web.test_phone_cards import with_old_step

FEW = {"jobcenter": 3, "traeger": 3, "leistungsberechtigte": 3}


class Mixing(SecondRound):
    """Nine people, three chosen topics, tables drawn and not shown."""

    def __init__(self, house: House, topics: int = 3) -> None:
        super().__init__(house, FEW)
        house.goes_to(Step.SORT)
        self.topics = [self._topic(f"Thema {number}.") for number in range(1, topics + 1)]
        house.goes_to(Step.NOMINATE)
        house.does(nominate_topics, NominateTopics, group_id=self.guests[0][1].group_id, topic_ids=self.topics)
        house.goes_to(Step.MIRROR)
        house.does(choose_topics, ChooseTopics, topic_ids=self.topics)
        house.goes_to(Step.MIX)
        self.anna = self.guests[0][1]
        self.ben = self.guests[1][1]

    def _topic(self, title: str) -> str:
        made = self.house.does(make_topic, MakeTopic, group_id=self.guests[0][1].group_id, title=title)
        return next(h.topic.id for h in made.happenings if type(h).__name__ == "TopicMade")

    def at(self, path: str = "") -> str:
        return f"/d/{self.house.dialogue_id}/{path}"

    def wishes(self) -> dict[str, tuple[str, ...]]:
        return dict(self.house.looks(table_queries.wishes, self.house.dialogue_id))

    def table_of(self, guest: Guest) -> Any:
        table_id = self.house.looks(table_queries.table_of, guest.id)
        return next(table for table in self.tables if table.id == table_id)


@pytest.fixture
def mixing(house: House) -> Mixing:
    return Mixing(house)


def test_wishes_are_kept_in_their_order_and_can_be_changed(mixing: Mixing) -> None:
    a, b, c = mixing.topics
    page = mixing.anna.browser.get(mixing.at()).text
    assert "An welchem Thema möchten Sie mitarbeiten?" in page
    assert mixing.anna.browser.post(mixing.at("wishes"), **{"rank-1": c, "rank-2": a}).status_code == 200
    assert mixing.wishes() == {mixing.anna.id: (c, a)}
    answer = mixing.anna.browser.post(mixing.at("wishes"), json=False, **{"rank-1": "", "rank-2": b})
    assert answer.status_code == 303
    assert mixing.wishes() == {mixing.anna.id: (b,)}
    page = mixing.anna.browser.get(mixing.at()).text
    assert f'value="{b}" selected' in page
    assert "Ihr Wunsch ist gespeichert" in page


def test_a_wish_is_on_no_other_phone_and_not_in_the_room(mixing: Mixing) -> None:
    before = mixing.ben.browser.get(mixing.at("board.json")).json
    mixing.anna.browser.post(mixing.at("wishes"), **{"rank-1": mixing.topics[0]})
    after = mixing.ben.browser.get(mixing.at("board.json")).json
    assert after == {**before, "seq": before["seq"] + 1, "wished": 1}
    assert "selected" not in mixing.ben.browser.get(mixing.at()).text


@pytest.mark.parametrize(("wish", "status"), [("x" * 16, 422), ("\0", 422), ("ä", 422), ("x" * 100, 422)])
def test_a_topic_that_was_not_chosen_is_refused(mixing: Mixing, wish: str, status: int) -> None:
    for json in (True, False):
        assert mixing.anna.browser.post(mixing.at("wishes"), json=json, **{"rank-1": wish}).status_code == status
    assert mixing.wishes() == {}


def test_without_chosen_topics_a_phone_just_waits(house: House) -> None:
    mixing = Mixing(house, topics=0)
    page = mixing.anna.browser.get(mixing.at())
    assert page.status_code == 200
    assert "Ihr Tisch erscheint hier von selbst" in page.text
    assert "mitarbeiten" not in page.text
    assert mixing.anna.browser.post(mixing.at("wishes"), **{"rank-1": "x" * 16}).status_code == 422


def test_a_plan_without_wishes_asks_for_none(app: Flask) -> None:
    mixing = Mixing(House(app, wishes_per_person=0))
    assert "mitarbeiten" not in mixing.anna.browser.get(mixing.at()).text


def test_wishes_need_the_own_phone_and_a_form_of_ours(mixing: Mixing) -> None:
    assert mixing.house.carl().post(mixing.at("wishes"), **{"rank-1": mixing.topics[0]}).status_code == 403
    assert mixing.anna.browser.client.post(mixing.at("wishes"), data={"rank-1": mixing.topics[0]}).status_code == 400
    assert mixing.wishes() == {}


def test_a_wish_may_come_twenty_seconds_late_and_no_later(mixing: Mixing) -> None:
    mixing.house.goes_to(Step.ENVISION)
    wish = {"rank-1": mixing.topics[0]}
    assert mixing.anna.browser.post(mixing.at("wishes"), **wish).status_code == 200
    with_old_step(mixing.house)
    assert mixing.ben.browser.post(mixing.at("wishes"), **wish).status_code == 409
    assert set(mixing.wishes()) == {mixing.anna.id}


def test_nobody_sees_a_table_before_they_are_shown(mixing: Mixing) -> None:
    assert mixing.table_of(mixing.anna)
    board = mixing.anna.browser.get(mixing.at("board.json")).json
    assert board["tables"] == {}
    page = mixing.anna.browser.get(mixing.at()).text
    assert all(table.id not in page for table in mixing.tables)
    mixing.shows_tables()
    assert mixing.anna.browser.get(mixing.at("board.json")).json["tables"]


def test_everybody_finds_the_own_table(mixing: Mixing) -> None:
    mixing.shows_tables()
    for _who, guest in mixing.guests:
        table = mixing.table_of(guest)
        page = guest.browser.get(mixing.at()).text
        with mixing.house.app.test_request_context("/"):
            sign, word = table_sign(table.position)
        assert f'<span class="number">{table.name}</span>' in page
        assert sign in page
        assert word in page
        assert f"Tisch {table.name}" in page
        people = sum(other.id != guest.id and mixing.table_of(other) == table for _who, other in mixing.guests)
        counts = guest.browser.get(mixing.at("board.json")).json["tables"][table.id]["people"]
        assert sum(counts.values()) >= people + 1


def test_somebody_without_a_place_gets_a_kind_sentence(mixing: Mixing) -> None:
    mixing.shows_tables()
    with mixing.house.app.app_context(), store().writing() as db:
        db.get_one(Seat, mixing.anna.id).table_id = None
    page = mixing.anna.browser.get(mixing.at()).text
    assert "Sie haben noch keinen Tisch" in page
    assert mixing.anna.number in page


def test_every_table_has_a_sign_of_its_own(house: House) -> None:
    with house.app.test_request_context("/"):
        found = [table_sign(position) for position in range(3 * len(SIGNS))]
    assert len(SIGNS) >= 12
    assert len(set(found)) == len(found)
    assert found[0] == ("⚓\ufe0e", "Anker")
    assert found[len(SIGNS)] == ("⚓\ufe0e 2", "Anker 2")
