"""From which pages this server may be written to: its public address, and this machine's own addresses at its port."""

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from sessions.addresses import of_this_machine
from sessions.answers import refused
from sessions.language import _
from sessions.settings import Settings


def allowed(origin: str) -> bool:
    """Whether an Origin header names one of this server's own addresses. Asked anew each time: laptops change networks."""
    settings: Settings = current_app.extensions["settings"]
    if origin == settings.public_url:
        return True
    scheme, _, rest = origin.partition("://")
    host, _, port = rest.rpartition(":")
    return scheme == "http" and port == str(settings.port) and host in of_this_machine()


def start_origins(app: Flask) -> None:
    @app.before_request
    def _own_pages_only() -> ResponseReturnValue | None:
        origin = request.headers.get("Origin")
        if request.method in ("GET", "HEAD", "OPTIONS") or origin is None or allowed(origin):
            return None
        return refused(_("This form comes from another site. Please open the page here."), 403, "origin")
