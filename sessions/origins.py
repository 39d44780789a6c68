"""From which pages this server may be written to: those of its public address and of the address the browser asked.

The second is for a laptop in a hall, which has several addresses and changes them. It holds for numeric addresses and
this machine's own names only; any other name could be somebody else's who lets it point here.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from sessions.addresses import names_of_this_machine
from sessions.answers import refused
from sessions.language import _
from sessions.settings import Settings


def allowed(origin: str, asked_host: str) -> bool:
    """Whether an Origin header names this server. `asked_host` is the Host header; X-Forwarded-Host plays no part."""
    settings: Settings = current_app.extensions["settings"]
    if origin == settings.public_url:
        return True
    scheme, _between, host = origin.partition("://")
    return scheme in ("http", "https") and host == asked_host.lower() and _is_here(origin)


def _is_here(origin: str) -> bool:
    try:
        name = urlsplit(origin).hostname or ""
        return name in names_of_this_machine() or bool(ip_address(name))
    except ValueError:
        return False


def start_origins(app: Flask) -> None:
    @app.before_request
    def _own_pages_only() -> ResponseReturnValue | None:
        origin = request.headers.get("Origin")
        if request.method in ("GET", "HEAD", "OPTIONS") or origin is None:
            return None
        if allowed(origin, request.headers.get("Host", "")):
            return None
        return refused(_("This form comes from another site. Please open the page here."), 403, "origin")
