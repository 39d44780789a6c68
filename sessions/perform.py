"""Carries out one act: one transaction, then the broadcast. The only place where the live web writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from flask import current_app

from dialog.acting import Actor
from dialog.journal import Act, C, Outcome, carry_out
from dialog.store import PATIENCE, Db, Store, StoreAway
from sessions import backups
from sessions.broadcast import broadcast

T = TypeVar("T")
P = TypeVar("P")

TURNS = tuple(Lock() for _ in range(64))
"""Acts of one dialogue take turns from the transaction to the broadcast: frames leave in the order of their numbers."""


def store() -> Store:
    """The store of this server."""
    found = current_app.extensions["store"]
    assert isinstance(found, Store)
    return found


@contextmanager
def reading() -> Iterator[Db]:
    """A transaction for looking only."""
    with store().reading() as db:
        yield db


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is where this server stands."""
    return date.today()


def asked(dialogue_id: str, by: Actor, client_key: str, scope: str = "") -> dict[str, Any]:
    """What every command of this request carries."""
    return {"dialogue_id": dialogue_id, "by": by, "now": now(), "client_key": client_key, "scope": scope}


def perform(act: Act[C], command: C) -> Outcome:
    """Carry out one act and, after the commit, tell everybody what they may know.

    Raises RuleBroken with nothing written, StoreAway when the database does not answer.
    """
    if act.__name__ == "go_to_step":
        backups.before_a_step()
    with _turn(command.dialogue_id) as patience:
        with store().writing(patience) as db:
            outcome = carry_out(db, act, command)
        if not outcome.repeated:
            broadcast(outcome)
    if outcome.cuts_authorship:
        backups.forget_soon(store())
    if outcome.refusal is not None:
        raise outcome.refusal
    return outcome


def prepare(act: Callable[[Db, P], T], command: P, into: Store | None = None) -> T:
    """Carry out an act outside any held dialogue: set up a forum, plan a dialogue. There is nobody to tell.

    `into`: another database than this server's, such as a copy of it.
    """
    with (into or store()).writing() as db:
        return act(db, command)


@contextmanager
def _turn(dialogue_id: str) -> Iterator[float]:
    """Wait for the dialogue's turn; gives the seconds of patience that are left. Raises StoreAway when none are."""
    until = monotonic() + PATIENCE
    turn = TURNS[hash(dialogue_id) % len(TURNS)]
    if not turn.acquire(timeout=PATIENCE):
        raise StoreAway()
    try:
        yield until - monotonic()
    finally:
        turn.release()
