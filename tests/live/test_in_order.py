"""Topics touched in their order, on phones in a real browser: by finger and by keys, and saved as they are numbered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.live.hall import Guest, Hall, until
from tests.live.pages import Devices, opened

Opens = Callable[[Guest], Page]


@pytest.fixture
def opens(own_hall: Hall, device: Devices) -> Opens:
    """Opens somebody's phone."""
    return lambda guest: opened(device(), f"{own_hall.server.url}/d/{own_hall.id}/", guest.cookie)


def has_topics(hall: Hall, guest: Guest, count: int) -> list[str]:
    """The guest's group gives so many topics a name; their ids."""
    titles = [f"Thema {guest.number}-{number}" for number in range(1, count + 1)]
    answers = [hall.mara.post(f"/b/{hall.id}/{guest.group_id}/topics", title=title) for title in titles]
    return [answer.json()["topic"] for answer in answers]


def row(page: Page, title: str) -> Locator:
    return page.locator("label.vote", has_text=title)


READS = """rows => rows.map((row) => row.innerText.split("\\n").map((part) => part.trim()))"""


def shows(page: Page, *titles: str) -> None:
    """The chosen topics stand on the page with their numbers, in this order."""
    wanted = [[str(number), title] for number, title in enumerate(titles, start=1)]
    chosen = page.locator("label.vote:has(:checked):visible")
    until(lambda: page.wait_for_timeout(50) or sorted(chosen.evaluate_all(READS)) == wanted)


def test_a_group_nominates_in_the_order_of_its_touches(own_hall: Hall, opens: Opens) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("sort")
    hall.moderates("reveal_cards", group_id="")
    has_topics(hall, anna, 4)
    hall.goes_to("nominate")
    hers, his = opens(anna), opens(ben)
    first, second, third, fourth = (f"Thema {anna.number}-{number}" for number in range(1, 5))
    for title in (third, first, second):
        row(hers, title).click()
    shows(hers, third, first, second)
    row(hers, fourth).click()
    expect(hers.locator("[data-slot=told]")).to_contain_text("höchstens 3")
    row(hers, third).click()
    shows(hers, first, second)
    hers.get_by_role("checkbox", name=fourth).focus()
    hers.keyboard.press("Space")
    shows(hers, first, second, fourth)
    hers.get_by_role("button", name="Reihenfolge speichern").focus()
    hers.keyboard.press("Enter")
    expect(hers.locator("[data-slot=told]")).to_have_text("Die Reihenfolge ist gespeichert.")
    expect(his.locator("[data-slot=told]")).to_contain_text("Reihenfolge")
    shows(his, first, second, fourth)
    row(his, second).click()
    row(hers, second).click()
    row(hers, second).click()
    hers.get_by_role("button", name="Reihenfolge speichern").click()
    expect(his.locator("[data-slot=told]")).to_contain_text(f"2. {fourth}")
    shows(his, first, fourth)
    hers.reload()
    shows(hers, first, fourth, second)


def test_wishes_are_numbered_kept_and_can_be_changed(own_hall: Hall, opens: Opens) -> None:
    hall = own_hall
    guests = [hall.joins(stakeholder) for stakeholder in ("jobcenter", "traeger", "leistungsberechtigte")]
    hall.goes_to("sort")
    hall.moderates("reveal_cards", group_id="")
    topics = [topic for guest in guests for topic in has_topics(hall, guest, 1)]
    hall.goes_to("nominate")
    for guest, topic in zip(guests, topics, strict=True):
        guest.browser.does(f"/d/{hall.id}/nominations", **{"rank-1": topic})
    hall.goes_to("weigh")
    for act in ("open_voting", "close_voting", "reveal_result"):
        hall.moderates(act)
    hall.goes_to("mirror")
    hall.moderates("choose_topics", topic_ids=topics)
    hall.goes_to("mix")
    page = opens(guests[0])
    first, second, third = (f"Thema {guest.number}-1" for guest in guests)
    row(page, second).click()
    page.get_by_role("checkbox", name=first).focus()
    page.keyboard.press("Space")
    shows(page, second, first)
    page.get_by_role("button", name="Wunsch speichern").click()
    expect(page.locator("[data-slot=told]")).to_contain_text("gespeichert")
    page.reload()
    shows(page, second, first)
    row(page, second).click()
    expect(page.locator("[data-slot=told]")).to_contain_text("noch nicht gespeichert")
    row(page, third).click()
    shows(page, first, third)
