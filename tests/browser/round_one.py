"""Round 1 on real pages, step by step, from the set-up to the mirror."""

import re
from collections import Counter

from playwright.sync_api import Locator, expect

from tests.browser import region_nord
from tests.browser.hall import Hall, post, same_when_loaded_anew
from tests.browser.light import LightPhone
from tests.browser.watched import Watched, german


def set_up_and_plan(hall: Hall) -> None:
    mara, page = hall.mara, hall.mara.page
    page.goto(hall.at("/"))
    mara.look()
    page.goto(hall.server.set_up_link)
    mara.look()
    page.get_by_label(german("Name of the regional forum")).fill("Regionales Forum Nord")
    page.get_by_label(german("Your name for signing in")).fill("mara")
    for field in page.locator("input[type=password]").all():
        field.fill("drei gute Wörter 64")
    mara.press("Set up the forum")
    page.wait_for_url("**/forum")
    mara.look()
    page.goto(hall.at("/forum/new"))
    mara.look()
    page.locator("[name=title]").fill("Arbeitsmarktdialog Region Nord")
    page.locator("[name=place]").fill("Region Nord")
    page.locator("[name=held_on]").fill("2026-11-23")
    for at, people in enumerate(region_nord.PEOPLE.values()):
        page.locator("input[inputmode=numeric][name$=expected]").nth(at).fill(str(people))
    mara.press("Create dialogue")
    page.wait_for_url("**/m/*/**")
    mara.look()
    found = re.search(r"/m/([^/]+)/", page.url)
    assert found
    hall.dialogue_id = found[1]
    for path in ("plan", "poster", "people"):
        page.goto(hall.at(f"/m/{hall.dialogue_id}/{path}"))
        mara.look()


def hand_out_links(hall: Hall) -> None:
    page = hall.mara.page
    page.goto(hall.at(f"/m/{hall.dialogue_id}/links"))
    page.get_by_label(german("Group"), exact=True).select_option(label=german("Group %(name)s", name="L1"))
    hall.mara.press("Link to this board")
    table = page.get_by_label(german("Board of group %(name)s", name="L1"), exact=True).first.input_value()
    wall = page.get_by_label(german("Projector"), exact=True).first.input_value()
    hall.mara.look()
    hall.wall.page.goto(wall)
    hall.table.page.goto(table)
    hall.cockpit()
    hall.code = page.locator(".code").first.inner_text().replace(" ", "")


def arrive(hall: Hall) -> None:
    hall.ben.is_old()
    for phone, stakeholder in zip(hall.phones, ("leistungsberechtigte", "jobcenter", "traeger"), strict=True):
        page = phone.page
        with phone.in_hand():
            page.goto(hall.at(f"/{hall.code.lower()}"), timeout=60_000)
        phone.look()
        taps = 0
        with phone.in_hand():
            for target in (page.locator(f"label:has([value={stakeholder}])"), page.locator("main button[type=submit]")):
                target.first.click()
                taps += 1
            page.wait_for_url("**/d/*/", timeout=60_000)
        assert taps <= 3
        phone.look()
    hall.mara.page.goto(hall.at(f"/m/{hall.dialogue_id}/people"))
    hall.mara.page.locator("#by-hand label:has([value=jobcenter])").click()
    hall.mara.press("Write down")
    hall.mara.page.locator(".person").nth(3).wait_for()
    hall.cockpit()
    already = Counter(("leistungsberechtigte", "jobcenter", "traeger", "jobcenter"))
    for stakeholder, people in region_nord.PEOPLE.items():
        for _ in range(people - already[stakeholder]):
            phone = LightPhone(hall.server.url, hall.code, stakeholder)
            phone.join()
            hall.light.append(phone)
    for screen in (hall.mara, hall.wall):
        expect(screen.page.locator("[data-count=people]").first).to_have_text("26")
        for key, people in region_nord.PEOPLE.items():
            expect(screen.page.locator(f"[data-count={key}]").first).to_have_text(str(people))
    same_when_loaded_anew(hall.anna)
    hall.all_look()


