"""What the dialogues of a forum contribute to its comparison, read behind everything else and kept.

Reading a dialogue of ten thousand cards takes seconds, in which a running dialogue would stand still. So a process of
its own reads it, and leaves in the data folder what it contributes; a closed dialogue is read once. What is kept
belongs to one state of one dialogue: another state is read anew, and when the dialogue is deleted so is this.
"""

import hashlib
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from flask import Flask, current_app

from dialog.comparison.values import SCHEMA, Contribution, from_json
from dialog.models import Dialogue
from exports import contributing
from sessions import apart
from sessions.forum.gently import TURN
from sessions.settings import Settings

PATIENCE = 12.0
"""Seconds that a page waits for what has never been read; then it shows what there is, and says so."""
MOST_IN_MEMORY = 500
LOOK_AGAIN = 0.1
"""Seconds."""


class Figures:
    """The contributions that this process knows, and the one process that reads more."""

    def __init__(self, settings: Settings) -> None:
        self.folder = folder_of(settings)
        self._database_url = settings.database_url
        self._known: dict[str, Contribution] = {}
        self._lock = Lock()
        self._reader: subprocess.Popen[bytes] | None = None

    def of(self, dialogues: Sequence[Dialogue], patience: float = PATIENCE) -> dict[str, Contribution]:
        """By dialogue, in the order given; those that are not read yet are missing."""
        names = {one.id: contributing.file_name(one.id, _state(one)) for one in dialogues}
        until = monotonic() + patience
        while missing := [(one, name) for one, name in names.items() if not self._know(name)]:
            reader = self._read(missing)
            while reader.poll() is None and monotonic() < until:
                sleep(LOOK_AGAIN)
            if reader.poll() is None:
                break
            still = [name for _one, name in missing if not self._know(name)]
            if reader.returncode or len(still) == len(missing):
                current_app.logger.error("The figures of %s dialogues could not be read.", len(still))
                break
        return {one: self._known[name] for one, name in names.items() if self._know(name)}

    def _know(self, name: str) -> bool:
        """Whether a contribution is known, if need be by its file; meanwhile other people's requests run."""
        if name in self._known:
            return True
        try:
            found = from_json((self.folder / name).read_bytes())
        except (OSError, ValueError):
            return False
        if len(self._known) >= MOST_IN_MEMORY:
            self._known.clear()
        self._known[name] = found
        sleep(TURN)
        return True

    def _read(self, missing: Collection[tuple[str, str]]) -> "subprocess.Popen[bytes]":
        """The process that reads; if none does, a new one for what is missing. Raises OSError."""
        with self._lock:
            if self._reader is None or self._reader.poll() is not None:
                self._reader = apart.launch(
                    "exports.contributing",
                    str(self.folder),
                    database_url=self._database_url,
                    stdin=subprocess.PIPE,
                )
                assert self._reader.stdin is not None
                with self._reader.stdin as told:
                    told.write(contributing.asked(missing))
            return self._reader


def start_figures(app: Flask, settings: Settings) -> None:
    app.extensions["figures"] = Figures(settings)


def figures() -> Figures:
    found = current_app.extensions["figures"]
    assert isinstance(found, Figures)
    return found


def folder_of(settings: Settings) -> Path:
    return settings.data_folder.absolute() / "figures"


def clear_figures(settings: Settings, left: Collection[str]) -> None:
    """Remove what is kept of dialogues that are no longer there; `left` are those that are."""
    for path in folder_of(settings).glob("*-*"):
        if path.name.rpartition("-")[0] not in left:
            path.unlink(missing_ok=True)


def _state(dialogue: Dialogue) -> str:
    """Names the state of a dialogue: another one after each act, and after an older copy was put back."""
    told = f"{SCHEMA}/{dialogue.seq}/{dialogue.closed}/{dialogue.step_began_at.isoformat()}/{dialogue.imported_on}"
    return hashlib.blake2s(told.encode(), digest_size=8).hexdigest()


def in_order(dialogues: Sequence[Dialogue], known: Mapping[str, Contribution]) -> Iterator[Contribution]:
    for one in dialogues:
        if one.id in known:
            yield known[one.id]
