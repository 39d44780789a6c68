"""Round-1 groups: even sizes, the smallest group for the newcomer, the fewest moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.grouping import Move, even_out, groups_needed, seat, split


def test_region_nord_splits_above_eight() -> None:
    assert split({"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}, 8) == {
        "jobcenter": 2,
        "traeger": 1,
        "leistungsberechtigte": 2,
    }


@pytest.mark.parametrize(("people", "groups"), [(0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_a_group_is_split_only_above_the_limit(people: int, groups: int) -> None:
    assert groups_needed(people, 12) == groups


def test_who_comes_unexpectedly_finds_a_group() -> None:
    assert split({"traeger": 0}, 12) == {"traeger": 1}


@pytest.mark.parametrize(("people", "limit"), [(-1, 12), (5, 0)])
def test_what_cannot_be_seated_is_refused(people: int, limit: int) -> None:
    with pytest.raises(ValueError, match="seat"):
        groups_needed(people, limit)
    with pytest.raises(ValueError, match="seat"):
        split({"traeger": people}, limit)


def test_a_newcomer_sits_in_the_smallest_group_and_the_first_of_several() -> None:
    assert seat({"J1": 5, "J2": 4, "J3": 4}) == "J2"
    with pytest.raises(ValueError, match="no group"):
        seat({})


def test_the_last_arrivals_move_first() -> None:
    assert even_out({"J1": ["Anna", "Ben", "Carl", "Dora", "Emil"], "J2": ["Mara"]}) == [
        Move(participant_id="Emil", from_group="J1", to_group="J2"),
        Move(participant_id="Dora", from_group="J1", to_group="J2"),
    ]


def test_nobody_moves_where_sizes_differ_by_one() -> None:
    assert even_out({"J1": ["Anna", "Ben"], "J2": ["Mara"]}) == []
    assert even_out({}) == []


@given(st.integers(0, 500), st.integers(1, 100))
def test_everybody_finds_a_place_and_one_group_fewer_would_not_do(people: int, limit: int) -> None:
    groups = groups_needed(people, limit)
    assert groups * limit >= people
    assert (groups - 1) * limit < people or people == 0


@given(st.integers(1, 12), st.integers(0, 100))
def test_newcomers_keep_the_sizes_even(groups: int, people: int) -> None:
    sizes = {f"J{number}": 0 for number in range(groups)}
    for _ in range(people):
        sizes[seat(sizes)] += 1
        assert max(sizes.values()) - min(sizes.values()) <= 1


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_groups_are_evened_out_with_the_fewest_moves(sizes: list[int]) -> None:
    members = {f"J{g}": [f"{g}-{person}" for person in range(size)] for g, size in enumerate(sizes)}
    moves = even_out(members)

    after = {group: list(people) for group, people in members.items()}
    for move in moves:
        assert after[move.from_group][-1] == move.participant_id, "the last arrival moves first"
        after[move.from_group].pop()
        after[move.to_group].insert(0, move.participant_id)
    new_sizes = [len(people) for people in after.values()]
    assert max(new_sizes) - min(new_sizes) <= 1
    assert len({move.participant_id for move in moves}) == len(moves), "nobody moves twice"

    # Counted in another way: the even sizes that leave the extra people in the largest groups move fewest.
    small, extra = divmod(sum(sizes), len(sizes))
    targets = [small + (place < extra) for place in range(len(sizes))]
    fewest = sum(max(0, size - t) for size, t in zip(sorted(sizes, reverse=True), targets, strict=True))
    assert len(moves) == fewest
