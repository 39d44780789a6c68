"""What lies in the folder of copies: which moments, which dialogues, what may go, what must be forgotten in them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import select

from dialog.models import Dialogue
from dialog.store import MIGRATIONS, Db

NAME = "%Y-%m-%d_%H-%M-%S"
NAME_LENGTH = 19
UNFINISHED = ".making"
MOST_BYTES = 2_000_000_000
"""What all copies together may take; the newest always stays."""

FAR = 10_000
"""Acts that nobody has carried out since a copy, however long ago that was."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished copy. `made_at` is the local time that its name tells."""

    path: Path
    made_at: datetime
    bytes: int

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Of several copies of one second the later ones have a number at the end of their name."""
        return self.made_at, len(self.name), self.name


@dataclass(frozen=True, slots=True)
class Held:
    """A dialogue as a file knows it."""

    id: str
    title: str
    place: str
    held_on: date
    deletes_on: date
    step: str
    closed: bool
    seq: int


class Unreadable(Exception):
    """The file is damaged or no database of ours."""


def copies_in(folder: Path) -> list[Copy]:
    """All finished copies, the newest first."""
    found = []
    for path in folder.glob("*.sqlite"):
        try:
            made_at = datetime.strptime(path.stem[:NAME_LENGTH], NAME)
        except ValueError:
            continue  # Somebody else's file.
        found.append(Copy(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda copy: copy.order, reverse=True)


def name_for(folder: Path, made_at: datetime) -> Path:
    """A name that tells the time and is still free."""
    name = made_at.strftime(NAME)
    taken = {path.name for path in folder.glob(f"{name}*")}
    free = (f"{name}{more}.sqlite" for more in ("", *(f"-{number}" for number in range(2, len(taken) + 3))))
    return folder / next(candidate for candidate in free if candidate not in taken)


def held(connection: sqlite3.Connection) -> dict[str, Held]:
    """The dialogues of an open file by id. Only columns that every version of the schema has."""
    columns = "id, title, place, held_on, deletes_on, step, closed, seq"
    return {
        row[0]: Held(
            row[0], row[1], row[2], date.fromisoformat(row[3]), date.fromisoformat(row[4]), row[5], bool(row[6]), row[7]
        )
        for row in connection.execute(f"SELECT {columns} FROM dialogues")
    }


def held_now(db: Db) -> dict[str, Held]:
    """The dialogues of the database in use by id."""
    columns = (getattr(Dialogue, name) for name in Held.__slots__)
    return {row[0]: Held(*row) for row in db.execute(select(*columns))}


def held_in(copy: Path) -> dict[str, Held]:
    """The dialogues of a finished copy by id. Raises Unreadable, and OSError when the file has gone."""
    with closing(_opened(copy)) as connection:
        try:
            return held(connection)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise Unreadable from error


def go_on_after(copy: Path, there: Mapping[str, Held]) -> None:
    """Let every dialogue of a copy that is to be used again go on with a number that no screen has seen.

    `there`: those of the database whose place it takes; none when that is too damaged to be asked. An open page asks
    whether there is something newer than its number, and would otherwise keep what the copy does not know.
    """
    with closing(sqlite3.connect(copy)) as connection, connection:
        for one in held(connection).values():
            seen = there[one.id].seq if one.id in there else one.seq + FAR
            connection.execute("UPDATE dialogues SET seq = ? WHERE id = ?", (max(seen, one.seq) + 1, one.id))


def _opened(copy: Path) -> sqlite3.Connection:
    """Only for looking: nobody writes into a finished copy, so nothing is locked and no second file appears."""
    copy.stat()
    try:
        return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise Unreadable from error


def is_sound(copy: Path) -> bool:
    """Whether every page of it is in order."""
    try:
        with closing(_opened(copy)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except (sqlite3.Error, Unreadable):
        return False


def is_from_a_newer_program(copy: Path) -> bool:
    """Whether its schema is one that this program does not know. Raises Unreadable."""
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    with closing(_opened(copy)) as connection:
        try:
            versions = {row[0] for row in connection.execute("SELECT version_num FROM alembic_version")}
        except sqlite3.Error as error:
            raise Unreadable from error
    return not versions <= known


# --- What may go, and what must ---------------------------------------------------------------------------------------


def outdated(copies: Sequence[Copy], now: datetime, most_bytes: int = MOST_BYTES) -> list[Copy]:
    """The copies that may go.

    All of the last hour stay, of the last 24 hours the newest of each hour, of the last 14 days the newest of each
    day; of these again the oldest go until all together have `most_bytes` at most. The newest always stays.
    """
    kept: dict[object, Copy] = {}
    for copy in sorted(copies, key=lambda copy: copy.order, reverse=True):
        age = now - copy.made_at
        if age < timedelta(hours=1):
            kept[copy.path] = copy
        elif age < timedelta(hours=24):
            kept.setdefault((copy.made_at.date(), copy.made_at.hour), copy)
        elif age < timedelta(days=14) or not kept:
            kept.setdefault(copy.made_at.date(), copy)
    stay: list[Copy] = []
    room = most_bytes
    for copy in kept.values():
        room -= copy.bytes
        if stay and room < 0:
            break
        stay.append(copy)
    return [copy for copy in copies if copy not in stay]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What a copy must forget: who wrote what in `closed` dialogues, and everything of those that are `gone`."""

    closed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.closed or self.gone)


def due(there: Iterable[Held], today: date) -> frozenset[str]:
    """The dialogues of which the last day has passed."""
    return frozenset(dialogue.id for dialogue in there if dialogue.deletes_on < today)


def to_forget(there: Mapping[str, Held], now: Mapping[str, Held], gone: frozenset[str], today: date) -> Forgetting:
    """What a copy with the dialogues `there` must forget.

    `now` is what the database in use knows: its deletion dates count, and what is closed there is closed everywhere.
    `gone` was removed from it. A dialogue that it does not know, because an older copy was put back, has its own date.
    """
    passed = due((now.get(dialogue.id, dialogue) for dialogue in there.values()), today)
    gone = (gone | passed) & frozenset(there)
    closed = {found.id for found in now.values() if found.closed and found.id in there and not there[found.id].closed}
    return Forgetting(frozenset(closed) - gone, gone)


def is_overtaken(there: Mapping[str, Held], now: Mapping[str, Held]) -> bool:
    """Whether a dialogue was closed or removed since this was copied: then the copy must not appear any more."""
    return any(held_id not in now or (now[held_id].closed and not old.closed) for held_id, old in there.items())
