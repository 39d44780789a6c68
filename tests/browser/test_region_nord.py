"""Region Nord plays both rounds on real pages: 26 people, a moderator, a co-moderator, a projector.

Three phones are drawn in full (one of them old, on a bad network), one person has none, the others are light.
Every page is looked at on the way; at the end the dialogue is closed and the workbook is read.
"""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from sessions.demo_room import read_reference
from tests.browser import region_nord, round_one, round_two
from tests.browser.hall import Hall
from tests.browser.watched import german
from tests.server import Server


@pytest.mark.timeout(600)
def test_region_nord_plays_both_rounds(browser: Browser, server: Server, tmp_path: Path) -> None:
    hall = Hall(browser, server)
    try:
        round_one.set_up_and_plan(hall)
        round_one.hand_out_links(hall)
        round_one.arrive(hall)
        round_one.collect(hall)
        round_one.sort(hall)
        round_one.nominate(hall)
        round_one.weigh(hall)
        round_one.mirror(hall)
        round_two.mix(hall)
        round_two.envision(hall)
        round_two.translate(hall)
        round_two.solve(hall)
        round_two.appraise(hall)
        round_two.commit(hall)
        round_two.close(hall)
        read_the_workbook(hall, tmp_path)
    except BaseException:
        hall.picture(tmp_path)
        raise
    finally:
        hall.ends()
    for screen in hall.everybody:
        assert not screen.errors, screen.errors
        assert screen.hosts == {"localhost"}


def read_the_workbook(hall: Hall, folder: Path) -> None:
    page = hall.mara.page
    page.get_by_role("link", name=german("Take home")).first.click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=f"{german('Internal')} {german('Excel workbook')}").click()
    path = folder / "both_rounds.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    assert book.sheetnames == [
        "Übersicht", "Karten", "Themenhäufigkeit", "Wer über wen", "Top-Themen", "Abstimmung", "Tische",
        "Ideal und Vorteile", "Lösungsansätze", "Bewertung", "Vereinbarungen", "Argumentationslinien", "Feedback",
        "Daten", "Lesehilfe",
    ]  # fmt: skip
    written = [(t.text, t.valence) for t in region_nord.thoughts()] + [("Im Stadtteilbüro hört man mir zu", "works")]
    texts = {cell.value for row in book["Karten"].iter_rows() for cell in row}
    assert {text for text, _ in written} <= texts
    assert sum(1 for row in book["Karten"].iter_rows() if row[0].row > 1 for c in row if c.value in dict(written)) == 65
    proposed = {cell.value for row in book["Lösungsansätze"].iter_rows() for cell in row}
    assert {solution["title"] for solution in read_reference().solutions} <= proposed
    promised = {cell.value for row in book["Vereinbarungen"].iter_rows() for cell in row}
    assert round_two.PROMISE in promised
    answered = {cell.value for row in book["Feedback"].iter_rows() for cell in row}
    assert round_two.SENTENCE in answered
