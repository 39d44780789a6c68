"""Closing: nobody can tell any more who wrote or chose what, and the results stay complete."""

import json

import pytest
from sqlalchemy import select

from dialog import audience as a
from dialog import errors, promise_queries, queries, table_queries
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.close_voting import close_voting
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.remove_person import remove_person
from dialog.commands.reveal_result import reveal_result
from dialog.commands.undo import undo
from dialog.events import AuthorshipCut
from dialog.models import Base
from dialog.store import Store
from dialog.words import Step
from tests.method.programs import ACTS, TOUR, Player
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon, Person


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


def test_cards_lose_their_authors_and_people_their_phones(afternoon: Afternoon, people: list[Person]) -> None:
    before = _rows(afternoon)
    assert {card["author_id"] for card in before["cards"]} == {person.id for person in people}
    assert "device-anna" in json.dumps(before, default=str)
    afternoon.cockpit(close_dialogue)
    after = _rows(afternoon)
    participants = after.pop("participants")
    assert {card["author_id"] for card in after["cards"]} == {None}
    assert {person["device_hash"] for person in participants} == {""}
    assert [entry["act"] for entry in after["journal"]] == ["close_dialogue"]
    assert len(after["cards"]) == 3


def test_the_result_stays_what_it_was(afternoon: Afternoon, people: list[Person]) -> None:
    def result() -> object:
        with afternoon.reading() as db:
            return queries.result(db, queries.dialogue(db, afternoon.id))

    before, pages = result(), [afternoon.sees(page) for page in (a.SCREEN, a.COCKPIT)]
    afternoon.cockpit(close_dialogue)
    assert result() == before
    for page, old in zip((a.SCREEN, a.COCKPIT), pages, strict=True):
        stage = {**old["stage"], "timer_ends_at": None}
        assert afternoon.sees(page) == {**old, "seq": old["seq"] + 1, "door_open": False, "stage": stage}


@pytest.mark.timeout(300)
def test_every_figure_of_both_rounds_stays_what_it_was(store: Store) -> None:
    player = Player(store, "d1")
    for ask in TOUR[:-1]:
        list(player.play(ask))

    def figures() -> list[object]:
        with player.reading() as db:
            dialogue = queries.dialogue(db, player.id)
            entries = table_queries.entries(db, player.id)
            return [
                queries.result(db, dialogue),
                sorted(map(str, queries.said(db, player.id))),
                entries,
                table_queries.tables(db, player.id),
                table_queries.progress(db, player.id),
                [[c.id for c in table_queries.topic_cards(db, player.id, entry.topic_id)] for entry in entries],
                queries.present(db, player.id).by_table,
                promise_queries.figures(db, dialogue),
                promise_queries.feedback_figures(db, dialogue),
                promise_queries.commitments(db, player.id),
                (promise_queries.appraised(db, player.id), promise_queries.answered(db, player.id)),
            ]

    before = figures()
    assert all(before)
    player.act(close_dialogue, MARA, "cockpit", key="the-close-itself")
    assert figures() == before
    assert player.act(close_dialogue, MARA, "cockpit", key="the-close-itself").repeated, "a retry closes once"
    for act in (close_dialogue, undo):
        with pytest.raises(errors.DialogueClosed):
            player.cockpit(act)


def test_closing_says_what_it_concerned(afternoon: Afternoon, people: list[Person]) -> None:
    (cut,) = afternoon.cockpit(close_dialogue).happenings
    assert cut == AuthorshipCut(cards=3, ballots=2, appraisals=0, feedback=0, people=2)


def test_a_dialogue_is_closed_in_its_last_step_only(afternoon: Afternoon) -> None:
    with pytest.raises(errors.NotInThisStep):
        afternoon.cockpit(close_dialogue)


@pytest.mark.timeout(300)
def test_a_closed_dialogue_refuses_every_act(store: Store) -> None:
    player = Player(store, "d1")
    for ask in [*TOUR[:-1], ("withdraw_commitment", 0, 0, 0), ("withdraw_card", 0, 0, 0)]:
        list(player.play(ask))
    chosen = {name: getattr(player, f"_{name}")(0, 0, 0) for name in ACTS}
    assert list(player.play(("close_dialogue", 0, 0, 0)))
    rows = _rows(player)
    for name, (by, scope, what) in chosen.items():
        with pytest.raises(errors.DialogueClosed):
            player.act(ACTS[name], by, scope, **what)
    assert _rows(player) == rows
