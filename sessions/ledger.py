"""What is still to be forgotten, so that a server that was killed in the middle of it goes on with the next start.

The ledger lies beside the database file. What the database says is closed and the ledger does not call settled is still
to be taken out of the file and its copies; what is gone from the database still has to go from the copies.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dialog.copies import Held, Unreadable, copies_in, due, held_in, to_forget
from dialog.copying import put_in_place
from sessions.settings import Settings


@dataclass(frozen=True, slots=True)
class Ledger:
    """Ids of dialogues: closed ones of which nothing is left to forget, and removed ones that copies may still hold."""

    settled: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def read_ledger(settings: Settings) -> Ledger:
    """An unreadable ledger is an empty one: everything is looked at again."""
    try:
        kept = json.loads(_place(settings).read_text(encoding="ascii"))
        return Ledger(frozenset(kept["settled"]), frozenset(kept["gone"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Ledger()


def write_ledger(settings: Settings, ledger: Ledger) -> None:
    place = _place(settings)
    fresh = place.with_suffix(".making")
    fresh.write_text(json.dumps({"settled": sorted(ledger.settled), "gone": sorted(ledger.gone)}), encoding="ascii")
    put_in_place(fresh, place)


def _place(settings: Settings) -> Path:
    return Path(f"{settings.sqlite_file}.ledger")


def closed_in(now: Mapping[str, Held]) -> frozenset[str]:
    return frozenset(dialogue.id for dialogue in now.values() if dialogue.closed)


def is_due(settings: Settings, now: Mapping[str, Held], today: date) -> bool:
    """Whether there is anything to forget, in the database with the dialogues `now` or in a copy of it."""
    if due(now.values(), today):
        return True
    if settings.sqlite_file is None:
        return False
    ledger = read_ledger(settings)
    if ledger.gone or closed_in(now) - ledger.settled:
        return True
    for copy in copies_in(settings.backups):
        try:
            if to_forget(held_in(copy.path), now, ledger.gone, today):
                return True
        except (Unreadable, OSError):
            continue  # Nobody can put it back; whatever is forgotten next takes it along.
    return False
