"""Every kind of file that can be taken home, and who makes it.

A maker reads in one transaction, ends it, and then writes one file, saying how far it is. What it needs is imported
when it begins: a process that waits for its turn, and the server that only asks, carry no spreadsheets.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from dialog.store import Db, Store
from exports.profile import Profile

if TYPE_CHECKING:
    from exports.report import Report

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many parts are done, and of how many."""
Reading: TypeAlias = Callable[[], AbstractContextManager[Db]]
Parts: TypeAlias = Literal["sheets", "dialogues", "steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What somebody wants to take home: of which dialogues, or of which forum, and in which profile."""

    kind: str
    dialogue_ids: tuple[str, ...] = ()
    forum_id: str = ""
    profile: Profile = Profile.INTERNAL
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The filters of a comparison, as its address holds them: under each name the values that are chosen."""
    today: date


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of file is made. Its progress counts `parts`; its name ends with `ending`."""

    make: Callable[[Reading, Ask, Path, Progress], None]
    ending: str
    parts: Parts = "steps"
    has_profiles: bool = True


def make(ask: Ask, database_url: str, path: Path, tell: Progress) -> None:
    """Make the file; `path` is there as a whole or not at all.

    Raises ArgumentError for an address that names no database, RuleBroken, StoreAway or OSError.
    """
    store = Store(database_url)
    part = path.with_name(path.name + ".part")
    try:
        KINDS[ask.kind].make(store.reading, ask, part, tell)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        store.dispose()


def _workbook(reading: Reading, ask: Ask, part: Path, tell: Progress) -> None:
    from exports.sheets import book
    from exports.workbook import write_workbook

    write_workbook(book(_report(reading, ask)), part, tell)


def _csv(reading: Reading, ask: Ask, part: Path, tell: Progress) -> None:
    from exports.flat import write_csv

    tell(0, 2)
    report = _report(reading, ask)
    tell(1, 2)
    write_csv(report, part)


def _minutes(reading: Reading, ask: Ask, part: Path, tell: Progress) -> None:
    from exports.minutes import write_minutes

    tell(0, 2)
    report = _report(reading, ask)
    tell(1, 2)
    write_minutes(report, part)


def _archive(reading: Reading, ask: Ask, part: Path, tell: Progress) -> None:
    from exports.archive import write_archive

    (dialogue_id,) = ask.dialogue_ids
    with reading() as db:
        write_archive(db, dialogue_id, part, ask.today)


def _forum(reading: Reading, ask: Ask, part: Path, tell: Progress) -> None:
    from exports.forum_book import write_forum_workbook

    write_forum_workbook(reading, ask.forum_id, ask.chosen, ask.profile, part, ask.today, tell)


def _report(reading: Reading, ask: Ask) -> "Report":
    """What this profile may tell of the one dialogue; the transaction is over before anything is written."""
    from exports.report import read_report

    (dialogue_id,) = ask.dialogue_ids
    with reading() as db:
        return read_report(db, dialogue_id, ask.today, ask.profile)


KINDS: Final[Mapping[str, Kind]] = {
    "workbook": Kind(_workbook, "xlsx", "sheets"),
    "csv": Kind(_csv, "csv"),
    "minutes": Kind(_minutes, "docx"),
    "archive": Kind(_archive, "zip", has_profiles=False),
    "forum": Kind(_forum, "xlsx", "dialogues"),
}
