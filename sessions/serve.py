"""Starts the server of a hall: one process on gevent, and a console that says where everybody finds it."""

import hashlib
import secrets
import sys
from datetime import timedelta

import segno
from flask import Flask
from gevent.pywsgi import WSGIServer
from sqlalchemy import func, select

from dialog.models import Account, OneTimeLink
from dialog.store import Store
from sessions.perform import now
from sessions.settings import Settings

VALID_FOR = timedelta(hours=24)


def serve(app: Flask) -> None:
    """Serve until stopped. Requests are not logged: nobody's address is written down."""
    settings: Settings = app.extensions["settings"]
    server = WSGIServer((settings.host, settings.port), app.wsgi_app, log=None)
    try:
        server.start()
    except OSError as error:
        sys.exit(
            f"Port {settings.port} cannot be used ({error.strerror}). Choose another one: PORT=8001 python wsgi.py"
        )
    _greet(settings, first_link(app))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.stop(timeout=2)


def first_link(app: Flask) -> str | None:
    """A fresh one-time link for the first account, or None when there is one already. Older links stop working."""
    store: Store = app.extensions["store"]
    with store.writing() as db:
        if db.scalar(select(func.count()).select_from(Account)):
            return None
        for old in db.scalars(select(OneTimeLink).where(OneTimeLink.used.is_(False))):
            old.used = True
        token = secrets.token_urlsafe(24)
        token_hash = hashlib.sha256(token.encode()).hexdigest()
        db.add(OneTimeLink(token_hash=token_hash, purpose="set-up", expires_at=now() + VALID_FOR, used=False))
    return token


def _greet(settings: Settings, token: str | None) -> None:
    here = f"http://localhost:{settings.port}"
    print("\n  Arbeitsmarktdialog\n")
    print(f"  Dieser Laptop:       {here}/")
    print(f"  Handys im selben Netz: {settings.public_url}/\n")
    segno.make(settings.public_url, error="m").terminal(compact=True, border=2)
    if token is not None:
        print("\n  Erstes Konto anlegen (gilt 24 Stunden, nur einmal):")
        print(f"  {here}/set-up/{token}")
    print("\n  Beenden: Strg+C\n", flush=True)
