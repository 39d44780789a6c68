"""From the code on the wall to the own number."""

import re

import pytest

from dialog import queries
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.close_door import CloseDoor, close_door
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.words import Step
from tests.web.house import Browser, House, numbers_in


def people(house: House) -> int:
    return len(house.looks(queries.people, house.dialogue_id))


def typed_differently(code: str) -> str:
    return f" {code[:3].lower()} {code[3:].lower().replace('d', 'o')} "


def number_on(browser: Browser, house: House) -> str:
    page = browser.get(f"/d/{house.dialogue_id}/")
    assert page.status_code == 200
    found = re.search(r">(\d{4})</span>", page.text)
    assert found is not None
    return found[1]


def test_the_code_leads_in_however_it_is_typed(house: House) -> None:
    answer = house.carl().post("/code", json=False, code=typed_differently(house.code))
    assert answer.status_code == 303
    assert answer.location == f"/{house.code}"


def test_after_the_scan_two_taps_are_enough(house: House) -> None:
    carl = house.carl()
    page = carl.get(f"/{house.code}")
    assert page.status_code == 200
    assert page.text.count('type="radio" name="stakeholder"') == 3
    answer = carl.post(f"/{house.code}", json=False, stakeholder="traeger")
    assert answer.status_code == 303
    assert answer.location == f"/d/{house.dialogue_id}/"
    assert number_on(carl, house)


def test_what_one_may_say_of_oneself_is_kept(house: House) -> None:
    carl = house.carl()
    told = {"organisation": " Bildungs\x00werk\tNord ", "languages": ["uk", "de"], "needs_interpreter": "y"}
    assert carl.post(f"/{house.code}", stakeholder="traeger", **told).status_code == 200
    (person,) = house.looks(queries.people, house.dialogue_id)
    assert person.organisation == "Bildungs werk Nord"
    assert person.languages == ["de", "uk"]
    assert person.needs_interpreter


def test_the_same_phone_is_the_same_person(house: House) -> None:
    carl = house.carl()
    carl.post(f"/{house.code}", stakeholder="jobcenter")
    number = number_on(carl, house)
    again = carl.get(f"/{house.code}")
    assert again.status_code == 303
    assert again.location == f"/d/{house.dialogue_id}/"
    assert number_on(carl, house) == number


def test_a_form_sent_twice_is_one_person(house: House) -> None:
    carl = house.carl()
    for _ in range(2):
        carl.post(f"/{house.code}", stakeholder="jobcenter", key="the-same-key-twice")
    assert people(house) == 1


@pytest.mark.parametrize("step", list(Step))
def test_a_latecomer_lands_in_the_current_step(house: House, step: Step) -> None:
    house.goes_to(step)
    carl = house.carl()
    assert carl.post(f"/{house.code}", json=False, stakeholder="jobcenter").status_code == 303
    assert carl.get(f"/d/{house.dialogue_id}/").status_code == 200


@pytest.mark.parametrize("code", ["", "abc", "7K3-M9P-XX", "ÄÖÜ", "\x00", "<script>"])
def test_a_wrong_code_is_told_beside_the_field(house: House, code: str) -> None:
    answer = house.carl().post("/code", json=False, code=code)
    assert answer.status_code == (404 if code.strip("\x00") else 422)
    assert 'id="code-error"' in answer.text
    assert "sechs Zeichen an der Wand" in answer.text


def test_a_wrong_code_in_the_address_can_be_corrected(house: House) -> None:
    answer = house.carl().get("/XXXXXX")
    assert answer.status_code == 404
    assert 'value="XXXXXX"' in answer.text


@pytest.mark.parametrize("stakeholder", ["", "politik", "nobody", "\x00"])
def test_nobody_comes_in_without_a_group_of_the_room(house: House, stakeholder: str) -> None:
    answer = house.carl().post(f"/{house.code}", json=False, stakeholder=stakeholder, organisation="Werk Nord")
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine der gezeigten Gruppen." in answer.text
    assert 'value="Werk Nord"' in answer.text
    assert people(house) == 0


def test_unknown_languages_and_long_names_are_refused(house: House) -> None:
    answer = house.carl().post(f"/{house.code}", stakeholder="traeger", languages="tlh", organisation="x" * 81)
    assert answer.status_code == 422
    assert set(answer.json["fields"]) == {"languages", "organisation"}


