"""After the reveal: cards and topics are moved, named, coded, merged, split, dissolved, hidden, and it is undone."""

import pytest

from dialog.words import Step, Valence
from tests.web.house import House
from tests.web.pinboard import Board


@pytest.fixture
def board(house: House) -> Board:
    return Board(house)


def three(board: Board) -> list[str]:
    """Three revealed cards in the order in which they lie."""
    for text in ("Der Kurs ist zu voll", "Briefe versteht niemand", "Die Beraterin hört zu"):
        board.writes(board.anna, text)
    board.opened()
    return board.order()


def test_chosen_cards_become_a_topic(board: Board) -> None:
    a, b, c = three(board)
    answer = board.post("cards/place", card=[b, a], topic="new")
    (topic,) = board.topics()
    assert answer.json["topic"] == topic.id
    assert board.order(topic.id) == [b, a]
    assert board.order() == [c]


def test_cards_go_to_a_topic_and_back(board: Board) -> None:
    a, b, c = three(board)
    topic = board.topic("Kurse")
    assert board.post("cards/place", card=[a, c], topic="new", here=topic).status_code == 200
    assert board.order(topic) == [a, c]
    assert board.post("cards/place", card=b, topic=topic, before=c).status_code == 200
    assert board.order(topic) == [a, b, c]
    assert board.post("cards/place", card=[a, b], here="none").status_code == 200
    assert board.order() == [a, b]


def test_several_cards_come_back_with_one_undo(board: Board) -> None:
    cards = three(board)
    topic = board.topic("Kurse")
    board.post("cards/place", card=cards, topic=topic)
    assert board.order(topic) == cards
    assert board.post("undo").status_code == 200
    assert board.order() == cards
    assert board.post("redo").status_code == 200
    assert board.order(topic) == cards


def test_a_card_is_shifted_among_those_it_is_seen_with(board: Board) -> None:
    cards = three(board)
    topic = board.topic("Alles", *cards)
    board.post("cards/shift", card=cards[2], where="earlier")
    assert board.order(topic) == [cards[0], cards[2], cards[1]]
    board.post("cards/shift", card=cards[0], where="later")
    assert board.order(topic) == [cards[2], cards[0], cards[1]]
    board.post("cards/shift", card=cards[2], where="earlier")
    board.post("cards/shift", card=cards[1], where="later")
    assert board.order(topic) == [cards[2], cards[0], cards[1]]


def test_a_card_in_a_tray_passes_its_neighbour_of_the_same_tray(board: Board) -> None:
    for number in range(6):
        board.writes(board.anna, f"Nummer {number}", Valence.WORKS if number % 2 else Valence.FAILS)
    board.opened()
    works = [card_id for card_id in board.order() if board.card(card_id).valence == Valence.WORKS]
    board.post("cards/shift", card=works[2], where="earlier")
    now = [card_id for card_id in board.order() if board.card(card_id).valence == Valence.WORKS]
    assert now == [works[0], works[2], works[1]]


def test_some_cards_of_a_topic_become_a_topic_beside_it(board: Board) -> None:
    a, b, c = three(board)
    first, last = board.topic("Erstes", a, b, c), board.topic("Letztes")
    board.post(f"topics/{first}/category", category="kommunikation")
    answer = board.post("cards/place", card=[b], here="new")
    new = answer.json["topic"]
    assert [topic.id for topic in board.topics()] == [first, new, last]
    assert board.topics()[1].category == "kommunikation"
    assert board.order(new) == [b]
    answer = board.post(f"topics/{first}/split", card=[c])
    assert board.order(answer.json["topic"]) == [c]
    assert board.post(f"topics/{first}/split", card=[a]).status_code == 422


def test_a_topic_is_named_coded_and_moved(board: Board) -> None:
    three(board)
    made = board.post("topics").json["topic"]
    other = board.topic("Zweites")
    third = board.topic("Drittes")
    assert board.post(f"topics/{made}/name", title="  Kurse  vor Ort ").status_code == 200
    assert board.post(f"topics/{made}/category", category="kooperation").status_code == 200
    assert (board.topics()[0].title, board.topics()[0].category) == ("Kurse vor Ort", "kooperation")
    assert board.post(f"topics/{made}/category", category="").status_code == 200
    assert board.topics()[0].category is None
    assert board.post(f"topics/{made}/place", before=third).status_code == 200
    assert [topic.id for topic in board.topics()] == [other, made, third]
    assert board.post(f"topics/{made}/shift", where="later").status_code == 200
    assert [topic.id for topic in board.topics()] == [other, third, made]
    assert board.post(f"topics/{made}/shift", where="earlier").status_code == 200
    assert [topic.id for topic in board.topics()] == [other, made, third]


