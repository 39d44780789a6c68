"""Who is told together: the rules of the pool, and that nobody who knows them can find out one of its members."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.profile import ENOUGH, Parts, Withheld, safe_parts
from tests.exports.rooms import a_plan

EVERYBODY = a_plan(6).participating
KEYS = [who.key for who in EVERYBODY]
J, T, L, *_ = KEYS
Counts = Mapping[str, int]


def parts(*figures: Sequence[int], spoke: Sequence[str] = (), at_least: Sequence[str] = ()) -> Parts:
    counts = [dict(zip(KEYS, row, strict=False)) for row in figures]
    return safe_parts(EVERYBODY[: len(figures[0])], counts, spoke, at_least)


def test_nobody_is_told_together_where_everybody_is_five() -> None:
    found = parts([12, 5, 6])
    assert (found.keys, found.pool, found.members) == ((J, T, L), None, ())


def test_nobody_is_no_group() -> None:
    found = parts([12, 0, 6])
    assert found.pool is None


def test_a_small_group_is_told_with_the_next_smallest() -> None:
    found = parts([12, 6, 3])
    assert found.members == (T, L)
    assert found.pool is not None
    assert found.pool.label["de"] == "Träger und Leistungsberechtigte (zusammen)"
    assert found.keys == (J, found.pool.key)
    assert found.withheld == {T: Withheld.TOGETHER, L: Withheld.TOGETHER}
    assert found.together({J: 1, T: 2, L: 3}) == {J: 1, found.pool.key: 5}


def test_all_of_the_next_size_come_at_once() -> None:
    """Were only the first of two taken, its place in the format would tell its size."""
    assert parts([6, 3, 6]).members == (J, T, L)


def test_a_pool_of_equals_takes_one_more() -> None:
    assert parts([4, 4, 9, 12]).members == (J, T, L)


def test_who_left_but_spoke_is_small() -> None:
    assert parts([12, 0, 6], spoke=[T]).members == (T, L)


def test_few_voters_make_a_small_group() -> None:
    assert parts([12, 9, 8], [6, 4, 8]).members == (J, T)


def test_a_vote_of_few_is_told_nowhere_and_makes_nobody_small() -> None:
    assert parts([12, 9, 8], [1, 1, 1]).members == ()


def test_a_pool_has_five_voters_or_none() -> None:
    assert parts([12, 9, 3], [9, 1, 1]).members == (J, T, L)
    assert parts([12, 9, 3], [10, 0, 0]).members == (T, L)


def test_a_room_of_four_is_not_counted() -> None:
    found = parts([3, 1, 0])
    assert (found.told, found.members) == (False, (J, T, L))


def test_one_of_each_is_not_counted() -> None:
    assert not parts([1, 1, 1, 1, 1]).told


def test_an_empty_room_has_nothing_to_hide() -> None:
    assert parts([0, 0, 0]).pool is None


def test_what_was_told_together_stays_together() -> None:
    assert parts([12, 6, 8], [6, 8, 5], at_least=[J, T]).members == (J, T, L)


figures = st.integers(2, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 14), min_size=n, max_size=n), min_size=1, max_size=4)
)


def rows(found: Sequence[Sequence[int]]) -> list[Counts]:
    return [dict(zip(KEYS, row, strict=False)) for row in found]


@given(figures)
def test_every_figure_of_a_part_is_nothing_or_enough(found: list[list[int]]) -> None:
    told = parts(*found)
    people = told.together(rows(found)[0])
    assert not told.told or all(not n or n >= ENOUGH for n in people.values())
    for counts in rows(found)[1:]:
        if told.told and (not sum(counts.values()) or sum(counts.values()) >= ENOUGH):
            assert all(not n or n >= ENOUGH for n in told.together(counts).values())


@given(figures)
def test_the_smallest_group_up_to_some_size_is_the_pool(found: list[list[int]]) -> None:
    """Another way to the same pool: try every size, from the smallest on."""
    counts = rows(found)
    kept = [row for at, row in enumerate(counts) if not at or not 0 < sum(row.values()) < ENOUGH]
    size = {key: min((row[key] for row in kept if row[key]), default=0) for key in counts[0]}
    if sum(counts[0].values()) < ENOUGH:
        return
    expected: set[str] = set()
    for limit in sorted({max(4, n) for n in size.values()}):
        pool = {key for key in size if 0 < size[key] <= limit}
        sums = [sum(row[key] for key in pool) for row in kept]
        same = any({row[key] for key in pool} in ({1}, {2}, {3}, {4}) for row in kept)
        safe = len(pool) > 1 and all(not n or n >= ENOUGH for n in sums) and not same
        if not any(0 < n < ENOUGH for n in size.values()):
            break
        expected = pool
        if safe:
            break
    told = parts(*found)
    assert set(told.members) == (expected if told.told else set(counts[0]))


@given(figures, st.randoms(use_true_random=False))
def test_members_may_change_places(found: list[list[int]], random: object) -> None:
    told = parts(*found)
    at = [place for place, key in enumerate(KEYS[: len(found[0])]) if key in told.members]
    for order in list(permutations(at))[:24]:
        moved = [list(row) for row in found]
        for row, old in zip(moved, found, strict=True):
            for to, source in zip(at, order, strict=True):
                row[to] = old[source]
        assert parts(*moved) == told


def publications(rooms: Iterator[tuple[Sequence[int], ...]]) -> dict[object, list[tuple[Sequence[int], ...]]]:
    """All rooms that would publish the same of people and voters: those between which a reader cannot tell."""
    found: dict[object, list[tuple[Sequence[int], ...]]] = {}
    for room in rooms:
        told = parts(*room)
        sums = tuple(tuple(told.together(row).values()) for row in rows(room) if told.told)
        found.setdefault((told.keys, told.told, sums), []).append(room)
    return found


def told_apart(alike: list[tuple[Sequence[int], ...]], at: int, figure: int) -> set[int]:
    """What a figure of a stakeholder can be, as far as a reader knows; one of 5 and more need not be hidden."""
    numbers = {room[figure][at] for room in alike}
    return numbers if min(numbers) < ENOUGH else {0, *numbers}


@pytest.mark.parametrize(("stakeholders", "most"), [(2, 14), (3, 14), (4, 8)])
def test_no_reader_who_knows_the_rules_finds_out_a_member(stakeholders: int, most: int) -> None:
    """Every room there is, up to a size: whatever is published, each member could have another number of people."""
    pools = 0
    for (_keys, is_told, _sums), alike in publications(
        (sizes,) for sizes in product(range(most + 1), repeat=stakeholders)
    ).items():
        told = parts(*alike[0])
        beyond = any(max(room[0]) == most for room in alike)  # a greater room could publish the same
        for at, key in enumerate(KEYS[:stakeholders]):
            if key in told.members and is_told:
                pools += 1
                assert len(told_apart(alike, at, 0)) > 1 or beyond, alike
    assert pools > 10


def test_no_reader_finds_out_a_member_by_its_voters() -> None:
    """The same with voters: neither the people nor the voters of a member can be told, but if all or nobody voted."""
    groups = [(people, voters) for people in range(7) for voters in range(people + 1)]
    pools = 0
    for alike in publications(tuple(zip(*room, strict=True)) for room in product(groups, repeat=3)).values():
        told = parts(*alike[0])
        for at, key in enumerate(KEYS[:3]):
            if key not in told.members or not told.told or any(max(room[0]) == 6 for room in alike):
                continue
            pools += 1
            assert len(told_apart(alike, at, 0)) > 1, alike
            voted = sum(alike[0][1][place] for place, other in enumerate(KEYS[:3]) if other in told.members)
            assert len(told_apart(alike, at, 1)) > 1 or not voted or sum(alike[0][1]) < ENOUGH, alike
    assert pools > 100
