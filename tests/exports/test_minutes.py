"""The minutes as a Word file: in order, accessible, with the workbook's figures, and with nothing before its time."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document as Opened
from docx.oxml.ns import qn
from openpyxl import Workbook

from dialog.acting import board_scope
from dialog.commands.hide_card import hide_card
from dialog.store import Store
from dialog.words import Step, Valence
from exports.minutes import write_minutes
from exports.profile import Profile
from exports.report import Report, read_report
from tests.exports.held import TODAY, below
from tests.exports.held_twice import AWKWARD, HeldTwice, consensing
from tests.exports.minutes_opened import all_text, caption_of, headings, minutes_of, styled, table
from tests.exports.store import empty

CHAPTERS = [
    "Runde 1: Was gesagt wurde",
    "Die wichtigsten Themen",
    "Die Abstimmung",
    "Der Spiegel",
    "Runde 2: Die gemischten Tische",
    "Runde 2: Was die Tische erarbeitet haben",
    "Wie die Lösungsansätze bewertet wurden",
    "Vereinbarungen",
    "Argumentationslinien",
    "Feedback",
]


GEDANKE = re.compile(r"Gedanke \d")
"""A card as the people of these dialogues write it."""


@pytest.fixture(scope="module")
def held(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldTwice]:
    path = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("held") / "dialog.sqlite")
    store = Store(f"sqlite:///{path}")
    yield HeldTwice(store).both_rounds()
    store.dispose()


@pytest.fixture(scope="module")
def report(held: HeldTwice) -> Report:
    return held.report()


@pytest.fixture(scope="module")
def document(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return minutes_of(report, tmp_path_factory.mktemp("minutes"))


@pytest.fixture(scope="module")
def workbook(held: HeldTwice, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return held.workbook(tmp_path_factory.mktemp("workbook"))


@pytest.fixture
def fresh(migrated_sqlite: Path, tmp_path: Path) -> Iterator[HeldTwice]:
    for store in empty(migrated_sqlite, tmp_path):
        yield HeldTwice(store)


def test_the_chapters_follow_the_afternoon(document: Opened) -> None:
    assert headings(document, 1) == CHAPTERS
    assert [line for line in headings(document, 2) if line.startswith("Thema")] == [f"Thema {n}" for n in range(3)] * 3
    assert [line.partition(":")[0] for line in headings(document, 2)][-3:] == ["Tisch 1", "Tisch 2", "Tisch 3"]


def test_the_contents_can_be_read_at_once_and_lead_to_each_heading(document: Opened) -> None:
    entries = styled(document, "TOC1", "TOC2")
    assert [entry.split("\t")[1] for entry in styled(document, "TOC1")] == CHAPTERS
    assert len(entries) == len(headings(document, 1)) + len(headings(document, 2))
    body = document.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == names
    assert len(set(names)) == len(entries)
    kinds = [char.get(qn("w:fldCharType")) for char in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_every_table_repeats_its_head_merges_nothing_and_says_what_it_is(document: Opened) -> None:
    assert len(document.tables) > 10
    for one in document.tables:
        first, *others = one._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in others if list(row.iter(qn("w:tblHeader")))]
        assert not [*one._tbl.iter(qn("w:gridSpan")), *one._tbl.iter(qn("w:vMerge"))]
        assert caption_of(one)
        assert one._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Spalten: ")
    captions = [caption_of(one) for one in document.tables]
    assert len(set(captions)) == len(captions)


def test_a_topic_begins_a_page_of_its_own(document: Opened) -> None:
    topics = [one for one in document.paragraphs if one.style.style_id == "Heading2" and one.text.startswith("Thema")]
    assert len(topics) == 9
    for one in topics:
        assert one._p.pPr.find(qn("w:pageBreakBefore")) is not None


def test_every_card_is_drawn_once_and_no_hidden_one(held: HeldTwice, report: Report, document: Opened) -> None:
    drawn = styled(document, "CardWorks", "CardFails")
    texts = [card.partition("\n")[0] for card in drawn]
    assert sorted(texts) == sorted(card.text for card in report.cards.values())
    hidden = list(held.rows("SELECT text FROM cards WHERE hidden AND NOT withdrawn"))
    assert hidden
    assert not set(hidden) & set(all_text(document).splitlines())
    words = {valence: styled(document, style) for valence, style in ((True, "CardWorks"), (False, "CardFails"))}
    assert all("+ läuft gut" in card for card in words[True])
    assert all("− läuft schlecht" in card for card in words[False])
    works = sum(card.valence is Valence.WORKS for card in report.cards.values())
    assert (len(words[True]), len(words[False])) == (works, len(report.cards) - works)


def test_the_figures_are_those_of_the_workbook(document: Opened, workbook: Workbook) -> None:
    result = below(workbook["Abstimmung"], "Ergebnis")
    told = table(document, "Abstimmung: Ergebnis")
    assert [(row["Thema"], row["Stimmen"]) for row in told] == [(row["Thema"], str(row["Stimmen"])) for row in result]
    assert [row["Ausgewogenes Ergebnis"] for row in told] == [
        f"{round(row['Ausgewogenes Ergebnis'] * 100)} %" for row in result
    ]
    who = table(document, "Wer über wen: Was läuft schlecht – Nennungen")
    sums = {row["Wer spricht"]: row["Jobcenter"] for row in who}
    rows = below(workbook["Wer über wen"], "Was läuft schlecht")
    assert {row["Wer spricht"]: str(row["Nennungen: Jobcenter"] or 0) for row in rows}.items() <= sums.items()
    placed = table(document, "Bewertung: Ergebnis")
    marks = [row["Wirkung"] for row in below(workbook["Bewertung"], "Ergebnis")]
    assert [row["Wirkung"] for row in placed] == [str(mark).replace(".", ",") for mark in marks]
    people = table(document, "Der Dialog: Wer da war")
    assert [row["Personen anwesend"] for row in people] == ["12", "6", "5", "23"]


def test_the_tables_tell_ideal_benefits_proposals_and_what_was_agreed(document: Opened) -> None:
    said = all_text(document)
    assert "In einfacher Sprache: Einfach" in said
    assert "Kein Vorteil wurde geschrieben für: Jobcenter." in said
    for text in ("Ideal 0.0", "Vorteil 1.2", "1. Vorschlag 0", "Was 3", "Schritt 5", "Zusage 0", "01.06.2027"):
        assert text in said
    assert "Zurückgenommen" not in said
    assert "Zusage 3" not in said
    assert "1. Träger, Leitung 0: Zusage 0 (bis 01.03.2027)" in said


def test_the_file_says_nothing_of_who_made_it_or_when(report: Report, tmp_path: Path) -> None:
    properties = minutes_of(report, tmp_path).core_properties
    assert (properties.author, properties.last_modified_by, properties.language) == ("", "", "de-DE")
    assert (properties.created.date(), properties.created.hour, properties.created.minute) == (TODAY, 0, 0)
    write_minutes(report, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "minutes.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "again.docx") as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "customXml" in name]
        assert 'w:lang w:val="de-DE"' in parts.read("word/styles.xml").decode()


def test_awkward_texts_arrive_as_they_were_written(report: Report, tmp_path: Path) -> None:
    texts = [*AWKWARD, "w" * 40_000, "Zeile 1\nZeile 2", "", "\ud800 allein", "a\tb", "_x000B_", "<w:p/> & \"'"]
    ids = list(report.cards)[: len(texts)]
    written = dict(zip(ids, texts, strict=True))
    cards = {key: card.model_copy(update={"text": written.get(key, card.text)}) for key, card in report.cards.items()}
    document = minutes_of(replace(report, cards=cards), tmp_path)
    drawn = styled(document, "CardWorks", "CardFails")
    for text in texts:
        kept = re.sub("[\x0b\ud800]", "", text)
        assert [card for card in drawn if card.rpartition("\n")[0] == kept], text
    (arabic,) = [
        one for one in document.paragraphs if one.text.startswith("عربي") and one.style.style_id != "ListBullet"
    ]
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert [run for run in arabic._p.iter(qn("w:rtl"))]


def test_a_dialogue_nobody_has_begun_has_a_cover_and_a_sentence(fresh: HeldTwice, tmp_path: Path) -> None:
    document = minutes_of(fresh.report(), tmp_path)
    assert headings(document, 1) == []
    assert "Noch ist kein Schritt gehalten worden" in all_text(document)


def test_steps_that_were_not_held_are_left_out(fresh: HeldTwice, tmp_path: Path) -> None:
    fresh.people_arrive()
    fresh.afternoon.go(Step.COLLECT)
    document = minutes_of(fresh.report(), tmp_path)
    assert headings(document, 1) == CHAPTERS[:1]
    assert "Es gibt keine Karten zu zeigen." in all_text(document)


def test_nothing_is_told_before_it_is_revealed(fresh: HeldTwice, tmp_path: Path) -> None:
    fresh.people_arrive()
    fresh.people_write(12)
    before = all_text(minutes_of(fresh.report(), tmp_path))
    assert not GEDANKE.search(before)
    assert "Noch nicht aufgedeckte Karten: 11." in before, "one of the 12 was taken back"
    fresh.groups_sort()
    fresh.groups_nominate()
    fresh.people_vote()
    document = minutes_of(fresh.report(), tmp_path)
    assert GEDANKE.search(all_text(document))
    assert "Das Ergebnis der Abstimmung ist noch nicht aufgedeckt" in all_text(document)
    assert "Stimmen: " not in all_text(document)
    assert "Ergebnis" not in headings(document, 3)


def test_proposals_and_marks_wait_for_their_reveal(fresh: HeldTwice, tmp_path: Path) -> None:
    fresh.whole_round()
    fresh.tables_are_shown()
    fresh.tables_write()
    fresh.tables_propose()
    writing = all_text(minutes_of(fresh.report(), tmp_path))
    assert "Ideal 0.0" in writing
    assert "Vorschlag" not in writing
    fresh.people_appraise()
    document = minutes_of(fresh.report(), tmp_path)
    assert "1. Vorschlag 0" in headings(document, 4)
    assert "Wirkung:" not in all_text(document)
    assert "noch nicht aufgedeckt" in all_text(document)


def test_a_room_whose_cards_are_all_hidden(fresh: HeldTwice, tmp_path: Path) -> None:
    fresh.whole_round()
    for card in fresh.report().cards.values():
        fresh.afternoon.act(hide_card, scope=board_scope(card.group_id), card_id=card.id)
    document = minutes_of(fresh.report(), tmp_path)
    assert styled(document, "CardWorks", "CardFails") == []
    assert not GEDANKE.search(all_text(document))
    assert "Ausgeblendete Karten: " in all_text(document)


def test_a_format_without_cards_has_no_round_one(migrated_sqlite: Path, tmp_path: Path) -> None:
    for store in empty(migrated_sqlite, tmp_path):
        held = HeldTwice(store, plan=consensing())
        held.people_arrive()
        held.tables_are_shown()
        held.tables_propose()
        held.people_appraise()
        held.appraisal_is_revealed()
        document = minutes_of(held.report(), tmp_path)
        assert headings(document, 1)[0] == "Runde 2: Die gemischten Tische"
        assert "Alles bleibt, wie es ist" in all_text(document) or "Es bleibt, wie es ist" in all_text(document)


def test_the_public_minutes_tell_nobody_small_alone(held: HeldTwice, tmp_path: Path) -> None:
    with held.afternoon.reading() as db:
        public = read_report(db, held.afternoon.id, TODAY, Profile.PUBLIC)
    document = minutes_of(public, tmp_path)
    assert "Öffentliche Fassung" in all_text(document)
    assert "Satz 29" not in all_text(document)
    assert "Satz 29" in all_text(minutes_of(held.report(), tmp_path))
    assert headings(document, 1)[:3] == CHAPTERS[:3]
