"""A group's board in a real browser: cards are moved by mouse and keys; a board that followed looks just loaded."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.live.hall import SOON, Hall
from tests.live.pages import Devices, opened

AS_IT_LOOKS = """() => {
  const copy = document.querySelector("main").cloneNode(true);
  for (const one of copy.querySelectorAll("input[name=client_key], input[name=csrf_token]")) one.remove();
  for (const one of copy.querySelectorAll("[data-timer] [data-slot=clock]")) one.remove();
  for (const one of copy.querySelectorAll("*")) {
    one.classList.remove("card-new");
    for (const name of ["tabindex", "style", "draggable"]) one.removeAttribute(name);
    const parts = [...one.attributes].map(({ name, value }) => [name, name === "class" ? value.trim() : value]);
    for (const [name] of parts) one.removeAttribute(name);
    for (const [name, value] of parts.sort(([a], [b]) => (a < b ? -1 : 1))) if (value) one.setAttribute(name, value);
  }
  return copy.innerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<").replaceAll("><", ">\\n<").split("\\n");
}"""
"""The page without what is no part of its look: keys of forms, the running clock, which card the Tab key reaches."""


class Desk:
    """Mara's laptop with the board of the group of three, and an address for what others do to it."""

    def __init__(self, context: BrowserContext, hall: Hall) -> None:
        self.hall, self.context = hall, context
        self.guests = [hall.joins() for _ in range(3)]
        self.path = f"/b/{hall.id}/{self.guests[0].group_id}/"
        self.goes("collect")
        self.cards = [self.writes(f"Gedanke {at}", "works" if at % 3 == 0 else "fails") for at in range(9)]
        self.page = self.opened()

    def opened(self) -> Page:
        return opened(self.context, self.hall.server.url + self.path, self.hall.mara.cookie)

    def goes(self, step: str) -> None:
        self.hall.goes_to(step)

    def writes(self, text: str, valence: str = "fails") -> str:
        fields = {"valence": valence, "text": text, "addressees": "politik"}
        self.hall.mara.does(self.path + "paper", **fields)
        cards = self.hall.mara.get(self.path + "board.json").json()["cards"]
        return next(card["id"] for card in cards.values() if card["text"] == text)

    def others(self, path: str, **fields: object) -> dict[str, object]:
        """Somebody does something on another device; what the server said."""
        answer = self.hall.mara.post(self.path + path, **fields)
        assert answer.status_code == 200, answer.text
        until_seen(self.page, answer.json()["seq"])
        return dict(answer.json())

    def sorts(self) -> None:
        self.hall.mara.does(self.path + "reveal")
        self.goes("sort")
        expect(self.page.locator("[data-drop=new]")).to_be_visible(timeout=30_000)

    def looks_just_loaded(self) -> None:
        """The board that has followed, and one that is loaded now."""
        fresh = self.opened()
        want = fresh.evaluate(AS_IT_LOOKS)
        fresh.close()
        eventually(lambda: self.page.evaluate(AS_IT_LOOKS), want, self.page)

    def card(self, card_id: str) -> Locator:
        return self.page.locator(f"main #card-{card_id}")

    def lies_in(self, card_id: str) -> str:
        return str(self.card(card_id).evaluate("card => card.closest('[data-drop]').dataset.drop"))


def until_seen(page: Page, seq: object) -> None:
    """Wait until the frame of this act has been drawn: the next act of the page itself would come after it."""
    page.wait_for_function(
        "async (seq) => (await (await fetch(JSON.parse(document.getElementById('live').textContent).board_url)).json())"
        ".seq >= seq",
        arg=seq,
    )
    page.wait_for_timeout(250)


def eventually(question: Callable[[], object], wanted: object, page: Page) -> None:
    end = time.monotonic() + SOON
    while question() != wanted and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert question() == wanted


