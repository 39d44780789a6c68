"""An archive is the whole dialogue without anybody in it: taken over elsewhere it gives the same figures."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dialog.acting import Actor
from dialog.archive.refusals import NotClosedYet
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.describe_person import describe_person
from dialog.commands.join_dialogue import join_dialogue
from dialog.errors import DialogueClosed, NoSuchDialogue
from dialog.forgetting import remove_dialogues
from dialog.models import BallotPaper, Dialogue, Forum, Participant
from dialog.store import Store
from dialog.words import Role, Step
from exports.archive import write_archive
from exports.report import read_report
from exports.sheets import book
from exports.workbook import write_workbook
from sessions.demo import AFTERNOONS
from sessions.demo_room import Room, read_reference
from tests.exports import archives
from tests.exports.held import TODAY, Held
from tests.exports.held_twice import HeldTwice
from tests.method.programs import STARTS, Player, anything
from tests.people import MARA


@dataclass(frozen=True)
class Kept:
    """A dialogue that was held and closed in one installation, and its file."""

    store: Store
    held: HeldTwice
    file: bytes

    @property
    def id(self) -> str:
        return self.held.afternoon.id


@pytest.fixture(scope="module", params=["both rounds", "resistance"])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("here")
    store = Store(f"sqlite:///{folder / 'dialog.sqlite'}")
    (folder / "dialog.sqlite").write_bytes(migrated_sqlite.read_bytes())
    held = archives.whole_dialogue(store, resisting=request.param == "resistance")
    yield Kept(store, held, archives.archived(store, held.afternoon.id, folder))
    store.dispose()


@pytest.fixture
def here(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """An empty SQLite store, for what takes long and is the same on every database."""
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'here.sqlite')}")
    yield store
    store.dispose()


def test_every_figure_every_cell_and_every_line_comes_back(kept: Kept, store: Store, tmp_path: Path) -> None:
    before = archives.figures(kept.store, kept.id)
    assert archives.taken_over(store, kept.file) == kept.id
    assert archives.figures(store, kept.id) == before
    assert before["sheets"]["sheets"]
    with store.reading() as db:
        write_workbook(book(read_report(db, kept.id, TODAY)), tmp_path / "workbook.xlsx")


def test_the_archive_of_what_was_taken_over_is_the_same_file(kept: Kept, store: Store, tmp_path: Path) -> None:
    archives.taken_over(store, kept.file)
    assert archives.archived(store, kept.id, tmp_path) == kept.file


def test_the_same_dialogue_is_the_same_bytes(kept: Kept, tmp_path: Path) -> None:
    assert archives.archived(kept.store, kept.id, tmp_path) == kept.file


def test_nobody_is_in_it(kept: Kept) -> None:
    """Neither who was there nor what they said of themselves, nor any of the ids under which a person's papers lie."""
    with kept.store.reading() as db:
        people = db.scalars(select(Participant)).all()
        papers = db.scalars(select(BallotPaper.id)).all()
        code = db.get_one(Dialogue, kept.id).code
    assert len(people) == 23
    assert any(person.organisation == "Amt" and person.languages == ["uk"] for person in people)
    secrets = {person.id for person in people} | {person.organisation for person in people} | {*papers, code, "forum"}
    content = archives.parts_of(kept.file)[1].decode()
    assert [secret for secret in secrets - {""} if f'"{secret}"' in content or secret.encode() in kept.file] == []
    assert '"uk"' not in json.dumps(archives.tree_of(kept.file)["people"])
    names = {
        "number",
        "device_hash",
        "author_id",
        "participant_id",
        "organisation",
        "languages",
        "client_key",
        "paper_id",
    }
    assert names & fields_of({**archives.tree_of(kept.file), "plan": {}}) == {"number"}  # Of entries and commitments.
    assert set(archives.tree_of(kept.file)["people"][0]) == {"group_id", "table_id", "count"}


def fields_of(tree: object) -> set[str]:
    if isinstance(tree, dict):
        return set(tree).union(*(fields_of(inner) for inner in tree.values()))
    return set().union(*(fields_of(inner) for inner in tree)) if isinstance(tree, list) else set()


def test_there_is_no_second_in_it(kept: Kept) -> None:
    tree = archives.tree_of(kept.file)
    moments = [tree["step_began_at"], *(stay["ended_at"] for stay in tree["held"])]
    assert moments
    assert all(moment.endswith(":00Z") for moment in moments)


