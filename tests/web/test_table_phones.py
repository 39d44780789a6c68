"""Writing together on the phones of a table: the ideal, benefits, proposals."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.words import Step
from tests.web.at_tables import Tables
from tests.web.house import House, numbers_in


@pytest.fixture
def tables(house: House) -> Tables:
    return Tables(house)


def test_a_sentence_is_acknowledged_and_stands_on_every_phone_of_the_table(tables: Tables) -> None:
    answer = tables.writes(tables.anna, "vision", text="Alle sind erreichbar", plain="Immer ist jemand da")
    assert answer.status_code == 200
    assert answer.json["seq"] == tables.seq
    (entry,) = tables.entries("vision")
    assert answer.json["entry"] == entry.id
    page = tables.page(tables.ben)
    assert "Alle sind erreichbar" in page
    assert "Immer ist jemand da" in page
    assert "Alle sind erreichbar" not in tables.page(tables.dora)


def test_the_phone_shows_table_topic_and_what_was_said(tables: Tables) -> None:
    page = tables.page(tables.anna)
    assert "Tisch 1" in page
    assert "Erreichbarkeit" in page
    assert "Niemand geht ans Telefon" in page
    assert 'aria-label="Jobcenter"' in page
    said = page.split('class="own-number')[0].split('id="said"')[1].split("</details>")[0]
    assert tables.anna.number not in numbers_in(said)


def test_a_retry_writes_once(tables: Tables) -> None:
    key = secrets.token_urlsafe(18)
    first, second = (tables.writes(tables.anna, "vision", key=key, text="Einmal").json for _ in range(2))
    assert first == second
    assert len(tables.entries("vision")) == 1


def test_without_script_a_sentence_is_added_and_can_be_undone(tables: Tables) -> None:
    answer = tables.writes(tables.anna, "vision", json=False, text="Alle sind erreichbar")
    assert answer.status_code == 303
    assert "Hinzugefügt." in tables.anna.browser.get(answer.location).text
    (entry,) = tables.entries("vision")
    undone = tables.ben.browser.post(tables.phone(f"entries/{entry.id}/withdraw"), json=False)
    assert tables.entries("vision") == []
    page = tables.ben.browser.get(undone.location).text
    assert "Zurückgenommen." in page
    assert tables.ben.browser.post(tables.phone(f"entries/{entry.id}/restore"), json=False).status_code == 303
    assert len(tables.entries("vision")) == 1
    assert "Zurückgenommen." not in tables.ben.browser.get(undone.location).text


def test_a_benefit_shows_for_whom_one_is_still_missing(house: House) -> None:
    tables = Tables(house, Step.TRANSLATE)
    tables.vision("Alle sind erreichbar")
    page = tables.page(tables.anna)
    assert "Alle sind erreichbar" in page
    assert page.count("Noch kein Vorteil.") == 3
    assert 'value="jobcenter" checked' in page
    answer = tables.writes(tables.anna, "benefit", stakeholder="jobcenter", text="Weniger Rückfragen")
    assert answer.status_code == 200
    page = tables.page(tables.ben)
    assert f'data-count="{tables.first}.benefit:jobcenter">1<' in page
    assert f'data-count="{tables.first}.benefit:traeger">0<' in page
    assert 'value="traeger" checked' in page


def test_a_proposal_needs_only_its_title_and_tells_what_can_be_added(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    answer = tables.writes(tables.anna, "proposal", json=False, title="Eine Nummer für alle")
    assert answer.status_code == 303
    (entry,) = tables.entries("proposal")
    assert answer.location == tables.phone(f"entries/{entry.id}")
    assert "Eine Nummer für alle" in tables.anna.browser.get(answer.location).text
    missing = tables.page(tables.ben).split("Noch ergänzen")[1].split("</p>")[0]
    assert 'data-open="what">' in missing
    assert 'data-open="level">' in missing
    assert 'data-open="process_step" hidden' in missing


def test_a_proposal_keeps_all_its_details(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    benefit = tables.benefit()
    entry_id = tables.proposal()
    answer = tables.edits(
        tables.anna,
        entry_id,
        tables.content(entry_id),
        what="Ein Anruf, eine Antwort",
        first_step="Die Nummer schalten",
        level="B",
        process_step="2",
        needs=["traeger", "politik"],
        card_ids=tables.card_ids[:1],
        benefit_ids=[benefit],
    )
    assert answer.status_code == 200
    content = tables.content(entry_id)
    assert (content["level"], content["process_step"], content["needs"]) == ("B", "2", ["traeger", "politik"])
    assert (content["card_ids"], content["benefit_ids"]) == (tables.card_ids[:1], [benefit])
    page = tables.page(tables.ben, f"entries/{entry_id}")
    assert f'value="{tables.card_ids[0]}" checked' in page
    assert f'value="{benefit}" checked' in page
    assert 'value="2" checked' in page


def test_a_process_step_goes_with_its_level(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    entry_id = tables.proposal(level="B", process_step="2")
    assert tables.edits(tables.anna, entry_id, tables.content(entry_id), level="C").status_code == 200
    assert tables.content(entry_id)["process_step"] is None


def test_anyone_of_the_table_changes_and_nobody_else(tables: Tables) -> None:
    entry_id = tables.vision("Alle sind erreichbar")
    was = tables.content(entry_id)
    assert tables.edits(tables.ben, entry_id, was, text="Alle sind gut erreichbar").status_code == 200
    assert tables.edits(tables.dora, entry_id, was, text="Von nebenan").status_code == 403
    assert tables.dora.browser.get(tables.phone(f"entries/{entry_id}")).location == tables.phone("")
    for act in ("withdraw", "restore"):
        assert tables.dora.browser.post(tables.phone(f"entries/{entry_id}/{act}")).status_code == 403
        assert tables.house.carl().post(tables.phone(f"entries/{entry_id}/{act}")).status_code == 403
    assert tables.content(entry_id)["text"] == "Alle sind gut erreichbar"


def test_nothing_of_another_table_reaches_a_phone_before_the_gallery(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    tables.vision("Geheimes Ideal")
    tables.proposal("Geheimer Vorschlag")
    payload = tables.dora.browser.get(tables.phone("board.json"), json=True).text
    assert "Geheime" not in tables.page(tables.dora) + payload
    assert "Geheimes Ideal" in tables.page(tables.anna)
    assert "Geheimer Vorschlag" in tables.page(tables.anna)


@pytest.mark.parametrize("step", [Step.ENVISION, Step.TRANSLATE, Step.SOLVE])
def test_without_a_table_the_phone_says_so(house: House, step: Step) -> None:
    anna = house.joins()
    house.goes_to(step)
    page = anna.browser.get(f"/d/{house.dialogue_id}/")
    assert page.status_code == 200
    assert anna.number in page.text
    assert "data-module" not in page.text
    answer = anna.browser.post(f"/d/{house.dialogue_id}/write/vision", text="Ein Satz")
    assert (answer.status_code, answer.json["code"]) == (409, "NoTableYet")
    refused = anna.browser.post(f"/d/{house.dialogue_id}/write/vision", json=False, text="Ein ganzer Satz")
    assert refused.status_code == 409
    assert "Ein ganzer Satz" in refused.text


@pytest.mark.parametrize("step", [Step.ENVISION, Step.TRANSLATE, Step.SOLVE])
def test_a_table_without_topic_works(house: House, step: Step) -> None:
    tables = Tables(house, Step.SOLVE, topic=False)
    tables.vision()
    entry_id = tables.proposal()
    house.goes_to(step)
    page = tables.page(tables.anna)
    assert "noch kein Thema" in page
    assert "Was in Runde 1 gesagt wurde" not in page
    assert tables.anna.browser.get(tables.phone(f"entries/{entry_id}")).status_code == 200


def test_what_is_in_the_hand_when_the_step_ends_is_taken_for_20_seconds(tables: Tables) -> None:
    tables.house.goes_to(Step.COMMIT)
    assert tables.writes(tables.anna, "vision", text="Noch schnell").status_code == 200
    _let_time_pass(tables.house)
    late = tables.writes(tables.anna, "vision", text="Zu spät")
    assert (late.status_code, late.json["code"]) == (409, "NotInThisStep")
    page = tables.writes(tables.anna, "vision", json=False, text="Ganz zu spät")
    assert page.status_code == 409
    assert "Ganz zu spät" in page.text


def _let_time_pass(house: House) -> None:
    """A minute ago the step was left."""
    from dialog.models import Dialogue
    from sessions.perform import store

    with house.app.app_context(), store().writing() as db:
        db.get_one(Dialogue, house.dialogue_id).left_at = datetime.now(UTC) - timedelta(minutes=1)


def test_an_early_proposal_waits_for_its_step(tables: Tables) -> None:
    answer = tables.writes(tables.anna, "proposal", title="Zu früh")
    assert (answer.status_code, answer.json["code"]) == (409, "NotInThisStep")


def test_who_was_taken_out_writes_no_more(tables: Tables) -> None:
    tables.house.does(remove_person, RemovePerson, person_id=tables.anna.id)
    assert tables.writes(tables.anna, "vision", text="Noch da?").status_code == 403


@pytest.mark.parametrize("language", ["de", "de-easy", "en", "uk", "ar", "fa", "ru", "tr"])
def test_the_table_speaks_every_language(tables: Tables, language: str) -> None:
    entry_id = tables.vision()
    tables.anna.browser.client.set_cookie("language", language)
    for path in ("", f"entries/{entry_id}"):
        assert tables.anna.browser.get(tables.phone(path)).status_code == 200


def test_an_open_proposal_makes_way_for_what_comes_after_the_tables(tables: Tables) -> None:
    tables.house.goes_to(Step.SOLVE)
    path = tables.phone(f"entries/{tables.proposal()}")
    assert tables.anna.browser.get(path).status_code == 200
    tables.house.goes_to(Step.APPRAISE)
    answer = tables.anna.browser.get(path)
    assert (answer.status_code, answer.location) == (302, tables.phone(""))
    assert tables.house.carl().get(path).status_code == 403