def drag(page: Page, what: Locator, to: Locator) -> None:
    what.scroll_into_view_if_needed()
    from_, there = what.bounding_box(), to.bounding_box()
    assert from_ is not None
    assert there is not None
    x, y = from_["x"] + from_["width"] / 2, from_["y"] + from_["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 9, y + 9, steps=3)
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=12)
    page.wait_for_timeout(150)
    page.mouse.up()


@pytest.fixture
def desk(device: Devices, own_hall: Hall) -> Desk:
    return Desk(device(1440, 900), own_hall)


def test_a_board_that_followed_looks_like_one_just_loaded(desk: Desk) -> None:
    others, cards = desk.others, desk.cards
    others("paper", valence="works", text="Noch ein Gedanke", addressees="medien")
    others(f"paper/{cards[0]}", valence="fails", text="Anders gedacht", addressees="jobcenter")
    others(f"paper/{cards[1]}/withdraw")
    desk.looks_just_loaded()
    desk.sorts()
    desk.looks_just_loaded()
    first = str(others("cards/place", card=[cards[2], cards[3]], topic="new")["topic"])
    second = str(others("topics", title="Kurse <b>und</b> mehr")["topic"])
    others(f"topics/{first}/name", title="Erreichbarkeit")
    others(f"topics/{first}/category", category="kommunikation")
    others("cards/place", card=cards[4], topic=first, before=cards[3])
    others("cards/place", card=[cards[5], cards[6], cards[7]], topic=second)
    others(f"topics/{second}/place", before=first)
    others("cards/hide", card=cards[4])
    others(f"paper/{cards[5]}", valence="works", text="Umgedacht", addressees="traeger")
    others("people")
    desk.looks_just_loaded()
    third = str(others(f"topics/{second}/split", card=cards[6])["topic"])
    others(f"topics/{third}/merge", into=first)
    others("cards/show", card=cards[4])
    others("undo")
    others("undo")
    desk.looks_just_loaded()
    others("redo")
    others(f"topics/{second}/remove")
    desk.looks_just_loaded()
    fourth = str(others("topics", title="Viertes")["topic"])
    desk.goes("nominate")
    expect(desk.page.locator("#nominated")).to_be_attached(timeout=30_000)
    others("nominations", topic=fourth, how="add")
    others("nominations", topic=first, how="add")
    others("nominations", topic=first, how="earlier")
    others(f"topics/{first}/name", title="Anders genannt")
    desk.looks_just_loaded()
    others("nominations", topic=first, how="remove")
    desk.looks_just_loaded()


def test_a_card_is_dragged_into_a_new_topic_and_the_topic_is_named_at_once(desk: Desk) -> None:
    desk.sorts()
    page = desk.page
    drag(page, desk.card(desk.cards[1]), page.locator("[data-drop=new]"))
    expect(page.locator(".naming-field")).to_be_focused()
    page.keyboard.type("Erreichbarkeit")
    page.keyboard.press("Enter")
    expect(page.locator(".board .strip-title")).to_have_text("Erreichbarkeit")
    drag(page, desk.card(desk.cards[0]), desk.card(desk.cards[1]))
    topic = desk.lies_in(desk.cards[1])
    eventually(lambda: desk.lies_in(desk.cards[0]), topic, page)
    drag(page, desk.card(desk.cards[0]), page.locator(".tray-works .tray-head"))
    eventually(lambda: desk.lies_in(desk.cards[0]), "works", page)
    desk.looks_just_loaded()


def test_a_refused_card_goes_back_with_a_sentence(desk: Desk) -> None:
    desk.sorts()
    page = desk.page
    desk.others("topics", title="Thema", card=desk.cards[1])
    expect(page.locator(".topic .card")).to_have_count(1)
    before = page.evaluate(AS_IT_LOOKS)

    def refuse(route: Route) -> None:
        route.fulfill(
            status=409, json={"error": "Das ist im aktuellen Schritt nicht möglich.", "code": "NotInThisStep"}
        )

    page.route(re.compile("cards/place$"), refuse)
    drag(page, desk.card(desk.cards[2]), desk.card(desk.cards[1]))
    expect(page.locator("[data-toast]")).to_contain_text("Das ist im aktuellen Schritt nicht möglich.")
    eventually(lambda: page.evaluate(AS_IT_LOOKS), before, page)


