"""What goes over the socket to whom. Every negative test first hears the thing where it may be heard."""

from tests.live.hall import Hall

HIDDEN = "Niemand ruft zurück, das ist geheim"


def test_a_card_reaches_its_author_in_full_and_everybody_else_as_a_count(hall: Hall) -> None:
    anna, ben, dora = hall.joins(), hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    own, mate, other = hall.phone(anna), hall.phone(ben), hall.phone(dora)
    cockpit, board, screen = hall.cockpit(), hall.board(anna.group_id), hall.screen()

    seq = hall.writes(anna, HIDDEN)

    (pinned,) = own.hears(seq)
    assert pinned["type"] == "CardPinned"
    assert (pinned["card"]["text"], pinned["card"]["mine"]) == (HIDDEN, True)
    for ear in (mate, other, cockpit, board, screen):
        assert ear.hears(seq) == [{"type": "CardCounted", "group_id": anna.group_id, "written": 1}]
        assert HIDDEN not in ear.everything


def test_a_reveal_turns_the_page_for_everybody_and_opens_the_card_to_the_group(hall: Hall) -> None:
    anna, ben, dora = hall.joins(), hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    hall.writes(anna, HIDDEN)
    ears = [hall.phone(anna), hall.phone(ben), hall.phone(dora), hall.cockpit(), hall.screen()]
    assert HIDDEN not in str(hall.picture(ben))

    seq = hall.moderates("reveal_cards", group_id=anna.group_id)

    for ear in ears:
        assert {"type": "PageTurned"} in ear.hears(seq)
        assert HIDDEN not in ear.everything
    assert HIDDEN in str(hall.picture(ben))
    assert HIDDEN not in str(hall.picture(dora))


def test_an_open_card_reaches_the_group_and_the_moderators_only(hall: Hall) -> None:
    anna, ben, dora = hall.joins(), hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    hall.moderates("reveal_cards", group_id="")
    mate, cockpit, board = hall.phone(ben), hall.cockpit(), hall.board(anna.group_id)
    other, screen = hall.phone(dora), hall.screen()

    seq = hall.writes(anna, "Jetzt offen")

    for ear in (mate, cockpit, board):
        (pinned,) = ear.hears(seq)
        assert (pinned["card"]["text"], pinned["card"]["mine"]) == ("Jetzt offen", False)
    for ear in (other, screen):
        assert [told["type"] for told in ear.hears(seq)] == ["CardCounted"]


def test_frames_come_without_gaps_in_order_and_only_what_is_stored(hall: Hall) -> None:
    anna, ben = hall.joins(), hall.joins("traeger")
    hall.goes_to("collect")
    ears = [hall.screen(), hall.phone(anna), hall.phone(ben), hall.cockpit()]
    first = hall.seq() + 1
    for number in range(8):
        seq = hall.writes((anna, ben)[number % 2], f"Karte {number}")
        ears[0].hears(seq)
        assert hall.seq() >= seq, "a frame came before its act was stored"
    last = hall.moderates("set_timer", way="start", minutes=5)
    refused = anna.browser.post(f"/d/{hall.id}/cards", valence="works", text="", addressees="jobcenter")
    assert refused.status_code == 422

    for ear in ears:
        ear.hears(last)
        assert list(dict.fromkeys(ear.seqs)) == list(range(first, last + 1))


def test_a_retry_tells_nobody_a_second_time(hall: Hall) -> None:
    anna = hall.joins()
    hall.goes_to("collect")
    cockpit = hall.cockpit()
    card = {"key": "the-same-key-twice", "valence": "works", "text": "Einmal", "addressees": "jobcenter"}
    first = anna.browser.post(f"/d/{hall.id}/cards", **card).json()
    again = anna.browser.post(f"/d/{hall.id}/cards", **card).json()
    assert first == again
    cockpit.hears(hall.moderates("set_timer", way="start", minutes=5))
    assert cockpit.seqs.count(first["seq"]) == 1
    assert hall.cards() == ["Einmal"]


def test_two_dialogues_do_not_hear_each_other(hall: Hall) -> None:
    elsewhere = Hall(hall.server, hall.store)
    anna = hall.joins()
    hall.goes_to("collect")
    here, there = hall.cockpit(), elsewhere.cockpit()
    here.hears(hall.writes(anna, "Nur hier"))
    there.hears(elsewhere.goes_to("collect"))
    assert "written" not in there.everything
    elsewhere.leave()
