"""What a moderator is told: wishes that cannot be, rules that cannot be kept and why, and what a move breaks."""

import pytest

from dialog.errors import RuleBroken
from dialog.mixing import Because, MixRule, Person, Rules, Table, breaks, draw, examine
from tests.method.mixed import room, tables

SIXTEEN = room({"jobcenter": 8, "traeger": 8}, group_of=4, rich=False)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (Rules(together=(("j0", "j1"), ("j1", "t0")), apart=(("t0", "j0"),)), "1000 and 1008 are to sit together and"),
        (Rules(together=(("j0", "j1"),), fixed={"j0": "t1", "j1": "t2"}), "fixed at a different table"),
        (Rules(apart=(("j0", "j1"),), fixed={"j0": "t3", "j1": "t3"}), "both are fixed at table 3"),
        (Rules(fixed={f"j{place}": "t2" for place in range(5)}), "5 people are fixed at table 2, which has 4 seats"),
    ],
)
def test_impossible_wishes_get_a_sentence(rules: Rules, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        draw(SIXTEEN, tables(4), rules, 1)


@pytest.mark.parametrize(
    ("round_tables", "sentence"), [([], "There is no table yet"), (tables(2, locked=[1, 2]), "All tables are locked")]
)
def test_without_a_table_nobody_is_drawn(round_tables: list[Table], sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        draw(SIXTEEN, round_tables, Rules(), 1)


def test_five_together_at_tables_of_four_are_split_and_told_why() -> None:
    rules = Rules(together=tuple((f"j{place}", f"j{place + 1}") for place in range(4)))
    seated = draw(SIXTEEN, tables(4), rules, 1)
    report = examine(SIXTEEN, tables(4), rules, seated)
    assert set(report.sizes.values()) == {4}
    together = report[MixRule.TOGETHER]
    assert (together.kept, together.possible, together.count, together.bound) == (False, False, 4, 4)
    assert together.breaches[0].because is Because.SEATS
    assert len(together.breaches[0].tables) == 2
    assert report.kept, "Nothing could be kept any better."


def test_too_many_of_one_stakeholder_at_a_table_are_told_with_the_reason() -> None:
    rules = Rules(fixed={"j0": "t1", "j1": "t1", "j2": "t1"})
    report = examine(SIXTEEN, tables(4), rules, draw(SIXTEEN, tables(4), rules, 1))
    uneven = report[MixRule.STAKEHOLDERS]
    assert not uneven.possible
    assert {breach.stakeholder for breach in uneven.breaches} == {"jobcenter", "traeger"}
    jobcenter = next(breach for breach in uneven.breaches if breach.stakeholder == "jobcenter")
    assert jobcenter.tables[0] == "t1"
    assert jobcenter.counts[0] == 3
    assert jobcenter.because is Because.FIXED
    rules = Rules(together=(("j0", "j1"), ("j1", "j2")))
    report = examine(SIXTEEN, tables(4), rules, draw(SIXTEEN, tables(4), rules, 1))
    assert Because.TOGETHER in {breach.because for breach in report[MixRule.STAKEHOLDERS].breaches}


def test_three_apart_at_two_tables_cannot_be() -> None:
    rules = Rules(apart=(("j0", "j1"), ("j1", "t0"), ("t0", "j0")))
    report = examine(SIXTEEN, tables(2), rules, draw(SIXTEEN, tables(2), rules, 1))
    assert (report[MixRule.APART].count, report[MixRule.APART].bound) == (1, 1)
    assert report[MixRule.APART].breaches[0].because is Because.TABLES


def _speaks(id: str, language: str, *, needs: bool = False) -> Person:
    return Person(
        id=id, number="7777", stakeholder="jobcenter", group="j-0", languages=(language,), needs_interpreter=needs
    )


def test_who_needs_an_interpreter_sits_with_one_who_needs_none() -> None:
    people = [*SIXTEEN, _speaks("a", "uk", needs=True), _speaks("b", "uk", needs=True), _speaks("c", "uk")]
    seated = draw(people, tables(5), Rules(), 3)
    assert seated["a"] == seated["b"] == seated["c"]
    report = examine(people, tables(5), Rules(), {**seated, "c": next(t for t in ("t1", "t2") if t != seated["c"])})
    assert {breach.people for breach in report[MixRule.INTERPRETER].breaches} == {("a",), ("b",)}
    assert report[MixRule.INTERPRETER].possible


def test_whom_nobody_understands_is_named() -> None:
    people = [*SIXTEEN, _speaks("a", "uk", needs=True), _speaks("b", "uk", needs=True), _speaks("c", "ar")]
    report = examine(people, tables(5), Rules(), draw(people, tables(5), Rules(), 3))
    found = report[MixRule.INTERPRETER]
    assert (found.possible, found.count, found.bound) == (False, 2, 2)
    assert {breach.because for breach in found.breaches} == {Because.LANGUAGE}


def test_a_lock_is_the_reason_for_what_it_forces() -> None:
    seated = {person.id: "t1" if person.id in ("j0", "j1", "j2", "j3", "j4", "t7") else "t2" for person in SIXTEEN}
    round_tables, rules = tables(3, locked=[1]), Rules(fixed={"t0": "t1"}, together=(("t7", "t6"),))
    report = examine(SIXTEEN, round_tables, rules, draw(SIXTEEN, round_tables, rules, 1, seated))
    for rule in (MixRule.STAKEHOLDERS, MixRule.TOGETHER, MixRule.FIXED):
        assert not report[rule].possible
        assert report[rule].breaches[0].because is Because.LOCKED
    assert report[MixRule.SIZES].kept


def test_a_fixed_table_that_is_gone_is_told() -> None:
    rules = Rules(fixed={"j0": "t9"})
    report = examine(SIXTEEN, tables(4), rules, draw(SIXTEEN, tables(4), rules, 1))
    assert report[MixRule.FIXED].breaches[0].because is Because.TABLES


def test_a_move_by_hand_says_what_it_breaks_and_nothing_else() -> None:
    rules = Rules(together=(("j0", "t0"),), apart=(("j0", "t1"),), fixed={"j0": "t1"})
    seated = draw(SIXTEEN, tables(4), rules, 1)
    there = seated["t1"]
    broken = breaks(SIXTEEN, tables(4), rules, seated, "j0", there)
    assert {MixRule.SIZES, MixRule.TOGETHER, MixRule.APART, MixRule.FIXED} <= {breach.rule for breach in broken}
    sizes = broken[0]
    assert (sizes.tables[0], sizes.counts[0], sizes.tables[-1], sizes.counts[-1]) == (there, 5, "t1", 3)
    moved = {**seated, "j0": there}
    assert not [breach for breach in breaks(SIXTEEN, tables(4), rules, moved, "j0", "t1") if breach.rule.hard]
    assert breaks(SIXTEEN, tables(4), rules, seated, "j0", seated["j0"]) == ()
    with pytest.raises(ValueError, match="no such"):
        breaks(SIXTEEN, tables(4), rules, seated, "j0", "t7")


def test_a_stakeholder_with_fewer_people_than_tables_is_named() -> None:
    people = room({"jobcenter": 8, "traeger": 2}, rich=False)
    report = examine(people, tables(4), Rules(), draw(people, tables(4), Rules(), 1))
    assert [(few.stakeholder, few.people, few.tables) for few in report.too_few] == [("traeger", 2, 4)]
    assert report[MixRule.STAKEHOLDERS].kept
