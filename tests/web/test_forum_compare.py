"""The page on which the forum compares, the cards behind each figure, and the names of categories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from flask import Flask
from openpyxl import load_workbook

from dialog.models import Account, Dialogue, Forum, ForumCategory
from dialog.store import Store
from dialog.words import Valence
from exports.forum_book import read_forum, write_forum_workbook
from exports.profile import Profile
from exports.tables import over_dialogues
from sessions.forum import figures
from sessions.purge import forget_everywhere
from tests.exports.rooms import Room, a_plan, a_room, write
from tests.web.conftest import server_on
from tests.web.house import Browser

PAGE, CARDS, NAMES = "/forum/compare", "/forum/compare/cards", "/forum/categories"
TODAY = date(2027, 3, 1)


class Tables(HTMLParser):
    """The rows of each table by its data-table, as texts of cells, and where the links of a row lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.links: list[tuple[str, int]] = []
        self._now: list[list[str]] = []
        self._href, self._in_cell = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._now = self.rows.setdefault(given.get("data-table") or "", [])
        elif tag == "tr":
            self._now.append([])
        elif tag in ("td", "th"):
            self._now[-1].append("")
            self._in_cell = True
        elif tag == "a":
            self._href = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self._now[-1][-1] += data
            if self._href.startswith(CARDS):
                self.links.append((self._href, int(data)))


@dataclass
class Desk:
    """A server with a forum of three dialogues: two closed, one of them small, and one that is not closed."""

    app: Flask
    rooms: list[Room]
    folder: Path

    @property
    def store(self) -> Store:
        found = self.app.extensions["store"]
        assert isinstance(found, Store)
        return found

    def signed_in(self, account_id: str) -> Browser:
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["account"] = [account_id, 0]
        return Browser(client)

    @property
    def mara(self) -> Browser:
        return self.signed_in("mara")

    @property
    def analyst(self) -> Browser:
        return self.signed_in("analyst")

    def tables(self, query: str = "") -> Tables:
        answer = self.mara.get(f"{PAGE}{query}")
        assert answer.status_code == 200
        return Tables(answer.text)


def add_account(store: Store, account_id: str, role: str, forum_id: str) -> None:
    with store.writing() as db:
        db.add(
            Account(id=account_id, forum_id=forum_id, name=account_id, password_hash="-", role=role, sign_in_epoch=0)
        )


