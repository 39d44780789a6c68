"""Starts the server of a hall: one process on gevent, and a console that says where everybody finds it."""

import gc
import hashlib
import secrets
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import gevent
import segno
from flask import Flask
from sqlalchemy import func, select

from dialog.accounts import SET_UP
from dialog.format import InvalidFormat
from dialog.models import Account, OneTimeLink
from dialog.store import Db, StoreAway
from sessions.language import in_german
from sessions.perform import now, prepare
from sessions.settings import Settings, WrongSetting
from sessions.sockets import HallServer
from sessions.words import N_

VALID_FOR = timedelta(hours=24)


def serve(create: Callable[[], Flask]) -> None:
    """Serve until stopped. What keeps it from starting is told in one sentence, without a trace of the program.

    Requests are not logged, neither good nor broken ones: nobody's address is written down.
    """
    try:
        app = create()
        settings: Settings = app.extensions["settings"]
        server = _listening(app, settings)
        _greet(settings, first_link(app))
    except WrongSetting as error:
        sys.exit(in_german(error.sentence, **error.values))
    except InvalidFormat as error:
        sys.exit(
            in_german(N_("A format cannot be used. Please correct it and start again: %(where)s"), where=str(error))
        )
    except StoreAway:
        sys.exit(in_german(N_("The database is busy. Is the server already running? Please try again in a moment.")))
    app.extensions["backups"].start()
    gevent.signal_handler(signal.SIGTERM, server.stop)
    gc.freeze()  # What is there from the start stays: to look through it for garbage would hold everybody up.
    gc.enable()
    try:
        server.serve_forever(stop_timeout=2)
    except KeyboardInterrupt:
        server.stop(timeout=2)


def _listening(app: Flask, settings: Settings) -> HallServer:
    """Raises WrongSetting when nobody can be heard at this address and port."""
    server = HallServer(
        (settings.host, settings.port),
        app.wsgi_app,
        log=None,
        error_log=None,
        environ={"wsgi.errors": sys.stderr},
    )
    try:
        server.start()
    except OSError as error:
        raise WrongSetting(
            N_("Port %(port)s at %(host)s cannot be used (%(reason)s). Choose another one: PORT=8001 python wsgi.py"),
            port=settings.port,
            host=settings.host,
            reason=error.strerror or str(error),
        ) from error
    return server


@dataclass(frozen=True, slots=True)
class OfferSetUp:
    """A fresh link for the first account."""

    token_hash: str
    now: datetime


def offer_set_up(db: Db, command: OfferSetUp) -> bool:
    """Whether the link was needed: there is no account yet. Older links stop working."""
    if db.scalar(select(func.count()).select_from(Account)):
        return False
    for old in db.scalars(select(OneTimeLink).where(OneTimeLink.purpose == SET_UP, OneTimeLink.used.is_(False))):
        old.used = True
    expires_at = command.now + VALID_FOR
    db.add(OneTimeLink(token_hash=command.token_hash, purpose=SET_UP, expires_at=expires_at, used=False))
    return True


def first_link(app: Flask) -> str | None:
    """The token of a one-time link for the first account, or None when there is an account already."""
    token = secrets.token_urlsafe(24)
    with app.app_context():
        needed = prepare(offer_set_up, OfferSetUp(hashlib.sha256(token.encode()).hexdigest(), now()))
    return token if needed else None


def _greet(settings: Settings, token: str | None) -> None:
    here = f"http://localhost:{settings.port}"
    print("\n  Arbeitsmarktdialog\n")
    print(" ", in_german(N_("This laptop:")), f"{here}/")
    print(" ", in_german(N_("Phones in the same network:")), f"{settings.public_url}/\n")
    segno.make(settings.public_url, error="m").terminal(compact=True, border=2)
    if token is not None:
        print("\n ", in_german(N_("Make the first account (for 24 hours, once):")))
        print(f"  {here}/set-up/{token}")
    print("\n ", in_german(N_("To stop: Ctrl+C")), "\n", flush=True)
