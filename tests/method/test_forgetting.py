"""After the close nothing links a person to anything the person has given: in no row, no file, no log, no backup."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, inspect, select

from dialog import queries
from dialog.acting import COCKPIT_SCOPE
from dialog.commands.close_dialogue import close_dialogue
from dialog.store import Store
from tests.method.programs import TOUR, Player
from tests.people import MARA

pytestmark = pytest.mark.timeout(300)
Rows = dict[str, list[dict[str, Any]]]
ID = re.compile(r"[0-9a-f]{16}")
GIVEN = {"cards", "ballots", "votes", "appraisals", "feedback", "pairs", "journal"}
"""Where what people give is written; before the close their ids lead there."""


def _held(store: Store) -> Player:
    """An afternoon in which everything was done that can be done, up to the close."""
    player = Player(store, "d1")
    for ask in TOUR[:-1]:
        list(player.play(ask))
    assert len(player.everybody) > 8
    return player


def _close(player: Player) -> None:
    player.act(close_dialogue, MARA, COCKPIT_SCOPE, key="the-close-itself")


def _rows(store: Store) -> Rows:
    """Every column of every row of every table that the database has, whatever the models say."""
    found = MetaData()
    found.reflect(bind=store.engine)
    with store.engine.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(select(table))]
            for name, table in found.tables.items()
        }


def _words(value: object) -> set[str]:
    """Everything in a value that could name something: ids, also inside JSON or a longer text."""
    return set(ID.findall(json.dumps(value, default=str)))


def _reached(rows: Rows, person_id: str) -> set[str]:
    """The tables to which ids lead from a person, from row to row; all people of a group share its id and no other."""
    shared = {row["id"] for name in ("dialogues", "forums", "groups") for row in rows[name]}
    left = [(name, _words(list(row.values())) - shared) for name, of_table in rows.items() for row in of_table]
    known, tables, grows = {person_id}, set(), True
    while grows:
        met = [(name, words) for name, words in left if words & known]
        left = [(name, words) for name, words in left if not words & known]
        tables |= {name for name, _ in met}
        known |= {word for _, words in met for word in words}
        grows = bool(met)
    return tables


def test_no_table_names_a_person_but_the_list_of_people_and_the_seats(store: Store) -> None:
    player = _held(store)
    people = {person.id for person in player.everybody}

    def naming() -> set[tuple[str, str]]:
        return {
            (name, column)
            for name, rows in _rows(store).items()
            for row in rows
            for column, value in row.items()
            if _words(value) & people
        }

    assert {name for name, _ in naming()} >= GIVEN - {"votes"}
    _close(player)
    assert naming() == {("participants", "id"), ("seats", "participant_id")}


def test_no_way_leads_from_a_person_to_a_card_a_vote_or_an_appraisal(store: Store) -> None:
    player = _held(store)
    people = [person.id for person in player.everybody]
    before = _rows(store)
    assert set().union(*(_reached(before, person_id) for person_id in people)) >= GIVEN
    assert {row["has_phone"] for row in before["participants"]} == {True, False}
    _close(player)
    after = _rows(store)
    assert {frozenset(_reached(after, person_id)) for person_id in people} <= {
        frozenset({"participants"}),
        frozenset({"participants", "seats"}),
    }
    assert after["cards"], "what was given is still there"
    assert after["votes"]
    assert after["appraisals"]
    assert after["feedback"]
    assert not after["pairs"]
    assert {(row["fixed_at"], str(row["wishes"])) for row in after["seats"]} == {(None, "[]")}
    assert {row["device_hash"] for row in after["participants"]} == {""}
    assert {row["has_phone"] for row in after["participants"]} == {True}, "or a paper card would be hers who had none"
    assert [row["act"] for row in after["journal"]] == ["close_dialogue"]


# --- The file of SQLite


def _explained(store: Store, word: str) -> int:
    """How often a word stands in the file: once for its row, and once for every index over that column."""
    looked, times = inspect(store.engine), 0
    for name, rows in _rows(store).items():
        indexed = [column for index in looked.get_indexes(name) for column in index["column_names"]]
        indexed += [column for one in looked.get_unique_constraints(name) for column in one["column_names"]]
        indexed += looked.get_pk_constraint(name)["constrained_columns"]
        times += sum(1 + indexed.count(column) for row in rows for column, value in row.items() if value == word)
    return times


def _files(store: Store, folder: Path) -> Iterator[bytes]:
    """The database, its log, and a copy that a backup makes."""
    path = Path(str(store.engine.url.database))
    copy = folder / "backup.sqlite"
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    for file in (path, Path(f"{path}-wal"), copy):
        yield file.read_bytes() if file.exists() else b""


def test_file_log_and_backup_hold_no_copy_of_what_was_deleted(sqlite_store: Store, tmp_path: Path) -> None:
    player = _held(sqlite_store)
    people = [person.id for person in player.everybody]
    devices = [person.device_hash for person in player.everybody if person.has_phone]
    keys = [f"key{number:016}" for number in range(1, player.acts + 1)]
    before = list(_files(sqlite_store, tmp_path))
    assert any(before[1].count(person_id.encode()) > 10 for person_id in people), "the log holds it until it is wiped"
    assert any(key.encode() in before[2] for key in keys)
    _close(player)
    database, log, backup = _files(sqlite_store, tmp_path)
    assert log == b""
    for person_id in people:
        times = _explained(sqlite_store, person_id)
        assert database.count(person_id.encode()) == backup.count(person_id.encode()) == times in (2, 4)
    for content in (database, backup):
        assert b"the-close-itself" in content, "the key of the close stays, so that a retry is recognised"
        assert not [key for key in keys if key.encode() in content]
        assert not [device for device in devices if device.encode() in content]


def test_who_still_reads_holds_the_log_and_not_the_close(sqlite_store: Store) -> None:
    player = _held(sqlite_store)
    log = Path(f"{sqlite_store.engine.url.database}-wal")
    with sqlite_store.reading() as looking:
        queries.dialogue(looking, player.id)
        with sqlite_store.writing() as db:
            db.connection().exec_driver_sql("UPDATE dialogues SET title = 'Neu'")
        assert not sqlite_store.forget(patience=0.1)
        assert log.stat().st_size
    assert sqlite_store.forget()
    assert not log.stat().st_size
    _close(player)


def test_wiping_an_open_dialogue_changes_nothing_in_it(store: Store) -> None:
    player = _held(store)
    before = _rows(store)
    assert store.forget()
    assert _rows(store) == before
    assert player.dialogue.seq
