"""`python -m exports workbook DIALOGUE FILE`: a whole file or none, and one sentence when it fails."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from dialog.errors import NoSuchDialogue
from dialog.store import Store, StoreAway
from exports.report import read_report
from exports.sheets import book
from exports.words import _
from exports.workbook import write_workbook


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when the file is there, 1 when it could not be made, 2 for a command that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m exports")
    reports = parser.add_subparsers(dest="report", required=True)
    workbook = reports.add_parser("workbook", help="the Excel workbook of one dialogue")
    workbook.add_argument("dialogue_id")
    workbook.add_argument("path", type=Path)
    asked = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stopped)
    sys.unraisablehook = _say_nothing
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        make_workbook(os.environ.get("DATABASE_URL", ""), asked.dialogue_id, asked.path)
    except ArgumentError:
        return _fail(_("DATABASE_URL names no database."))
    except NoSuchDialogue:
        return _fail(_("This dialogue does not exist or has been deleted."))
    except StoreAway:
        return _fail(_("The database does not answer. Please try again in a moment."))
    except OSError as error:
        return _fail(_("The file could not be written (%(reason)s).") % {"reason": error.strerror or error})
    return 0


def make_workbook(database_url: str, dialogue_id: str, path: Path) -> None:
    """Read a dialogue in one transaction and write its workbook; `path` is there as a whole or not at all.

    Raises ArgumentError, NoSuchDialogue, StoreAway or OSError.
    """
    store = Store(database_url)
    try:
        with store.reading() as db:
            report = read_report(db, dialogue_id, date.today())
    finally:
        store.dispose()
    part = path.with_name(path.name + ".part")
    try:
        write_workbook(book(report), part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _say_nothing(_unraisable: "sys.UnraisableHookArgs") -> None:
    """A half-written part that is thrown away complains of its own; one sentence is enough."""


def _stopped(_signal: int, _frame: object) -> None:
    sys.exit(143)