@pytest.fixture(scope="module")
def desk(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    app = server_on(f"sqlite:///{copy(migrated_sqlite, folder / 'dialog.sqlite')}", folder)
    store, random = app.extensions["store"], Random(4)
    rooms = []
    for at, (place, year, closed) in enumerate((("Nord", 2025, True), ("Süd", 2026, True), ("Süd", 2026, False))):
        plan = a_plan(3, title=f"Dialog {at}", place=place, held_on=date(year, 3 + at, 5))
        room = a_room(random, f"d{at}", plan)
        room.dialogue["closed"] = closed
        write(store, room)
        rooms.append(room)
    for account_id, role in (("mara", "moderator"), ("analyst", "analyst")):
        add_account(store, account_id, role, "forum")
    yield Desk(app, rooms, folder)
    store.dispose()


def test_the_page_says_what_the_workbook_says(desk: Desk) -> None:
    found = read_forum(desk.store.reading, "forum", {"running": ["1"]}, Profile.INTERNAL, TODAY).comparison
    page = desk.tables("?running=1").rows
    themes = [row[-(6 + len(found.addressees)) :] for row in page["themes"][1:-1]]
    whole = over_dialogues.themes(found)
    numbers = [[str(row[at]) for at in (2, 3, 4)] + [str(n) for n in row[6:]] for row in whole.rows[:-1]]
    assert [row[-(4 + len(found.addressees)) :][:3] + row[-len(found.addressees) :] for row in themes] == numbers
    assert page["themes"][-1][1:4] == [str(whole.rows[-1][at]) for at in (2, 3, 4)]
    people = over_dialogues.dialogues(found).rows
    assert [row[3:] for row in page["dialogues"][1:]] == [[str(n) for n in row[6:]] for row in people]
    for valence in Valence:
        table = over_dialogues.about(found, valence)
        mentions = [[str(n) for n in row[1:-1]] for row in table.rows[:-1]]
        assert [row[1:] for row in page.get(f"about-{valence}", [[]])[1:]] == mentions
    shares = [re.search(r"(\d+) von (\d+)", text) for row in page["over-time"] for text in row[1:]]
    counted = [
        (str(row[-3]), str(row[-4]))
        for moments in (found.moments, found.years)
        for row in over_dialogues.over_time(found, moments).rows
    ]
    assert [share.groups() for share in shares if share] == counted
    shared = [(row[3], str(row[5])) for row in over_dialogues.shared(found).rows]
    told = [(row[0], row[3]) for row in page.get("shared", [[]])[1:]]
    assert [(name or "Thema ohne Namen").replace("(ohne Namen)", "Thema ohne Namen") for name, _ in shared] == [
        name for name, _ in told
    ]


def test_each_number_leads_to_as_many_cards(desk: Desk) -> None:
    page = desk.tables("?running=1")
    texts = {card["text"] for room in desk.rooms for card in room.cards}
    for href, number in Random(1).sample(page.links, 25):
        answer = desk.mara.get(href)
        shown = [unescape(text) for text in re.findall(r'data-slot="text">([^<]*)<', answer.text)]
        assert len(shown) == min(number, 60), href
        assert f"<h1>{number} Karte" in answer.text
        assert set(shown) <= texts


def test_what_is_hidden_or_not_revealed_is_behind_no_figure(desk: Desk) -> None:
    secret = {
        card["text"]
        for room in desk.rooms
        for card in room.cards
        if card["hidden"] or card["withdrawn"] or not room.group(card["group_id"])["revealed"]
    }
    assert secret
    shown, number = "", 1
    while 'rel="next"' in (page := desk.mara.get(f"{CARDS}?running=1&page={number}").text):
        shown, number = shown + page, number + 1
    shown += page
    open_texts = {card["text"] for room in desk.rooms for card in room.cards} - secret
    assert {text for text in open_texts if f">{text}<" in shown} == open_texts
    assert not {text for text in secret if f">{text}<" in shown}


def test_closed_dialogues_count_and_others_if_a_moderator_asks(desk: Desk) -> None:
    assert [row[0] for row in desk.tables().rows["dialogues"][1:-1]] == ["Dialog 1", "Dialog 0"]
    assert len(desk.tables("?running=1").rows["dialogues"]) == 5
    for_analyst = Tables(desk.analyst.get(f"{PAGE}?running=1").text).rows
    assert [row[0] for row in for_analyst["dialogues"][1:-1]] == ["Dialog 1", "Dialog 0"]
    cards = desk.analyst.get(f"{CARDS}?running=1&dialogue=d2")
    assert "Zu dieser Auswahl gibt es keine Karte." in cards.text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?place=S%C3%BCd", ["Dialog 1"]),
        ("?year=2025", ["Dialog 0"]),
        ("?year=2025&year=2026&format=regionaler-arbeitsmarktdialog", ["Dialog 1", "Dialog 0"]),
        ("?dialogue=d2&dialogue=d0", ["Dialog 0"]),
        ("?dialogue=d2&running=1", ["Dialog 2"]),
        ("?year=&place=", ["Dialog 1", "Dialog 0"]),
    ],
)
def test_an_address_chooses_dialogues(desk: Desk, query: str, titles: list[str]) -> None:
    rows = desk.tables(query).rows["dialogues"][1:]
    assert [re.sub(" *nicht abgeschlossen", "", row[0]) for row in rows if row[0] != "Zusammen"] == titles


