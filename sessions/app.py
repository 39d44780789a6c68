"""Puts the server together."""

import os
from datetime import timedelta
from typing import Any

from alembic.util import CommandError
from flask import Flask, Response, jsonify, url_for
from flask_socketio import SocketIO
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from dialog.format import all_formats
from dialog.store import Store
from sessions import language, sockets
from sessions.answers import start_answers
from sessions.assets import start_assets
from sessions.backups import start_backups
from sessions.demo import demo
from sessions.exporting.views import blueprint as exporting
from sessions.flood import start_flood
from sessions.forum.figures import start_figures
from sessions.forum.importing import start_importing
from sessions.forum.views import blueprint as forum
from sessions.listeners import Listeners
from sessions.live import allow_connection, start_live
from sessions.moderator.board import blueprint as board
from sessions.moderator.views import blueprint as moderator
from sessions.origins import start_origins
from sessions.participant.views import blueprint as participant
from sessions.purge import purge
from sessions.restore import backups, restore
from sessions.running import share_database
from sessions.screen.views import blueprint as screen
from sessions.set_up import set_up
from sessions.settings import Settings, WrongSetting, read_settings
from sessions.signing import start_signing
from sessions.words import N_
from sessions.workers import start_workers

MOST_BYTES = 256 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'"
)


def create_app(settings: Settings | None = None) -> Flask:
    """The server for these settings, with a migrated database. Raises WrongSetting or InvalidFormat with a sentence."""
    settings = settings or read_settings()
    all_formats()
    app = Flask("sessions", template_folder="../templates", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        PERMANENT_SESSION_LIFETIME=timedelta(days=60),
        SESSION_COOKIE_NAME="dialog",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    start_signing(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    store, lock = _store(settings)
    app.extensions["database_lock"] = lock
    app.extensions["store"], app.extensions["settings"] = store, settings

    language.start_languages(app)
    start_answers(app)
    start_assets(app)
    start_origins(app)
    start_flood(app)
    start_figures(app, settings)
    start_importing(app)
    CSRFProtect(app)
    for blueprint in (forum, moderator, exporting, board, screen, participant):
        app.register_blueprint(blueprint)
    _start_pages(app, store)
    _start_sockets(app, settings)
    start_backups(app, settings)
    start_workers(app, settings)
    for command in (set_up, demo, backups, restore, purge):
        app.cli.add_command(command)
    return app


def _store(settings: Settings) -> tuple[Store, int | None]:
    """The database with today's schema, and the lock that says that we use it.

    The reason that is told is the database's own, which holds no password.
    """
    lock = share_database(settings)
    try:
        store = Store(settings.database_url)
        store.migrate()
    except (SQLAlchemyError, CommandError) as error:
        if lock is not None:
            os.close(lock)
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise WrongSetting(
            N_("DATABASE_URL: the database cannot be used. Is it running, and is the address right? (%(reason)s)"),
            reason=str(reason).strip().partition("\n")[0],
        ) from error
    return store, lock


def _start_pages(app: Flask, store: Store) -> None:
    def static_url(path: str) -> str:
        return url_for("static", filename=path)

    @app.context_processor
    def _for_every_page() -> dict[str, Any]:
        return {
            "language": language.language(),
            "direction": language.direction(),
            "words": language.words,
            "static_url": static_url,
            "home_url": "/",
            "language_url": "",
        }

    @app.after_request
    def _closed_house(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY.format(sockets="ws: wss:"))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if response.mimetype in ("text/html", "application/json"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get("/healthz")
    def healthz() -> Response:
        """The program lives."""
        return jsonify(status="alive")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        """The database answers."""
        return (jsonify(status="ready"), 200) if store.answers() else (jsonify(status="database away"), 503)

    @app.get("/token")
    def token() -> Response:
        """A fresh token for forms that were open for long."""
        return jsonify(token=generate_csrf())


def _start_sockets(app: Flask, settings: Settings) -> None:
    sockets.send_whole_frames()
    socketio = SocketIO(
        app,
        async_mode="gevent",
        client_manager=Listeners(),
        path="/socket.io",
        cors_allowed_origins=allow_connection_in(app),
        max_http_buffer_size=sockets.MOST_BYTES,
        logger=sockets.in_one_line(),
        engineio_logger=sockets.in_one_line(),
        http_compression=False,
        manage_session=False,
        serve_client=False,
    )
    start_live(socketio)
    if settings.proxies:  # What they say of the sender's address is believed, and nothing else.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)
    app.wsgi_app = sockets.without_compression(app.wsgi_app)


def allow_connection_in(app: Flask) -> Any:
    """Socket.IO asks outside any request; the answer needs the settings."""

    def allow(origin: str | None, environ: dict[str, Any]) -> bool:
        with app.app_context():
            return allow_connection(origin, environ)

    return allow
