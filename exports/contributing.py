"""Reads what dialogues contribute to the forum's comparison, in a process of its own, behind everything else.

`python -m exports.contributing FOLDER` reads `[[dialogue id, file name], …]` from its standard input and leaves one
file for each dialogue in the folder, whole or not at all; older files of the same dialogue go. Dialogues that have been
deleted meanwhile have none.
"""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from dialog.comparison.values import to_json
from dialog.errors import NoSuchDialogue
from dialog.store import Store
from exports.contribution import contribution
from exports.report import read_report


def file_name(dialogue_id: str, state: str) -> str:
    """`state` names the dialogue's state: another one is another file."""
    return f"{dialogue_id}-{state}.json"


def asked(wanted: Iterable[tuple[str, str]]) -> bytes:
    """What the process is to be told."""
    return json.dumps(list(wanted)).encode()


def contribute(store: Store, folder: Path, wanted: Iterable[tuple[str, str]], today: date) -> None:
    """One file for each dialogue. Raises StoreAway or OSError; what is done by then stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for dialogue_id, name in wanted:
        with suppress(NoSuchDialogue):
            with store.reading() as db:
                report = read_report(db, dialogue_id, today)
            _put(folder / name, to_json(contribution(report, dialogue_id)))
            forget(folder, dialogue_id, but=name)


def forget(folder: Path, dialogue_id: str, but: str = "") -> None:
    """Remove what is kept of a dialogue."""
    for path in folder.glob(f"{dialogue_id}-*"):
        if path.name != but:
            path.unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def main() -> None:
    wanted = [(str(dialogue_id), str(name)) for dialogue_id, name in json.load(sys.stdin)]
    store = Store(os.environ["DATABASE_URL"])
    try:
        contribute(store, Path(sys.argv[1]), wanted, date.today())
    finally:
        store.dispose()


if __name__ == "__main__":
    main()
