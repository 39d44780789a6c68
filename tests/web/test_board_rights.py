"""Who runs a group's board: moderators of the forum, and co-moderators with a link, until it is taken back."""

import pytest

from dialog.words import LinkKind, Step
from tests.web.house import House
from tests.web.pinboard import Board

ACTS = [
    "reveal", "people", "undo", "redo", "nominations", "paper", "cards/place", "cards/together", "cards/shift",
    "cards/hide", "cards/show", "cards/change", "topics",
]  # fmt: skip


def test_mara_runs_every_board(house: House) -> None:
    board = Board(house)
    for group_id in house.groups:
        assert board.mara.get(board.address(group_id)).status_code == 200


@pytest.mark.parametrize("who", ["carl", "stranger", "analyst"])
def test_nobody_else_comes_in(house: House, who: str) -> None:
    board = Board(house)
    browser = getattr(house, who)()
    assert browser.get(board.url).status_code == 403
    assert browser.get(f"{board.url}board.json", json=True).status_code == 403
    assert browser.get(f"{board.url}similar.json", json=True).status_code == 403
    for act in ACTS:
        answer = browser.post(board.url + act)
        assert answer.status_code == 403, act
        assert answer.json["error"]


def test_anna_s_phone_does_not_open_the_board(house: House) -> None:
    board = Board(house)
    assert board.anna.browser.get(board.url).status_code == 403
    assert board.anna.browser.post(f"{board.url}reveal").status_code == 403


def test_a_link_opens_its_board_and_no_other(house: House) -> None:
    board = Board(house)
    _, address = board.link(LinkKind.BOARD, board.group_id)
    carl = house.carl()
    answer = carl.get(address)
    assert (answer.status_code, answer.location) == (303, board.url)
    assert carl.get(board.url).status_code == 200
    assert carl.post(f"{board.url}paper", valence="works", text="Gut", addressees=["politik"]).status_code == 200
    foreign = board.address(board.other.group_id)
    assert carl.get(foreign).status_code == 403
    assert carl.get(f"{foreign}board.json", json=True).status_code == 403
    assert carl.post(f"{foreign}reveal").status_code == 403
    assert carl.get(f"/m/{house.dialogue_id}/").status_code != 200


def test_a_link_cannot_reach_into_another_board(house: House) -> None:
    board = Board(house)
    foreign = board.writes(board.other, "Bei uns")
    board.mara.post(f"{board.address(board.other.group_id)}reveal")
    board.opened()
    topic = board.topic("Dort", group_id=board.other.group_id)
    _, address = board.link(LinkKind.BOARD, board.group_id)
    carl = house.carl()
    carl.get(address)
    assert carl.post(f"{board.url}cards/place", card=foreign, topic="new").status_code == 403
    assert carl.post(f"{board.url}cards/hide", card=foreign).status_code == 403
    assert carl.post(f"{board.url}topics/{topic}/name", title="Anders").status_code == 403
    assert carl.post(f"{board.url}topics/{topic}/remove").status_code == 403
    assert not board.card(foreign).hidden


def test_a_link_for_all_boards_lists_them(house: House) -> None:
    board = Board(house)
    _, address = board.link(LinkKind.BOARDS)
    carl = house.carl()
    page = carl.get(address)
    assert page.status_code == 200
    for group_id in house.groups:
        assert board.address(group_id) in page.text
        assert carl.get(board.address(group_id)).status_code == 200


def test_a_revoked_link_shuts_out_at_once(house: House) -> None:
    board = Board(house)
    link_id, address = board.link(LinkKind.BOARD, board.group_id)
    carl = house.carl()
    carl.get(address)
    assert carl.get(board.url).status_code == 200
    board.revoke(link_id)
    assert carl.get(board.url).status_code == 403
    assert carl.post(f"{board.url}reveal").status_code == 403
    assert carl.get(address).status_code == 403


@pytest.mark.parametrize("signed", ["x", "abc.def", "Imti.x"])
def test_a_forged_link_opens_nothing(house: House, signed: str) -> None:
    Board(house)
    answer = house.carl().get(f"/k/{signed}")
    assert answer.status_code == 403
    assert "Link gilt nicht" in answer.text


def test_a_projector_link_opens_no_board(house: House) -> None:
    board = Board(house)
    _, address = board.link(LinkKind.SCREEN)
    assert house.carl().get(address).status_code == 403


@pytest.mark.parametrize("group_id", ["nothing", "0" * 16, "%00", "x" * 60, "%F0%9F%98%80"])
def test_a_board_that_does_not_exist_is_not_found(house: House, group_id: str) -> None:
    board = Board(house)
    assert board.mara.get(f"/b/{house.dialogue_id}/{group_id}/").status_code == 404


def test_the_step_is_kept_by_the_server(house: House) -> None:
    board = Board(house)
    card = board.writes(board.anna, "Zu laut")
    board.post("reveal")
    for path, fields in (
        ("cards/place", {"card": card, "topic": "new"}),
        ("topics", {"title": "Zu früh"}),
        ("nominations", {"topic": "0" * 16, "how": "add"}),
    ):
        answer = board.post(path, **fields)
        assert answer.status_code in (404, 409), path
        assert answer.json["error"]
    house.goes_to(Step.NOMINATE)
    house.goes_to(Step.MIRROR)
    answer = board.post("paper", valence="works", text="Zu spät", addressees=["politik"])
    assert answer.status_code == 409
    assert "Schritt" in answer.json["error"]
