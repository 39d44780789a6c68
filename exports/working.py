"""The process that makes one file of a job: it waits for its turn, says how far it is, and stops when asked to.

Whatever happens there is one file or none, and one sentence.
"""

import errno
import fcntl
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from sqlalchemy.exc import ArgumentError

from dialog.archive.refusals import NotClosedYet, TooMuchForAnArchive
from dialog.errors import NoSuchDialogue
from dialog.store import StoreAway
from exports.job import Job, Progress, State
from exports.making import make
from exports.words import _

AT_ONCE = 2
"""Files that are made at the same time on one server; others wait."""
LOOKS_EVERY = 0.2
LIVES_EVERY = 2.0
LONGEST = 30 * 60.0
LONGEST_WAIT = 2 * 3600.0
ENDS_WITHIN = 5.0
"""Seconds. Whoever does not end in time after being asked to is ended."""


class Stopped(BaseException):
    """Somebody has ended this process; no library on the way may catch it."""


def sentence_of(error: Exception) -> str | None:
    """What is told of a file that could not be made; None for what nobody has foreseen."""
    match error:
        case ArgumentError():
            return _("DATABASE_URL names no database.")
        case NoSuchDialogue():
            return _("This dialogue does not exist or has been deleted.")
        case NotClosedYet():
            return _("Only a closed dialogue can be archived. Please close it first.")
        case TooMuchForAnArchive():
            return _("This dialogue is too large for an archive (more than %(limit)s MB).") % error.values
        case StoreAway():
            return _("The database does not answer. Please try again in a moment.")
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG):
            return _("The file could not be written: the server’s disk is full. Please make room and try again.")
        case OSError():
            return _("The file could not be written (%(reason)s).") % {"reason": error.strerror or error}
    return None


def stop_when_asked() -> None:
    """SIGTERM ends the work, and what was begun is taken away."""

    def stopped(_signal: int, _frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # Once is enough; taking away must not be disturbed.
        raise Stopped

    signal.signal(signal.SIGTERM, stopped)


def work(job: Job, database_url: str) -> int:
    """Make the file of a job, in its turn. Exit code 0 when it is there."""
    watch = _Watch(job)
    try:
        watch.start()
        with _turn(job.folder.parent):
            watch.patience(LONGEST)
            job.tell(Progress(state=State.MAKING))
            make(job.ask, database_url, job.file, _telling(job))
        end = Progress(state=State.READY)
    except Stopped:
        end = watch.why()
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            traceback.print_exc()
        end = Progress(state=State.FAILED, sentence=sentence or _("The file could not be made. Please try again."))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _tell_the_end(job, end)
    return 0 if end.state is State.READY else 1


def _telling(job: Job) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        job.tell(Progress(state=State.MAKING, done=done, of=of))

    return tell


def _tell_the_end(job: Job, end: Progress) -> None:
    """Nothing but a ready file stays behind."""
    if end.state is not State.READY:
        job.file.unlink(missing_ok=True)
    with suppress(OSError):
        job.tell(end)  # Without a folder there is nobody left to tell.


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait until fewer than `AT_ONCE` others of this server make a file."""
    taken = None
    while taken is None:
        for place in range(AT_ONCE):
            taken = _take(folder / f".turn-{place + 1}")
            if taken is not None:
                break
        else:
            time.sleep(LOOKS_EVERY)
    try:
        yield
    finally:
        os.close(taken)


def _take(path: Path) -> int | None:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


class _Watch(threading.Thread):
    """Says that this process lives, and stops it when nobody wants the file any more or it takes too long."""

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True)
        self._job, self._late = job, False
        self._until = time.monotonic() + LONGEST_WAIT

    def patience(self, seconds: float) -> None:
        """From now on so long."""
        self._until = time.monotonic() + seconds

    def why(self) -> Progress:
        """What is told of a work that was stopped."""
        if self._late:
            return Progress(
                state=State.FAILED,
                sentence=_("It took too long and was stopped. Please try again when less is going on."),
            )
        if not self._job.wanted:
            return Progress(state=State.CANCELLED)
        return Progress(state=State.FAILED, sentence=_("The server was stopped meanwhile. Please try again."))

    def run(self) -> None:
        said = 0.0
        while self._job.wanted and not self._late:
            now = time.monotonic()
            self._late = now > self._until
            if now - said > LIVES_EVERY:
                said = now
                with suppress(OSError):
                    self._job.lives()
            time.sleep(LOOKS_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ENDS_WITHIN)
        # Whatever it waits for does not let itself be disturbed.
        self._job.file.with_name("file.part").unlink(missing_ok=True)
        _tell_the_end(self._job, self.why())
        sys.stderr.flush()
        os._exit(143)
