"""The cockpit in round 2: how far the tables are, proposals to mend, agreements, and what closing has done."""

import re

import pytest

from dialog import promise_queries, queries, table_queries
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.undo import Undo, undo
from dialog.words import Step
from sessions.feedback import feedback_shown
from tests.web.house import TODAY, House
from tests.web.second_round import SecondRound

SMALL = {"jobcenter": 3, "traeger": 2, "leistungsberechtigte": 3}
SAID = {"what": "Eine Nummer einrichten", "who": "Jobcenter, Team Nord", "until": TODAY.isoformat()}


@pytest.fixture
def second(house: House) -> SecondRound:
    """Three tables for nine people have been shown."""
    made = SecondRound(house, people=SMALL)
    made.shows_tables()
    return made


@pytest.fixture
def agreeing(second: SecondRound) -> SecondRound:
    """Two proposals, and the dialogue stands in `commit`."""
    second.writes_proposals(2)
    second.house.goes_to(Step.COMMIT)
    return second


def at(second: SecondRound, page: str) -> str:
    return f"/m/{second.house.dialogue_id}/{page}"


def commitments(second: SecondRound) -> list[str]:
    return [one.what for one in second.house.looks(promise_queries.commitments, second.house.dialogue_id)]


# --- The next step ----------------------------------------------------------------------------------------------------


def test_the_biggest_button_leads_through_the_second_round(house: House) -> None:
    second = SecondRound(house, people=SMALL)
    labels = [
        "Tische zeigen", "Weiter: Ideal", "Weiter: Vorteile", "Weiter: Lösungsansätze", "Weiter: Bewerten",
        "Bewertung öffnen", "Bewertung schließen", "Ergebnis aufdecken", "Weiter: Vereinbaren", "Weiter: Abschluss",
    ]  # fmt: skip
    for label in labels:
        page = second.cockpit()
        assert label in page[page.index("button-large") :][:90], label
        if label == "Weiter: Bewerten":
            second.writes_proposals(1)
        form = page[page.rindex("<form", 0, page.index("button-large")) :]
        step = re.search(r'name="step" value="(\w+)"', form[:700])
        fields = {"step": step[1]} if step else {}
        assert second.mara.post(form.split('action="')[1].split('"')[0], **fields).status_code == 200, label
    assert second.dialogue.step == "close"


def test_going_past_the_draw_says_that_it_is_shown(house: House) -> None:
    second = SecondRound(house, people=SMALL)
    assert "Die gemischten Tische werden dabei allen gezeigt." in second.cockpit("go/envision")
    second.shows_tables()
    assert "Die gemischten Tische" not in second.cockpit("go/envision")


def test_leaving_an_open_appraisal_says_that_it_is_closed(second: SecondRound) -> None:
    second.writes_proposals(1)
    second.opens()
    assert "Die offene Bewertung wird dabei geschlossen." in second.cockpit("go/commit")


# --- At the tables ----------------------------------------------------------------------------------------------------


def test_the_cockpit_says_which_group_has_no_benefit_yet(second: SecondRound) -> None:
    second.house.goes_to(Step.TRANSLATE)
    second.writes_benefit(0, "jobcenter", "Weniger Rückfragen")
    page = second.cockpit()
    first = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    assert re.findall(r'class="missing">.*?</svg> ([^<]*)<', first) == ["Träger", "Leistungsberechtigte"]
    assert f"/b/{second.house.dialogue_id}/{second.tables[0].id}/" in first
    for who in ("traeger", "leistungsberechtigte"):
        second.writes_benefit(0, who, "Weniger Wege")
    assert '<span class="big">1 von 3</span>' in second.cockpit()


def test_without_tables_the_cockpit_leads_back_to_the_draw(house: House) -> None:
    house.joins()
    for step in (Step.ENVISION, Step.TRANSLATE, Step.SOLVE):
        house.goes_to(step)
        page = house.mara().get(f"/m/{house.dialogue_id}/").text
        assert "Es gibt noch keine Tische" in page
        assert 'name="step" value="mix"' in page


# --- Proposals --------------------------------------------------------------------------------------------------------


def test_proposals_can_be_taken_back_until_somebody_has_appraised(second: SecondRound) -> None:
    first, last = second.writes_proposals(2)
    second.house.goes_to(Step.APPRAISE)
    assert f"entries/{first}" in second.cockpit(), "There is a way to mend it."
    assert second.mara.post(at(second, "withdraw_entry"), entry_id=first).status_code == 200
    assert second.proposal_ids == [last]
    second.house.does(undo, Undo)
    assert second.proposal_ids == [first, last]
    second.opens()
    assert second.mara.post(at(second, "withdraw_entry"), entry_id=first).status_code == 409
    assert second.proposal_ids == [first, last]
    assert f"entries/{first}" not in second.cockpit()


def test_the_gallery_can_be_looked_at_by_what_proposals_say(second: SecondRound) -> None:
    second.writes_proposals(3)
    second.house.goes_to(Step.APPRAISE)
    assert second.cockpit().count("Ansatz ") >= 3
    assert second.cockpit("?level=nothing&topic=%00").count("Ansatz ") >= 3


