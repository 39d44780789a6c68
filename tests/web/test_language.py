"""Which language a page speaks, and what it falls back to."""

import pytest
from flask import Flask

from sessions.language import LANGUAGES, _, direction, in_german, language, words
from tests.web.house import Browser

PAGE = "/"
"""A participant's page."""


def asking(lone_app: Flask, chosen: str = "", wished: str = "", path: str = PAGE) -> object:
    headers = {"Cookie": f"language={chosen}"} if chosen else {}
    return lone_app.test_request_context(path, headers={**headers, "Accept-Language": wished})


SENTENCE = "Please write something first."
ONLY_GERMAN = "Link to all boards"
"""A sentence that only moderators read, so only German has it."""


def test_german_says_everything(lone_app: Flask) -> None:
    with asking(lone_app):
        assert language() == "de"
        assert _(SENTENCE) == in_german(SENTENCE) != SENTENCE


def test_easy_german_falls_back_to_german_and_not_to_the_english_msgid(lone_app: Flask) -> None:
    with asking(lone_app, "de-easy"):
        assert language() == "de-easy"
        assert _(ONLY_GERMAN) == in_german(ONLY_GERMAN) != ONLY_GERMAN


@pytest.mark.parametrize("code", ["uk", "ar", "fa", "ru", "tr"])
def test_another_language_speaks_for_itself_and_falls_back_to_german(lone_app: Flask, code: str) -> None:
    with asking(lone_app, code):
        assert language() == code
        assert _(SENTENCE) not in (SENTENCE, in_german(SENTENCE))
        assert _(ONLY_GERMAN) == in_german(ONLY_GERMAN)


def test_english_is_what_the_program_says(lone_app: Flask) -> None:
    with asking(lone_app, "en"):
        assert _(SENTENCE) == SENTENCE
        assert _(ONLY_GERMAN) == ONLY_GERMAN
        assert _("Too short: %(count)s", count=3) == "Too short: 3"


@pytest.mark.parametrize(
    ("wished", "spoken_then"),
    [
        ("", "de"),
        ("*", "de"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("ar", "ar"),
        ("fa-IR", "fa"),
        ("TR-tr", "tr"),
        ("en-US,en;q=0.9", "de"),
        ("fr-FR,uk;q=0.3", "de"),
        ("de-AT,ru;q=0.9", "de"),
        ("junk;;q=x,,,", "de"),
    ],
)
def test_a_phone_is_understood_but_not_taken_at_its_english(lone_app: Flask, wished: str, spoken_then: str) -> None:
    with asking(lone_app, wished=wished):
        assert language() == spoken_then


def test_what_a_person_chose_wins_over_the_phone(lone_app: Flask) -> None:
    with asking(lone_app, "en", "ar"):
        assert language() == "en"
    with asking(lone_app, "klingon", "ar"):
        assert language() == "ar"


@pytest.mark.parametrize("code", LANGUAGES)
def test_direction(lone_app: Flask, code: str) -> None:
    with asking(lone_app, code):
        assert direction() == ("rtl" if code in ("ar", "fa") else "ltr")


@pytest.mark.parametrize("path", ["/sign-in", "/forum", "/m/x/", "/s/x/y/", "/healthz"])
def test_pages_of_moderators_and_the_projector_are_german(lone_app: Flask, path: str) -> None:
    with asking(lone_app, "ar", "uk", path):
        assert (language(), direction()) == ("de", "ltr")


def test_an_address_that_does_not_exist_speaks_the_visitor_s_language(lone_app: Flask) -> None:
    with asking(lone_app, "ar", path="/nothing/here"):
        assert (language(), direction()) == ("ar", "rtl")


def test_texts_of_a_format_fall_back_to_german(lone_app: Flask) -> None:
    texts = {"de": "Träger", "uk": "Постачальник", "tr": ""}
    for chosen, shown in (("uk", "Постачальник"), ("tr", "Träger"), ("de-easy", "Träger"), ("en", "Träger")):
        with asking(lone_app, chosen):
            assert words(texts) == shown


def test_a_page_says_its_language_and_direction(lone_app: Flask) -> None:
    for chosen, lang, way in (("ar", "ar", "rtl"), ("de-easy", "de", "ltr"), ("", "de", "ltr")):
        browser = Browser(lone_app.test_client())
        if chosen:
            browser.client.set_cookie("language", chosen)
        page = browser.get(PAGE).text
        assert f'<html lang="{lang}" dir="{way}"' in page, page[:200]