def test_what_is_dragged_stays_in_hand_while_others_work(desk: Desk) -> None:
    desk.sorts()
    page, cards = desk.page, desk.cards
    topic = str(desk.others("topics", title="Hier", card=[cards[1], cards[2]])["topic"])
    box = desk.card(cards[4]).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=5)
    desk.others("cards/place", card=cards[4], topic=topic)
    desk.others("cards/place", card=cards[5], topic=topic)
    desk.others("paper", valence="fails", text="Mittendrin", addressees="politik")
    expect(page.locator(".card-fallback")).to_have_count(1)
    assert desk.lies_in(cards[4]) == "fails"
    target = desk.card(cards[1]).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 60, target["y"] + 20, steps=8)
    page.wait_for_timeout(150)
    page.mouse.up()
    eventually(lambda: desk.lies_in(cards[4]), topic, page)
    page.wait_for_timeout(500)
    desk.looks_just_loaded()


def test_everything_goes_by_keys(desk: Desk) -> None:
    desk.sorts()
    page, press = desk.page, desk.page.keyboard.press
    page.locator(".tray-fails .card-pick input").first.focus()
    press("Space")
    press("ArrowDown")
    press("Space")
    press("n")
    expect(page.locator(".naming-field")).to_be_focused()
    page.keyboard.type("Mit Tasten")
    press("Enter")
    expect(page.locator(".board .strip-title")).to_have_text("Mit Tasten")
    expect(page.locator(".topic .card")).to_have_count(2)
    page.locator(".tray-fails .card-pick input").first.focus()
    card = str(page.evaluate("document.activeElement.value"))
    press("Shift+ArrowRight")
    eventually(lambda: desk.lies_in(card) != "fails", True, page)
    expect(page.locator(".topic .card").nth(2)).to_have_id(f"card-{card}")
    press("Shift+ArrowUp")
    expect(page.locator(".topic .card").nth(1)).to_have_id(f"card-{card}")
    assert page.evaluate("document.activeElement.value") == card
    press("h")
    expect(desk.card(card)).to_have_class(re.compile("card-hidden"))
    press("h")
    expect(desk.card(card)).not_to_have_class(re.compile("card-hidden"))
    press("Enter")
    expect(page.locator("#card-dialog")).to_be_visible()
    page.get_by_role("button", name="zurück, ohne Thema").press("Enter")
    eventually(lambda: desk.lies_in(card), "fails", page)
    press("Control+z")
    eventually(lambda: desk.lies_in(card) != "fails", True, page)
    press("Control+Shift+Z")
    eventually(lambda: desk.lies_in(card), "fails", page)
    desk.looks_just_loaded()


def test_a_name_being_written_is_never_taken_away(desk: Desk) -> None:
    desk.sorts()
    page = desk.page
    topic = str(desk.others("topics", title="Vorher", card=desk.cards[1])["topic"])
    other = str(desk.others("topics", title="Anderes")["topic"])
    page.locator(f"#topic-{topic} .strip-name").click()
    page.keyboard.type("Mein Name")
    desk.others(f"topics/{topic}/place", before="")
    desk.others(f"topics/{topic}/name", title="Von nebenan")
    desk.others("cards/place", card=desk.cards[2], topic=topic)
    assert page.evaluate("document.activeElement.value") == "Mein Name"
    desk.goes("nominate")
    page.wait_for_timeout(800)
    page.keyboard.type(" steht")
    page.keyboard.press("Enter")
    expect(page.locator(f"#topic-{topic} .strip-title")).to_have_text("Mein Name steht", timeout=30_000)
    expect(page.locator(f"#topic-{other} .strip-title")).to_have_text("Anderes")
