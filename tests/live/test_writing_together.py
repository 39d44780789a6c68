"""Two people at one table change the same proposal at the same moment; and what the server has taken stays taken."""

import threading
from typing import Any

import requests

from dialog import promise_queries, table_queries
from dialog.events import EntryState, ProposalContent, Scores
from tests.live.hall import Guest, Hall
from tests.live.second_half import SecondHalf

TITLE = "Ein Rückruf am selben Tag ist versprochen"


def writing_proposals(hall: Hall, people: int = 4) -> tuple[SecondHalf, list[Guest], str]:
    """A room in `solve` with a proposal: the room, the people of its table, the proposal's id."""
    room = SecondHalf(hall, people)
    room.sits_down(tables=2)
    hall.goes_to("solve")
    table = room.at(room.tables()["1"])
    told = table[0].browser.post(f"/d/{hall.id}/write/proposal", title=TITLE)
    return room, table, told.json()["entry"]


def entry(hall: Hall, entry_id: str) -> EntryState:
    with hall.store.reading() as db:
        row = table_queries.entry(db, hall.id, entry_id)
        assert row is not None
        return table_queries.entry_state(row)


def changes(hall: Hall, guest: Guest, entry_id: str, was: ProposalContent, **fields: str) -> requests.Response:
    """Somebody saves the proposal as the form of the phone does, with what it began from."""
    kept = {name: str(value or "") for name, value in was.model_dump(exclude={"kind"}).items() if value != ()}
    sent = {**kept, **fields, "was": was.model_dump_json()}
    return guest.browser.post(f"/d/{hall.id}/entries/{entry_id}", **sent)


def at_once(*asked: Any) -> list[Any]:
    """The answers of all, asked at the same moment."""
    start, answers = threading.Barrier(len(asked)), dict[int, Any]()

    def ask(number: int) -> None:
        start.wait()
        answers[number] = asked[number]()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(asked))]


def test_two_who_change_a_proposal_at_the_same_moment_lose_nothing(hall: Hall) -> None:
    """Again and again: what goes together is put together; else one is told, and saves once more from there."""
    room, (anna, ben), proposal_id = writing_proposals(hall)
    told = 0
    for number in range(8):
        was = entry(hall, proposal_id).content
        assert isinstance(was, ProposalContent)
        hers, his = f"Anna{number}", f"Ben{number}"
        texts = [f"{was.what} {hers}".strip(), f"{was.what} {his}".strip()]
        first, second = at_once(
            lambda was=was, texts=texts: changes(hall, anna, proposal_id, was, what=texts[0]),
            lambda was=was, texts=texts: changes(
                hall, ben, proposal_id, was, what=texts[1], first_step=f"Zuerst {was.title}"
            ),
        )
        for guest, answer, text in ((anna, first, texts[0]), (ben, second, texts[1])):
            assert answer.status_code in (200, 409), answer.text
            if answer.status_code == 409:
                told += 1
                theirs = ProposalContent.model_validate(answer.json()["theirs"])
                assert theirs == entry(hall, proposal_id).content
                mine = text.removeprefix(was.what).strip()
                assert mine not in theirs.what
                again = changes(hall, guest, proposal_id, theirs, what=f"{theirs.what} {mine}")
                assert again.status_code == 200, again.text
        now = entry(hall, proposal_id).content
        assert isinstance(now, ProposalContent)
        for written in (*was.what.split(), hers, his):
            assert now.what.split().count(written) == 1, now.what
    assert told > 0, "they did meet"
    room.nobody_missed_anything()


def test_two_who_change_different_places_are_both_taken_at_once(hall: Hall) -> None:
    room, (anna, ben), proposal_id = writing_proposals(hall)
    was = entry(hall, proposal_id).content
    assert isinstance(was, ProposalContent)
    answers = at_once(
        lambda: changes(hall, anna, proposal_id, was, title=TITLE.replace("Ein", "Jeder")),
        lambda: changes(
            hall, ben, proposal_id, was, title=TITLE + " und gilt", what="Wer anruft, hört noch heute von uns"
        ),
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    now = entry(hall, proposal_id).content
    assert now == was.model_copy(
        update={"title": TITLE.replace("Ein", "Jeder") + " und gilt", "what": "Wer anruft, hört noch heute von uns"}
    )
    pinned = room.phones[anna.id].hears(hall.seq())[0]
    assert pinned["entry"]["content"] == now.model_dump(mode="json")
    assert str(hall.picture(ben)["entries"][proposal_id]["content"]["title"]) == now.title


def test_a_retry_of_a_change_changes_nothing_twice(hall: Hall) -> None:
    room, (anna, ben), proposal_id = writing_proposals(hall)
    was = entry(hall, proposal_id).content
    sent = {"title": TITLE + " wirklich", "was": was.model_dump_json(), "key": "the-same-key-of-anna"}
    first = anna.browser.post(f"/d/{hall.id}/entries/{proposal_id}", **sent)
    ben_was = entry(hall, proposal_id).content
    assert isinstance(ben_was, ProposalContent)
    assert changes(hall, ben, proposal_id, ben_was, title="Ganz anders gesagt").status_code == 200
    again = anna.browser.post(f"/d/{hall.id}/entries/{proposal_id}", **sent)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["seq"] == again.json()["seq"]
    assert entry(hall, proposal_id).content.title == "Ganz anders gesagt"
    room.nobody_missed_anything()


def test_an_acknowledged_entry_and_an_acknowledged_appraisal_survive_the_power_cable(own_hall: Hall) -> None:
    hall = own_hall
    room, (anna, ben), proposal_id = writing_proposals(hall)
    was = entry(hall, proposal_id).content
    assert isinstance(was, ProposalContent)
    saved = changes(hall, anna, proposal_id, was, what="Bestätigt")
    assert saved.status_code == 200
    hall.server.kill()
    hall.server.start()
    assert entry(hall, proposal_id).content.what == "Bestätigt"
    assert hall.picture(ben)["seq"] == saved.json()["seq"]

    hall.goes_to("appraise")
    hall.moderates("open_appraisal")
    given = {"proposal": proposal_id, "effect": "5", "feasibility": "2", "key": "an-appraisal-of-anna"}
    told = anna.browser.post(f"/d/{hall.id}/appraisals", **given)
    assert told.status_code == 200, told.text
    hall.server.kill()
    hall.server.start()

    again = anna.browser.post(f"/d/{hall.id}/appraisals", **given)
    assert again.json()["seq"] == told.json()["seq"] == hall.seq()
    with hall.store.reading() as db:
        scores = {proposal_id: Scores(effect=5, feasibility=2, resistance=None)}
        assert promise_queries.appraisals_of(db, anna.id) == scores
        assert promise_queries.appraised(db, hall.id) == 1
    assert hall.picture(ben)["appraised"] == 1
    ear = hall.phone(ben)
    assert room.table_of(ben) in hall.picture(ben)["tables"]
    ear.hears(hall.moderates("close_appraisal"))
