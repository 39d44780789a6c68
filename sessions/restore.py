"""`flask --app wsgi backups` and `flask --app wsgi restore <name>`: what copies there are, and putting one back."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from dialog.copies import (
    NAME,
    UNFINISHED,
    Copy,
    Held,
    Unreadable,
    copies_in,
    go_on_after,
    held,
    held_in,
    is_from_a_newer_program,
    is_sound,
    name_for,
    to_forget,
)
from dialog.copying import copy_pinned, pin, put_in_place
from dialog.words import Step
from sessions.language import in_german
from sessions.ledger import read_ledger
from sessions.moderator.words import STEPS
from sessions.purge import DAMAGED, rewrite
from sessions.running import have_alone
from sessions.settings import Settings
from sessions.words import N_

PATIENCE = 3.0
"""Seconds in which a server that was just stopped ends."""

LOGS = ("-wal", "-shm")


class Refused(click.ClickException):
    """Nothing was changed; the sentence says what to do."""

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(in_german(sentence, **values))


@click.command("backups")
@with_appcontext
def backups() -> None:
    """List the copies of the data, the newest first, with the dialogues in them."""
    settings = _with_a_file()
    copies = copies_in(settings.backups)
    if not copies:
        click.echo(in_german(N_("There are no copies in %(folder)s yet."), folder=str(settings.backups)))
    for copy in copies:
        click.echo(f"{copy.name}   {_megabytes(copy.bytes)}")
        try:
            _tell(held_in(copy.path))
        except Unreadable:
            click.echo("  " + in_german(N_("This copy is damaged.")))


@click.command("restore")
@click.argument("name")
@with_appcontext
def restore(name: str) -> None:
    """Put a copy back, by the name that the list of copies tells. The server must be stopped."""
    settings = _with_a_file()
    copy = _copy_named(settings, name)
    lock = current_app.extensions["database_lock"]
    if "store" in current_app.extensions:
        current_app.extensions["store"].dispose()
    if lock is None or not have_alone(lock, PATIENCE):
        raise Refused(N_("The server is still running. Please stop it first (Ctrl+C), then try again."))
    try:
        _put_back(settings, copy)
    except OSError as error:
        raise Refused(
            N_("The copy could not be put back (%(reason)s). Nothing was changed."), reason=error.strerror or str(error)
        ) from error


def _with_a_file() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    if settings.sqlite_file is None:
        raise Refused(N_("PostgreSQL is copied with pg_dump and put back with pg_restore; README.md says how."))
    return settings


def _copy_named(settings: Settings, name: str) -> Copy:
    found = next((c for c in copies_in(settings.backups) if name in (c.name, c.path.name, str(c.path))), None)
    if found is None:
        raise Refused(
            N_("There is no copy named %(name)s. This lists them all: .venv/bin/flask --app wsgi backups"), name=name
        )
    return found


def _put_back(settings: Settings, copy: Copy) -> None:
    """Check the copy, keep what is there now, and only then put the copy in its place."""
    _must_be_usable(copy)
    database = settings.sqlite_file
    assert database is not None
    there, damaged = _kept(settings, database)
    if there and (forgetting := to_forget(held_in(copy.path), there, read_ledger(settings).gone, date.today())):
        rewrite(copy, forgetting)  # The server was stopped before it had come to this copy.
    fresh = Path(f"{database}{UNFINISHED}")
    try:
        shutil.copyfile(copy.path, fresh)
        go_on_after(fresh, there)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        if damaged:
            _put_aside(database)
        put_in_place(fresh, database)
    finally:
        fresh.unlink(missing_ok=True)
    click.echo(in_german(N_("The copy %(name)s is in its place. It holds:"), name=copy.name))
    _tell(held_in(database))
    click.echo(in_german(N_("Now start the server again. The phones find their way back by themselves.")))


def _must_be_usable(copy: Copy) -> None:
    try:
        sound, newer = is_sound(copy.path), is_from_a_newer_program(copy.path)
    except Unreadable:
        sound = newer = False
    if not sound:
        raise Refused(N_("This copy is damaged. Please take another one; nothing was changed."))
    if newer:
        raise Refused(N_("This copy is from a newer version of this program. Please install that one first."))


def _kept(settings: Settings, database: Path) -> tuple[dict[str, Held], bool]:
    """Keep what is there now as one more copy; the dialogues in it, and whether it is too damaged for that.

    Raises Refused when some other program has it open.
    """
    if not database.exists():
        return {}, False
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            # Only possible when nobody else has it open; afterwards everything is in the one file.
            connection.execute("PRAGMA journal_mode=DELETE")
        with closing(pin(database)) as pinned:
            there = held(pinned)
            _copy(settings, pinned)
    except sqlite3.OperationalError as error:
        raise Refused(
            N_("The present data cannot be kept (%(reason)s). Nothing was changed."), reason=str(error)
        ) from error
    except sqlite3.DatabaseError:
        return {}, True
    return there, False


def _copy(settings: Settings, pinned: sqlite3.Connection) -> None:
    settings.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = name_for(settings.backups, datetime.now())
    making = target.with_suffix(UNFINISHED)
    try:
        copy_pinned(pinned, making, lambda: None)
        put_in_place(making, target)
    finally:
        making.unlink(missing_ok=True)
    click.echo(in_german(N_("What was there until now is kept as the copy %(name)s."), name=target.stem))


def _put_aside(database: Path) -> None:
    aside = database.with_name(f"{database.name}{DAMAGED}{datetime.now().strftime(NAME)}")
    for log in LOGS:
        with suppress(FileNotFoundError):
            Path(f"{database}{log}").rename(f"{aside}{log}")
    database.rename(aside)
    click.echo(in_german(N_("The data that was there is damaged. It is kept as %(file)s."), file=str(aside)))


def _tell(dialogues: dict[str, Held]) -> None:
    for one in sorted(dialogues.values(), key=lambda one: (one.held_on, one.title, one.place), reverse=True):
        where = in_german(N_("closed")) if one.closed else in_german(STEPS[Step(one.step)])
        click.echo(f"  {one.held_on:%d.%m.%Y}  {one.title}, {one.place}: {where}")


def _megabytes(size: int) -> str:
    return f"{max(size / 1e6, 0.1):.1f} MB".replace(".", ",")
