"""Before the reveal: counts, paper cards, people without a phone."""

import pytest

from dialog import queries
from dialog.words import Step, Valence
from tests.web.house import House
from tests.web.pinboard import Board

PAPER = {"valence": "works", "text": "Das Café vor Ort", "addressees": ["jobcenter", "politik"]}


def test_a_hidden_card_is_on_no_board_before_the_reveal(house: House) -> None:
    board = Board(house)
    board.writes(board.anna, "Geheimer Gedanke")
    for path in ("", "board.json", "similar.json", "?alike=1", "?card=x"):
        assert "Geheimer" not in board.mara.get(board.url + path).text, path
    assert board.snapshot()["groups"][board.group_id]["written"] == 1
    assert board.snapshot()["cards"] == {}
    board.post("reveal")
    assert "Geheimer Gedanke" in board.mara.get(board.url).text


def test_the_board_shows_its_own_paper_cards_only(house: House) -> None:
    board = Board(house)
    board.writes(board.anna, "Geheimer Gedanke")
    assert board.post("paper", **PAPER).status_code == 200
    page = board.mara.get(board.url).text
    assert PAPER["text"] in page
    assert "Geheimer" not in page
    assert PAPER["text"] not in board.mara.get(board.address(board.other.group_id)).text
    assert PAPER["text"] not in board.ben.browser.get(f"/d/{house.dialogue_id}/").text
    (card,) = board.snapshot()["cards"].values()
    assert (card["text"], card["paper"], card["addressees"]) == (PAPER["text"], True, ["jobcenter", "politik"])


def test_a_paper_card_is_changed_withdrawn_and_put_back(house: House) -> None:
    board = Board(house)
    board.post("paper", **PAPER)
    (card_id,) = board.snapshot()["cards"]
    answer = board.post(f"paper/{card_id}", valence="fails", text="Anders", addressees=["traeger"])
    assert answer.status_code == 200
    card = board.card(card_id)
    assert (card.text, card.valence, card.addressees) == ("Anders", Valence.FAILS, ("traeger",))
    assert board.post(f"paper/{card_id}/withdraw").status_code == 200
    assert board.snapshot()["cards"] == {}
    assert board.post(f"paper/{card_id}/restore").status_code == 200
    assert list(board.snapshot()["cards"]) == [card_id]
    assert board.post("undo").status_code == 200
    assert board.snapshot()["cards"] == {}


def test_the_board_cannot_rewrite_a_card_from_a_phone(house: House) -> None:
    board = Board(house)
    card_id = board.writes(board.anna, "Mein Wort")
    board.post("reveal")
    answer = board.post(f"paper/{card_id}", valence="works", text="Ein anderes", addressees=["politik"])
    assert answer.status_code == 403
    assert board.post(f"paper/{card_id}/withdraw").status_code == 403
    assert board.card(card_id).text == "Mein Wort"


def test_a_retry_writes_one_card(house: House) -> None:
    board = Board(house)
    first = board.post("paper", key="k" * 24, **PAPER)
    second = board.post("paper", key="k" * 24, **PAPER)
    assert first.json == second.json
    assert len(board.snapshot()["cards"]) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "\x00\x07"}, "text"),
        ({"text": "x" * 141}, "text"),
        ({"text": "x" * 40_000}, "text"),
        ({"addressees": []}, "addressees"),
        ({"addressees": ["niemand"]}, "addressees"),
        ({"valence": "sideways"}, "valence"),
        ({"valence": ""}, "valence"),
    ],
)
def test_what_is_no_card_is_said_beside_its_field(house: House, fields: dict[str, object], wrong: str) -> None:
    board = Board(house)
    answer = board.post("paper", **{**PAPER, **fields})
    assert answer.status_code == 422
    assert answer.json["fields"][wrong]
    page = board.post("paper", json=False, **{**PAPER, **fields})
    assert page.status_code == 422
    assert answer.json["fields"][wrong] in page.text
    assert board.snapshot()["cards"] == {}


def test_without_script_what_was_typed_is_kept(house: House) -> None:
    board = Board(house)
    page = board.post("paper", json=False, valence="fails", text="Bleibt stehen", addressees=[])
    assert page.status_code == 422
    assert "Bleibt stehen</textarea>" in page.text
    done = board.post("paper", json=False, **PAPER)
    assert (done.status_code, done.location) == (303, f"{board.url}#write")


def test_without_script_a_paper_card_is_changed_on_the_page(house: House) -> None:
    board = Board(house)
    board.post("paper", **PAPER)
    (card_id,) = board.snapshot()["cards"]
    assert f"{PAPER['text']}</textarea>" in board.mara.get(f"{board.url}?card={card_id}").text
    page = board.post(f"paper/{card_id}", json=False, valence="works", text="x" * 200, addressees=["politik"])
    assert page.status_code == 422
    assert "x" * 200 in page.text


def test_somebody_without_a_phone_gets_a_number(house: House) -> None:
    board = Board(house)
    answer = board.post("people", needs_interpreter="y")
    assert answer.status_code == 200
    people = house.looks(queries.people, house.dialogue_id, board.group_id)
    newcomer = people[-1]
    assert (newcomer.has_phone, newcomer.stakeholder, newcomer.needs_interpreter) == (False, "jobcenter", True)
    assert newcomer.number in answer.json["told"]
    page = board.mara.client.post(
        f"{board.url}people",
        data={"csrf_token": board.mara.client.get("/token").json["token"], "client_key": "b" * 20},
        follow_redirects=True,
    )
    assert "Bitte notieren Sie die Nummer" in page.text


def test_the_reveal_opens_only_this_group(house: House) -> None:
    board = Board(house)
    board.writes(board.anna, "Bei uns")
    board.writes(board.other, "Bei denen")
    assert board.post("reveal", json=False).status_code == 303
    assert board.snapshot()["groups"][board.group_id]["revealed"]
    assert not board.snapshot()["groups"][board.other.group_id]["revealed"]
    assert "Bei denen" not in board.mara.get(board.address(board.other.group_id)).text
    assert board.post("undo").status_code == 200
    assert "Bei uns" not in board.mara.get(board.url).text


@pytest.mark.parametrize("step", list(Step))
def test_the_board_shows_something_in_every_step(house: House, step: Step) -> None:
    board = Board(house, Step.COLLECT)
    board.writes(board.anna, "Eine Karte")
    assert "Eine Karte" not in board.mara.get(board.url).text
    board.opened(step)
    page = board.mara.get(board.url)
    assert page.status_code == 200
    assert "Eine Karte" in page.text
    assert ('form="move" name="here"' in page.text) is (step in (Step.SORT, Step.NOMINATE))


@pytest.mark.parametrize("key", ["", "kurz", "mit leerzeichen und mehr", "x" * 65, "ü" * 20])
def test_a_form_without_a_proper_key_is_refused(house: House, key: str) -> None:
    board = Board(house)
    fields = {"client_key": key, "csrf_token": board.mara.client.get("/token").json["token"], **PAPER}
    for path in ("paper", "reveal", "people", "undo", "cards/hide", "topics"):
        answer = board.mara.client.post(board.url + path, data=fields, headers={"Accept": "application/json"})
        assert answer.status_code == 422, path
