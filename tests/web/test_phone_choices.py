"""Choosing on a phone: the group's topics, and one's own votes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from dialog import queries
from dialog.commands.close_voting import CloseVoting, close_voting
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.name_topic import NameTopic, name_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.open_voting import OpenVoting, open_voting
from dialog.commands.reveal_result import RevealResult, reveal_result
from dialog.words import Step
from tests.web.house import Guest, House
from tests.web.test_phone_cards import with_old_step, writes


@dataclass
class Room:
    """Anna and Ben of one group with four topics, and Dora of another one."""

    house: House
    anna: Guest
    ben: Guest
    dora: Guest
    topics: list[str]

    def at(self, path: str = "") -> str:
        return f"/d/{self.house.dialogue_id}/{path}"

    def nominated(self) -> tuple[str, ...]:
        return self.house.looks(queries.nominations, self.house.dialogue_id).get(self.anna.group_id, ())

    def ballot(self, guest: Guest) -> dict[str, int]:
        return self.house.looks(queries.ballot_of, guest.id)


def room(app: Flask, **limits: int) -> Room:
    house = House(app, **limits)
    anna, ben, dora = house.joins("jobcenter"), house.joins("jobcenter"), house.joins("traeger")
    house.goes_to(Step.COLLECT)
    for text in ("eins", "zwei", "drei", "vier"):
        assert writes(house, anna, text=text).status_code == 200
    house.goes_to(Step.SORT)
    cards = [card.id for card in house.looks(queries.cards, house.dialogue_id)]
    topics = []
    for at, card_id in enumerate(cards):
        made = house.does(make_topic, MakeTopic, group_id=anna.group_id, card_ids=(card_id,))
        topic_id = next(h.topic.id for h in made.happenings if type(h).__name__ == "TopicMade")
        house.does(name_topic, NameTopic, topic_id=topic_id, title=f"Thema {at}")
        topics.append(topic_id)
    house.goes_to(Step.NOMINATE)
    return Room(house, anna, ben, dora, topics)


def voting(app: Flask, **limits: int) -> Room:
    here = room(app, nominations_per_group=4, **limits)
    here.house.does(nominate_topics, NominateTopics, group_id=here.anna.group_id, topic_ids=tuple(here.topics))
    here.house.goes_to(Step.WEIGH)
    here.house.does(open_voting, OpenVoting)
    return here


def ranks(*topics: str) -> dict[str, str]:
    return {f"rank-{place}": topic for place, topic in enumerate(topics, start=1)}


def test_anybody_of_the_group_sets_the_order_and_the_last_change_wins(app: Flask) -> None:
    here = room(app)
    a, b, c, _ = here.topics
    assert here.anna.browser.post(here.at("nominations"), **ranks(a, b, c)).status_code == 200
    answer = here.ben.browser.post(here.at("nominations"), json=False, **ranks(c, "", a))
    assert answer.status_code == 303
    assert here.nominated() == (c, a)
    page = here.anna.browser.get(here.at()).text
    assert f'value="{c}" selected' in page


@pytest.mark.parametrize(("places", "status"), [((0, 0), 422), (("x" * 16,), 404), (("\x00",), 422), (("ä",), 422)])
def test_a_wrong_order_changes_nothing(app: Flask, places: tuple[Any, ...], status: int) -> None:
    here = room(app)
    chosen = [here.topics[place] if isinstance(place, int) else place for place in places]
    assert here.anna.browser.post(here.at("nominations"), **ranks(*chosen)).status_code == status
    assert here.anna.browser.post(here.at("nominations"), json=False, **ranks(*chosen)).status_code == status
    assert here.nominated() == ()


def test_another_groups_topics_cannot_be_nominated(app: Flask) -> None:
    here = room(app)
    assert here.dora.browser.post(here.at("nominations"), **ranks(here.topics[0])).status_code == 404
    assert here.nominated() == ()


def test_one_votes_and_changes_it_until_the_close(app: Flask) -> None:
    here = voting(app)
    a, b, c, d = here.topics
    assert here.anna.browser.post(here.at("ballot"), topic=[a, b, c]).status_code == 200
    answer = here.anna.browser.post(here.at("ballot"), json=False, topic=[d])
    assert answer.status_code == 303
    assert here.ballot(here.anna) == {d: 1}
    page = here.anna.browser.get(answer.location).text
    assert "Ihre Stimmen sind gespeichert." in page
    assert f'value="{d}" checked' in page
    assert here.anna.browser.post(here.at("ballot")).status_code == 200
    assert here.ballot(here.anna) == {}


def test_a_fourth_vote_is_refused_and_the_choice_is_kept_on_the_page(app: Flask) -> None:
    here = voting(app)
    answer = here.anna.browser.post(here.at("ballot"), topic=here.topics)
    assert answer.status_code == 422
    assert "Sie haben 3 Stimmen" in answer.json["error"]
    page = here.anna.browser.post(here.at("ballot"), json=False, topic=here.topics)
    assert page.status_code == 422
    assert page.text.count(" checked") == 4
    assert here.ballot(here.anna) == {}


@pytest.mark.parametrize("topic", ["0" * 16, "\x00", "ä", "x" * 40])
def test_what_is_not_on_the_ballot_gets_no_vote(app: Flask, topic: str) -> None:
    here = voting(app)
    assert here.anna.browser.post(here.at("ballot"), topic=[topic]).status_code == 422
    assert here.ballot(here.anna) == {}


def test_several_votes_for_one_topic_where_the_plan_allows_it(app: Flask) -> None:
    here = voting(app, votes_per_topic=2)
    a, b, *_ = here.topics
    assert here.anna.browser.post(here.at("ballot"), **{f"votes-{a}": "2", f"votes-{b}": "1"}).status_code == 200
    assert here.ballot(here.anna) == {a: 2, b: 1}
    for wrong in ("3", "-1", "1.5", "viele", "²", "9" * 400):
        assert here.anna.browser.post(here.at("ballot"), **{f"votes-{a}": wrong}).status_code == 422
    assert here.ballot(here.anna) == {a: 2, b: 1}


def test_after_the_close_no_vote_is_taken(app: Flask) -> None:
    here = voting(app)
    assert here.anna.browser.post(here.at("ballot"), topic=[here.topics[0]]).status_code == 200
    here.house.does(close_voting, CloseVoting)
    closed_a_minute_ago(here.house)
    answer = here.anna.browser.post(here.at("ballot"), topic=[here.topics[1]])
    assert answer.status_code == 409
    assert "Die Abstimmung ist geschlossen" in answer.json["error"]
    task = here.anna.browser.get(here.at()).text.partition("<main")[2].partition("</main>")[0]
    assert "Thema 0" in task
    assert "Thema 1" not in task


def closed_a_minute_ago(house: House) -> None:
    with house.app.app_context(), house.app.extensions["store"].writing() as db:
        queries.dialogue(db, house.dialogue_id).voting_closed_at = datetime.now(UTC) - timedelta(minutes=1)


def test_nobody_votes_or_nominates_in_another_step(app: Flask) -> None:
    here = voting(app)
    here.house.goes_to(Step.COLLECT)
    with_old_step(here.house)
    assert here.anna.browser.post(here.at("ballot"), topic=[here.topics[0]]).status_code == 409
    assert here.anna.browser.post(here.at("nominations"), **ranks(here.topics[0])).status_code == 409


def test_the_order_of_the_topics_is_each_phones_own_and_stays(app: Flask) -> None:
    here = voting(app)

    def order(guest: Guest) -> list[int]:
        page = guest.browser.get(here.at()).text
        return sorted(range(4), key=lambda at: page.index(f'value="{here.topics[at]}"'))

    guests = [here.anna, here.ben, here.dora, *(here.house.joins() for _ in range(5))]
    orders = [order(guest) for guest in guests]
    assert [order(guest) for guest in guests] == orders
    assert len({tuple(found) for found in orders}) > 1


def test_no_tally_leaves_before_the_reveal(app: Flask) -> None:
    here = voting(app)
    for guest in (here.anna, here.ben, here.dora):
        assert guest.browser.post(here.at("ballot"), topic=[here.topics[0]]).status_code == 200
    carl = here.house.joins()
    before = told(here, carl)
    here.house.does(close_voting, CloseVoting)
    assert told(here, carl) == {**before, "voting": "closed", "seq": before["seq"] + 1}
    assert "So haben wir abgestimmt" not in carl.browser.get(here.at()).text
    here.house.does(reveal_result, RevealResult)
    assert "So haben wir abgestimmt" in carl.browser.get(here.at()).text
    assert "3 von 4" in carl.browser.get(here.at()).text


def told(here: Room, guest: Guest) -> dict[str, Any]:
    """The board of a phone; nothing in it depends on who got how many votes."""
    board: dict[str, Any] = guest.browser.get(here.at("board.json")).json
    assert set(board) == {
        "seq", "stage", "door_open", "voting", "present", "voted", "groups", "people", "cards", "topics",
        "appraising", "wished", "appraised", "answered", "tables", "entries",
    }  # fmt: skip
    later = {name: board[name] for name in ("appraising", "wished", "appraised", "answered", "tables", "entries")}
    assert list(later.values()) == ["preparing", 0, 0, 0, {}, {}], "nothing of round 2 has begun"
    assert board["voted"] == 3
    assert all(set(topic) == {"id", "group_id", "title", "category", "rank"} for topic in board["topics"].values())
    return board
