"""Makes the copies of a running server: before each change of step, and every few minutes while something happens.

A copy is made in a thread of its own, one after the other, and nobody waits for it: the moment is pinned at once, and
its pages are written while the dialogue goes on. What older copies must forget is done by a process of its own.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import gevent
from flask import Flask, current_app
from gevent import monkey
from gevent.event import Event
from gevent.queue import Empty, Queue
from gevent.threadpool import ThreadPool

from dialog.copies import UNFINISHED, Unreadable, copies_in, held, held_in, held_now, is_overtaken, name_for, outdated
from dialog.copying import copy_pinned, pin, put_in_place
from dialog.store import Store, StoreAway
from sessions.exporting.jobs import forget_files
from sessions.language import in_german
from sessions.ledger import is_due
from sessions.running import folder_alone
from sessions.settings import Settings
from sessions.words import N_

REST = 0.01
"""Seconds between two steps of a copy: it takes 25 MB a second at most and leaves the disk to the dialogue."""

ROOM_LEFT = 50_000_000
"""Bytes that stay free for the dialogue itself: no copy is made that would take them."""

MOST_WAITING = 3
PROGRAM = Path(__file__).parent.parent / "wsgi.py"

wait = monkey.get_original("time", "sleep")


class Stopped(Exception):
    """A dialogue was closed: a copy from before must not be finished."""


class NoRoom(Exception):
    """The disk is too full for a copy."""


class Backups:
    """The copies of one server. Nothing happens before `start`."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.settings = settings
        self._app, self._store = app, app.extensions["store"]
        self._started = False
        self._closed = 0
        """How many dialogues were closed since the start: what was pinned before the last one is not finished."""

    def start(self) -> None:
        """Begin to watch, once."""
        if self._started:
            return
        self._started = True
        self._wanted: Queue = Queue()
        self._forgetting = Event()
        self._thread = ThreadPool(1)
        gevent.spawn(self._go_on_forgetting)
        if self.settings.sqlite_file is not None:
            gevent.spawn(self._go_on_copying)

    def pin_now(self) -> None:
        """Copy what is stored now, soon. Returns at once."""
        if not self._started or self.settings.sqlite_file is None or len(self._wanted) >= MOST_WAITING:
            return
        with suppress(sqlite3.Error):  # Being away is told to whoever wants to write.
            self._wanted.put((pin(self.settings.sqlite_file), datetime.now(), self._closed))

    def forget(self) -> bool:
        """After a close: let the file and all copies forget, soon. False if nobody watches over a file."""
        if not self._started or self.settings.sqlite_file is None:
            return False
        self._closed += 1
        self._forgetting.set()
        return True

    # --- Copying ------------------------------------------------------------------------------------------------------

    def _go_on_copying(self) -> None:
        while True:
            try:
                wanted = self._wanted.get(timeout=self.settings.backup_every * 60)
            except Empty:
                self.pin_now()
                continue
            told = self._thread.apply(self._copy, wanted)
            if told is not None:
                self._app.logger.warning(told)
            if self._closed != wanted[2] and not len(self._wanted):
                self.pin_now()

    def _copy(self, pinned: sqlite3.Connection, made_at: datetime, closed: int) -> str | None:
        """In the thread. The sentence to tell when there is no copy."""

        def rest() -> None:
            if self._closed != closed:
                raise Stopped
            wait(REST)

        try:
            with closing(pinned), folder_alone(self.settings.backups, rest):
                self._copy_alone(pinned, made_at, rest)
        except Stopped:
            pass
        except NoRoom:
            return in_german(N_("There is too little room on the disk for a copy of the data. The dialogue goes on."))
        except (OSError, sqlite3.Error) as error:
            return in_german(
                N_("No copy of the data could be made (%(reason)s). The dialogue goes on."), reason=str(error)
            )
        return None

    def _copy_alone(self, pinned: sqlite3.Connection, made_at: datetime, rest: Callable[[], None]) -> None:
        folder = self.settings.backups
        there = held(pinned)
        newest = next(iter(copies_in(folder)), None)
        with suppress(Unreadable):
            if there == ({} if newest is None else held_in(newest.path)):
                return
        pages, size = (pinned.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if shutil.disk_usage(folder).free < pages * size + ROOM_LEFT:
            raise NoRoom
        target = name_for(folder, made_at)
        making = target.with_suffix(UNFINISHED)
        try:
            copy_pinned(pinned, making, rest)
            with closing(pin(self.settings.sqlite_file)) as now:
                if is_overtaken(there, held(now)):
                    raise Stopped
            put_in_place(making, target)
        finally:
            making.unlink(missing_ok=True)
        for old in outdated(copies_in(folder), made_at):
            old.path.unlink(missing_ok=True)

    # --- Forgetting ---------------------------------------------------------------------------------------------------

    def _go_on_forgetting(self) -> None:
        """At the start, after each close and once a day; again after a while if it could not be done."""
        looked_on = None
        while True:
            try:
                if self._forgetting.is_set() or (looked_on != date.today() and self._must_forget()):
                    self._forgetting.clear()
                    if not _done_by_a_process_of_its_own():
                        self._forgetting.set()
                looked_on = date.today()
                self._thread.apply(forget_files, (self.settings, (), datetime.now(UTC)))
            except (StoreAway, OSError):
                pass  # Tried again with the next look.
            if self._forgetting.is_set():
                gevent.sleep(self.settings.backup_every * 60)
            else:
                self._forgetting.wait(self.settings.backup_every * 60)

    def _must_forget(self) -> bool:
        with self._store.reading() as db:
            now = held_now(db)
        return bool(self._thread.apply(is_due, (self.settings, now, date.today())))


def _done_by_a_process_of_its_own() -> bool:
    """Carry out `flask purge` beside the server, so that no phone waits for it. False if it told that it could not."""
    command = [sys.executable, "-m", "flask", "--app", str(PROGRAM), "purge", "--in-background"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode == 0


def before_a_step() -> None:
    """Keep what is stored before the step changes."""
    current_app.extensions["backups"].pin_now()


def forget_soon(store: Store) -> None:
    """Take what a close has cut out of the file and out of all copies: at once, or soon while the server runs."""
    if not current_app.extensions["backups"].forget() and not store.forget():
        current_app.logger.warning("The database was busy: what was deleted leaves its file with the next purge.")


def start_backups(app: Flask, settings: Settings) -> None:
    app.extensions["backups"] = Backups(app, settings)


def watch_from_the_first_request(app: Flask) -> None:
    """For servers that import the application: a command that imports it too serves nobody and makes no copies."""
    if "backups" in app.extensions:
        app.before_request(app.extensions["backups"].start)
