"""Planning a dialogue: from a format, like an earlier one, and changed later."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dialog import queries
from dialog.format import Plan, all_formats
from dialog.models import Link
from dialog.words import Appraising, Step
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


# --- The steps and round 2 --------------------------------------------------------------------------------------------

ROUND_2 = range(6, 12)
"""The rows of the steps from mixing to agreeing."""


def _steps(plan: Plan) -> list[str]:
    return [planned.step.value for planned in plan.steps]


def _without(fields: dict[str, str], *rows: int) -> dict[str, str]:
    gone = {f"steps-{row}-planned" for row in rows}
    assert gone <= set(fields)
    return {name: value for name, value in fields.items() if name not in gone}


def _ready_to_send(browser: Browser, path: str = "/forum/new") -> dict[str, str]:
    return sent_as_shown(browser.get(path).text) | {"place": "Süd", "held_on": "2026-12-03"}


def test_a_dialogue_can_do_without_round_2_and_take_it_back_later(house: House) -> None:
    mara = house.mara()
    dialogue_id, plan = made(house, mara.client.post("/forum/new", data=_without(_ready_to_send(mara), *ROUND_2)))
    assert _steps(plan) == ["arrive", "collect", "sort", "nominate", "weigh", "mirror", "close"]
    assert plan.levels, "what round 2 would need is kept for the day it comes back"
    path = f"/m/{dialogue_id}/plan"
    fields = sent_as_shown(mara.get(path).text)
    assert "steps-6-planned" not in fields
    assert fields["steps-6-question"] == "Wir mischen die Tische"
    changed = {**fields, "steps-6-planned": "y", "steps-6-minutes": "25", "steps-9-planned": "y"}
    assert mara.client.post(path, data=changed).status_code == 303
    plan = queries.plan(house.looks(queries.dialogue, dialogue_id))
    assert _steps(plan)[5:] == ["mirror", "mix", "solve", "close"]
    assert plan.step_plan(Step.MIX).minutes == 25
    assert plan.step_plan(Step.MIX).question["tr"] == "Masaları karıştırıyoruz"


def test_each_step_says_which_other_it_misses(house: House) -> None:
    mara = house.mara()
    answer = mara.client.post("/forum/new", data=_without(_ready_to_send(mara), 3, 6))
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert page.count("Davor braucht es „Mischen“.") == 4
    assert page.count("Davor braucht es „Drei wichtigste“.") == 1
    assert "steps-6-planned" not in sent_as_shown(answer.text)


def test_arriving_and_closing_are_always_there(house: House) -> None:
    mara = house.mara()
    fields = _without(_ready_to_send(mara), 0, 12)
    _, plan = made(house, mara.client.post("/forum/new", data=fields))
    assert (plan.steps[0].step, plan.steps[-1].step) == (Step.ARRIVE, Step.CLOSE)


def test_steps_that_nobody_knows_are_passed_over(house: House) -> None:
    forged = {"steps-13-step": "dance", "steps-13-planned": "y", "steps-13-minutes": "5", "steps-13-question": "Los?"}
    mara = house.mara()
    again = mara.client.post("/forum/new", data={**_ready_to_send(mara), **forged, "title": ""})
    assert again.status_code == 422
    _, plan = made(house, mara.client.post("/forum/new", data={**_ready_to_send(mara), **forged}))
    assert _steps(plan) == [step.value for step in Step]


def test_a_step_that_has_begun_cannot_be_left_out(house: House) -> None:
    house.joins()
    house.goes_to(Step.SORT)
    mara = house.mara()
    path = f"/m/{house.dialogue_id}/plan"
    page = mara.get(path).text
    assert re.search(r'type="hidden" name="steps-2-planned" value="y"', page)
    assert not re.search(r'type="hidden" name="steps-3-planned"', page)
    answer = mara.client.post(path, data=_without(sent_as_shown(page), 1))
    assert answer.status_code == 409
    assert "„Was läuft gut? Was läuft schlecht?“ wird schon benutzt" in unescape(answer.text)


def test_round_2_has_its_rules(house: House) -> None:
    limits = {"people_per_table": "6", "wishes_per_person": "0", "proposals_per_table": "5"}
    _, plan = made(house, new_dialogue(house, **limits, appraising="resistance"))
    assert (plan.limits.people_per_table, plan.limits.wishes_per_person, plan.limits.proposals_per_table) == (6, 0, 5)
    assert plan.limits.text_characters == 600
    assert plan.appraising is Appraising.RESISTANCE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"people_per_table": "31"}, "Bitte höchstens 30."),
        ({"wishes_per_person": "6"}, "Bitte höchstens 5."),
        ({"proposals_per_table": "viele"}, "Bitte geben Sie eine ganze Zahl ein."),
        ({"levels-1-label": ""}, "Bitte füllen Sie das aus."),
        ({"levels-2-label": "Prozesskette der Arbeitsförderung"}, "Dieser Name steht weiter oben schon."),
        ({"process_steps-3-label": "Maßnahmendurchführung"}, "Dieser Name steht weiter oben schon."),
        ({"feedback-0-question": ""}, "Bitte füllen Sie das aus."),
        ({"feedback-1-question": "Ich konnte sagen, was mir wichtig ist."}, "Dieser Satz steht weiter oben schon."),
        ({"feedback_sentence": "x" * 401}, "Bitte kürzen Sie auf 400 Zeichen."),
    ],
)
def test_a_mistake_in_round_2_has_its_sentence(house: House, changes: dict[str, str], sentence: str) -> None:
    answer = new_dialogue(house, **changes)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    again = sent_as_shown(answer.text)
    assert {name: again[name] for name in changes} == changes


def test_levels_and_process_steps_come_and_go_and_keep_their_letters(house: House) -> None:
    mara = house.mara()
    fields: dict[str, str] = _ready_to_send(mara)
    for do in ("remove-levels-0", "add-levels", "remove-process_steps-1", "add-process_steps"):
        answer = mara.client.post("/forum/new", data={**fields, "do": do})
        assert answer.status_code == 200, do
        fields = sent_as_shown(answer.text)
    named = {"levels-2-label": "Nachbarschaft", "process_steps-3-label": "Nachsorge"}
    assert fields["levels-2-label"] == fields["process_steps-3-label"] == ""
    _, plan = made(house, mara.client.post("/forum/new", data={**fields, **named}))
    assert [(level.key, level.in_process) for level in plan.levels] == [("B", True), ("C", False), ("D", False)]
    assert plan.levels[2].label == {"de": "Nachbarschaft"}
    assert [one.key for one in plan.process_steps] == ["1", "3", "4", "5"]
    assert plan.process_steps[0].label["fa"]


def test_a_level_with_process_steps_needs_one(house: House) -> None:
    mara = house.mara()
    fields = _ready_to_send(mara)
    fields = {name: value for name, value in fields.items() if not name.startswith("process_steps-")}
    answer = mara.client.post("/forum/new", data=fields)
    assert answer.status_code == 422
    assert "Bitte nennen Sie mindestens einen." in answer.text
    del fields["levels-1-in_process"]
    _, plan = made(house, mara.client.post("/forum/new", data=fields))
    assert not plan.process_steps


def test_feedback_is_asked_as_the_moderator_words_it(house: House) -> None:
    mara = house.mara()
    fields = _ready_to_send(mara)
    more = sent_as_shown(mara.client.post("/forum/new", data={**fields, "do": "add-feedback"}).text)
    worded = {"feedback-0-question": "Ich fühlte mich wohl.", "feedback-3-question": "Ich komme wieder."}
    answer = mara.client.post("/forum/new", data={**more, **worded, "feedback_sentence": ""})
    _, plan = made(house, answer)
    assert plan.feedback[0].question == {"de": "Ich fühlte mich wohl."}
    assert plan.feedback[1].question["uk"]
    assert (plan.feedback[3].key, plan.feedback_sentence) == ("ich-komme-wieder", None)


def test_no_more_feedback_than_a_phone_can_bear(house: House) -> None:
    mara = house.mara()
    fields = _ready_to_send(mara)
    for _ in range(3):
        page = mara.client.post("/forum/new", data={**fields, "do": "add-feedback"}).text
        fields = sent_as_shown(page)
    assert "feedback-5-question" in fields
    assert 'value="add-feedback"' not in page


def test_a_moderator_chooses_the_format(house: House) -> None:
    mara = house.mara()
    page = mara.get("/forum/new").text
    assert re.search(r'format=regionaler-arbeitsmarktdialog"[^>]* aria-current="true"', page)
    assert "Der kleinste Widerstand" in page
    path = "/forum/new?format=konsensieren"
    _, plan = made(house, mara.client.post(path, data=_ready_to_send(mara, path)))
    assert (plan.key, plan.appraising) == ("konsensieren", Appraising.RESISTANCE)
    assert _steps(plan) == ["arrive", "mix", "solve", "appraise", "commit", "close"]
    assert plan.about == all_formats()["konsensieren"].about
