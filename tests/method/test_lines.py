"""The line of the argument: nothing is lost on the way, and it can be followed in both directions."""

from hypothesis import given
from hypothesis import strategies as st

from dialog.lines import Answer, Line, follow

CARDS = [("c1", "t1"), ("c2", "t2"), ("c3", "t3"), ("c4", None)]
HEADS = {"t1": "t1", "t2": "t1", "t3": "t3"}
TABLES = [("table1", "t1"), ("table2", "t1"), ("table3", None)]


def _line(**known: str) -> Line:
    return Line(**{**dict.fromkeys(("card", "topic", "voted_on", "table", "proposal", "commitment")), **known})


def test_a_card_leads_to_the_promise_that_answers_it() -> None:
    answers = [Answer(id="p1", table="table2", topic="t1", cards=("c2",))]
    found = follow(CARDS, HEADS, TABLES, answers, [("k1", "p1"), ("k2", "p1")])
    way = {"card": "c2", "topic": "t2", "voted_on": "t1", "table": "table2", "proposal": "p1"}
    assert [line for line in found if line.card == "c2"] == [
        _line(**way, commitment="k1"),
        _line(**way, commitment="k2"),
    ]


def test_a_card_that_nobody_answers_leads_as_far_as_it_got() -> None:
    found = follow(CARDS, HEADS, TABLES, [], [])
    assert [line for line in found if line.card == "c1"] == [
        _line(card="c1", topic="t1", voted_on="t1", table="table1"),
        _line(card="c1", topic="t1", voted_on="t1", table="table2"),
    ]
    assert _line(card="c3", topic="t3", voted_on="t3") in found, "its topic was not chosen"
    assert _line(card="c4") in found, "it lay in no topic"


def test_a_proposal_without_cards_begins_with_its_topic() -> None:
    answers = [Answer(id="p1", table="table3", topic=None, cards=()), Answer(id="p2", table="t", topic="t2", cards=())]
    found = follow([], HEADS, TABLES, answers, [])
    assert found == [
        _line(table="table3", proposal="p1"),
        _line(topic="t2", voted_on="t1", table="t", proposal="p2"),
    ]


def test_a_promise_for_no_proposal_stands_alone() -> None:
    assert follow([], {}, [], [], [("k1", None), ("k2", "taken back")]) == [
        _line(commitment="k1"),
        _line(commitment="k2"),
    ]


ids = st.integers(0, 5)


@given(
    cards=st.lists(st.tuples(ids, st.none() | ids), unique_by=lambda card: card[0], max_size=6),
    joined=st.dictionaries(ids, ids),
    tables=st.lists(st.tuples(ids, st.none() | ids), unique_by=lambda table: table[0], max_size=4),
    answers=st.lists(st.tuples(ids, st.none() | ids, st.lists(ids, unique=True)), max_size=5),
    promises=st.lists(st.none() | ids, max_size=6),
)
def test_nothing_is_lost_and_no_line_stands_twice(
    cards: list[tuple[int, int | None]],
    joined: dict[int, int],
    tables: list[tuple[int, int | None]],
    answers: list[tuple[int, int | None, list[int]]],
    promises: list[int | None],
) -> None:
    def topic(number: int | None) -> str | None:
        return None if number is None else f"t{number}"

    found = follow(
        [(f"c{card}", topic(of)) for card, of in cards],
        {f"t{at}": f"t{joined.get(at, at)}" for at in range(6)},
        [(f"table{table}", topic(of)) for table, of in tables],
        [
            Answer(id=f"p{at}", table=f"table{table}", topic=topic(of), cards=tuple(f"c{card}" for card in own))
            for at, (table, of, own) in enumerate(answers)
        ],
        [(f"k{at}", None if of is None else f"p{of}") for at, of in enumerate(promises)],
    )
    assert {line.card for line in found} - {None} == {f"c{card}" for card, _of in cards}
    assert {line.proposal for line in found} - {None} == {f"p{at}" for at in range(len(answers))}
    assert {line.commitment for line in found} - {None} == {f"k{at}" for at in range(len(promises))}
    assert len(set(found)) == len(found)
    for line in found:
        if line.card is not None and line.proposal is not None:
            table, _of, own = answers[int(line.proposal[1:])]
            assert int(line.card[1:]) in own
            assert line.table == f"table{table}"
