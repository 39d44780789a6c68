"""The table's tablet: who opens it, what stands on it in each step, and its own undo."""

import json

import pytest

from dialog.acting import board_scope
from dialog.commands.open_appraisal import OpenAppraisal, open_appraisal
from dialog.words import LinkKind, Step
from tests.web.at_tables import Tables
from tests.web.house import House

ACTS = ["write/vision", "write/benefit", "write/proposal", "undo", "redo"]


@pytest.fixture
def tables(house: House) -> Tables:
    return Tables(house)


def test_mara_opens_every_table(tables: Tables) -> None:
    for table_id in (tables.first, tables.second):
        assert tables.mara.get(tables.tablet(table_id=table_id)).status_code == 200


@pytest.mark.parametrize("who", ["carl", "stranger", "analyst"])
def test_nobody_else_comes_in(tables: Tables, who: str) -> None:
    entry_id = tables.vision()
    browser = getattr(tables.house, who)()
    for path in ("", "board.json", f"entries/{entry_id}"):
        assert browser.get(tables.tablet(path)).status_code == 403
    for act in (*ACTS, f"entries/{entry_id}", f"entries/{entry_id}/withdraw", f"entries/{entry_id}/restore"):
        assert browser.post(tables.tablet(act), text="Fremd").status_code == 403, act
    assert tables.anna.browser.get(tables.tablet()).status_code == 403


def test_a_link_opens_its_table_and_no_other(tables: Tables) -> None:
    tablet = tables.house.carl()
    answer = tablet.get(tables.link(LinkKind.BOARD, tables.first))
    assert (answer.status_code, answer.location) == (303, tables.tablet())
    assert tablet.post(tables.tablet("write/vision"), text="Vom Tablet").status_code == 200
    assert [entry.content.text for entry in tables.entries("vision")] == ["Vom Tablet"]
    foreign = tables.vision("Von nebenan", table_id=tables.second)
    assert tablet.get(tables.tablet(table_id=tables.second)).status_code == 403
    assert tablet.post(tables.tablet("write/vision", tables.second), text="Fremd").status_code == 403
    for path in (f"entries/{foreign}/withdraw", f"entries/{foreign}"):
        assert tablet.post(tables.tablet(path)).status_code == 403
    assert tablet.get(tables.tablet(f"entries/{foreign}")).status_code == 403
    page = tablet.get(tables.tablet())
    assert "Von nebenan" not in page.text + tablet.get(tables.tablet("board.json")).text


def test_a_link_for_all_boards_lists_the_tables(tables: Tables) -> None:
    tablet = tables.house.carl()
    page = tablet.get(tables.link(LinkKind.BOARDS))
    assert tables.tablet(table_id=tables.second) in page.text
    assert tables.tablet(table_id=tables.second) in tablet.get(tables.tablet()).text


def test_before_the_tables_are_shown_the_tablet_tells_nothing(house: House) -> None:
    from dialog import table_queries
    from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups

    house.joins("jobcenter"), house.joins("traeger")
    house.goes_to(Step.MIX)
    house.does(draw_mixed_groups, DrawMixedGroups, tables=2, seed=1)
    table = house.looks(table_queries.tables, house.dialogue_id)[0]
    page = house.mara().get(f"/b/{house.dialogue_id}/{table.id}/")
    assert page.status_code == 200
    assert "noch nicht gezeigt" in page.text
    live = json.loads(page.text.split('id="live">')[1].split("</script>")[0])
    assert live["board"]["tables"] == {}
    assert house.mara().post(f"/b/{house.dialogue_id}/{table.id}/write/vision", text="Früh").status_code == 409


@pytest.mark.parametrize(
    "step", [Step.MIX, Step.ENVISION, Step.TRANSLATE, Step.SOLVE, Step.APPRAISE, Step.COMMIT, Step.CLOSE]
)
def test_every_step_has_its_page(tables: Tables, step: Step) -> None:
    tables.vision("Alle sind erreichbar")
    tables.house.goes_to(Step.SOLVE)
    tables.benefit()
    tables.proposal("Eine Nummer für alle", level="B", process_step="2", needs=("politik",))
    tables.house.goes_to(step)
    page = tables.mara.get(tables.tablet())
    assert page.status_code == 200
    assert "Erreichbarkeit" in page.text
    if step is not Step.MIX:
        assert "Alle sind erreichbar" in page.text
    if step in (Step.SOLVE, Step.APPRAISE, Step.COMMIT, Step.CLOSE):
        assert "Eine Nummer für alle" in page.text


