"""The page on which the forum follows up what was promised."""

import re
from datetime import date

import pytest

from dialog.models import Dialogue
from dialog.words import FollowUpState, Step
from sessions.perform import store
from tests.web.follow_ups import DAY, SPRING, closes, day_is, notes, promises, standing
from tests.web.house import TODAY, Browser, House

PAGE = "/forum/commitments"
AWKWARD = "Dreht <b>ein</b> Video"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    day_is(monkeypatch, DAY)


@pytest.fixture
def kept(house: House) -> dict[str, str]:
    """A closed dialogue with four promises: one overdue, one to be reviewed, one to come, one that is kept."""
    house.goes_to(Step.COMMIT)
    found = {
        "overdue": promises(house, AWKWARD),
        "review": promises(house, "Ruft zurück", date(2027, 12, 1), date(2027, 4, 1)),
        "to come": promises(house, "Lädt ein", date(2027, 12, 1), date(2027, 6, 1)),
        "done": promises(house, "Druckt Schilder"),
    }
    closes(house)
    notes(house, found["done"], FollowUpState.DONE)
    return found


def shown(browser: Browser, query: str = "") -> list[str]:
    """The ids of the promises on the page, in their order."""
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return re.findall(r'<li class="promise" id="promise-(\w+)"', answer.text)


def note(browser: Browser, commitment_id: str, query: str = "", **other: str) -> object:
    fields = {"state": "running", "noted_on": "2027-04-10", "sentence": "Zwei von drei.", **other}
    return browser.post(f"{PAGE}/{commitment_id}/notes{query}", json=False, **fields)


def test_what_is_due_stands_first_with_a_word(house: House, kept: dict[str, str]) -> None:
    assert shown(house.mara()) == [kept[name] for name in ("overdue", "review", "to come", "done")]
    text = house.mara().get(PAGE).text
    assert "überfällig seit 1. März 2027" in text
    assert "Überprüfung fällig seit 1. April 2027" in text
    assert "Dreht &lt;b&gt;ein&lt;/b&gt; Video" in text
    assert AWKWARD not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?due=yes", ["overdue", "review"]),
        ("?state=open", ["overdue", "review", "to come"]),
        ("?state=done", ["done"]),
        ("?state=dropped", []),
        ("?state=nonsense&dialogue=nowhere&due=maybe", ["overdue", "review", "to come", "done"]),
    ],
)
def test_the_address_chooses(house: House, kept: dict[str, str], query: str, names: list[str]) -> None:
    assert shown(house.mara(), query) == [kept[name] for name in names]


def test_a_dialogue_is_chosen_among_several(house: House, kept: dict[str, str]) -> None:
    other = House(house.app)
    with house.app.app_context(), store().writing() as db:
        db.get_one(Dialogue, other.dialogue_id).forum_id = house.forum_id
    other.goes_to(Step.COMMIT)
    elsewhere = promises(other, "Kauft Kaffee")
    assert elsewhere not in shown(house.mara())  # It is not closed yet.
    closes(other)
    assert len(shown(house.mara())) == 5
    assert shown(house.mara(), f"?dialogue={other.dialogue_id}") == [elsewhere]


def test_mara_notes_a_state_and_comes_back_to_what_she_chose(house: House, kept: dict[str, str]) -> None:
    answer = note(house.mara(), kept["review"], "?due=yes")
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?due=yes#promise-{kept['review']}")
    (found,) = standing(house, kept["review"]).notes
    assert (found.state, found.noted_on, found.sentence) == ("running", date(2027, 4, 10), "Zwei von drei.")
    assert shown(house.mara(), "?due=yes") == [kept["overdue"]]
    assert "Zwei von drei." in house.mara().get(PAGE).text


@pytest.mark.parametrize("query", ["?_anchor=x", "?endpoint=x", "?_external=1&_scheme=ftp", "?values=1", "?due=%00"])
def test_an_address_that_nobody_made_here_notes_all_the_same(house: House, kept: dict[str, str], query: str) -> None:
    answer = note(house.mara(), kept["overdue"], query)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}#promise-{kept['overdue']}")
    assert standing(house, kept["overdue"]).state is FollowUpState.RUNNING


