"""Planning a dialogue: from a format, like an earlier one, and changed later."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dialog import queries
from dialog.format import Plan
from dialog.models import Link
from dialog.words import Step
from tests.web.house import Browser, House


def sent_as_shown(page: str) -> dict[str, str]:
    """What a browser would send if nobody touched the form of this page."""
    form = page[page.rindex("<form", 0, page.index('name="title"')) :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if not name or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        found[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def send(browser: Browser, path: str, **changes: str) -> TestResponse:
    fields = {**sent_as_shown(browser.get(path).text), **changes}
    return browser.client.post(path, data=fields)


def new_dialogue(house: House, **changes: str) -> TestResponse:
    needed = {"title": "Dialog Süd", "place": "Region Süd", "held_on": "2026-12-03"}
    return send(house.mara(), "/forum/new", **{**needed, **changes})


def made(house: House, answer: TestResponse) -> tuple[str, Plan]:
    assert answer.status_code == 303, answer.text
    dialogue_id = answer.location.split("/")[2]
    return dialogue_id, queries.plan(house.looks(queries.dialogue, dialogue_id))


def test_title_place_and_day_are_enough(house: House) -> None:
    dialogue_id, plan = made(house, new_dialogue(house))
    assert (plan.title, plan.place, str(plan.held_on), str(plan.deletes_on)) == (
        "Dialog Süd",
        "Region Süd",
        "2026-12-03",
        "2027-12-03",
    )
    assert plan.stakeholder("jobcenter").label["uk"] == "Джобцентр"
    ready = house.mara().get(f"/m/{dialogue_id}/ready")
    assert "Region Süd" in ready.text
    assert "<svg" in ready.text


def test_the_projector_has_its_link_at_once(house: House) -> None:
    dialogue_id, _ = made(house, new_dialogue(house))
    links = house.looks(lambda db: db.query(Link).filter_by(dialogue_id=dialogue_id).all())
    assert [link.kind for link in links] == ["screen"]


def test_a_form_sent_twice_plans_one_dialogue(house: House) -> None:
    mara = house.mara()
    fields = sent_as_shown(mara.get("/forum/new").text) | {"place": "Süd", "held_on": "2026-12-03"}
    first, second = (mara.client.post("/forum/new", data=fields) for _ in range(2))
    assert first.location == second.location
    assert len(house.looks(queries.dialogues, house.forum_id)) == 2


def test_expected_people_make_the_groups(house: House) -> None:
    answer = new_dialogue(house, **{"stakeholders-0-expected": "25", "people_per_group": "10"})
    dialogue_id, plan = made(house, answer)
    assert plan.expected["jobcenter"] == 25
    names = [group.name for group in house.looks(queries.groups, dialogue_id)]
    assert names == ["J1", "J2", "J3", "T1", "L1"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "  "}, "Bitte geben Sie dem Dialog einen Titel."),
        ({"place": ""}, "Bitte sagen Sie, wo der Dialog stattfindet."),
        ({"held_on": ""}, "Bitte sagen Sie, wann der Dialog stattfindet."),
        ({"held_on": "irgendwann"}, "Bitte geben Sie ein Datum wie 24.10.2026 ein."),
        ({"deletes_on": "2026-12-03"}, "Bitte wählen Sie einen Tag nach dem Dialog."),
        ({"title": "x" * 121}, "Bitte kürzen Sie auf 120 Zeichen."),
        ({"votes_per_person": "drei"}, "Bitte geben Sie eine ganze Zahl ein."),
        ({"votes_per_person": ""}, "Bitte geben Sie eine ganze Zahl ein."),
        ({"votes_per_person": "0"}, "Bitte mindestens 1."),
        ({"votes_per_person": "21"}, "Bitte höchstens 20."),
        ({"votes_per_topic": "4"}, "Nicht mehr, als jede Person Stimmen hat."),
        ({"stakeholders-1-expected": "2001"}, "Bitte höchstens 2000."),
        ({"stakeholders-1-expected": "viele"}, "Bitte geben Sie eine ganze Zahl ein."),
        ({"steps-1-minutes": "-1"}, "Bitte mindestens 0."),
        ({"steps-1-question": ""}, "Bitte füllen Sie das aus."),
        ({"works": ""}, "Bitte füllen Sie das aus."),
        ({"stakeholders-0-label": ""}, "Bitte füllen Sie das aus."),
        ({"stakeholders-0-letter": "1"}, "Ein bis drei Buchstaben, zum Beispiel J."),
        ({"stakeholders-0-letter": "t"}, "Diesen Buchstaben hat schon eine andere Gruppe."),
        ({"stakeholders-3-label": "träger"}, "Dieser Name steht weiter oben schon."),
        ({"categories-3-label": "Motivation"}, "Dieser Name steht weiter oben schon."),
    ],
)
def test_a_mistake_has_its_sentence_and_nothing_is_lost(house: House, changes: dict[str, str], sentence: str) -> None:
    answer = new_dialogue(house, **{"categories-0-label": "Mein eigenes Wort", **changes})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    again = sent_as_shown(answer.text)
    assert again["categories-0-label"] == "Mein eigenes Wort"
    for name, value in changes.items():
        assert again[name] == value.strip()
    assert len(house.looks(queries.dialogues, house.forum_id)) == 1


def test_two_groups_must_take_part(house: House) -> None:
    mara = house.mara()
    fields = sent_as_shown(mara.get("/forum/new").text) | {"place": "Süd", "held_on": "2026-12-03"}
    for gone in ("stakeholders-0-participates", "stakeholders-1-participates"):
        del fields[gone]
    answer = mara.client.post("/forum/new", data=fields)
    assert answer.status_code == 422
    assert "Mindestens zwei Gruppen müssen teilnehmen." in answer.text


def test_rows_come_and_go_without_saving(house: House) -> None:
    mara = house.mara()
    fields: dict[str, Any] = sent_as_shown(mara.get("/forum/new").text)
    more = mara.client.post("/forum/new", data={**fields, "place": "Hier", "do": "add-categories"})
    assert more.status_code == 200
    shown = sent_as_shown(more.text)
    assert (shown["categories-10-label"], shown["place"]) == ("", "Hier")
    less = mara.client.post("/forum/new", data={**shown, "do": "remove-stakeholders-3"})
    shown = sent_as_shown(less.text)
    assert "politik" not in shown.values()
    final = {**shown, "held_on": "2026-12-03", "categories-10-label": "Wohnen & Verkehr"}
    _, plan = made(house, mara.client.post("/forum/new", data=final))
    assert [s.key for s in plan.stakeholders][3:5] == ["arbeitgeber", "medien"]
    assert (plan.categories[-1].key, plan.categories[-1].label) == ("wohnen-verkehr", {"de": "Wohnen & Verkehr"})


def test_a_new_group_takes_part_with_its_own_colour(house: House) -> None:
    mara = house.mara()
    fields = sent_as_shown(mara.get("/forum/new").text) | {"place": "Süd", "held_on": "2026-12-03"}
    shown = sent_as_shown(mara.client.post("/forum/new", data={**fields, "do": "add-stakeholders"}).text)
    new = {"label": "Ehrenamt", "short": "", "letter": "e", "sign": "⬢", "participates": "y", "expected": "4"}
    answer = mara.client.post("/forum/new", data={**shown, **{f"stakeholders-7-{k}": v for k, v in new.items()}})
    dialogue_id, plan = made(house, answer)
    added = plan.stakeholder("ehrenamt")
    assert (added.short["de"], added.letter, added.sign, added.participates) == ("Ehrenamt", "E", "⬢", True)
    assert added.palette not in {s.palette for s in plan.stakeholders if s.key != "ehrenamt"}
    assert "E1" in [group.name for group in house.looks(queries.groups, dialogue_id)]


def test_other_languages_stay_only_while_the_german_stays(house: House) -> None:
    _, plan = made(house, new_dialogue(house, fails="Was ärgert Sie?"))
    assert plan.questions.fails == {"de": "Was ärgert Sie?"}
    assert plan.questions.works["tr"] == "Ne iyi gidiyor?"


def test_a_copy_asks_only_for_the_day(house: House) -> None:
    mara = house.mara()
    path = f"/forum/copy/{house.dialogue_id}"
    shown = sent_as_shown(mara.get(path).text)
    assert (shown["title"], shown["held_on"], shown["stakeholders-0-expected"]) == ("Dialog im Test", "", "3")
    dialogue_id, plan = made(house, send(mara, path, held_on="2027-01-15"))
    assert dialogue_id != house.dialogue_id
    was = queries.plan(house.looks(queries.dialogue, house.dialogue_id))
    assert plan == was.model_copy(update={"held_on": plan.held_on, "deletes_on": plan.deletes_on})


def test_a_plan_left_as_it_is_changes_nothing(house: House) -> None:
    before = house.looks(queries.dialogue, house.dialogue_id)
    answer = send(house.mara(), f"/m/{house.dialogue_id}/plan")
    assert answer.status_code == 303
    after = house.looks(queries.dialogue, house.dialogue_id)
    assert (after.seq, after.plan) == (before.seq, before.plan)


def test_a_plan_is_changed_and_the_change_undone(house: House) -> None:
    mara = house.mara()
    assert send(mara, f"/m/{house.dialogue_id}/plan", title="Neuer Titel").status_code == 303
    assert house.looks(queries.dialogue, house.dialogue_id).title == "Neuer Titel"
    assert mara.post(f"/m/{house.dialogue_id}/undo").status_code == 200
    assert house.looks(queries.dialogue, house.dialogue_id).title == "Dialog im Test"


def test_who_is_here_cannot_be_planned_away(house: House) -> None:
    house.joins("traeger")
    mara = house.mara()
    path = f"/m/{house.dialogue_id}/plan"
    fields = sent_as_shown(mara.get(path).text)
    fields["categories-0-label"] = "Mein eigenes Wort"
    del fields["stakeholders-1-participates"]
    answer = mara.client.post(path, data=fields)
    assert answer.status_code == 409
    assert "„Träger“ wird schon benutzt" in unescape(answer.text)
    assert "Mein eigenes Wort" in answer.text


@pytest.mark.parametrize("path", ["/forum/new", "/forum/copy/{id}", "/m/{id}/plan"])
def test_planning_is_for_moderators_of_the_forum(house: House, path: str) -> None:
    path = path.format(id=house.dialogue_id)
    assert house.mara().get(path).status_code == 200
    assert house.analyst().get(path).status_code == 403
    assert house.carl().get(path).location.startswith("/sign-in?then=")
    assert house.stranger().get(path).status_code == (200 if path == "/forum/new" else 404)


def test_the_list_says_where_each_dialogue_stands(house: House) -> None:
    mara = house.mara()
    assert "geplant" in mara.get("/forum").text
    house.joins()
    house.goes_to(Step.COLLECT)
    assert "läuft: Sammeln" in mara.get("/forum").text
    assert "Dialog im Test" not in house.analyst().get("/forum").text
    assert "Dialog im Test" not in house.stranger().get("/forum").text