def test_the_tablet_counts_who_sits_here(tables: Tables) -> None:
    page = tables.mara.get(tables.tablet()).text
    assert f'data-count="{tables.first}.jobcenter">1<' in page
    assert f'data-count="{tables.first}.leistungsberechtigte">1<' in page
    assert f'data-count="{tables.first}.traeger">0<' in page


def test_the_tablet_undoes_its_own_acts_only(tables: Tables) -> None:
    tables.writes(tables.anna, "vision", text="Vom Handy")
    tablet = tables.house.carl()
    tablet.get(tables.link(LinkKind.BOARD, tables.first))
    tablet.post(tables.tablet("write/vision"), text="Vom Tablet")
    assert tablet.post(tables.tablet("undo")).status_code == 200
    assert [entry.content.text for entry in tables.entries("vision")] == ["Vom Handy"]
    assert tablet.post(tables.tablet("redo")).status_code == 200
    assert len(tables.entries("vision")) == 2
    tablet.post(tables.tablet("undo"))
    assert tablet.post(tables.tablet("undo")).status_code == 409
    assert [entry.content.text for entry in tables.entries("vision")] == ["Vom Handy"]


def test_acts_of_the_tablet_go_on_the_table_s_stack(tables: Tables) -> None:
    from sqlalchemy import select

    from dialog.models import JournalEntry

    tables.mara.post(tables.tablet("write/vision"), text="Vom Tablet")
    scope = tables.house.looks(
        lambda db: db.scalars(
            select(JournalEntry.scope)
            .where(JournalEntry.dialogue_id == tables.house.dialogue_id)
            .order_by(JournalEntry.seq.desc())
        ).first()
    )
    assert scope == board_scope(tables.first)


def test_without_script_the_tablet_writes_changes_and_takes_back(tables: Tables) -> None:
    answer = tables.mara.post(tables.tablet("write/vision"), json=False, text="Alle sind erreichbar")
    (entry,) = tables.entries("vision")
    assert (answer.status_code, answer.location) == (303, f"{tables.tablet()}#entry-{entry.id}")
    assert ">Alle sind erreichbar</textarea>" in tables.mara.get(tables.tablet(f"entries/{entry.id}")).text
    was = json.dumps(tables.content(entry.id))
    changed = tables.mara.post(tables.tablet(f"entries/{entry.id}"), json=False, was=was, text="Alle sind da")
    assert changed.status_code == 303
    assert tables.content(entry.id)["text"] == "Alle sind da"
    assert tables.mara.post(tables.tablet(f"entries/{entry.id}/withdraw"), json=False).status_code == 303
    assert tables.entries("vision") == []
    assert tables.mara.post(tables.tablet(f"entries/{entry.id}/restore"), json=False).status_code == 303
    assert len(tables.entries("vision")) == 1


def test_proposals_are_mended_until_the_first_appraisal(house: House) -> None:
    tables = Tables(house, Step.SOLVE)
    entry_id = tables.proposal("Eine Numer für alle")
    house.goes_to(Step.APPRAISE)
    assert f"entries/{entry_id}" in tables.mara.get(tables.tablet()).text
    fields = {"was": json.dumps(tables.content(entry_id)), "title": "Eine Nummer für alle"}
    assert tables.mara.post(tables.tablet(f"entries/{entry_id}"), **fields).status_code == 200
    house.does(open_appraisal, OpenAppraisal)
    assert f"entries/{entry_id}" not in tables.mara.get(tables.tablet()).text
    fields = {"was": json.dumps(tables.content(entry_id)), "title": "Zu spät"}
    late = tables.mara.post(tables.tablet(f"entries/{entry_id}"), **fields)
    assert (late.status_code, late.json["code"]) == (409, "AppraisalBegun")


@pytest.mark.parametrize("act", ["reveal", "people", "nominations", "paper", "topics", "cards/place", "cards/hide"])
def test_what_belongs_to_round_1_is_refused_at_a_table(tables: Tables, act: str) -> None:
    fields = {"topic": "0" * 16, "how": "add", "card": "0" * 16, "text": "Karte", "valence": "works"}
    for as_script in (True, False):
        answer = tables.mara.post(tables.tablet(act), json=as_script, addressees=["politik"], **fields)
        assert 400 <= answer.status_code < 500, act
    assert tables.mara.get(tables.tablet("similar.json")).status_code < 500