def collect(hall: Hall) -> None:
    with hall.ben.in_hand():
        hall.next("Go on: %(step)s", step=german("Collect"))
        for phone in hall.phones:
            phone.page.locator("textarea").wait_for(timeout=60_000)
    hall.all_look()
    full = {"leistungsberechtigte": hall.anna, "jobcenter": hall.ben, "traeger": hall.cem}
    light = {key: [phone for phone in hall.light if phone.stakeholder == key] for key in full}
    hidden = []
    for at, thought in enumerate(region_nord.thoughts()):
        if at % 8 == 0:
            with full[thought.stakeholder].in_hand():
                write(full[thought.stakeholder], thought)
        else:
            writers = light[thought.stakeholder]
            writers[at % len(writers)].write(thought.valence, thought.text, list(thought.addressees))
            hidden.append(thought.text)
    expect(hall.mara.page.locator("[data-count=cards]").first).to_have_text("64", timeout=60_000)
    for screen in hall.everybody:
        seen = screen.page.content()
        assert not [text for text in hidden if text in seen], f"{screen.name} shows a hidden card."
    enter_a_paper_card(hall)
    hall.all_look()
    hall.next("Reveal all cards")
    hall.table.shows("Nur Briefe, nie ein Anruf")
    hall.anna.shows("Nur Briefe, nie ein Anruf")
    assert "Kurzer Draht zu den Trägern vor Ort" not in hall.anna.page.content(), "Another group's card."
    hall.all_look()


def write(phone: Watched, thought: region_nord.Thought) -> None:
    page = phone.page
    page.locator(f"label[for=valence-{thought.valence}]").click()
    page.locator("textarea[name=text]").fill(thought.text)
    for box in page.locator("[name=addressees]").all():
        if box.is_checked() != (box.get_attribute("value") in thought.addressees):
            page.locator(f"label:has([name=addressees][value={box.get_attribute('value')}])").click()
    phone.press("Post card")
    expect(page.locator("textarea[name=text]")).to_have_value("", timeout=60_000)
    page.locator("[data-card]", has_text=thought.text).first.wait_for(state="attached", timeout=60_000)


def enter_a_paper_card(hall: Hall) -> None:
    page = hall.table.page
    page.locator("form[data-send=paper] label:has([value=works])").first.click()
    page.locator("form[data-send=paper] textarea").fill("Im Stadtteilbüro hört man mir zu")
    page.locator("form[data-send=paper] label:has([name=addressees][value=jobcenter])").click()
    page.locator("form[data-send=paper] button[type=submit]").click()
    hall.table.shows("Im Stadtteilbüro hört man mir zu")
    expect(hall.mara.page.locator("[data-count=cards]").first).to_have_text("65")
    assert "Im Stadtteilbüro" not in hall.anna.page.content()