@pytest.mark.parametrize("entry_id", ["", "nothing", "x" * 25])
def test_an_unknown_proposal_is_refused(second: SecondRound, entry_id: str) -> None:
    second.writes_proposals(1)
    answer = second.mara.post(at(second, "withdraw_entry"), entry_id=entry_id)
    assert answer.status_code in (404, 422)
    assert len(second.proposal_ids) == 1


# --- Agreements -------------------------------------------------------------------------------------------------------


def test_an_agreement_is_made_changed_taken_back_and_put_back(agreeing: SecondRound) -> None:
    proposal_id = agreeing.proposal_ids[1]
    form = agreeing.cockpit(f"promises/new?proposal={proposal_id}")
    assert "Anfang 2." in form, "It begins with the first step."
    assert re.search(rf'value="{proposal_id}" selected', form)
    made = agreeing.mara.post(at(agreeing, "promises/new"), json=False, **SAID, proposal_id=proposal_id)
    assert made.status_code == 303
    (one,) = agreeing.house.looks(promise_queries.commitments, agreeing.house.dialogue_id)
    assert (one.who, one.until, one.review_on, one.proposal_id) == ("Jobcenter, Team Nord", TODAY, None, proposal_id)
    assert "Eine Nummer einrichten" in agreeing.cockpit()
    address = at(agreeing, f"promises/{one.id}")
    assert "Eine Nummer einrichten" in agreeing.mara.get(address).text
    changed = {**SAID, "what": "Zwei Nummern einrichten", "review_on": "2027-01-15"}
    assert agreeing.mara.post(address, **changed).status_code == 200
    assert commitments(agreeing) == ["Zwei Nummern einrichten"]
    assert "wir schauen darauf am 15.01.2027" in agreeing.cockpit()
    assert agreeing.mara.post(at(agreeing, "withdraw_commitment"), commitment_id=one.id).status_code == 200
    assert commitments(agreeing) == []
    assert "1 Vereinbarung zurückgenommen" in agreeing.cockpit()
    assert agreeing.mara.get(address).status_code == 404
    assert agreeing.mara.post(at(agreeing, "restore_commitment"), commitment_id=one.id).status_code == 200
    assert commitments(agreeing) == ["Zwei Nummern einrichten"]
    agreeing.house.does(undo, Undo)
    assert commitments(agreeing) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "2020-01-01"}, "Dieser Tag liegt vor dem Dialog"),
        ({"review_on": "2020-01-01"}, "Dieser Tag liegt vor dem Dialog"),
        ({"until": ""}, "Bitte wählen Sie einen Tag"),
        ({"until": "bald"}, "Bitte wählen Sie einen Tag"),
        ({"who": "   "}, "Bitte"),
        ({"who": "x" * 200}, "Bitte"),
        ({"what": "x" * 5000}, "Bitte"),
    ],
)
def test_a_mistake_loses_nothing(agreeing: SecondRound, wrong: dict[str, str], sentence: str) -> None:
    sent = {**SAID, "proposal_id": agreeing.proposal_ids[0], **wrong}
    page = agreeing.mara.post(at(agreeing, "promises/new"), json=False, **sent)
    assert page.status_code == 422
    assert sentence in page.text
    kept = {**SAID, **wrong}
    assert kept["who"].strip() in page.text
    assert kept["what"] in page.text
    assert re.search(rf'value="{agreeing.proposal_ids[0]}" selected', page.text)
    assert commitments(agreeing) == []


@pytest.mark.parametrize("proposal_id", ["nothing", "x" * 25])
def test_an_agreement_on_an_unknown_proposal_is_refused(agreeing: SecondRound, proposal_id: str) -> None:
    answer = agreeing.mara.post(at(agreeing, "promises/new"), json=False, **SAID, proposal_id=proposal_id)
    assert answer.status_code in (404, 422)
    assert "Eine Nummer einrichten" in answer.text
    assert commitments(agreeing) == []


def test_the_same_form_sent_twice_is_one_agreement(agreeing: SecondRound) -> None:
    for _time in range(2):
        sent = agreeing.mara.post(at(agreeing, "promises/new"), key="k" * 24, **SAID)
        assert sent.status_code == 200
    assert commitments(agreeing) == ["Eine Nummer einrichten"]


def test_agreements_belong_to_their_steps(second: SecondRound) -> None:
    second.house.goes_to(Step.SOLVE)
    answer = second.mara.post(at(second, "promises/new"), json=False, **SAID)
    assert answer.status_code == 409
    assert "Eine Nummer einrichten" in answer.text
    assert commitments(second) == []


def test_only_moderators_of_the_forum_write_agreements_here(agreeing: SecondRound) -> None:
    house = agreeing.house
    commitment_id = agreeing.promises("Es bleibt dabei")
    (_who, anna), acts = agreeing.guests[0], ("promises/new", f"promises/{commitment_id}", "withdraw_commitment")
    for browser, status in ((house.carl(), 401), (anna.browser, 401), (house.stranger(), 404), (house.analyst(), 403)):
        for act in acts:
            answer = browser.post(at(agreeing, act), **SAID, commitment_id=commitment_id)
            assert answer.status_code == status, act
    assert commitments(agreeing) == ["Es bleibt dabei"]


