"""The script of the live pages in a real browser: it follows, waits for who is writing, and finds its way back."""

import re

from playwright.sync_api import BrowserContext, Page, Request, expect

from dialog import queries
from tests.live.hall import Guest, Hall, until
from tests.live.pages import opened


def phone(context: BrowserContext, hall: Hall, guest: Guest) -> Page:
    return opened(context, f"{hall.server.url}/d/{hall.id}/", guest.cookie)


def shows(page: Page, screen: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-screen", screen, timeout=30_000)


def requests_of(page: Page, ending: str) -> list[Request]:
    """Every request from now on whose address ends like this."""
    seen: list[Request] = []
    page.on("request", lambda request: request.url.endswith(ending) and seen.append(request))
    return seen


def test_a_phone_turns_its_page_with_the_dialogue(own_hall: Hall, context: BrowserContext) -> None:
    page = phone(context, own_hall, own_hall.joins())
    for step in ("collect", "sort", "arrive"):
        own_hall.goes_to(step)
        shows(page, step)


def test_who_writes_is_not_interrupted_and_goes_on_after_sending(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna, ben = hall.joins(), hall.joins()
    hall.goes_to("collect")
    page = phone(context, hall, anna)
    field = page.locator("textarea").first
    field.fill("Mitten im Satz")
    hall.goes_to("sort")
    notice = page.locator("[data-goes-on]")
    expect(notice).to_be_visible()
    expect(field).to_have_value("Mitten im Satz")

    asked = requests_of(page, "/")
    for minutes in range(3):
        hall.moderates("set_timer", way="start", minutes=5 + minutes)
    hall.writes(ben, "Ein später Gedanke")
    page.wait_for_timeout(1200)
    assert asked == [], "a page that waits does not fetch again and again"
    expect(notice).to_have_count(1)

    field.fill("")
    shows(page, "sort")
    expect(notice).to_have_count(0)


def test_who_writes_can_look_at_what_is_new(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    page = phone(context, hall, anna)
    page.locator("textarea").first.fill("Noch nicht fertig")
    hall.goes_to("sort")
    shows(page, "collect")
    page.locator("[data-goes-on] button").click()
    shows(page, "sort")


def test_a_card_begun_is_still_there_when_the_page_is_loaded_anew(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna = hall.joins()
    hall.goes_to("collect")
    page = phone(context, hall, anna)
    page.locator("label[for=valence-fails]").click()
    page.locator("label:has([name=addressees][value=traeger])").click()
    page.locator("textarea").first.fill("Ein halber Satz")
    page.reload()
    expect(page.locator("textarea").first).to_have_value("Ein halber Satz")
    expect(page.locator("#valence-fails")).to_be_checked()
    expect(page.locator("[name=addressees]:checked")).to_have_count(1)
    expect(page.locator("[name=addressees][value=traeger]")).to_be_checked()


def test_a_page_finds_its_way_back_after_a_restart(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna = hall.joins()
    page = phone(context, hall, anna)
    state = page.locator("[data-connection]").first
    hall.server.kill()
    expect(state).not_to_have_attribute("data-state", "open")
    hall.server.start()
    hall.goes_to("collect")
    shows(page, "collect")
    expect(state).to_have_attribute("data-state", "open")
    assert re.search("verbunden", state.inner_text(), re.IGNORECASE)


def test_catching_up_costs_nothing_when_nothing_has_happened(own_hall: Hall, context: BrowserContext) -> None:
    page = phone(context, own_hall, own_hall.joins())
    pages, boards = requests_of(page, "/"), requests_of(page, "/board.json")
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: page.wait_for_timeout(50) or boards)
    answer = boards[-1].response()
    assert answer is not None
    assert answer.status == 304
    page.wait_for_timeout(600)
    assert pages == []


def test_a_removed_person_gets_a_calm_page_that_does_not_load_again_and_again(
    own_hall: Hall, context: BrowserContext
) -> None:
    hall = own_hall
    anna = hall.joins()
    page = phone(context, hall, anna)
    asked = requests_of(page, "/")
    hall.moderates("remove_person", person_id=anna.id)
    expect(page.locator("#live")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_timeout(800)
    assert len(asked) <= 2, [request.url for request in asked]


def test_signing_out_in_one_tab_closes_the_other(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    cockpit = opened(context, f"{hall.server.url}/m/{hall.id}/", hall.mara.cookie)
    other = context.new_page()
    other.goto(hall.server.url + "/forum")
    other.locator("form[action$='/sign-out'] button").click()
    expect(cockpit).to_have_url(re.compile("/sign-in"))


def test_a_moved_person_sees_the_new_group(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    anna, dora = hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    hall.moderates("reveal_cards", group_id="")
    hall.writes(dora, "Bei den Trägern")
    page = phone(context, hall, anna)
    hall.moderates("move_person", person_id=anna.id, group_id=dora.group_id)
    expect(page.locator("body")).to_contain_text("Bei den Trägern")


def at_the_mirror(hall: Hall) -> list[str]:
    """The dialogue is where three topics can be chosen for the second round; their ids."""
    guests = [hall.joins(stakeholder) for stakeholder in ("jobcenter", "traeger", "leistungsberechtigte")]
    hall.goes_to("sort")
    hall.moderates("reveal_cards", group_id="")
    topics = {}
    for guest in guests:
        told = hall.mara.post(f"/b/{hall.id}/{guest.group_id}/topics", title=f"Thema {guest.number}")
        topics[guest.id] = told.json()["topic"]
    hall.goes_to("nominate")
    for guest in guests:
        guest.browser.does(f"/d/{hall.id}/nominations", **{"rank-1": topics[guest.id]})
    hall.goes_to("weigh")
    for act in ("open_voting", "close_voting", "reveal_result"):
        hall.moderates(act)
    hall.goes_to("mirror")
    return list(topics.values())


def chosen(hall: Hall) -> int:
    with hall.store.reading() as db:
        return len(queries.dialogue(db, hall.id).chosen_topics)


def test_quick_choices_are_all_kept_while_the_page_turns(own_hall: Hall, context: BrowserContext) -> None:
    hall = own_hall
    at_the_mirror(hall)
    page = opened(context, f"{hall.server.url}/m/{hall.id}/", hall.mara.cookie)
    boxes = page.locator("[name=topic_ids]")
    for at in range(3):
        boxes.nth(at).check()
    expect(page.locator("form[data-at-once] :checked")).to_have_count(3)
    until(lambda: page.wait_for_timeout(50) or chosen(hall) == 3)


CHOOSE_AS_SOON_AS_ONE_IS_CHOSEN = """() => new MutationObserver((_seen, observer) => {
  const boxes = [...document.querySelectorAll("[name=topic_ids]")];
  if (!boxes.some((box) => box.checked)) return;
  observer.disconnect();
  boxes.find((box) => !box.checked).click();
}).observe(document.body, { subtree: true, attributes: true, childList: true })"""


def test_a_choice_made_while_the_page_was_changed_is_kept(own_hall: Hall, context: BrowserContext) -> None:
    """A press waits while a page is busy, and comes right after it was changed for somebody else's choice."""
    hall = own_hall
    first, *_ = at_the_mirror(hall)
    page = opened(context, f"{hall.server.url}/m/{hall.id}/", hall.mara.cookie)
    page.evaluate(CHOOSE_AS_SOON_AS_ONE_IS_CHOSEN)
    hall.moderates("choose_topics", topic_ids=[first])
    until(lambda: page.wait_for_timeout(50) or chosen(hall) == 2)
