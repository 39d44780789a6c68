"""The store: one transaction per act, gapless numbers under load, and one word when the database is away."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from dialog import audience as a
from dialog import store as stores
from dialog.commands.post_card import post_card
from dialog.models import Forum, JournalEntry
from dialog.store import Db, Store, StoreAway, whole_or_not_at_all
from dialog.words import Step, Valence
from tests.people import JOBCENTER, TRAEGER, Afternoon

WRITERS, CARDS = 6, 5


def test_many_phones_at_once_get_gapless_numbers_and_lose_nothing(afternoon: Afternoon) -> None:
    people = [afternoon.join((JOBCENTER, TRAEGER)[n % 2]) for n in range(WRITERS)]
    afternoon.go(Step.COLLECT)
    before = afternoon.sees(a.SCREEN)["seq"]
    said = {"valence": Valence.FAILS, "addressees": [JOBCENTER]}
    asks = [
        afternoon.asked(post_card, person.actor, text=f"{n} von {person.id}", **said)
        for person in people
        for n in range(CARDS)
    ]
    asks += asks[::7]  # some phones try again
    with ThreadPoolExecutor(WRITERS) as pool:
        outcomes = list(pool.map(lambda ask: afternoon.perform(post_card, ask), asks))
    numbers = sorted(outcome.seq for outcome in outcomes if not outcome.repeated)
    assert numbers == list(range(before + 1, before + 1 + WRITERS * CARDS))
    groups = afternoon.sees(a.SCREEN)["groups"].values()
    assert sum(group["written"] for group in groups) == WRITERS * CARDS
    with afternoon.reading() as db:
        assert [entry.seq for entry in db.query(JournalEntry).order_by(JournalEntry.seq)] == list(
            range(1, numbers[-1] + 1)
        )


def test_a_reader_sees_one_moment_while_others_write(afternoon: Afternoon) -> None:
    with afternoon.reading() as db:
        before = db.query(JournalEntry).count()
        afternoon.join(JOBCENTER)
        assert db.query(JournalEntry).count() == before
    with afternoon.reading() as db:
        assert db.query(JournalEntry).count() == before + 1


def test_what_was_read_can_be_read_on_after_the_transaction(afternoon: Afternoon) -> None:
    with afternoon.reading() as db:
        forum = db.get_one(Forum, "forum")
    assert forum.name == "Forum Nord"


class Interrupted(Exception):
    """Something breaks in the middle of an act."""


def _half_an_act(db: Db) -> None:
    db.add(Forum(id="half", name="Half"))
    db.flush()
    raise Interrupted


def test_an_act_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Interrupted), store.writing() as db:
        _half_an_act(db)
    with store.reading() as db:
        assert db.get(Forum, "half") is None


def test_a_part_can_fail_without_the_rest(store: Store) -> None:
    with store.writing() as db:
        db.add(Forum(id="whole", name="Whole"))
        with pytest.raises(Interrupted), whole_or_not_at_all(db):
            _half_an_act(db)
    with store.reading() as db:
        assert db.get(Forum, "half") is None
        assert db.get(Forum, "whole") is not None


def test_reading_writes_nothing(store: Store) -> None:
    with store.reading() as db:
        db.add(Forum(id="read", name="Only looked"))
        db.flush()
    with store.reading() as db:
        assert db.get(Forum, "read") is None


def test_a_writer_waits_its_turn(sqlite_store: Store) -> None:
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with sqlite_store.writing():
            inside.set()
            time.sleep(0.2)
            order.append("first")

    holder = threading.Thread(target=first)
    holder.start()
    assert inside.wait(5)
    with sqlite_store.writing():
        order.append("second")
    holder.join()
    assert order == ["first", "second"]


def test_a_database_that_stays_locked_is_away(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.2)
    backup = sqlite3.connect(str(sqlite_store.engine.url.database), isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreAway), sqlite_store.writing() as db:
        db.add(Forum(id="f", name="F"))
    with sqlite_store.reading() as db:
        assert db.get(Forum, "f") is None, "reading goes on while somebody writes"
    backup.execute("ROLLBACK")
    backup.close()
    with sqlite_store.writing() as db:
        db.add(Forum(id="f", name="F"))


def test_a_full_pool_is_away_and_not_a_crash(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store.engine.pool, "_timeout", 0.05)
    connections = [sqlite_store.engine.connect() for _ in range(30)]
    with pytest.raises(StoreAway), sqlite_store.reading():
        pass
    for connection in connections:
        connection.close()


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"]
)
def test_a_database_that_is_not_there_is_away(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.1)
    store = Store(url)
    assert not store.answers()
    for begin in (store.reading, store.writing):
        with pytest.raises(StoreAway), begin() as db:
            db.get(Forum, "any")
    store.dispose()


def test_the_store_answers_and_migrates_twice_without_loss(store: Store) -> None:
    with store.writing() as db:
        db.add(Forum(id="kept", name="Kept"))
    store.migrate()
    assert store.answers()
    with store.reading() as db:
        assert db.get_one(Forum, "kept").name == "Kept"


def test_sqlite_is_set_up_to_survive_the_power_cable(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