def test_topics_are_merged_and_dissolved(board: Board) -> None:
    a, b, c = three(board)
    first, second = board.topic("Erstes", a), board.topic("Zweites", b)
    assert board.post(f"topics/{second}/merge", into=first).status_code == 200
    assert [topic.id for topic in board.topics()] == [first]
    assert board.order(first) == [a, b]
    assert board.post(f"topics/{first}/merge", into=first).status_code == 422
    assert board.post(f"topics/{first}/remove").status_code == 200
    assert board.topics() == []
    assert sorted(board.order()) == sorted([a, b, c])
    board.post("undo")
    board.post("undo")
    assert [topic.id for topic in board.topics()] == [first, second]


def test_cards_are_hidden_and_shown_again(board: Board) -> None:
    a, b, _ = three(board)
    assert board.post("cards/hide", card=[a, b]).status_code == 200
    assert board.card(a).hidden
    assert board.card(b).hidden
    assert "Karte versteht" not in board.ben.browser.get(f"/d/{board.house.dialogue_id}/").text
    assert board.post("undo").status_code == 200
    assert board.card(a).hidden
    assert not board.card(b).hidden
    assert board.post("cards/show", card=a).status_code == 200
    assert not board.card(a).hidden


def test_fifty_acts_can_be_undone(board: Board) -> None:
    a, *_ = three(board)
    topic = board.topic("Hin und her")
    for number in range(52):
        assert board.post("cards/place", card=a, topic="none" if number % 2 else topic).status_code == 200
    for _ in range(52):
        assert board.post("undo").status_code == 200
    assert board.card(a).topic_id is None
    for _ in range(51):
        assert board.post("redo").status_code == 200
    assert board.card(a).topic_id == topic


def test_there_is_an_end_to_undoing(board: Board) -> None:
    board.opened()
    assert board.post("undo").status_code == 200
    answer = board.post("undo")
    assert answer.status_code == 409
    assert answer.json["error"]
    assert board.post("redo").status_code == 200
    assert board.post("redo").status_code == 409


def test_similar_cards_come_with_a_reason_and_are_put_together_by_a_person(board: Board) -> None:
    board.writes(board.anna, "Die Leistungsabteilung ist telefonisch nicht zu erreichen")
    board.writes(board.ben, "Die Leistungsstelle ist kaum erreichbar")
    board.writes(board.ben, "Der Bus fährt zweimal am Tag")
    assert board.mara.get(f"{board.url}similar.json", json=True).json == {"pairs": []}
    board.opened()
    (pair,) = board.mara.get(f"{board.url}similar.json", json=True).json["pairs"]
    assert "Leistungsabteilung" in pair["reason"]
    assert pair["reason"] in board.mara.get(f"{board.url}?alike=1").text
    assert all(board.card(card_id).topic_id is None for card_id in (pair["a"], pair["b"]))
    assert board.post("cards/together", a=pair["a"], b=pair["b"]).status_code == 200
    (topic,) = board.topics()
    assert set(board.order(topic.id)) == {pair["a"], pair["b"]}
    assert board.mara.get(f"{board.url}similar.json", json=True).json == {"pairs": []}


def test_a_similar_card_joins_the_topic_of_the_other(board: Board) -> None:
    a, b, c = three(board)
    topic = board.topic("Schon da", b)
    assert board.post("cards/together", a=a, b=b).status_code == 200
    assert board.order(topic) == [b, a]
    other = board.topic("Auch da", c)
    assert board.post("cards/together", a=a, b=c).status_code == 200
    assert board.order(topic) == [b, a, c]
    assert board.order(other) == []


def test_hidden_cards_are_never_suggested(board: Board) -> None:
    a = board.writes(board.anna, "Die Leistungsabteilung ist nicht zu erreichen")
    board.writes(board.ben, "Die Leistungsabteilung ist schwer zu erreichen")
    board.opened()
    assert board.mara.get(f"{board.url}similar.json", json=True).json["pairs"]
    board.post("cards/hide", card=a)
    assert board.mara.get(f"{board.url}similar.json", json=True).json == {"pairs": []}


def test_the_group_s_three_are_nominated_in_order(board: Board) -> None:
    three(board)
    first, second, third, fourth = (board.topic(title) for title in ("Eins", "Zwei", "Drei", "Vier"))
    nameless = board.topic()
    board.house.goes_to(Step.NOMINATE)

    def nominated() -> list[str]:
        return list(board.snapshot()["groups"][board.group_id]["nominated"])

    for topic in (first, second, third):
        assert board.post("nominations", topic=topic, how="add").status_code == 200
    assert nominated() == [first, second, third]
    assert board.post("nominations", topic=fourth, how="add").status_code == 422
    board.post("nominations", topic=third, how="earlier")
    assert nominated() == [first, third, second]
    board.post("nominations", topic=first, how="later")
    assert nominated() == [third, first, second]
    board.post("nominations", topic=third, how="earlier")
    board.post("nominations", topic=first, how="add")
    assert nominated() == [third, first, second]
    board.post("nominations", topic=third, how="remove")
    assert nominated() == [first, second]
    assert board.post("nominations", topic=nameless, how="add").status_code == 422
    assert board.post("nominations", json=False, topic=fourth, how="add").status_code == 303
    board.post("undo")
    assert nominated() == [first, second]


