"""How a worker finds out that something was told elsewhere and not here."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.following import Following


def listening(seq: int = 5) -> Following:
    following = Following()
    following.expect("d")
    following.has_seen("d", seq)
    return following


def looked(following: Following, seq: int) -> list[str]:
    return following.missed({"d": seq})


def test_whoever_has_been_told_everything_misses_nothing() -> None:
    following = listening()
    assert looked(following, 5) == []
    following.tell("d", [6, 7])
    assert looked(following, 7) == looked(following, 7) == []


def test_what_is_only_on_its_way_is_not_missing() -> None:
    following = listening()
    assert looked(following, 6) == [], "it may come yet"
    following.tell("d", [6])
    assert looked(following, 7) == [], "so may this"


def test_what_the_database_had_at_the_last_look_is_missing_once() -> None:
    following = listening()
    looked(following, 6)
    assert looked(following, 6) == ["d"]
    assert looked(following, 6) == [], "they were cut; whoever comes in begins anew"
    assert "d" not in following


def test_a_gap_stays_a_gap_whatever_comes_after_it() -> None:
    following = listening()
    following.tell("d", [7, 8])
    looked(following, 8)
    assert looked(following, 8) == ["d"]


def test_what_is_told_while_somebody_comes_in_counts() -> None:
    following = Following()
    following.expect("d")
    following.tell("d", [6])
    following.has_seen("d", 5)
    looked(following, 6)
    assert looked(following, 6) == []


def test_who_comes_later_changes_nothing_for_those_who_listen() -> None:
    following = listening()
    following.expect("d")
    following.has_seen("d", 6)
    looked(following, 6)
    assert looked(following, 6) == ["d"], "the first has not heard 6"


def test_a_dialogue_nobody_listens_to_is_forgotten() -> None:
    following = listening()
    following.keep([])
    assert list(following) == []
    following.tell("d", [6])
    assert looked(following, 9) == looked(following, 9) == []


def test_a_deleted_dialogue_is_not_missing() -> None:
    following = listening()
    looked(following, 6)
    assert following.missed({}) == []


@given(st.permutations(range(6, 16)), st.integers(6, 15))
def test_the_order_does_not_matter_and_one_that_is_missing_does(order: list[int], lost: int) -> None:
    whole, broken = listening(), listening()
    for number in order:
        whole.tell("d", [number])
        broken.tell("d", [number] if number != lost else [])
    for following in (whole, broken):
        looked(following, 15)
    assert looked(whole, 15) == []
    assert looked(broken, 15) == ["d"]