def sort(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Sort"))
    hall.table.page.get_by_role("button", name=german("New topic"), exact=True).wait_for()
    sort_at_the_table(hall)
    for stakeholder in ("jobcenter", "traeger"):
        sort_by_posting(hall, stakeholder)
    hall.table.look()
    same_when_loaded_anew(hall.table)
    same_when_loaded_anew(hall.anna)
    hall.all_look()


def sort_at_the_table(hall: Hall) -> None:
    """Group L1 sorts by hand: one card is dragged by mouse, the others go by keys and by the bar of chosen cards."""
    page = hall.table.page
    first, *others = region_nord.topics("leistungsberechtigte")
    page.locator(
        "[data-act=topic] button, form:has(button:text-is('" + german("New topic") + "')) button"
    ).first.click()
    page.locator("[data-topics] [data-topic]").first.wait_for()
    card = card_of(hall.table, first["cards"][0])
    card.scroll_into_view_if_needed()
    start = card.bounding_box()
    drop = page.locator("[data-topics] [data-topic] ul.cards").first.bounding_box()
    assert start
    assert drop
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(drop["x"] + drop["width"] / 2, drop["y"] + drop["height"] / 2, steps=12)
    page.mouse.move(drop["x"] + drop["width"] / 2 + 2, drop["y"] + drop["height"] / 2 + 2, steps=4)
    page.mouse.up()
    expect(page.locator("[data-topics] [data-topic] [data-card]")).to_have_count(1)
    sort_by_posting(hall, "leistungsberechtigte", skip_first=True)
    page.keyboard.press("Escape")


def card_of(screen: Watched, text: str) -> Locator:
    return screen.page.locator("[data-card]", has_text=text).first


def sort_by_posting(hall: Hall, stakeholder: str, skip_first: bool = False) -> None:
    """The same forms as the board's, posted by Mara's browser."""
    page = hall.mara.page
    group_id = group_ids(hall)[stakeholder]
    board = hall.at(f"/b/{hall.dialogue_id}/{group_id}/")
    state = page.request.get(f"{board}board.json").json()
    by_text = {card["text"]: card["id"] for card in state["cards"].values()}
    for at, topic in enumerate(region_nord.topics(stakeholder)):
        if at == 0 and skip_first:
            topic_id = next(iter(state["topics"]))
        else:
            topic_id = post(hall, f"{board}topics", {"title": topic["title"]})["topic"]
        for text in topic["cards"]:
            if state["cards"][by_text[text]]["topic_id"] != topic_id:
                post(hall, f"{board}cards/place", {"card": by_text[text], "topic": topic_id})
        post(hall, f"{board}topics/{topic_id}/name", {"title": topic["title"]})
        post(hall, f"{board}topics/{topic_id}/category", {"category": topic["category"]})


def group_ids(hall: Hall) -> dict[str, str]:
    state = hall.mara.page.request.get(hall.at(f"/m/{hall.dialogue_id}/board.json")).json()
    return {group["stakeholder"]: group["id"] for group in state["groups"].values()}


def nominate(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Three most important"))
    form = hall.anna.page.locator("[data-module=nominate]")
    form.wait_for()
    hall.all_look()
    state = hall.mara.page.request.get(hall.at(f"/m/{hall.dialogue_id}/board.json")).json()
    for stakeholder, group_id in group_ids(hall).items():
        titles = [topic["title"] for topic in region_nord.topics(stakeholder)][:3]
        by_title = {t["title"]: t["id"] for t in state["topics"].values() if t["group_id"] == group_id}
        board = hall.at(f"/b/{hall.dialogue_id}/{group_id}/nominations")
        for title in titles:
            post(hall, board, {"topic": by_title[title], "how": "add"})
    for title in [topic["title"] for topic in region_nord.topics("leistungsberechtigte")][:3]:
        hall.mara.shows(title)
    hall.all_look()


def weigh(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Weigh"))
    hall.mara.shows(german("Now: prepare the vote"))
    hall.all_look()
    with hall.ben.in_hand():
        hall.next("Open the vote")
        for phone in hall.phones:
            phone.page.locator("[data-module=votes] .vote").first.wait_for()
    orders = {tuple(phone.page.locator("[data-module=votes] .vote").all_inner_texts()) for phone in hall.phones}
    assert len({frozenset(order) for order in orders}) == 1, "Everybody votes on the same topics."
    hall.all_look()
    topic_ids = [box.get_attribute("value") or "" for box in hall.anna.page.locator("[name=topic]").all()]
    for phone in hall.phones:
        with phone.in_hand():
            for box in phone.page.locator("[data-module=votes] .vote").all()[:3]:
                box.click()
            phone.press("Cast votes")
            phone.shows(german("Your votes are saved."))
    for at, light in enumerate(hall.light):
        light.vote([topic_ids[(at + step) % len(topic_ids)] for step in range(at % 4)])
    voted = 3 + sum(1 for at in range(len(hall.light)) if at % 4)
    expect(hall.mara.page.locator("[data-count=voted]").first).to_have_text(str(voted))
    expect(hall.wall.page.locator("[data-count=voted]").first).to_have_text(str(voted))
    share = german("shared priority")
    for screen in hall.everybody:
        assert share not in screen.page.content(), f"{screen.name} knows a result before the reveal."
    hall.all_look()
    hall.next("Close the vote")
    hall.mara.shows(german("Now: the vote is closed"))
    hall.all_look()
    hall.next("Reveal the result")
    hall.wall.shows(german("This is how we voted"))
    hall.all_look()
    rows = {name: first_shares(screen) for name, screen in (("wall", hall.wall), ("phone", hall.anna))}
    assert rows["wall"] == rows["phone"], "The projector and the phone say the same."


def first_shares(screen: Watched) -> list[str]:
    """The shares in the first row of the result, as words."""
    row = screen.page.locator("main table tbody tr").first.inner_text()
    return re.findall(r"\d+ von \d+|\d+ %", row)


def mirror(hall: Hall) -> None:
    hall.next("Go on: %(step)s", step=german("Mirror"))
    hall.mara.shows(german("Now: look into the mirror"))
    hall.all_look()
    for _ in range(6):
        hall.mara.page.locator("[data-turn=on] button").click()
        hall.mara.page.wait_for_timeout(500)
        hall.wall.look()
    choices = hall.mara.page.locator("[name=topic_ids]")
    for at in range(4):
        with hall.mara.page.expect_response("**/choose_topics"):
            choices.nth(at).check()
    chosen = [choices.nth(at).get_attribute("value") for at in range(4)]
    hall.mara.page.reload()
    assert [box.get_attribute("value") for box in choices.all() if box.is_checked()] == chosen
    hall.all_look()