def test_sending_the_form_twice_notes_once_and_a_correction_stays_visible(house: House, kept: dict[str, str]) -> None:
    mara = house.mara()
    assert note(mara, kept["review"]).status_code == note(mara, kept["review"]).status_code == 303
    assert len(standing(house, kept["review"]).notes) == 1
    note(mara, kept["review"], state="dropped", sentence="Doch nicht.")
    text = mara.get(PAGE).text
    assert "1 früherer Stand" in text
    assert "Zwei von drei." in text
    assert "Doch nicht." in text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("state", "", "Bitte wählen Sie, wie es steht."),
        ("state", "finished", "Bitte wählen Sie, wie es steht."),
        ("noted_on", "", "Bitte wählen Sie einen Tag."),
        ("noted_on", "gestern", "Bitte wählen Sie einen Tag."),
        ("noted_on", "2027-04-16", "Dieser Tag liegt noch vor uns."),
        ("noted_on", "2026-11-22", "Dieser Tag liegt vor dem Dialog."),
        ("sentence", "x" * 601, "Der Text hat 601 Zeichen"),
    ],
)
def test_a_mistake_is_told_beside_and_nothing_typed_is_lost(
    house: House, kept: dict[str, str], field: str, value: str, sentence: str
) -> None:
    fields = {"sentence": "Das will ich nicht noch einmal tippen.", field: value}
    answer = note(house.mara(), kept["review"], **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields["sentence"] in answer.text
    assert '<details class="fold promise-fold" open>' in answer.text
    assert standing(house, kept["review"]).notes == ()


def test_an_analyst_reads_and_notes_nothing(house: House, kept: dict[str, str]) -> None:
    note(house.mara(), kept["review"])
    analyst = house.analyst()
    text = analyst.get(PAGE).text
    assert "Zwei von drei." in text
    assert "Stand notieren" in house.mara().get(PAGE).text
    assert "Stand notieren" not in text
    assert note(analyst, kept["review"], state="done").status_code == 403
    assert len(standing(house, kept["review"]).notes) == 1


def test_a_moderator_of_another_forum_sees_and_notes_nothing(house: House, kept: dict[str, str]) -> None:
    stranger = house.stranger()
    assert "Noch ist in keinem abgeschlossenen Dialog" in stranger.get(PAGE).text
    assert note(stranger, kept["review"]).status_code == 404
    assert house.carl().get(PAGE).status_code == 303
    assert note(house.carl(), kept["review"]).status_code == 401
    assert standing(house, kept["review"]).notes == ()


def test_a_rehearsal_is_never_listed(house: House, kept: dict[str, str]) -> None:
    assert shown(house.mara())
    with house.app.app_context(), store().writing() as db:
        db.get_one(Dialogue, house.dialogue_id).rehearsal = True
    assert shown(house.mara()) == []
    assert "Überprüfung" not in house.mara().get("/forum").text


def test_the_forum_says_quietly_what_is_due(house: House, kept: dict[str, str]) -> None:
    assert "1 Überprüfung fällig" in house.mara().get("/forum").text
    assert "1 Vereinbarung überfällig" in house.analyst().get("/forum").text
    for name in ("review", "overdue"):
        notes(house, kept[name], FollowUpState.DONE)
    text = house.mara().get("/forum").text
    assert "fällig" not in text


def test_the_lines_of_the_dialogue_tell_the_state(house: House, kept: dict[str, str]) -> None:
    note(house.mara(), kept["overdue"])
    text = house.mara().get(f"/m/{house.dialogue_id}/lines").text
    assert "Zwei von drei." in text
    assert text.count("noch offen") == 2


def test_on_the_day_of_the_dialogue_something_can_be_noted(
    house: House, kept: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    day_is(monkeypatch, TODAY)
    assert note(house.mara(), kept["to come"], noted_on=TODAY.isoformat()).status_code == 303
    assert SPRING > TODAY
