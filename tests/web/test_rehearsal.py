"""Rehearsals: who may begin one, where it is marked, and where it never appears. The people themselves: tests/live."""

import re
import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from dialog import queries
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.go_to_step import GoToStep, go_to_step
from dialog.models import Dialogue, Group
from dialog.words import Step
from sessions.rehearsal import starting
from sessions.rehearsal.planning import plan_rehearsal
from tests.web.house import Browser, House
from tests.web.taking_home import taken_home

MARK = 'class="rehearsal"'
PAGES = "poster people links plan ballots tables table-cards lines take-home minutes summary".split()


def rehearsal(house: House) -> str:
    """A rehearsal of the house's dialogue, into which nobody has come; its id."""
    with house.app.app_context():
        return plan_rehearsal(house.looks(queries.dialogue, house.dialogue_id), "k" * 20, date.today()).id


def of(house: House, dialogue_id: str) -> Dialogue | None:
    found: Dialogue | None = house.looks(lambda db: db.get(Dialogue, dialogue_id))
    return found


def test_a_rehearsal_has_the_plan_of_its_dialogue_and_its_own_dates(house: House) -> None:
    copy, original = of(house, rehearsal(house)), of(house, house.dialogue_id)
    assert copy is not None
    assert original is not None
    assert (copy.rehearsal, original.rehearsal) == (True, False)
    assert copy.code != original.code
    assert (copy.held_on, copy.deletes_on) == (date.today(), date.today() + timedelta(days=7))
    assert queries.plan(copy).steps == queries.plan(original).steps


def test_sending_the_form_twice_plans_one_rehearsal(house: House) -> None:
    assert rehearsal(house) == rehearsal(house)


def pages(house: House, dialogue_id: str) -> dict[str, Any]:
    """Each kind of page of a dialogue, as its reader gets it."""
    mara = house.mara()
    code = house.looks(queries.dialogue, dialogue_id).code
    phone = house.carl()
    join = phone.get(f"/{code}")
    phone.post(f"/{code}", stakeholder="jobcenter")
    group_id = house.looks(lambda db: db.query(Group).filter_by(dialogue_id=dialogue_id).first()).id
    mara.post(f"/m/{dialogue_id}/make_link", kind="screen")
    ready = mara.get(f"/m/{dialogue_id}/ready").text
    (wall,) = set(re.findall(r'value="http://localhost:8000(/s/[^"]+)"', ready))
    mara.post(f"/m/{dialogue_id}/go_to_step", step="collect")
    return {
        "join": join.text,
        "phone": phone.get(f"/d/{dialogue_id}/").text,
        "wall": house.carl().get(wall).text,
        "board": mara.get(f"/b/{dialogue_id}/{group_id}/").text,
        "cockpit": mara.get(f"/m/{dialogue_id}/").text,
        "set-up": ready,
        **{name: mara.get(f"/m/{dialogue_id}/{name}").text for name in PAGES},
    }


def test_every_page_of_a_rehearsal_is_marked(house: House) -> None:
    found = pages(house, rehearsal(house))
    assert [name for name, page in found.items() if MARK not in page] == []
    assert "<title>Probelauf: " in found["cockpit"]


def test_no_page_of_a_held_dialogue_is_marked(house: House) -> None:
    assert [name for name, page in pages(house, house.dialogue_id).items() if MARK in page] == []


@pytest.mark.parametrize(("language", "word"), [("ar", "تجربة"), ("uk", "Репетиція"), ("tr", "Prova")])
def test_a_phone_says_it_in_its_own_language(house: House, language: str, word: str) -> None:
    code = house.looks(queries.dialogue, rehearsal(house)).code
    page = house.app.test_client().get(f"/{code}", headers={"Accept-Language": language, "Accept": "text/html"})
    assert f"<strong>{word}</strong>" in page.text


