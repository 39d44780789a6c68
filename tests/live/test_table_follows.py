"""People of one table write at the same time, in real browsers: each sees the others' words, and loses none."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from dialog import table_queries
from tests.live.hall import Guest, Hall, until
from tests.live.pages import Devices, opened
from tests.live.second_half import SecondHalf
from tests.live.test_page_follows import requests_of, shows

FIELD = "textarea[name=text]"


class AtTable:
    """Anna and Ben at one table, both with their phones; Dora sits elsewhere."""

    def __init__(self, hall: Hall, device: Devices) -> None:
        self.hall = hall
        half = SecondHalf(hall)
        half.sits_down()
        self.half, self.device = half, device
        self.table_id = half.tables()["1"]
        self.anna, self.ben = half.at(self.table_id)[:2]

    def phone(self, guest: Guest, path: str = "") -> Page:
        return opened(self.device(), f"{self.hall.server.url}/d/{self.hall.id}/{path}", guest.cookie)

    def wrote(self, text: str) -> str:
        """A sentence that Ben has written; its id."""
        answer = self.ben.browser.post(f"/d/{self.hall.id}/write/vision", text=text)
        return str(answer.json()["entry"])

    def ben_changes(self, entry_id: str, text: str) -> int:
        was = json.dumps(self.content(entry_id))
        return self.ben.browser.does(f"/d/{self.hall.id}/entries/{entry_id}", was=was, text=text)

    def content(self, entry_id: str) -> dict[str, str]:
        with self.hall.store.reading() as db:
            row = table_queries.entry(db, self.hall.id, entry_id)
            assert row is not None
            return dict(table_queries.entry_state(row).content.model_dump(mode="json"))

    def texts(self) -> list[str]:
        with self.hall.store.reading() as db:
            found = table_queries.entries(db, self.hall.id, self.table_id)
        return [entry.content.model_dump().get("text", "") for entry in found]


@pytest.fixture
def table(own_hall: Hall, device: Devices) -> AtTable:
    return AtTable(own_hall, device)


def test_what_others_write_comes_without_a_page_and_without_touching_my_words(table: AtTable) -> None:
    page = table.phone(table.anna)
    page.locator(FIELD).fill("Ich schreibe noch")
    pages = requests_of(page, "/")
    entry_id = table.wrote("Von Ben")
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Von Ben")
    expect(page.locator(".so-many")).to_have_text("1")
    table.ben_changes(entry_id, "Von Ben und allen")
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Von Ben und allen")
    table.ben.browser.does(f"/d/{table.hall.id}/entries/{entry_id}/withdraw")
    expect(page.locator(f"#entry-{entry_id}")).to_have_count(0)
    expect(page.get_by_text("Noch kein Satz geschrieben.")).to_be_visible()
    elsewhere = next(guest for guest in table.half.guests if table.half.table_of(guest) != table.table_id)
    table.half.writes(elsewhere, "Von nebenan")
    table.wrote("Und noch einer")
    expect(page.get_by_text("Und noch einer")).to_be_visible()
    expect(page.get_by_text("Von nebenan")).to_have_count(0)
    expect(page.locator(FIELD)).to_have_value("Ich schreibe noch")
    assert pages == []


def test_first_paint_and_script_draw_the_same(table: AtTable) -> None:
    page = table.phone(table.anna)
    page.locator(FIELD).fill("Mit Zwilling")
    page.locator("summary", has_text="In einfachen Worten ergänzen").click()
    page.locator("textarea[name=plain]").fill("Ganz einfach")
    page.get_by_role("button", name="Satz hinzufügen").click()
    entry = page.locator("[data-module=entries] > li")
    expect(entry).to_have_count(1)
    expect(entry).not_to_have_class(re.compile("entry-pending"))
    until(lambda: page.wait_for_timeout(50) or table.texts() == ["Mit Zwilling"])
    entry_id = entry.get_attribute("data-entry")
    live = _markup(page, f"entry-{entry_id}")
    page.reload()
    assert _markup(page, f"entry-{entry_id}") == live


def _markup(page: Page, name: str) -> str:
    """An element as it stands, without keys, tokens, white space between tags and what shows that it is new."""
    script = """(node) => {
        const copy = node.cloneNode(true);
        for (const field of copy.querySelectorAll("input[type=hidden]")) field.removeAttribute("value");
        const tidy = copy.outerHTML.replace(/>\\s+</g, "><");
        return tidy.replace(/ class="([^"]*)"/g, (_, names) => ` class="${names.replace("entry-new", "").trim()}"`);
    }"""
    return str(page.locator(f"#{name}").evaluate(script))


def test_added_words_can_be_taken_back_for_ten_seconds(table: AtTable) -> None:
    page = table.phone(table.anna)
    page.locator(FIELD).fill("Zu schnell")
    page.get_by_role("button", name="Satz hinzufügen").click()
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("Hinzugefügt.")
    toast.get_by_role("button", name="Rückgängig").click()
    until(lambda: page.wait_for_timeout(50) or table.texts() == [])
    toast = page.locator("[data-toast]", has_text="Zurückgenommen.")
    toast.get_by_role("button", name="Rückgängig").click()
    until(lambda: page.wait_for_timeout(50) or table.texts() == ["Zu schnell"])


def test_a_newer_version_is_told_and_never_put_over_what_i_type(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind am Vormittag erreichbar")
    page = table.phone(table.anna, f"entries/{entry_id}")
    field = page.locator(FIELD)
    field.fill("Alle sind am Vormittag gut erreichbar")
    table.ben_changes(entry_id, "Alle Ämter sind am Vormittag erreichbar")
    newer = page.locator("[data-newer]")
    expect(newer).to_be_visible()
    newer.locator("summary").click()
    expect(newer).to_contain_text("Alle Ämter sind am Vormittag erreichbar")
    expect(field).to_have_value("Alle sind am Vormittag gut erreichbar")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Alle Ämter sind am Vormittag gut erreichbar")


def test_a_page_that_turns_leaves_the_form_and_what_it_began_from(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind am Vormittag erreichbar")
    page = table.phone(table.anna, f"entries/{entry_id}")
    field = page.locator(FIELD)
    field.fill("Alle sind am Vormittag gut erreichbar")
    pages = requests_of(page, f"entries/{entry_id}")
    table.ben_changes(entry_id, "Alle Ämter sind am Vormittag erreichbar")
    table.hall.goes_to("translate")
    until(lambda: page.wait_for_timeout(50) or pages)
    page.wait_for_timeout(500)
    expect(field).to_have_value("Alle sind am Vormittag gut erreichbar")
    page.get_by_role("button", name="Speichern").click()
    shows(page, f"translate{table.table_id}")
    assert table.content(entry_id)["text"] == "Alle Ämter sind am Vormittag gut erreichbar"


def test_the_same_words_are_shown_twice_and_the_next_press_counts(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind erreichbar")
    page = table.phone(table.anna, f"entries/{entry_id}")
    field = page.locator(FIELD)
    field.fill("Alle sind pünktlich")
    table.ben_changes(entry_id, "Alle sind freundlich")
    page.get_by_role("button", name="Speichern").click()
    met = page.locator("[data-meeting]")
    expect(met).to_contain_text("Alle sind freundlich")
    expect(field).to_have_value("Alle sind pünktlich")
    assert table.content(entry_id)["text"] == "Alle sind freundlich"
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Alle sind pünktlich")


def test_a_form_nobody_has_touched_shows_the_newest(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind erreichbar")
    page = table.phone(table.anna, f"entries/{entry_id}")
    table.ben_changes(entry_id, "Alle sind freundlich")
    expect(page.locator(FIELD)).to_have_value("Alle sind freundlich")
    expect(page.locator("[data-newer]")).to_be_hidden()


def test_what_others_take_back_can_be_put_back_before_saving(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind erreichbar")
    page = table.phone(table.anna, f"entries/{entry_id}")
    page.locator(FIELD).fill("Alle sind immer erreichbar")
    table.ben.browser.does(f"/d/{table.hall.id}/entries/{entry_id}/withdraw")
    gone = page.locator("[data-gone]")
    expect(gone).to_be_visible()
    gone.get_by_role("button", name="Zurückholen").click()
    expect(gone).to_be_hidden()
    expect(page.locator(FIELD)).to_have_value("Alle sind immer erreichbar")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Alle sind immer erreichbar")


def test_a_draft_outlives_the_page_with_what_it_began_from(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind am Vormittag erreichbar")
    page = table.phone(table.anna)
    page.locator(FIELD).fill("Ein halber Satz")
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Ein halber Satz")
    page.goto(f"{table.hall.server.url}/d/{table.hall.id}/entries/{entry_id}")
    expect(page.locator("[data-connection]").first).to_have_attribute("data-state", "open")
    page.locator(FIELD).fill("Alle sind am Vormittag gut erreichbar")
    table.ben_changes(entry_id, "Alle Ämter sind am Vormittag erreichbar")
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Alle sind am Vormittag gut erreichbar")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(f"#entry-{entry_id}")).to_contain_text("Alle Ämter sind am Vormittag gut erreichbar")


def test_what_is_typed_before_the_page_listens_is_kept_as_well(table: AtTable) -> None:
    entry_id = table.wrote("Alle sind am Vormittag erreichbar")
    path = f"/d/{table.hall.id}/entries/{entry_id}"
    page = table.phone(table.anna)
    waiting: list[Route] = []
    page.route(re.compile(r"/table/editing\.js"), lambda route: waiting.append(route))
    page.goto(table.hall.server.url + path, wait_until="commit")
    page.locator(FIELD).fill("Alle sind am Vormittag gut erreichbar")
    table.ben_changes(entry_id, "Alle Ämter sind am Vormittag erreichbar")
    until(lambda: page.evaluate("1") and waiting)
    waiting[0].continue_()
    expect(page.locator("[data-newer]")).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("Alle sind am Vormittag gut erreichbar")
    page.unroute_all()
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Alle sind am Vormittag gut erreichbar")


def test_an_open_proposal_goes_on_with_the_room_unless_somebody_is_writing_in_it(table: AtTable) -> None:
    table.hall.goes_to("solve")
    answer = table.ben.browser.post(f"/d/{table.hall.id}/write/proposal", title="Eine Nummer für alle")
    path = f"entries/{answer.json()['entry']}"
    reads, writes, chooses = (table.phone(guest, path) for guest in (table.anna, table.ben, table.anna))
    writes.locator("textarea[name=what]").fill("Noch nicht fertig")
    chooses.locator("input[name=level][value=A]").check()
    table.hall.goes_to("appraise")
    chooses.get_by_text("Es geht weiter").wait_for()
    expect(reads).to_have_url(re.compile(f"/d/{table.hall.id}/$"))
    writes.get_by_text("Es geht weiter").wait_for()
    expect(writes.locator("textarea[name=what]")).to_have_value("Noch nicht fertig")
    writes.get_by_role("button", name="Anzeigen").click()
    expect(writes).to_have_url(re.compile(f"/d/{table.hall.id}/$"))


def test_who_is_moved_while_writing_keeps_the_words_and_then_finds_the_new_table(table: AtTable) -> None:
    page = table.phone(table.anna, f"entries/{table.wrote('Alle sind erreichbar')}")
    page.locator(FIELD).fill("Alle sind gut erreichbar")
    table.half.seats(table.anna, table.half.tables()["2"])
    page.get_by_text("Es geht weiter").wait_for()
    expect(page.locator(FIELD)).to_have_value("Alle sind gut erreichbar")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator("header")).to_contain_text("Tisch 2")


def test_without_connection_words_wait_and_arrive_once(table: AtTable) -> None:
    page = table.phone(table.anna)
    page.route("**/write/vision", lambda route: route.abort())
    page.locator(FIELD).fill("Aus dem Keller")
    page.get_by_role("button", name="Satz hinzufügen").click()
    expect(page.locator(".entry-pending")).to_contain_text("Aus dem Keller")
    expect(page.locator(FIELD)).to_have_value("")
    table.wrote("Von Ben")
    expect(page.get_by_text("Von Ben")).to_be_visible()
    page.unroute("**/write/vision")
    page.reload()
    until(lambda: page.wait_for_timeout(50) or sorted(table.texts()) == ["Aus dem Keller", "Von Ben"])
    expect(page.locator(".entry-pending")).to_have_count(0)
    expect(page.get_by_text("Aus dem Keller")).to_have_count(1)


def test_a_refused_sentence_comes_back_into_the_field(table: AtTable) -> None:
    page = table.phone(table.anna)
    answer = {"error": "Ihr Tisch hat schon genug geschrieben.", "code": "TooManyEntries"}
    page.route("**/write/vision", lambda route: route.fulfill(status=409, json=answer))
    page.locator(FIELD).fill("Einer zu viel")
    page.get_by_role("button", name="Satz hinzufügen").click()
    expect(page.locator("[data-toast]")).to_contain_text("schon genug")
    expect(page.locator(FIELD)).to_have_value("Einer zu viel")
    expect(page.locator(".entry-pending")).to_have_count(0)


def test_the_tablet_shows_phones_words_and_undoes_its_own_by_keys(table: AtTable) -> None:
    mara = table.hall.mara
    page = opened(table.device(), f"{table.hall.server.url}/b/{table.hall.id}/{table.table_id}/", mara.cookie)
    table.wrote("Vom Handy")
    expect(page.get_by_text("Vom Handy")).to_be_visible()
    page.locator(FIELD).fill("Vom Tablet")
    page.locator(FIELD).press("Control+Enter")
    expect(page.get_by_text("Vom Tablet")).to_be_visible()
    until(lambda: page.wait_for_timeout(50) or len(table.texts()) == 2)
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Vom Tablet")).to_have_count(0)
    until(lambda: page.wait_for_timeout(50) or table.texts() == ["Vom Handy"])
    page.keyboard.press("Control+y")
    expect(page.get_by_text("Vom Tablet")).to_have_count(1)


def test_a_title_opens_its_proposal_and_all_that_is_said_is_drawn(table: AtTable) -> None:
    table.hall.goes_to("solve")
    page = table.phone(table.anna)
    other = table.phone(table.ben)
    page.locator("textarea[name=title]").fill("Eine Nummer für alle")
    page.get_by_role("button", name="Lösungsansatz hinzufügen").click()
    page.wait_for_url("**/entries/*")
    entry_id = page.url.rsplit("/", 1)[-1]
    expect(other.locator(f"#entry-{entry_id}")).to_contain_text("der erste Schritt")
    expect(page.locator("[data-process]")).to_be_hidden()
    page.locator("label", has=page.locator("[name=level][value=B]")).click()
    page.locator("label", has=page.locator("[name=process_step][value='2']")).click()
    page.locator("label", has=page.locator("[name=needs][value=traeger]")).click()
    page.locator("[name=first_step]").fill("Die Nummer schalten")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url(f"**/d/{table.hall.id}/#entry-{entry_id}")
    expect(other.locator(f"#entry-{entry_id} .entry-where")).to_contain_text("Übergabe")
    live = _markup(other, f"entry-{entry_id}")
    other.reload()
    assert _markup(other, f"entry-{entry_id}") == live