@pytest.mark.parametrize(
    "query",
    ["?dialogue=nobody", "?year=%00", "?place=%27%3B--", "?year=20255&running=1", f"?format={'x' * 3000}"],
)
def test_what_nothing_has_fits_nothing_and_says_so(desk: Desk, query: str) -> None:
    answer = desk.mara.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    assert "Zu dieser Auswahl gibt es keinen Dialog." in answer.text
    assert "Zu dieser Auswahl gibt es keine Karte." in desk.mara.get(f"{CARDS}{query}").text


@pytest.mark.parametrize("query", ["?who=nobody", "?to=%22%3E", "?category=Nichts", "?valence=7", "?who=politik"])
def test_cards_that_are_not_there_are_told_in_a_sentence(desk: Desk, query: str) -> None:
    answer = desk.mara.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    assert "Zu dieser Auswahl gibt es keine Karte." in answer.text
    assert "Zu dieser Auswahl gibt es keine Karte." in desk.mara.get(f"{CARDS}{query}&page=-3").text


def test_only_the_own_forum_is_compared(desk: Desk) -> None:
    with desk.store.writing() as db:
        db.add(Forum(id="elsewhere", name="Anderswo"))
    add_account(desk.store, "stranger", "moderator", "elsewhere")
    stranger = desk.signed_in("stranger")
    assert "Dialog 0" not in stranger.get(f"{PAGE}?dialogue=d0&running=1").text
    assert "Gedanke" not in stranger.get(f"{CARDS}?dialogue=d0").text
    assert "Kommunikation" not in stranger.get(NAMES).text
    answer = stranger.post(NAMES, **{"which-0": "regionaler-arbeitsmarktdialog/motivation", "name-0": "Fremd"})
    assert answer.status_code == 303
    with desk.store.reading() as db:
        assert db.query(ForumCategory).filter_by(label="Fremd").count() == 0


@pytest.mark.parametrize("path", [PAGE, CARDS, NAMES])
def test_nobody_reads_without_signing_in(desk: Desk, path: str) -> None:
    answer = Browser(desk.app.test_client()).get(path)
    assert (answer.status_code, answer.location.startswith("/sign-in")) == (303, True)


def test_a_moderator_names_categories_and_the_figures_follow(desk: Desk) -> None:
    before = {row[0]: row for row in desk.tables().rows["themes"] if len(row) > 8}
    form = {"regionaler-arbeitsmarktdialog/kommunikation": "  Miteinander   reden ", "nobody/nothing": "x"}
    fields = {f"which-{at}": which for at, which in enumerate(form)} | {
        f"name-{at}": name for at, name in enumerate(form.values())
    }
    assert desk.mara.post(NAMES, json=False, **fields).status_code == 303
    assert "Miteinander reden" in desk.mara.get(NAMES).text
    page = desk.mara.get(PAGE).text
    assert "Miteinander reden" in page
    assert "Kommunikation" in before
    assert not re.search(r"<th[^>]*>Kommunikation</th>", page)
    fields["name-0"] = "Motivation"
    desk.mara.post(NAMES, json=False, **fields)
    assert '<strong dir="auto">Motivation</strong>' in desk.mara.get(NAMES).text
    fields["name-0"] = ""
    desk.mara.post(NAMES, json=False, **fields)
    with desk.store.reading() as db:
        assert db.query(ForumCategory).count() == 0
    assert {row[0] for row in desk.tables().rows["themes"] if len(row) > 8} == set(before)


def test_a_name_that_is_too_long_stays_in_its_field(desk: Desk) -> None:
    fields = {"which-0": "regionaler-arbeitsmarktdialog/motivation", "name-0": "m" * 121}
    answer = desk.mara.post(NAMES, json=False, **fields)
    assert answer.status_code == 422
    assert "höchstens 120 Zeichen" in answer.text
    assert "m" * 121 in answer.text


def test_an_analyst_reads_the_names_and_changes_none(desk: Desk) -> None:
    page = desk.analyst.get(NAMES).text
    assert "Kommunikation" in page
    assert 'class="input"' not in page
    assert "Namen speichern" not in page
    fields = {"which-0": "regionaler-arbeitsmarktdialog/motivation", "name-0": "Antrieb"}
    assert desk.analyst.post(NAMES, **fields).status_code == 403
    with desk.store.reading() as db:
        assert db.query(ForumCategory).count() == 0