def test_an_agreement_of_another_dialogue_is_not_there(agreeing: SecondRound) -> None:
    other = House(agreeing.house.app)
    other.goes_to(Step.COMMIT)
    commitment_id = agreeing.promises()
    mara = other.mara()
    assert mara.get(f"/m/{other.dialogue_id}/promises/{commitment_id}").status_code == 404
    answer = mara.post(f"/m/{other.dialogue_id}/withdraw_commitment", commitment_id=commitment_id)
    assert answer.status_code == 404
    assert commitments(agreeing) == ["Eine Nummer einrichten"]


# --- Closing ----------------------------------------------------------------------------------------------------------


def test_closing_says_what_it_has_done_and_can_be_done_once(agreeing: SecondRound) -> None:
    house = agreeing.house
    agreeing.opens()
    agreeing.everybody_appraises()
    agreeing.reveals()
    house.goes_to(Step.CLOSE)
    agreeing.answers(3, sentence="Das war gut")
    page = agreeing.cockpit()
    assert "Was der Abschluss bewirkt" in page
    assert '<span data-count="answered">3</span>' in page
    assert agreeing.mara.post(at(agreeing, "close_dialogue")).status_code == 422
    assert not agreeing.dialogue.closed
    assert agreeing.dialogue.timer_ends_at is not None
    assert agreeing.mara.post(at(agreeing, "close_dialogue"), understood="y").status_code == 200
    assert agreeing.dialogue.timer_ends_at is None, "no clock runs on a tablet that lies there still"
    closed = agreeing.cockpit()
    cut = house.looks(queries.authorship_cut, house.dialogue_id)
    assert (cut.appraisals, cut.feedback, cut.people) == (8, 3, 9)
    assert "Die Bewertungen von 8 Personen führen nicht mehr zu ihnen." in closed
    assert "Die Rückmeldungen von 3 Personen führen nicht mehr zu ihnen." in closed
    assert "Die Handys von 9 Personen sind vergessen" in closed
    tables = agreeing.mara.get(at(agreeing, "tables")).text
    assert "Tisch 1" in tables
    assert "Wer umgesetzt wird" not in tables
    again = agreeing.mara.post(at(agreeing, "close_dialogue"), understood="y")
    assert again.status_code == 409
    assert house.looks(queries.authorship_cut, house.dialogue_id) == cut
    refused = agreeing.mara.post(at(agreeing, "promises/new"), json=False, **SAID)
    assert refused.status_code == 409


def test_the_cut_is_none_before_the_close(second: SecondRound) -> None:
    assert second.house.looks(queries.authorship_cut, second.house.dialogue_id) is None


def test_answers_are_read_only_after_the_close_and_few_are_told_as_people(second: SecondRound) -> None:
    house = second.house
    house.goes_to(Step.CLOSE)
    second.answers(3, answer=5, sentence="Das war gut")
    assert second.presented(feedback_shown) is None
    assert "Das war gut" not in second.cockpit()
    house.does(close_dialogue, CloseDialogue)
    shown = second.presented(feedback_shown)
    assert (shown.answered, shown.present) == (3, 9)
    assert [[count.text for count in question.counts] for question in shown.questions] == [
        ["0", "0", "0", "0", "3"]
    ] * 3
    assert [question.all.text for question in shown.questions] == ["3 von 3"] * 3
    page = second.cockpit()
    assert "Das war gut" in page
    assert "3 von 9 haben geantwortet" in page
    wall = house.carl().get(second.wall_address).text
    assert "Das war gut" not in wall


def test_ten_answers_and_more_have_a_mean(house: House) -> None:
    second = SecondRound(house, people={"jobcenter": 10, "traeger": 1, "leistungsberechtigte": 1})
    house.goes_to(Step.CLOSE)
    second.answers(12, answer=4)
    house.does(close_dialogue, CloseDialogue)
    found = house.looks(lambda db: promise_queries.feedback_figures(db, queries.dialogue(db, house.dialogue_id)))
    for question, figures in zip(second.presented(feedback_shown).questions, found.questions, strict=True):
        assert figures.answers.told_balanced == 40
        assert question.all.text == "4,0"
        assert (question.of["jobcenter"].text, question.of["traeger"].text) == ("4,0", "1 von 1")


def test_the_closed_page_keeps_results_and_agreements(agreeing: SecondRound) -> None:
    agreeing.promises("Eine Nummer einrichten", agreeing.proposal_ids[0])
    agreeing.house.goes_to(Step.CLOSE)
    agreeing.house.does(close_dialogue, CloseDialogue)
    page = agreeing.cockpit()
    assert "Eine Nummer einrichten" in page
    assert len(agreeing.house.looks(table_queries.entries, agreeing.house.dialogue_id, None, "proposal")) == 2
