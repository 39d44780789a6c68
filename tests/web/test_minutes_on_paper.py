"""Chromium prints: the summary on one sheet whatever was said, the minutes with each topic on a sheet of its own."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from flask import Flask, render_template
from playwright.sync_api import Browser, Route

from dialog import queries
from dialog.store import Store
from exports.report import Report
from exports.story.content import Told
from exports.story.story import story
from exports.story.summary import summary
from sessions.perform import store as store_of
from tests.exports.held_twice import HeldTwice
from tests.web.conftest import server_on

Printing = Callable[[str, Told], list[str]]
HOST = "http://paper.test"
LONG = "Bundesagenturangelegenheitenbeauftragtenverordnung und alles, was damit zusammenhängt, " * 8


@pytest.fixture(scope="module")
def paper_app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("paper")
    app = server_on(f"sqlite:///{shutil.copy(migrated_sqlite, folder / 'dialog.sqlite')}", folder)
    yield app
    app.extensions["store"].dispose()


@pytest.fixture(scope="module")
def report(paper_app: Flask) -> Report:
    store: Store = paper_app.extensions["store"]
    return HeldTwice(store).both_rounds().report()


@pytest.fixture
def pages_of(paper_app: Flask, browser: Browser, pdftotext: str, tmp_path: Path) -> Printing:
    return partial(_pages_of, paper_app, browser, pdftotext, tmp_path / "printed.pdf")


def _pages_of(app: Flask, browser: Browser, pdftotext: str, path: Path, what: str, told: Told) -> list[str]:
    """The text of each sheet that Chromium prints of this page; our own server answers for its styles and letters."""
    with app.test_request_context(f"/m/d1/{what}"), store_of().reading() as db:
        page_source = render_template(
            f"minutes/{what}.html", dialogue=queries.dialogue(db, "d1"), profile="internal", told=told
        )
    client = app.test_client()

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(HOST)
        if asked == "/":
            route.fulfill(body=page_source, content_type="text/html; charset=utf-8")
        else:
            found = client.get(asked)
            route.fulfill(body=found.data, content_type=found.content_type, status=found.status_code)

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(HOST + "/")
    page.evaluate("document.fonts.ready")
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    if what == "summary":
        page.emulate_media(media="print")
        over = page.evaluate("(s => s.scrollHeight - s.clientHeight)(document.querySelector('.wall-paper'))")
        assert over <= 0, "nothing on the sheet is cut off"
    page.close()
    text = subprocess.run([pdftotext, "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return text.removesuffix("\f").split("\f")


def test_the_summary_is_one_sheet(pages_of: Printing, report: Report) -> None:
    told = Told(story=None, summary=summary(report))
    (sheet,) = pages_of("summary", told)
    for text in ("Was uns am wichtigsten ist", "Vorschlag ", "Zusage 2", "23", "bis 01.03.2027"):
        assert text in sheet


def test_a_summary_of_too_much_is_one_sheet_and_says_how_much_more(pages_of: Printing, report: Report) -> None:
    told = Told(story=None, summary=summary(_too_much(report)))
    (sheet,) = pages_of("summary", told)
    assert "und 35 weitere" in sheet
    assert "und 24 weitere" in sheet
    assert "Interne Fassung" in sheet


def _too_much(report: Report) -> Report:
    """40 proposals, 30 agreements, and everything much too long."""
    proposal = next(one for one in report.round_two.entries.values() if one.content.kind == "proposal")
    long = proposal.model_copy(update={"content": proposal.content.model_copy(update={"title": LONG})})
    entries = [long.model_copy(update={"id": f"e{at}", "number": at}) for at in range(40)]
    promise = report.round_two.commitments[0].model_copy(update={"who": LONG, "what": LONG, "until": date(2027, 1, 1)})
    round_two = replace(
        report.round_two,
        entries={one.id: one for one in entries},
        appraisals=None,
        commitments=tuple(promise.model_copy(update={"id": f"c{at}"}) for at in range(30)),
    )
    topics = {key: topic.model_copy(update={"title": LONG}) for key, topic in report.topics.items()}
    plan = report.plan.model_copy(update={"title": LONG, "place": LONG})
    return replace(report, forum=LONG, plan=plan, topics=topics, round_two=round_two)


def test_each_topic_of_the_minutes_begins_a_sheet(pages_of: Printing, report: Report) -> None:
    told = Told(story=story(report), summary=None)
    pages = pages_of("minutes", told)
    first = [page.strip().splitlines()[0].strip() for page in pages]
    assert first[0] == "Fotoprotokoll"
    assert first[1] == "Inhalt"
    topics = [line for line in first if re.match(r"1\.\d+ +Thema ", line)]
    assert len(topics) == 9
    chapters = [line for line in first if line.split(" ")[0].isdigit()]
    assert len(chapters) == 10
    cards = "\n".join(pages)
    assert all(card.text in cards for card in report.cards.values())