def kept(desk: Desk, dialogue_id: str) -> list[Path]:
    return sorted((desk.folder / "figures").glob(f"{dialogue_id}-*"))


def test_a_dialogue_is_read_once_and_anew_after_an_act(desk: Desk) -> None:
    desk.tables("?running=1")
    (first,) = kept(desk, "d2")
    read_on = first.stat().st_mtime_ns
    desk.tables("?running=1")
    assert [path.stat().st_mtime_ns for path in kept(desk, "d2")] == [read_on]
    with desk.store.writing() as db:
        db.get_one(Dialogue, "d2").seq += 1
    desk.tables("?running=1")
    (second,) = kept(desk, "d2")
    assert second.name != first.name


def test_a_page_that_cannot_wait_says_what_is_missing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.store.writing() as db:
        db.get_one(Dialogue, "d2").seq += 1
    whole = figures.Figures.of
    monkeypatch.setattr(figures.Figures, "of", lambda self, dialogues: whole(self, dialogues, patience=0))
    page = desk.mara.get(f"{PAGE}?running=1").text
    assert "1 Dialog wird noch gelesen und fehlt in diesen Zahlen." in page
    assert Tables(page).rows["dialogues"][-1][0] == "Zusammen"
    monkeypatch.undo()
    assert len(desk.tables("?running=1").rows["dialogues"]) == 5


def test_what_is_kept_of_a_deleted_dialogue_goes_with_it(desk: Desk) -> None:
    room = a_room(Random(9), "gone", a_plan(3, title="Geht", place="Ost"))
    room.dialogue["closed"] = True
    write(desk.store, room)
    desk.tables()
    assert kept(desk, "gone")
    stays = kept(desk, "d0")
    settings = desk.app.extensions["settings"]
    with desk.app.app_context():
        assert forget_everywhere(settings, TODAY - timedelta(days=200)).dialogues == []
        assert kept(desk, "gone")
        with desk.store.writing() as db:
            db.get_one(Dialogue, "gone").deletes_on = date(2026, 1, 1)
            for other in ("d0", "d1", "d2"):
                db.get_one(Dialogue, other).deletes_on = date(2030, 1, 1)
        assert [held.title for held in forget_everywhere(settings, TODAY).dialogues] == ["Geht"]
    assert kept(desk, "gone") == []
    assert kept(desk, "d0") == stays


def test_every_chart_is_named_and_told_and_has_its_table(desk: Desk) -> None:
    page = desk.mara.get(f"{PAGE}?running=1").text
    charts = re.findall(r'<svg class="chart [^>]*role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert len(charts) >= 3
    for title, told in charts:
        assert len(re.search(rf'<title id="{title}">([^<]+)<', page)[1]) > 5
        assert len(re.search(rf'<desc id="{told}">([^<]+)<', page)[1]) > 20
    assert page.count("<table") >= len(charts)
    assert "style=" not in page.partition("<main")[2]


def test_the_four_reference_dialogues_are_100_people(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.demo.hash_password", lambda password: "-")
    app = server_on(f"sqlite:///{copy(migrated_sqlite, tmp_path / 'dialog.sqlite')}", tmp_path)
    assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
    store = app.extensions["store"]
    with store.reading() as db:
        account = db.query(Account).one()
    path = tmp_path / "forum.xlsx"
    write_forum_workbook(store.reading, account.forum_id, {"running": ["1"]}, Profile.INTERNAL, path, TODAY)
    (last,) = (row for row in load_workbook(path)["Dialoge"].values if row[0] == "Zusammen")
    assert last[6:10] == (43, 22, 35, 100)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["account"] = [account.id, 0]
    page = Tables(Browser(client).get(f"{PAGE}?running=1").text).rows
    assert page["dialogues"][-1][3:7] == ["43", "22", "35", "100"]
    store.dispose()