def test_a_rehearsal_stands_apart_in_the_list_and_counts_nobody(house: House) -> None:
    dialogue_id = rehearsal(house)
    house.carl().post(f"/{house.looks(queries.dialogue, dialogue_id).code}", stakeholder="jobcenter")
    page = house.mara().get("/forum").text
    held, _, practised = page.partition('id="rehearsals"')
    assert dialogue_id not in held
    assert house.dialogue_id in held
    assert dialogue_id in practised
    assert "counts" not in practised, "nobody is counted who is not there"
    assert house.dialogue_id not in practised


def test_analysts_never_meet_a_rehearsal(house: House) -> None:
    dialogue_id = rehearsal(house)
    house.does(go_to_step, GoToStep, dialogue_id=dialogue_id, step=Step.CLOSE)
    house.does(close_dialogue, CloseDialogue, dialogue_id=dialogue_id)
    analyst = house.analyst()
    assert dialogue_id not in analyst.get("/forum").text
    assert analyst.get(f"/m/{dialogue_id}/take-home", json=True).status_code == 403
    assert analyst.post(f"/m/{dialogue_id}/exports", kind="workbook", profile="internal").status_code == 403
    assert analyst.post(f"/m/{dialogue_id}/remove_rehearsal").status_code == 403


def test_the_workbook_says_on_every_sheet_that_it_was_a_rehearsal(house: House) -> None:
    answer = taken_home(house.mara(), rehearsal(house), "workbook")
    assert answer.status_code == 200
    assert "Probelauf_" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.data)) as book:
        texts = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml")).decode()
    assert "PROBELAUF mit simulierten Personen" in texts
    plain = taken_home(house.mara(), house.dialogue_id, "csv")
    assert "Arbeitsmarktdialog_" in plain.headers["Content-Disposition"]


@pytest.mark.parametrize("act", ["rehearse", "stop_rehearsal", "remove_rehearsal"])
def test_only_moderators_of_the_forum_rehearse(house: House, act: str) -> None:
    dialogue_id = rehearsal(house)

    def tries(browser: Browser) -> int:
        return browser.post(f"/m/{dialogue_id}/{act}", people="2", pace="fast").status_code

    guest = house.joins()
    assert (tries(house.carl()), tries(guest.browser)) == (401, 401)
    assert (tries(house.stranger()), tries(house.analyst())) == (404, 403)
    without_token = house.mara().client.post(f"/m/{dialogue_id}/{act}", data={"people": "2", "pace": "fast"})
    assert without_token.status_code == 400
    assert of(house, dialogue_id) is not None
    assert starting.running(house.app.extensions["settings"], house.forum_id) is None


@pytest.mark.parametrize(
    "fields", [{"people": "1"}, {"people": "151"}, {"people": "viele"}, {"people": ""}, {"pace": "0"}, {"pace": ""}]
)
def test_numbers_that_make_no_rehearsal_are_refused_with_a_sentence(house: House, fields: dict[str, str]) -> None:
    answer = house.mara().post(f"/m/{house.dialogue_id}/rehearse", **{"people": "12", "pace": "fast", **fields})
    assert answer.status_code == 422
    assert answer.json["error"].endswith(".")
    dialogues = house.looks(queries.dialogues, house.forum_id)
    assert [one.id for one in dialogues] == [house.dialogue_id]


def test_a_rehearsal_is_deleted_by_a_button_and_a_held_dialogue_is_not(house: House) -> None:
    dialogue_id = rehearsal(house)
    house.carl().post(f"/{house.looks(queries.dialogue, dialogue_id).code}", stakeholder="jobcenter")
    mara = house.mara()
    assert mara.post(f"/m/{house.dialogue_id}/remove_rehearsal").status_code == 409
    assert mara.post(f"/m/{dialogue_id}/remove_rehearsal").status_code == 303
    assert of(house, dialogue_id) is None
    assert of(house, house.dialogue_id) is not None
    assert mara.post(f"/m/{dialogue_id}/remove_rehearsal").status_code == 404
