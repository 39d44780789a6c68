"""`flask --app wsgi demo`: a living product in a minute."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from dialog import promise_queries, queries, table_queries
from dialog.models import Account, Appraisal, Card, Dialogue, FeedbackPaper, Forum, JournalEntry
from dialog.store import Store
from dialog.words import Step, Voting
from sessions.passwords import is_password
from tests.web.conftest import server_on
from tests.web.house import Browser, House

PEOPLE_OF_ROUND_2 = (Appraisal.participant_id, FeedbackPaper.participant_id)


@dataclass
class Demo:
    """What the command has made in an empty house, and what it said."""

    app: Flask
    store: Store
    output: str


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Made once on each database, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), folder / 'dialog.sqlite')}"
    else:
        url = request.getfixturevalue("new_schema")()
    app = server_on(url, folder)
    run = app.test_cli_runner().invoke(args=["demo"])
    assert run.exit_code == 0, run.output
    yield Demo(app, app.extensions["store"], run.output)
    app.extensions["store"].dispose()


@pytest.fixture
def app(empty_app: Flask) -> Flask:
    """What is refused here is refused in a house of its own."""
    return empty_app


def password_in(output: str) -> str:
    (line,) = [line for line in output.splitlines() if line.startswith("Passwort: ")]
    return line.removeprefix("Passwort: ")


def test_the_demo_holds_the_four_dialogues_of_the_reference(demo: Demo) -> None:
    assert "http://localhost:8000/sign-in" in demo.output
    with demo.store.reading() as db:
        forum = db.scalars(select(Forum)).one()
        account = db.scalars(select(Account)).one()
        held = {dialogue.place: dialogue for dialogue in queries.dialogues(db, forum.id)}
        people = Counter[str]()
        for dialogue in held.values():
            people.update(queries.present(db, dialogue.id).by_stakeholder)
        unsorted = [card for card in queries.cards(db, held["Region Nord"].id) if card.topic_id is None]
        finished = held["Region West"]
        authors = db.scalars(select(Card.author_id).where(Card.dialogue_id == finished.id)).all()
        entries = Counter(entry.content.kind for entry in table_queries.entries(db, finished.id))
        tables = table_queries.tables(db, finished.id)
        given = promise_queries.appraised(db, finished.id)
        promised = promise_queries.commitments(db, finished.id)
        answered = promise_queries.answered(db, finished.id)
        linked = [db.scalars(select(column)).all() for column in PEOPLE_OF_ROUND_2]
        kept = db.scalars(select(JournalEntry.act).where(JournalEntry.dialogue_id == finished.id)).all()
        north = queries.present(db, held["Region Nord"].id).by_stakeholder
    assert forum.name == "Beispielregion"
    assert account.name == "mara"
    assert is_password(password_in(demo.output), account.password_hash)
    assert people == {"jobcenter": 43, "traeger": 22, "leistungsberechtigte": 35}
    assert north == {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
    assert {place: (d.step, d.voting, d.closed) for place, d in held.items()} == {
        "Region Nord": (Step.SORT, Voting.PREPARING, False),
        "Region Ost": (Step.WEIGH, Voting.OPEN, False),
        "Region Süd": (Step.MIRROR, Voting.REVEALED, False),
        "Region West": (Step.CLOSE, Voting.REVEALED, True),
    }
    assert 10 < len(unsorted) < 64
    assert len(authors) > 40
    assert set(authors) == {None}
    assert kept == ["close_dialogue"]
    assert len(finished.chosen_topics) == 3
    assert (len(tables), entries["proposal"], len(promised)) == (4, 15, 4), "the proposals of the reference"
    assert {table.topic_id for table in tables} == set(finished.chosen_topics)
    assert min(entries["vision"], entries["benefit"] / 3) >= 4
    assert finished.appraising == Voting.REVEALED
    assert min(given, answered) > 10
    assert all(set(people) <= {None} for people in linked), "closing has cut who appraised and answered"


def test_mara_signs_in_and_sees_the_four_dialogues(demo: Demo) -> None:
    mara = Browser(demo.app.test_client())
    answer = mara.post("/sign-in", json=False, account_name="mara", password=password_in(demo.output))
    assert answer.status_code == 303
    page = mara.get("/forum").text
    assert all(place in page for place in ("Region Nord", "Region Ost", "Region Süd", "Region West"))


def test_a_second_demo_is_refused_and_changes_nothing(demo: Demo) -> None:
    again = demo.app.test_cli_runner().invoke(args=["demo"])
    assert again.exit_code == 1
    assert "Das Beispielforum gibt es schon." in again.output
    with demo.store.reading() as db:
        assert db.scalar(select(func.count()).select_from(Dialogue)) == 4


def test_the_demo_stays_out_of_a_house_with_another_mara(app: Flask, house: House, store: Store) -> None:
    with store.writing() as db:
        db.get_one(Account, house.mara_id).name = "mara"
    refused = app.test_cli_runner().invoke(args=["demo"])
    assert refused.exit_code == 1
    assert "Konto mit dem Namen mara" in refused.output
    with store.reading() as db:
        assert db.scalar(select(func.count()).select_from(Forum)) == 1