def test_what_was_taken_over_is_closed_for_everybody(kept: Kept, store: Store) -> None:
    archives.taken_over(store, kept.file)
    found = archives.imported(store, kept.id)
    original = archives.imported(kept.store, kept.id)
    assert (found.closed, found.door_open, found.imported_on) == (True, False, TODAY)
    assert (found.deletes_on, found.held_on) == (original.deletes_on, original.held_on)
    assert found.code != original.code
    kept_on = kept.held.afternoon
    command = kept_on.asked(join_dialogue, Actor(Role.GUEST, "guest"), stakeholder="jobcenter", device_hash="x", seed=3)
    kept_on.store, before = store, kept_on.store
    try:
        with pytest.raises(DialogueClosed):
            kept_on.perform(join_dialogue, command)
    finally:
        kept_on.store = before


def test_it_can_be_deleted_like_any_other(kept: Kept, store: Store) -> None:
    before = archives.everything(store)
    archives.taken_over(store, kept.file)
    with store.writing() as db:
        assert remove_dialogues(db, frozenset({kept.id})) == 1
    after = archives.everything(store)
    assert {name: rows for name, rows in after.items() if name != "forums"} == {
        name: rows for name, rows in before.items() if name != "forums"
    }


def test_colleagues_and_who_had_no_interpreter_count_as_before(store: Store, tmp_path: Path) -> None:
    """Two organisations and a language that nobody else speaks: their names stay here, their numbers go along."""
    held = HeldTwice(store)
    held.whole_round()
    with held.afternoon.in_one_go():
        held.tables_are_shown(2)
        for at, person in enumerate(held.people):
            organisation = ("Werkhaus Nord", "Bildungsträger Süd", "")[at % 3]
            told = {"organisation": organisation, "languages": ("so",) if at in (3, 4) else ("de",)}
            held.afternoon.cockpit(describe_person, person_id=person.id, needs_interpreter=at in (3, 4), **told)
        held.afternoon.go(Step.CLOSE)
    held.afternoon.cockpit(close_dialogue)
    file = archives.archived(store, held.afternoon.id, tmp_path)
    for hidden in ("Werkhaus", "Bildungsträger", '"so"'):
        assert hidden.encode() not in file.replace(b'"source"', b"")
    before = archives.figures(store, held.afternoon.id)
    mixing = before["report"]["round_two"]["mixing"]
    assert mixing["organisations"] > 2
    assert mixing["interpreter"] == 2
    elsewhere(store, held.afternoon.id)
    archives.taken_over(store, file)
    assert archives.figures(store, held.afternoon.id) == before
    assert archives.archived(store, held.afternoon.id, tmp_path) == file


def elsewhere(store: Store, dialogue_id: str) -> None:
    """Make this installation one that has never seen the dialogue."""
    with store.writing() as db:
        remove_dialogues(db, frozenset({dialogue_id}))


def test_a_dialogue_in_which_nothing_happened_comes_back(store: Store, tmp_path: Path) -> None:
    held = Held(store)
    held.afternoon.go(Step.CLOSE)
    held.afternoon.cockpit(close_dialogue)
    before = archives.figures(store, "d1")
    file = archives.archived(store, "d1", tmp_path)
    elsewhere(store, "d1")
    archives.taken_over(store, file)
    assert archives.figures(store, "d1") == before


def test_steps_that_were_held_come_back_to_the_minute(store: Store, tmp_path: Path) -> None:
    """With a step that was only passed through, across the turn of a minute, and seconds that nobody is told."""
    held = Held(store)
    for seconds, step in (
        (100, Step.COLLECT),
        (55, Step.SORT),
        (10, Step.COLLECT),
        (725, Step.SORT),
        (3599, Step.CLOSE),
    ):
        held.afternoon.later(seconds)
        held.afternoon.go(step)
    held.afternoon.cockpit(close_dialogue)
    before = archives.figures(store, "d1")["report"]["held"]
    assert [stay["step"] for stay in before][-1] == Step.CLOSE
    assert sum(stay["lasted"].total_seconds() for stay in before) > 3600
    file = archives.archived(store, "d1", tmp_path)
    elsewhere(store, "d1")
    archives.taken_over(store, file)
    assert archives.figures(store, "d1")["report"]["held"] == before


