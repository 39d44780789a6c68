"""Starts, finds and removes the files that are being made or wait to be fetched.

They lie in the data folder, so every worker of a server sees those of all: several hosts need a data folder that they
share. Whoever makes a file is a process of its own, which goes on when the worker that started it ends.
"""

import os
import subprocess
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

from dialog import errors
from exports.job import Job, Progress, State, clear_old, jobs_in, new_job, read_job
from exports.making import Ask
from sessions import apart
from sessions.running import folder_alone
from sessions.settings import Settings

KEPT = timedelta(days=1)
MOST_AT_ONCE = 5
"""Files that are made for one account at the same time, or wait for it."""
MOST_KEPT = 30
"""Files of one account that are kept; older ones go."""


class NoSuchExport(errors.RuleBroken):
    sentence = errors.N_("This file is no longer there. Files are kept for one day; please make it again.")
    status = 404


class TooManyExports(errors.RuleBroken):
    sentence = errors.N_("%(most)s files are being made for you already. Please wait for one of them, or cancel it.")
    status = 429


class NoRoomForFiles(errors.RuleBroken):
    sentence = errors.N_("No file can be made: the server’s disk is full. Please make room and try again.")
    status = 503


def folder_of(settings: Settings) -> Path:
    return settings.data_folder / "exports"


def start(settings: Settings, ask: Ask, account_id: str, name: str, now: datetime) -> Job:
    """Begin to make a file; or give the one that is being made for this account already, if it is the same.

    Raises TooManyExports or NoRoomForFiles.
    """
    folder = folder_of(settings)
    try:
        with folder_alone(folder, _rest):
            clear_old(folder, now - KEPT)
            own = [job for job in jobs_in(folder) if job.account_id == account_id]
            going_on = [job for job in own if not job.progress().state.is_over]
            for job in going_on:
                if job.ask == ask:
                    return job
            if len(going_on) >= MOST_AT_ONCE:
                raise TooManyExports(most=MOST_AT_ONCE)
            for old in own[: -MOST_KEPT + 1]:
                old.remove()
            job, alive = new_job(folder, ask, account_id, name, now)
    except OSError as error:
        raise NoRoomForFiles() from error
    try:
        _begin(settings, job, alive)
    except OSError:
        job.remove()
        raise
    finally:
        os.close(alive)
    return job


def find(settings: Settings, job_id: str, account_id: str, now: datetime) -> Job:
    """The file that this account has asked for. Raises NoSuchExport, also for those of others."""
    is_id = len(job_id) == 32 and all(sign in "0123456789abcdef" for sign in job_id)
    job = read_job(folder_of(settings) / job_id) if is_id else None
    if job is None or job.account_id != account_id or job.asked_at < now - KEPT:
        raise NoSuchExport()
    return job


def files_for(settings: Settings, account_id: str) -> list[tuple[Job, Progress]]:
    """What is made or ready for this account, the newest first, and how far it is."""
    own = [(job, job.progress()) for job in jobs_in(folder_of(settings)) if job.account_id == account_id]
    return [(job, at) for job, at in reversed(own) if at.state is State.READY or not at.state.is_over]


def forget_files(settings: Settings, dialogue_ids: Collection[str], now: datetime) -> None:
    """Remove all files that tell of these dialogues, and whatever has been kept long enough.

    A comparison may tell of any dialogue of its forum, so with any dialogue all of them go.
    """
    folder = folder_of(settings)
    clear_old(folder, now - KEPT)
    for job in jobs_in(folder):
        if dialogue_ids and (job.ask.forum_id or set(job.ask.dialogue_ids) & set(dialogue_ids)):
            job.remove()


def _begin(settings: Settings, job: Job, alive: int) -> None:
    """Let a process of its own make the file, behind everything else this machine has to do."""
    apart.launch(
        "exports",
        "job",
        str(job.folder),
        behind=0,
        outlives=True,
        database_url=settings.database_url,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(alive,),
        start_new_session=True,
    )


def _rest() -> None:
    sleep(0.02)
