"""Round 2 on real pages, step by step, from the mixed tables to the closed dialogue.

The tables write the proposals of the reference data set.
"""

import re
from typing import Any

from playwright.sync_api import expect

from sessions.demo_room import read_reference
from tests.browser.hall import Hall, post, same_when_loaded_anew
from tests.browser.watched import Watched, german

IDEAL = "Wer eine Frage hat, bekommt am selben Tag eine Antwort."
PLAIN = "Fragen werden schnell beantwortet."
BENEFIT = "Weniger Rückfragen und weniger Widersprüche"
FIRST_STEP = "Eine Seite zeichnen und drei Menschen zeigen"
PROMISE = "Zeigt das Schaubild in zwei Maßnahmen"
SENTENCE = "Bitte wieder, und mit mehr Zeit."
ANSWERED_BY = {"effect": "4", "feasibility": "5"}


def mix(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Mix"))
    wish(hall.anna)
    hall.all_look()
    ask_of_the_draw(hall)
    hall.cockpit()
    draw_and_move(hall)
    for screen in (hall.wall, *hall.phones):
        assert not seats_in(screen), f"{screen.name} knows a table before it is shown."
    with hall.ben.in_hand():
        hall.next("Show the tables")
        for phone in hall.phones:
            phone.page.locator(".table-found").wait_for(timeout=60_000)
    hall.all_look()
    same_when_loaded_anew(hall.anna)


def wish(phone: Watched) -> None:
    """Two taps, in order, and one to save."""
    rows = phone.page.locator("[data-module=wishes] .vote")
    rows.first.wait_for(timeout=60_000)
    rows.nth(1).click()
    rows.nth(0).click()
    phone.press("Save my wish")
    phone.shows(german("Your wish is saved. You can change it until the tables are shown."))


def ask_of_the_draw(hall: Hall) -> None:
    """Ben and the person without a phone sit together; Cem sits at table 2."""
    people = people_of(hall)
    by_hand = next(person for person in people.values() if not person["has_phone"])
    ben, cem = number_of(hall.ben), number_of(hall.cem)
    asked = {"kind": "together", "first": ben, "second": by_hand["number"]}
    post(hall, hall.at(f"/m/{hall.dialogue_id}/pair_people"), asked)
    post(hall, hall.at(f"/m/{hall.dialogue_id}/fix_person"), {"number": cem, "at": "2"})
    hall.mara.page.goto(hall.at(f"/m/{hall.dialogue_id}/tables"))
    hall.mara.look()


def number_of(phone: Watched) -> str:
    found = re.search(r"\b(\d{4})\b", phone.page.locator("body").inner_text())
    assert found, phone.name
    return found[1]


def people_of(hall: Hall) -> dict[str, Any]:
    people: dict[str, Any] = board(hall)["people"]
    return people


def board(hall: Hall) -> dict[str, Any]:
    """What the cockpit knows."""
    state: dict[str, Any] = hall.mara.page.request.get(hall.at(f"/m/{hall.dialogue_id}/board.json")).json()
    return state


def seats_in(screen: Watched) -> bool:
    return "table-found" in screen.page.content() or bool(screen.page.locator(".table-mark").count())


def draw_and_move(hall: Hall) -> None:
    """Mara draws, moves somebody by button, sees what it breaks, and takes it back."""
    page = hall.mara.page
    hall.next("Draw the tables")
    page.locator(".submit .button-large", has_text=german("Show the tables")).wait_for(timeout=60_000)
    hall.all_look()
    page.goto(hall.at(f"/m/{hall.dialogue_id}/tables"))
    hall.mara.look()
    first, *others = sorted(board(hall)["tables"].values(), key=lambda table: table["position"])
    assert len(others) >= 2
    person = page.locator("[data-person]").first
    moved = person.get_attribute("data-person") or ""
    post(
        hall,
        hall.at(f"/m/{hall.dialogue_id}/seat_person"),
        {"person_id": moved, "table_id": others[-1]["id"]},
    )
    page.reload()
    hall.mara.look()
    with page.expect_response("**/undo"):
        page.get_by_role("button", name=german("Undo"), exact=True).first.click()
    hall.cockpit()


def envision(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("The ideal"))
    form = hall.anna.page.locator("#write-vision")
    form.wait_for(timeout=60_000)
    hall.all_look()
    form.locator("textarea[name=text]").fill(IDEAL)
    hall.anna.page.locator("#vision-plain-fold summary").click()
    form.locator("textarea[name=plain]").fill(PLAIN)
    hall.anna.press("Add the sentence")
    entry = hall.anna.page.locator("[data-entry]", has_text=IDEAL).first
    entry.wait_for()
    table_id = home_of(hall, hall.anna)
    open_the_tables_tablet(hall, table_id)
    hall.table.shows(IDEAL)
    for other in (hall.ben, hall.cem):
        if home_of(hall, other) != table_id:
            assert IDEAL not in other.page.content(), f"{other.name} reads another table's ideal."
    assert IDEAL not in hall.wall.page.content()
    hall.all_look()


def home_of(hall: Hall, phone: Watched) -> str:
    """The table at which this phone sits, as its own board says."""
    state = phone.page.request.get(hall.at(f"/d/{hall.dialogue_id}/board.json")).json()
    mine = [entry["table_id"] for entry in state["entries"].values()]
    if mine:
        return str(mine[0])
    number = number_of(phone)
    page = hall.mara.page.request.get(hall.at(f"/m/{hall.dialogue_id}/people")).text()
    person_id = next(person["id"] for person in people_of(hall).values() if person["number"] == number)
    assert person_id in page
    return f"of {number}"


def open_the_tables_tablet(hall: Hall, table_id: str) -> None:
    """Mara hands out a link to Anna's table; the tablet that stood at a group's board opens it."""
    page = hall.mara.page
    page.goto(hall.at(f"/m/{hall.dialogue_id}/links"))
    hall.mara.look()
    page.locator("#tables form button").click()
    name = board(hall)["tables"][table_id]["name"]
    address = page.locator("#tables").get_by_label(german("Table %(number)s", number=name), exact=True)
    address.wait_for()
    hall.mara.look()
    hall.table.page.goto(address.input_value())
    page.goto(hall.at(f"/m/{hall.dialogue_id}/table-cards"))
    hall.mara.look()
    hall.cockpit()


def translate(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Benefits"))
    form = hall.anna.page.locator("#write-benefit")
    form.wait_for(timeout=60_000)
    form.locator("label:has([value=jobcenter])").click()
    form.locator("textarea[name=text]").fill(BENEFIT)
    hall.anna.press("Add the benefit")
    hall.table.shows(BENEFIT)
    hall.all_look()


def solve(hall: Hall) -> None:
    """Anna's table begins with a proposal; the tablet says more; the other tables' come through the same forms."""
    hall.next("Go on: %(step)s", step=german("Proposals"))
    solutions = read_reference().solutions
    first = solutions[0]
    form = hall.anna.page.locator("#write-proposal")
    form.wait_for(timeout=60_000)
    form.locator("textarea[name=title]").fill(first["title"])
    hall.anna.press("Add the proposal")
    edit = hall.anna.page.locator("form[data-module=editing]")
    edit.wait_for()
    hall.anna.look()
    edit.locator(f"label:has([name=level][value={first['level']}])").click()
    edit.locator("textarea[name=first_step]").fill(FIRST_STEP)
    hall.anna.press("Save")
    hall.table.shows(FIRST_STEP)
    tables = sorted(board(hall)["tables"].values(), key=lambda table: table["position"])
    for at, solution in enumerate(solutions[1:]):
        table = tables[at % len(tables)]["id"]
        post(hall, hall.at(f"/b/{hall.dialogue_id}/{table}/write/proposal"), {"title": solution["title"]})
    hall.all_look()
    assert solutions[1]["title"] not in hall.wall.page.content(), "Proposals lie open only after this step."


def appraise(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Appraise"))
    solutions = read_reference().solutions
    hall.anna.shows(solutions[-1]["title"])
    hall.all_look()
    with hall.ben.in_hand():
        hall.next("Open the appraisal")
        for phone in hall.phones:
            phone.page.locator("[data-module=appraise] form").first.wait_for(timeout=60_000)
    hall.all_look()
    ids = sorted(entry["id"] for entry in board(hall)["entries"].values() if entry["content"]["kind"] == "proposal")
    assert len(ids) == len(solutions)
    for phone in hall.phones:
        with phone.in_hand():
            appraise_one(phone)
    for at, light in enumerate(hall.light):
        for proposal_id in ids[at % 3 :: 3]:
            light.appraise(proposal_id, 1 + at % 5, 5 - at % 4)
    appraised = str(3 + len(hall.light))
    for screen in (hall.mara, hall.wall):
        expect(screen.page.locator("[data-count=appraised]").first).to_have_text(appraised, timeout=60_000)
    for screen in hall.everybody:
        assert "appraisal-matrix" not in screen.page.content(), f"{screen.name} knows figures before the reveal."
    hall.next("Close the appraisal")
    hall.all_look()
    hall.next("Reveal the result")
    hall.wall.page.locator("svg").first.wait_for(timeout=60_000)
    hall.all_look()


def appraise_one(phone: Watched) -> None:
    """Both marks for the proposal that this phone shows first."""
    form = phone.page.locator("[data-module=appraise] form:visible").first
    for scale, mark in ANSWERED_BY.items():
        form.locator(f"label:has([name={scale}][value='{mark}'])").click()
    expect(form.locator("[data-slot=told]")).to_contain_text(german("Saved."), timeout=60_000)


def commit(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Agree"))
    page = hall.cem.page
    page.locator("#take-on summary").click(timeout=60_000)
    page.locator("[name=who]").fill("AWO Bildung, Leitung")
    page.locator("[name=what]").fill(PROMISE)
    page.locator("[name=until]").fill("2027-02-28")
    hall.cem.press("Write it down for all")
    for screen in (hall.mara, hall.wall, hall.anna):
        screen.shows(PROMISE)
    hall.all_look()
    hall.mara.page.goto(hall.at(f"/m/{hall.dialogue_id}/lines"))
    hall.mara.shows(PROMISE)
    hall.mara.look()
    hall.cockpit()


def close(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Closing"))
    form = hall.anna.page.locator("[data-module=feedback]")
    form.wait_for(timeout=60_000)
    hall.all_look()
    for question in form.locator("fieldset").all():
        question.locator("label").nth(3).click()
    form.locator("textarea").fill(SENTENCE)
    hall.anna.press("Send my feedback")
    hall.anna.shows(german("Thank you for your feedback."))
    expect(hall.mara.page.locator("[data-count=answered]").first).to_have_text("1", timeout=60_000)
    hall.mara.page.locator("label:has([name=understood])").click()
    hall.next("Close the dialogue")
    hall.mara.shows(german("This dialogue is finished"))
    hall.anna.page.wait_for_timeout(1500)
    hall.all_look()
