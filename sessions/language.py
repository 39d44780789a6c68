"""Which language a page speaks, and the words of formats and catalogues in it.

German is the language of the house: it is complete, and what another language lacks is said in German. Easy German
(`de-easy`) is a catalogue of its own that falls back to German; English falls back to the msgids, which are English.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from exports.words import read_catalogue

__all__ = ["LANGUAGES", "_", "direction", "language", "lazy", "ngettext", "script_words", "start_languages", "words"]

TRANSLATIONS = Path(__file__).parent / "translations"

LANGUAGES = {
    "de": "Deutsch",
    "de-easy": "Einfache Sprache",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "fa": "فارسی",
    "ru": "Русский",
    "tr": "Türkçe",
}
"""The languages of the participants' pages, each in its own words."""

RIGHT_TO_LEFT = ("ar", "fa")
GUESSED = ("uk", "ar", "fa", "ru", "tr")
"""Languages that a browser's wish is followed for. Not English: many phones in a German hall are set to it unasked."""

PARTICIPANTS_PAGES = ("participant.",)
SCRIPT_WORDS = ("sessions.participant.words", "sessions.moderator.words", "sessions.screen.words", "sessions.words")


class HouseDomain(Domain):  # type: ignore[misc]
    """The catalogue of the page's language with its fallback, read from the .po files themselves."""

    def get_translations(self) -> NullTranslations:
        return _catalogue(language())


def start_languages(app: Flask) -> None:
    """Read all catalogues now, so that a broken one stops the start and not a dialogue."""
    for code in LANGUAGES:
        _catalogue(code)
    babel = Babel(app, default_locale="de", locale_selector=_locale, timezone_selector=_timezone)
    babel.domain_instance = HouseDomain()


def language() -> str:
    """The language of this request: what the person chose, else what the phone asks for, else German."""
    if not has_request_context():
        return "de"
    if "language" not in g:
        g.language = _choice()
    return str(g.language)


def in_german(sentence: str, **values: str | int) -> str:
    """A sentence for the console, where there is no request to speak a language."""
    return str(_catalogue("de").gettext(sentence)) % values


def direction() -> str:
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def words(texts: dict[str, str]) -> str:
    """A text of a format in the page's language; easy German falls back to German, everything else too."""
    return texts.get(language()) or texts["de"]


def script_words() -> dict[str, str]:
    """What the scripts of the pages say, by msgid; not to be changed."""
    return _script_words(language())


def _choice() -> str:
    if request.endpoint is not None and not request.endpoint.startswith(PARTICIPANTS_PAGES):
        return "de"
    chosen = request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    wished = (request.accept_languages.best or "").partition("-")[0].lower()
    return wished if wished in GUESSED else "de"


def _locale() -> str:
    return language().partition("-")[0]


def _timezone() -> str:
    return "Europe/Berlin"


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == "en":
        return NullTranslations()
    catalogue = read_catalogue(TRANSLATIONS / f"{code}.po")
    if code != "de":
        catalogue.add_fallback(_catalogue("de"))
    return catalogue


@cache
def _script_words(code: str) -> dict[str, str]:
    msgids = [word for name in SCRIPT_WORDS for word in import_module(name).SCRIPT_WORDS]
    return {msgid: str(_catalogue(code).gettext(msgid)) for msgid in msgids}