def test_the_reference_dialogue_comes_back(here: Store, tmp_path: Path) -> None:
    """The finished one of the example forum, with its people, proposals and agreements."""
    reference, (afternoon, ago) = read_reference(), AFTERNOONS[-1]
    held, app = reference.dialogues[-1], Flask(__name__)
    app.secret_key = "signs devices that nobody has"
    with app.app_context(), here.writing() as db:
        db.add(Forum(id="forum", name="Forum Nord"))
        db.flush()
        room = Room(db, "forum", MARA, held["place"], held["participants"], datetime(2026, 11, 24, 9, tzinfo=UTC) - ago)
        room.everybody_arrives(held["participants"], without_phone=2)
        afternoon(room, reference)
    before = archives.figures(here, room.dialogue_id)
    assert sum(before["report"]["present"].values()) == sum(held["participants"].values())
    file = archives.archived(here, room.dialogue_id, tmp_path)
    elsewhere(here, room.dialogue_id)
    archives.taken_over(here, file)
    assert archives.figures(here, room.dialogue_id) == before
    assert archives.archived(here, room.dialogue_id, tmp_path) == file


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), asks=anything, number=st.integers(0, 2**60))
def test_whatever_people_do_comes_back(
    here: Store, tmp_path: Path, start: list[object], asks: list[object], number: int
) -> None:
    """Random afternoons, closed wherever they are: the figures are the same, and so is the file."""
    player = Player(here, f"p{number:x}")
    for ask in [*start, *asks]:
        list(player.play(ask))
    if not archives.imported(here, player.id).closed:
        player.go(Step.CLOSE)
        player.cockpit(close_dialogue)
    before = archives.figures(here, player.id)
    file = archives.archived(here, player.id, tmp_path)
    elsewhere(here, player.id)
    archives.taken_over(here, file)
    assert archives.figures(here, player.id) == before
    assert archives.archived(here, player.id, tmp_path) == file
    elsewhere(here, player.id)


def test_a_rehearsal_stays_one(kept: Kept, store: Store) -> None:
    archives.taken_over(store, archives.forged(kept.file, lambda tree: tree.update(rehearsal=True)))
    assert archives.imported(store, kept.id).rehearsal


def test_an_open_dialogue_is_not_archived(store: Store, tmp_path: Path) -> None:
    Held(store).people_arrive()
    with store.reading() as db:
        with pytest.raises(NotClosedYet):
            write_archive(db, "d1", tmp_path / "archive.zip", TODAY)
        with pytest.raises(NoSuchDialogue):
            write_archive(db, "nowhere", tmp_path / "archive.zip", TODAY)
    assert not (tmp_path / "archive.zip").exists()


# --- Older versions ---------------------------------------------------------------------------------------------------


def version_1() -> bytes:
    return archives.sealed(archives.VERSION_1.read_bytes(), schema_version=1)


def test_an_archive_of_version_1_is_taken_over(store: Store) -> None:
    """Its people were one line each, its topics stood in their groups, and nobody knew when a step was held."""
    archives.taken_over(store, version_1())
    with store.reading() as db:
        report = read_report(db, "ostheim2025", TODAY)
    assert report.present == {"jobcenter": 3, "traeger": 2, "leistungsberechtigte": 3}
    assert len(report.said) == 6
    assert report.hidden == 1
    assert report.result is not None
    assert [(topic.topic, topic.raw) for topic in report.result.topics] == [("t1", 5), ("t2", 3), ("t4", 3)]
    assert report.round_two.people == {
        "m1": {"jobcenter": 2, "traeger": 1, "leistungsberechtigte": 1},
        "m2": {"jobcenter": 1, "traeger": 1, "leistungsberechtigte": 2},
    }
    assert report.round_two.appraised == 5
    assert report.round_two.answered == 2
    assert report.category("frueher") == "frueher"
    assert [commitment.until for commitment in report.round_two.commitments] == [date(2026, 1, 31)]


def test_what_came_as_version_1_leaves_as_todays(store: Store, tmp_path: Path) -> None:
    archives.taken_over(store, version_1())
    before = archives.figures(store, "ostheim2025")
    file = archives.archived(store, "ostheim2025", tmp_path)
    elsewhere(store, "ostheim2025")
    archives.taken_over(store, file)
    assert archives.figures(store, "ostheim2025") == before
    assert archives.archived(store, "ostheim2025", tmp_path) == file
