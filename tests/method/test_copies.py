"""Copies: one whole moment while others write, which of them stay, and what they must forget."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.copies import (
    Copy,
    Forgetting,
    Held,
    Unreadable,
    copies_in,
    held_in,
    is_from_a_newer_program,
    is_overtaken,
    is_sound,
    name_for,
    outdated,
    to_forget,
)
from dialog.copying import copy_pinned, pin
from dialog.models import Forum
from dialog.store import Store
from dialog.words import Step
from tests.people import JOBCENTER, Afternoon

NOON = datetime(2026, 11, 23, 12, 0)
TODAY = date(2026, 11, 23)
HELD = Held("d1", "Dialog", "Saal", TODAY, TODAY, "sort", False, 7)
ages = st.lists(st.tuples(st.integers(0, 40 * 24 * 60), st.integers(1, 50)), min_size=1, max_size=60)


def made(minutes_ago: int, size: int = 1, number: int = 0) -> Copy:
    when = NOON - timedelta(minutes=minutes_ago)
    return Copy(Path(f"{when:%Y-%m-%d_%H-%M-%S}-{number}.sqlite"), when, size)


@given(ages, st.integers(1, 1000))
def test_what_stays_is_what_the_readme_says(kept: list[tuple[int, int]], most: int) -> None:
    copies = [made(minutes, size, number) for number, (minutes, size) in enumerate(kept)]
    gone = outdated(copies, NOON, most)
    stay = sorted((copy for copy in copies if copy not in gone), key=lambda copy: copy.order, reverse=True)
    newest = max(copies, key=lambda copy: copy.order)
    assert newest in stay
    assert sum(copy.bytes for copy in stay) <= most or stay == [newest]
    assert all(NOON - copy.made_at < timedelta(days=14) for copy in stay if copy is not newest)
    hours = [c.made_at.replace(minute=0) for c in stay if timedelta(hours=1) <= NOON - c.made_at < timedelta(hours=24)]
    assert len(hours) == len(set(hours))
    if sum(copy.bytes for copy in copies) <= most:
        assert not [copy for copy in gone if NOON - copy.made_at < timedelta(hours=1)]
        days = {copy.made_at.date() for copy in copies if NOON - copy.made_at < timedelta(days=14)}
        assert days <= {copy.made_at.date() for copy in stay}, "each of the last days has one"
    assert not outdated(stay, NOON, most), "what stays, stays"


def test_a_copy_is_one_moment_while_others_write(sqlite_store: Store, tmp_path: Path) -> None:
    afternoon = Afternoon(sqlite_store)
    afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    with sqlite_store.writing() as db:
        db.add_all(Forum(id=f"f{number}", name="x" * 120) for number in range(20_000))
    source = Path(str(sqlite_store.engine.url.database))
    target = tmp_path / "copy.making"
    steps = 0

    def meanwhile() -> None:
        nonlocal steps
        steps += 1
        writer = threading.Thread(target=afternoon.join, args=(JOBCENTER,))
        writer.start()
        writer.join(5)
        assert not writer.is_alive(), "nobody waits for a copy"

    with closing(pin(source)) as pinned:
        before = pinned.execute("SELECT count(*) FROM participants").fetchone()
        afternoon.join(JOBCENTER)
        copy_pinned(pinned, target, meanwhile)
    assert steps > 5
    assert is_sound(target)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT count(*) FROM participants").fetchone() == before == (1,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert held_in(target)["d1"].step == "collect"
    assert not is_from_a_newer_program(target)


def test_several_copies_of_one_second_keep_their_order(tmp_path: Path) -> None:
    for _ in range(11):
        name_for(tmp_path, NOON).touch()
    (tmp_path / "notes.sqlite").touch()
    names = [copy.name for copy in copies_in(tmp_path)]
    assert names[0] == "2026-11-23_12-00-00-11"
    assert names[-2:] == ["2026-11-23_12-00-00-2", "2026-11-23_12-00-00"]
    assert len(names) == 11


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"no" * 5000, b"A letter. " * 500])
def test_a_damaged_copy_is_told_apart(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "2026-11-23_12-00-00.sqlite"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        held_in(path)
    assert content == b"" or not is_sound(path)


def test_a_copy_forgets_what_is_closed_removed_or_past_its_day() -> None:
    day = timedelta(days=1)
    open_, closed = HELD, replace(HELD, closed=True)

    def forgets(there: Held, now: Held | None, *gone: str, today: date = TODAY) -> Forgetting:
        return to_forget({there.id: there}, {now.id: now} if now else {}, frozenset(gone), today)

    nothing, cut, all_of_it = Forgetting(), Forgetting(closed=frozenset({"d1"})), Forgetting(gone=frozenset({"d1"}))
    assert forgets(open_, open_) == nothing
    assert forgets(open_, closed) == cut
    assert forgets(closed, closed) == nothing
    assert forgets(open_, None) == nothing, "an older copy was put back: it does not know the dialogue"
    assert forgets(open_, None, today=TODAY + day) == all_of_it
    assert forgets(open_, open_, "d1") == all_of_it
    assert forgets(open_, closed, today=TODAY + day) == all_of_it
    assert forgets(open_, replace(open_, deletes_on=TODAY + day), today=TODAY + day) == nothing, "a later day was set"
    assert not nothing
    assert cut


def test_a_copy_is_overtaken_by_a_close_and_by_a_purge() -> None:
    assert not is_overtaken({"d1": HELD}, {"d1": replace(HELD, seq=9)})
    assert not is_overtaken({}, {"d1": HELD})
    assert is_overtaken({"d1": HELD}, {"d1": replace(HELD, closed=True)})
    assert is_overtaken({"d1": HELD}, {})
