"""Closing: nobody can tell any more who wrote or chose what, and the results stay complete."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from dialog import audience as a
from dialog import errors, queries
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.close_voting import close_voting
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.remove_person import remove_person
from dialog.commands.reveal_result import reveal_result
from dialog.events import AuthorshipCut
from dialog.models import Base
from dialog.store import Store
from dialog.words import Step
from tests.method.programs import ACTS, Player
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, Person


@pytest.fixture
def people(afternoon: Afternoon) -> list[Person]:
    return _vote_and_reveal(afternoon)


def _vote_and_reveal(afternoon: Afternoon) -> list[Person]:
    """Anna and Ben have written and voted, Carl has too and was taken out. The result is revealed."""
    anna, ben = afternoon.join(JOBCENTER, "device-anna"), afternoon.join(TRAEGER, "device-ben")
    carl = afternoon.join(BERECHTIGTE, "device-carl")
    afternoon.go(Step.COLLECT)
    for person in (anna, ben, carl):
        afternoon.write(person.actor, f"Karte von {person.id}")
    afternoon.go(Step.SORT)
    topics = [afternoon.topic(person.group_id, "Zeit") for person in (anna, ben)]
    afternoon.go(Step.NOMINATE)
    for person, topic_id in zip((anna, ben), topics, strict=True):
        afternoon.act(nominate_topics, person.actor, group_id=person.group_id, topic_ids=[topic_id])
    afternoon.go(Step.WEIGH)
    afternoon.cockpit(open_voting)
    for person in (anna, ben, carl):
        afternoon.act(cast_ballot, person.actor, votes={topics[0]: 1})
    afternoon.cockpit(remove_person, person_id=carl.id)
    afternoon.cockpit(close_voting)
    afternoon.cockpit(reveal_result)
    afternoon.go(Step.CLOSE)
    return [anna, ben, carl]


def _rows(afternoon: Afternoon) -> dict[str, list[dict[str, object]]]:
    with afternoon.reading() as db:
        return {
            table.name: [dict(row._mapping) for row in db.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def test_no_row_links_a_person_to_a_card_a_vote_or_a_phone(afternoon: Afternoon, people: list[Person]) -> None:
    before = _rows(afternoon)
    assert {card["author_id"] for card in before["cards"]} == {person.id for person in people}
    assert "device-anna" in json.dumps(before, default=str)
    afternoon.cockpit(close_dialogue)
    after = _rows(afternoon)
    participants = after.pop("participants")
    everything_else = json.dumps(after, default=str)
    for card in after["cards"]:
        everything_else = everything_else.replace(str(card["text"]), "")
    assert not [person.id for person in people if person.id in everything_else]
    assert {person["device_hash"] for person in participants} == {""}
    assert [entry["act"] for entry in after["journal"]] == ["close_dialogue"]
    assert len(after["cards"]) == 3


def test_the_file_itself_forgets_who_wrote_what(sqlite_store: Store) -> None:
    afternoon = Afternoon(sqlite_store)
    people = _vote_and_reveal(afternoon)
    afternoon.cockpit(close_dialogue)
    with sqlite_store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = Path(str(sqlite_store.engine.url.database)).read_bytes()
    assert people[0].id.encode() in content, "the person is still counted"
    assert b"device-anna" not in content


def test_the_result_stays_what_it_was(afternoon: Afternoon, people: list[Person]) -> None:
    def result() -> object:
        with afternoon.reading() as db:
            return queries.result(db, queries.dialogue(db, afternoon.id))

    before, pages = result(), [afternoon.sees(page) for page in (a.SCREEN, a.COCKPIT)]
    afternoon.cockpit(close_dialogue)
    assert result() == before
    for page, old in zip((a.SCREEN, a.COCKPIT), pages, strict=True):
        assert afternoon.sees(page) == {**old, "seq": old["seq"] + 1, "door_open": False}


def test_closing_says_what_it_concerned(afternoon: Afternoon, people: list[Person]) -> None:
    (cut,) = afternoon.cockpit(close_dialogue).happenings
    assert cut == AuthorshipCut(cards=3, ballots=2, people=2)


def test_a_dialogue_is_closed_in_its_last_step_only(afternoon: Afternoon) -> None:
    with pytest.raises(errors.NotInThisStep):
        afternoon.cockpit(close_dialogue)


def test_a_closed_dialogue_refuses_every_act(store: Store) -> None:
    player = Player(store, "d1")
    for ask in [
        *[("join_dialogue", 0, 0, 0), ("make_link", 0, 0, 0), ("post_card", 0, 0, 0), ("post_card", 0, 0, 0)],
        *[("withdraw_card", 0, 0, 0), ("reveal_cards", 0, 0, 0), ("post_card", 0, 0, 0), ("hide_card", 0, 0, 0)],
        *[("make_topic", 0, 0, 0), ("post_card", 0, 0, 0)],
    ]:
        assert list(player.play(ask)), ask
    chosen = {name: getattr(player, f"_{name}")(0, 0, 0) for name in ACTS}
    assert list(player.play(("close_dialogue", 0, 0, 0)))
    rows = _rows(player)
    for name, (by, scope, what) in chosen.items():
        with pytest.raises(errors.DialogueClosed):
            player.act(ACTS[name], by, scope, **what)
    assert _rows(player) == rows