def test_a_closed_door_says_so(house: House) -> None:
    assert house.carl().get(f"/{house.code}").status_code == 200
    house.does(close_door, CloseDoor)
    carl = house.carl()
    page = carl.get(f"/{house.code}")
    assert page.status_code == 403
    assert "Die Tür ist geschlossen" in page.text
    answer = carl.post(f"/{house.code}", stakeholder="jobcenter")
    assert answer.status_code == 403
    assert "nimmt gerade niemanden mehr auf" in answer.json["error"]
    assert people(house) == 0


def test_whoever_was_taken_out_stays_out(house: House) -> None:
    anna = house.joins()
    assert anna.browser.get(f"/d/{house.dialogue_id}/").status_code == 200
    house.does(remove_person, RemovePerson, person_id=anna.id)
    for path in (f"/d/{house.dialogue_id}/", f"/d/{house.dialogue_id}/board.json"):
        assert anna.browser.get(path).status_code == 403
    again = anna.browser.get(f"/{house.code}")
    assert again.status_code == 303
    assert "nicht mehr angemeldet" in anna.browser.get(again.location).text
    assert people(house) == 0


def test_a_stranger_sees_no_phone(house: House) -> None:
    anna = house.joins()
    assert anna.browser.get(f"/d/{house.dialogue_id}/").status_code == 200
    assert house.carl().get(f"/d/{house.dialogue_id}/").status_code == 403
    assert house.carl().get(f"/d/{house.dialogue_id}/board.json").status_code == 403
    assert house.carl().get("/d/0000000000000000/").status_code == 404


def test_the_number_opens_the_own_page_on_another_phone(house: House) -> None:
    anna = house.joins()
    carl = house.carl()
    answer = carl.post(f"/{house.code}/phone", json=False, number=f" {anna.number[:2]} {anna.number[2:]}")
    assert answer.status_code == 303
    assert number_on(carl, house) == anna.number
    assert anna.browser.get(f"/d/{house.dialogue_id}/").status_code == 403


@pytest.mark.parametrize(("number", "status"), [("", 422), ("12", 422), ("abcd", 422), ("1111", 404), ("\x00", 422)])
def test_a_wrong_number_is_told_and_kept(house: House, number: str, status: int) -> None:
    answer = house.carl().post(f"/{house.code}/phone", json=False, number=number)
    assert answer.status_code == status
    assert "vier Ziffern" in answer.text


def test_numbers_cannot_be_guessed_one_by_one_and_nobody_is_locked_out(house: House) -> None:
    anna = house.joins()
    carl = house.carl()
    tries = [carl.post(f"/{house.code}/phone", number="1111").status_code for _ in range(31)]
    assert tries[0] == 404
    assert tries[-1] == 429
    assert carl.post(f"/{house.code}/phone", number=anna.number).status_code == 429
    assert anna.browser.get(f"/d/{house.dialogue_id}/").status_code == 200
    assert house.carl().post(f"/{house.code}", stakeholder="jobcenter").status_code == 200


def test_the_pages_speak_the_chosen_language(house: House) -> None:
    anna = house.joins()
    answer = anna.browser.post("/language", json=False, language="ar", back=f"/d/{house.dialogue_id}/")
    assert answer.status_code == 303
    assert answer.location == f"/d/{house.dialogue_id}/"
    assert '<html lang="ar" dir="rtl"' in anna.browser.get(f"/d/{house.dialogue_id}/").text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1"]
)
def test_the_choice_of_language_leads_to_no_other_house(house: House, back: str) -> None:
    assert house.carl().post("/language", json=False, language="tr", back=back).location == "/"


def test_an_unknown_language_is_refused(house: House) -> None:
    assert house.carl().post("/language", json=False, language="tlh").status_code == 422


def test_a_closed_dialogue_thanks(house: House) -> None:
    anna = house.joins()
    house.goes_to(Step.CLOSE)
    assert "Danke" in anna.browser.get(f"/d/{house.dialogue_id}/").text
    house.does(close_dialogue, CloseDialogue)
    page = anna.browser.get(f"/d/{house.dialogue_id}/")
    assert page.status_code == 200
    assert "Dieser Dialog ist abgeschlossen" in page.text
    assert anna.number not in numbers_in(page.text)
