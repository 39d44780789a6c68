"""Choosing the language of one's pages. It is kept on the own device only."""

from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sessions.language import LANGUAGES
from sessions.participant.forms import LanguageForm
from sessions.settings import Settings

YEAR = 365 * 24 * 60 * 60


def language_page() -> str:
    return render_template("participant/language.html", form=LanguageForm(), languages=LANGUAGES, back=_back())


def choose_language() -> ResponseReturnValue:
    """Remember the choice and go back to where it was made."""
    form = LanguageForm()
    if not form.validate() or form.language.data not in LANGUAGES:
        return language_page(), 422
    settings: Settings = current_app.extensions["settings"]
    answer = redirect(_back(), code=303)
    answer.set_cookie(
        "language", form.language.data, max_age=YEAR, secure=settings.secure, httponly=True, samesite="Lax"
    )
    return answer


def _back() -> str:
    """Where the person came from, if that is a path of this server; else the start page."""
    path = request.values.get("back", "")
    parts = urlsplit(path.replace("\\", "/"))
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or not path.isprintable():
        return url_for("participant.landing")
    return path
