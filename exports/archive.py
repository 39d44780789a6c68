"""The archive of a closed dialogue as a file. It can be taken over by another installation, with the same figures."""

from datetime import date
from pathlib import Path

from dialog.archive.file import to_bytes
from dialog.archive.pack import pack
from dialog.store import Db


def write_archive(db: Db, dialogue_id: str, path: Path, today: date) -> None:
    """Write the file. Raises NoSuchDialogue, NotClosedYet, TooMuchForAnArchive or OSError."""
    path.write_bytes(to_bytes(pack(db, dialogue_id), today))
