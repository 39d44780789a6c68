"""The process that makes a file of a job: one whole file or none, in its turn, and always an end."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import is_zipfile

import pytest

from dialog.store import Store
from exports.job import SILENT, Job, Progress, State, clear_old, jobs_in, new_job, read_job
from exports.making import Ask
from exports.working import AT_ONCE
from tests.exports.held import Held

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PATIENCE = 120


@pytest.fixture
def dialogue(store: Store) -> Store:
    Held(store).people_arrive()
    return store


def job(folder: Path, dialogue_id: str = "d1", asked_at: datetime = NOW) -> tuple[Job, int]:
    ask = Ask(kind="csv", dialogue_ids=(dialogue_id,), today=date(2026, 11, 24))
    return new_job(folder, ask, "mara", "Daten.csv", asked_at)


@contextmanager
def working(
    made: Job, alive: int, database_url: str, before: Callable[[], None] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The process at work; it is gone at the end, and whoever looks afterwards sees what it has left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "exports", "job", str(made.folder)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        pass_fds=(alive,),
        preexec_fn=before,
        text=True,
        stderr=subprocess.PIPE,
    )
    os.close(alive)
    try:
        yield process
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


@contextmanager
def taken(folder: Path, places: int) -> Iterator[None]:
    """Others make files: so many places are taken."""
    folder.mkdir(parents=True, exist_ok=True)
    locks = [os.open(folder / f".turn-{place + 1}", os.O_RDWR | os.O_CREAT) for place in range(places)]
    for lock in locks:
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        for lock in locks:
            os.close(lock)


def until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, "It never came true."
        time.sleep(0.05)


def left(made: Job) -> set[str]:
    return {path.name for path in made.folder.iterdir()} - {"ask.json", "progress.json", "alive", "wanted"}


def test_a_file_is_made(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    assert made.progress() == Progress(state=State.WAITING)
    with working(made, alive, dialogue.url) as process:
        pass
    assert process.returncode == 0
    assert made.progress() == Progress(state=State.READY)
    assert left(made) == {"file"}
    assert made.file.read_bytes().startswith("\ufeff".encode())


def test_what_is_asked_for_is_read_as_it_was_put_down(tmp_path: Path) -> None:
    ask = Ask(kind="forum", forum_id="f1", chosen={"place": ("Nord", "Süd"), "who": ("jobcenter",)}, today=NOW.date())
    made, alive = new_job(tmp_path, ask, "mara", "Vergleich_ä.xlsx", NOW)
    os.close(alive)
    assert read_job(made.folder) == made
    assert list(jobs_in(tmp_path)) == [made]


def test_two_work_at_once_and_the_third_waits_for_its_turn(dialogue: Store, tmp_path: Path) -> None:
    assert AT_ONCE == 2
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE):
        began = (made.folder / "progress.json").stat().st_mtime_ns
        process = working(made, alive, dialogue.url)
        process.__enter__()
        # It says that it lives, and waits all the same.
        until(lambda: (made.folder / "progress.json").stat().st_mtime_ns > began)
        assert made.progress().state is State.WAITING
    process.__exit__(None, None, None)
    assert made.progress().state is State.READY


def test_with_one_place_free_a_file_is_made(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE - 1), working(made, alive, dialogue.url):
        pass
    assert made.progress().state is State.READY


def test_cancelling_while_it_waits_leaves_no_file(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE), working(made, alive, dialogue.url) as process:
        made.cancel()
        assert made.progress().state is State.CANCELLED
    assert process.returncode == 1
    assert made.progress() == Progress(state=State.CANCELLED)
    assert left(made) == set()


def test_sigterm_ends_it_with_a_sentence(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE), working(made, alive, dialogue.url) as process:
        mtime = (made.folder / "progress.json").stat().st_mtime_ns
        until(lambda: (made.folder / "progress.json").stat().st_mtime_ns > mtime)
        process.send_signal(signal.SIGTERM)
    assert made.progress().state is State.FAILED
    assert "Der Server wurde währenddessen angehalten." in made.progress().sentence
    assert left(made) == set()


def test_a_killed_process_is_noticed_at_once(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE), working(made, alive, dialogue.url) as process:
        assert made.progress().state is State.WAITING
        process.kill()
    assert made.progress() == Progress(state=State.LOST)


def test_who_says_nothing_for_long_is_given_up(tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    silent = time.time() - SILENT.total_seconds() - 1
    assert made.progress().state is State.WAITING
    os.utime(made.folder / "progress.json", (silent, silent))
    assert made.progress().state is State.LOST
    made.lives()
    assert made.progress().state is State.WAITING
    os.close(alive)


def test_a_dialogue_deleted_meanwhile_is_told(store: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path, "nowhere")
    with working(made, alive, store.url):
        pass
    assert made.progress().sentence == "Diesen Dialog gibt es nicht, oder er wurde gelöscht."
    assert left(made) == set()


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with working(made, alive, f"sqlite:///{tmp_path}/nowhere/dialog.sqlite"):
        pass
    assert "Die Datenbank antwortet nicht." in made.progress().sentence


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits on the size of files")
def test_a_full_disk_is_told_and_leaves_no_half_file(store: Store, tmp_path: Path) -> None:
    import resource

    Held(store).whole_round()
    ask = Ask(kind="workbook", dialogue_ids=("d1",), today=date(2026, 11, 24))
    made, alive = new_job(tmp_path, ask, "mara", "Mappe.xlsx", NOW)

    def no_file_grows_beyond() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, 33_000))  # The database's own shared file needs as much.

    with working(made, alive, store.url, before=no_file_grows_beyond):
        pass
    assert "Der Datenträger des Servers ist voll." in made.progress().sentence
    assert left(made) == set()


def test_a_file_that_is_not_wanted_any_more_goes_with_its_folder(dialogue: Store, tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    with taken(tmp_path, AT_ONCE), working(made, alive, dialogue.url):
        made.remove()
    assert not made.folder.exists()


def test_old_jobs_and_what_nobody_knows_go_after_their_time(tmp_path: Path) -> None:
    old, new = job(tmp_path, asked_at=NOW - timedelta(days=2)), job(tmp_path, asked_at=NOW)
    strange = tmp_path / ".begun"
    strange.mkdir()
    for path in (strange, new[0].folder):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    clear_old(tmp_path, NOW - timedelta(days=1))
    assert list(jobs_in(tmp_path)) == [new[0]]
    assert strange.exists()
    clear_old(tmp_path, NOW + timedelta(minutes=1))
    assert not list(tmp_path.iterdir())
    for _made, alive in (old, new):
        os.close(alive)


def test_progress_needs_no_more_room_than_at_the_beginning(tmp_path: Path) -> None:
    made, alive = job(tmp_path)
    size = (made.folder / "progress.json").stat().st_size
    made.tell(Progress(state=State.FAILED, done=12, of=345, sentence="ä" * 100))
    assert (made.folder / "progress.json").stat().st_size == size
    assert made.progress().sentence == "ä" * 100
    os.close(alive)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": "poem"}', '{"state": "ready"}'])
def test_a_damaged_progress_is_no_ready_file(tmp_path: Path, content: str) -> None:
    made, alive = job(tmp_path)
    os.close(alive)
    (made.folder / "progress.json").write_text(content)
    assert made.progress().state is State.LOST


@pytest.mark.parametrize("kind", ["workbook", "csv", "minutes"])
def test_every_kind_is_made_on_the_command_line_and_says_how_far_it_is(
    dialogue: Store, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "file"
    command = [sys.executable, "-m", "exports", kind, "d1", str(path), "--profile", "public"]
    environ = {**os.environ, "DATABASE_URL": dialogue.url}
    run = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert told
    assert all(0 <= one["done"] <= one["of"] for one in told)
    assert is_zipfile(path) == (kind != "csv")