def test_without_script_everything_leads_back_to_its_place(board: Board) -> None:
    a, b, _ = three(board)
    topic = board.topic("Kurse")
    page = board.post("cards/place", json=False, card=a, topic=topic)
    assert (page.status_code, page.location) == (303, f"{board.url}#topic-{topic}")
    page = board.post("cards/change", json=False, card=b)
    assert (page.status_code, page.location) == (303, f"{board.url}?card={b}#change")
    assert "Weiter nach vorn" in board.mara.get(f"{board.url}?card={b}").text
    assert "Thema auflösen" in board.mara.get(f"{board.url}?topic={topic}").text
    page = board.post("cards/place", json=False, topic=topic)
    assert page.status_code == 422
    assert "mindestens eine Karte" in page.text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("cards/place", {"topic": "new"}),
        ("cards/place", {"card": "\x00", "topic": "new"}),
        ("cards/place", {"card": "x" * 500, "topic": "new"}),
        ("cards/place", {"card": "{}", "topic": "new"}),
        ("cards/place", {"card": "0" * 16, "topic": "\x00"}),
        ("cards/place", {"card": "0" * 16, "topic": "<script>"}),
        ("cards/place", {"card": "0" * 16, "topic": "none", "before": "\x00"}),
        ("cards/hide", {}),
        ("cards/shift", {"card": "0" * 16, "where": "sideways"}),
        ("cards/shift", {"card": "0" * 16}),
        ("cards/together", {"a": "0" * 16}),
        ("topics", {"card": "\x00"}),
        ("nominations", {"topic": "0" * 16, "how": "burn"}),
        ("nominations", {"how": "add"}),
    ],
)
def test_junk_is_refused_with_a_sentence(board: Board, path: str, fields: dict[str, str]) -> None:
    board.opened()
    answer = board.post(path, **fields)
    assert answer.status_code == 422
    assert answer.json["error"]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("name", {"title": ""}, 422),
        ("name", {"title": " \x00 "}, 422),
        ("name", {"title": "x" * 121}, 422),
        ("name", {}, 422),
        ("category", {"category": "erfunden"}, 422),
        ("category", {"category": "x" * 41}, 422),
        ("place", {"before": "\x00"}, 422),
        ("merge", {}, 422),
        ("merge", {"into": "0" * 16}, 404),
        ("split", {}, 422),
        ("split", {"card": "0" * 16}, 422),
    ],
)
def test_junk_for_a_topic_is_refused(board: Board, path: str, fields: dict[str, str], status: int) -> None:
    board.opened()
    topic = board.topic("Bleibt")
    answer = board.post(f"topics/{topic}/{path}", **fields)
    assert answer.status_code == status
    assert answer.json["error"]
    assert board.topics()[0].title == "Bleibt"


@pytest.mark.parametrize("path", ["cards/place", "cards/hide", "cards/show", "cards/shift"])
def test_a_card_that_has_gone_is_said_to_have_gone(board: Board, path: str) -> None:
    board.opened()
    answer = board.post(path, card="0" * 16, topic="none", where="later")
    assert answer.status_code == 404
    assert "gibt es nicht mehr" in answer.json["error"]


def test_a_topic_that_has_gone_is_said_to_have_gone(board: Board) -> None:
    a, *_ = three(board)
    gone = "0" * 16
    assert board.post("cards/place", card=a, topic=gone).status_code == 404
    for path, fields in (("name", {"title": "Neu"}), ("remove", {}), ("shift", {"where": "later"}), ("category", {})):
        assert board.post(f"topics/{gone}/{path}", **fields).status_code == 404, path


def test_sorting_waits_for_the_reveal(board: Board) -> None:
    card = board.writes(board.anna, "Noch verdeckt")
    board.opened()
    board.post("undo")
    answer = board.post("cards/place", card=card, topic="new")
    assert answer.status_code == 409
    assert "aufgedeckt" in answer.json["error"] or "decken" in answer.json["error"]
    assert board.post("topics").status_code == 409
    assert "Karten aufdecken" in board.mara.get(board.url).text


def test_what_people_write_is_never_markup(board: Board) -> None:
    board.writes(board.anna, "<img src=x onerror=alert(1)> & \"so\" 'weiter'")
    board.opened()
    topic = board.topic("</h2><script>alert(1)</script>")
    for path in ("", f"?topic={topic}", "?alike=1"):
        page = board.mara.get(board.url + path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
