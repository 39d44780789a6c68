"""What became of the promises, in the workbook."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.follow_up_commitment import FollowUpCommitment, follow_up_commitment
from dialog.store import Store
from dialog.words import FollowUpState, Step
from exports.report import read_report
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.held import tables
from tests.method.second_half import SecondHalf

TODAY = date(2027, 4, 1)


@pytest.fixture
def half(store: Store) -> SecondHalf:
    half = SecondHalf(store)
    half.draw(1)
    half.go(Step.COMMIT)
    return half


def test_the_sheet_of_agreements_says_how_each_stands(half: SecondHalf, tmp_path: Path) -> None:
    noted, silent = half.promise(what="Dreht ein Video"), half.promise(what="Ruft zurück")
    half.go(Step.CLOSE)
    half.cockpit(close_dialogue)
    with half.store.writing() as db:
        for state, sentence in ((FollowUpState.RUNNING, "Begonnen"), (FollowUpState.DONE, "=SUM(1;1)")):
            follow_up_commitment(
                db,
                FollowUpCommitment(
                    forum_id="forum",
                    commitment_id=noted,
                    state=state,
                    noted_on=TODAY,
                    sentence=sentence,
                    today=TODAY,
                ),
            )
    assert silent
    with half.reading() as db:
        write_workbook(book(read_report(db, half.id, TODAY)), tmp_path / "workbook.xlsx")
    sheet = load_workbook(tmp_path / "workbook.xlsx")["Vereinbarungen"]
    first, second = next(iter(tables(sheet).values()))
    assert (first["Stand"], first["Stand vom"], first["Bemerkung"]) == ("erledigt", datetime(2027, 4, 1), "=SUM(1;1)")
    assert (second["Stand"], second["Stand vom"], second["Bemerkung"] or "") == ("offen", None, "")
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=SUM(1;1)"]
    assert cell.data_type == "s"
