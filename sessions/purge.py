"""`flask --app wsgi purge`: dialogues whose last day has passed go, in the database and in every copy of it.

What a close has cut goes from the file and from older copies in the same way. The server does this by itself.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from time import sleep

import click
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from dialog.copies import UNFINISHED, Copy, Forgetting, Held, Unreadable, copies_in, due, held_in, held_now, to_forget
from dialog.copying import put_in_place
from dialog.forgetting import forget_in_copy, remove_dialogues
from dialog.store import Store, StoreAway
from sessions.exporting.jobs import forget_files
from sessions.forum.figures import clear_figures
from sessions.language import in_german
from sessions.ledger import Ledger, closed_in, read_ledger, write_ledger
from sessions.perform import now as moment
from sessions.perform import prepare, reading, store
from sessions.running import folder_alone
from sessions.settings import Settings
from sessions.words import N_

PATIENCE = 60.0
"""Seconds to wait until the database lets what was deleted be taken out of its file."""

WORK = ".forgetting"
DAMAGED = ".damaged-"
DAMAGED_STAYS = timedelta(days=14)


@dataclass
class Done:
    """What was removed, and how many copies were changed or, being unreadable, removed."""

    dialogues: list[Held] = field(default_factory=list)
    copies: int = 0
    unreadable: int = 0


@click.command("purge")
@click.option("--in-background", is_flag=True, hidden=True, help="As the server does it: quiet, and with less hurry.")
@with_appcontext
def purge(in_background: bool) -> None:
    """Remove all dialogues whose deletion date has passed, in the database and in every copy of it."""
    settings: Settings = current_app.extensions["settings"]
    try:
        done = forget_everywhere(settings, date.today(), in_background)
    except StoreAway as error:
        raise click.ClickException(
            in_german(N_("The database does not answer. Please try again in a moment."))
        ) from error
    except (OSError, sqlite3.Error, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        sentence = N_("Not all copies could be cleared of what was deleted (%(reason)s). This is tried again.")
        raise click.ClickException(in_german(sentence, reason=str(reason))) from error
    if not in_background:
        _tell(done)


def _tell(done: Done) -> None:
    for gone in done.dialogues:
        what = {"title": gone.title, "place": gone.place, "date": gone.held_on.strftime("%d.%m.%Y")}
        click.echo(in_german(N_("Deleted: %(title)s, %(place)s, %(date)s"), **what))
    if not done.dialogues:
        click.echo(in_german(N_("No dialogue's deletion date has passed.")))
    if done.copies:
        click.echo(in_german(N_("Copies cleared of it: %(num)s"), num=done.copies))
    if done.unreadable:
        click.echo(in_german(N_("Damaged copies deleted: %(num)s"), num=done.unreadable))


def forget_everywhere(settings: Settings, today: date, in_background: bool = False) -> Done:
    """Remove what is due, first from the database, then from all copies; and cut there what was closed here.

    Doing it again does what is still missing. Raises StoreAway, or OSError, sqlite3.Error or DBAPIError when a copy
    could not be rewritten; then it stays as it was, and the ledger knows that it must be done again.
    """
    with reading() as db:
        now = held_now(db)
    passed = due(now.values(), today)
    done = Done(dialogues=sorted((now[one] for one in passed), key=lambda held: (held.held_on, held.title)))
    if settings.sqlite_file is None:
        prepare(remove_dialogues, passed)
        forget_files(settings, passed, moment())
        clear_figures(settings, now.keys() - passed)
        return done
    ledger = read_ledger(settings)
    gone, closed = passed | ledger.gone, closed_in(now) - passed
    if gone != ledger.gone:
        write_ledger(settings, Ledger(ledger.settled, gone))
    if passed:
        prepare(remove_dialogues, passed)
    forget_files(settings, passed, moment())
    clear_figures(settings, now.keys() - passed)
    if (gone or closed - ledger.settled) and not store().forget(PATIENCE):
        raise StoreAway
    if in_background:
        os.nice(10)  # Not before: whoever waits for the database while others wait for him must not be slow.
    left = {held_id: held for held_id, held in now.items() if held_id not in passed}
    _clear_copies(settings, left, gone, today, done)
    _clear_damaged(settings.sqlite_file, bool(gone or closed - ledger.settled))
    write_ledger(settings, Ledger(closed, frozenset()))
    return done


def _clear_copies(settings: Settings, now: dict[str, Held], gone: frozenset[str], today: date, done: Done) -> None:
    if not settings.backups.is_dir():
        return
    with folder_alone(settings.backups, _rest):
        for left_over in (*settings.backups.glob(f"*{UNFINISHED}"), *settings.backups.glob(f"*{WORK}*")):
            left_over.unlink(missing_ok=True)
        for copy in copies_in(settings.backups):
            try:
                if forgetting := to_forget(held_in(copy.path), now, gone, today):
                    rewrite(copy, forgetting)
                    done.copies += 1
            except Unreadable:
                # Nobody can put it back, and nobody can tell what it still knows.
                copy.path.unlink(missing_ok=True)
                done.unreadable += 1


def _rest() -> None:
    sleep(0.2)


def rewrite(copy: Copy, forgetting: Forgetting) -> None:
    """Let a copy forget; everything else in it stays. At every moment the old or the new one is there as a whole.

    Raises Unreadable for a damaged copy; OSError, sqlite3.Error or DBAPIError when there is no room.
    """
    work, making = copy.path.with_suffix(WORK), copy.path.with_suffix(UNFINISHED)
    try:
        shutil.copyfile(copy.path, work)
        older = Store(f"sqlite:///{work}")
        try:
            older.migrate()
            prepare(forget_in_copy, forgetting, into=older)
        finally:
            older.dispose()
        with closing(sqlite3.connect(work)) as connection:
            # A new file, page by page from what is still there: no page of it has ever held anything else.
            connection.execute("VACUUM INTO ?", (str(making),))
        with making.open("rb+") as made:
            os.fsync(made.fileno())
        put_in_place(making, copy.path)
    except CommandError as error:
        raise Unreadable from error  # A schema that this program has never known.
    except StoreAway as error:
        raise error.__cause__ or error from error
    except (sqlite3.Error, DBAPIError) as error:
        if _is_damaged(error):
            raise Unreadable from error
        raise
    finally:
        for path in (making, *work.parent.glob(f"{work.name}*")):
            path.unlink(missing_ok=True)


def _is_damaged(error: BaseException) -> bool:
    """Whether SQLite found the file broken; a full disk or a missing one is something else."""
    reason = error.orig if isinstance(error, DBAPIError) else error
    return type(reason) is sqlite3.DatabaseError


def _clear_damaged(database: Path, something_is_forgotten: bool) -> None:
    """Damaged databases that were put aside cannot forget: they go with the next thing to forget, and in two weeks."""
    for path in database.parent.glob(f"{database.name}{DAMAGED}*"):
        with suppress(FileNotFoundError):
            age = datetime.now() - datetime.fromtimestamp(path.stat().st_mtime)
            if something_is_forgotten or age > DAMAGED_STAYS:
                path.unlink()
