"""Sorting: a group's cards become topics, and whatever people do, no card is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.acting import Actor
from dialog.commands.categorise_topic import categorise_topic
from dialog.commands.make_topic import make_topic
from dialog.commands.merge_topics import merge_topics
from dialog.commands.name_topic import name_topic
from dialog.commands.place_card import place_card
from dialog.commands.place_cards import place_cards
from dialog.commands.place_topic import place_topic
from dialog.commands.remove_topic import remove_topic
from dialog.commands.split_topic import split_topic
from dialog.journal import Outcome
from dialog.words import Role, Step
from tests.people import JOBCENTER, TRAEGER, Afternoon


class Table:
    """Group J1 with five revealed cards, a to e."""

    def __init__(self, afternoon: Afternoon) -> None:
        self.afternoon = afternoon
        anna = afternoon.join(JOBCENTER)
        self.group = anna.group_id
        afternoon.go(Step.COLLECT)
        self.cards = {text: afternoon.write(anna.actor, text) for text in "abcde"}
        afternoon.go(Step.SORT)

    def do(self, act: Callable[..., Any], **what: Any) -> Outcome:
        return self.afternoon.on_board(self.group, act, **what)

    def lies(self) -> dict[str, str]:
        """The texts of the cards in each topic, in order, by the topic's title; the unsorted rest under "rest"."""
        with self.afternoon.reading() as db:
            title = {topic.id: topic.title for topic in queries.topics(db, self.afternoon.id)}
            found = dict.fromkeys(title.values(), "")
            for card in queries.cards(db, self.afternoon.id, self.group):
                name = title.get(card.topic_id or "", "rest")
                found[name] = found.get(name, "") + card.text
            return found


@pytest.fixture
def table(afternoon: Afternoon) -> Table:
    return Table(afternoon)


def test_cards_are_brought_into_a_topic_and_put_in_order(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", (table.cards["a"], table.cards["b"], table.cards["c"]))
    table.do(place_card, card_id=table.cards["c"], topic_id=zeit, before=table.cards["a"])
    assert table.lies()["Zeit"] == "cab"
    table.do(place_card, card_id=table.cards["c"], topic_id=zeit, before=table.cards["b"])
    assert table.lies()["Zeit"] == "acb"
    table.do(place_card, card_id=table.cards["a"], topic_id=None)
    assert table.lies()["Zeit"] == "cb"
    assert table.lies()["rest"].endswith("a")


def test_between_two_cards_there_is_always_room(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", tuple(table.cards[text] for text in "abc"))
    for _ in range(40):
        table.do(place_card, card_id=table.cards["c"], topic_id=zeit, before=table.cards["b"])
        table.do(place_card, card_id=table.cards["b"], topic_id=zeit, before=table.cards["c"])
    assert table.lies()["Zeit"] == "abc"


def test_placing_a_card_where_it_lies_changes_nothing(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", (table.cards["a"],))
    assert not table.do(place_card, card_id=table.cards["a"], topic_id=zeit).happenings


def test_several_cards_move_as_one_act(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", (table.cards["e"],))
    outcome = table.do(place_cards, card_ids=[table.cards["a"], table.cards["b"], table.cards["a"]], topic_id=zeit)
    assert len(outcome.happenings) == 2
    assert table.lies()["Zeit"] == "eab"


def test_merging_keeps_every_card_and_the_only_name_there_is(table: Table) -> None:
    named = table.afternoon.topic(table.group, "Zeit", (table.cards["a"],))
    table.do(categorise_topic, topic_id=named, category="motivation")
    nameless = table.afternoon.topic(table.group, "", (table.cards["b"],))
    table.do(merge_topics, topic_id=named, into=nameless)
    assert table.lies()["Zeit"] == "ba"
    (topic,) = table.afternoon.sees(a.board(table.group))["topics"].values()
    assert (topic["id"], topic["category"]) == (nameless, "motivation")


def test_a_topic_is_not_merged_with_itself_or_across_groups(table: Table) -> None:
    own = table.afternoon.topic(table.group, "Zeit")
    other = table.afternoon.topic(table.afternoon.group("T1"), "Geld")
    with pytest.raises(errors.SameTopic):
        table.do(merge_topics, topic_id=own, into=own)
    with pytest.raises(errors.NotYourGroup):
        table.do(merge_topics, topic_id=own, into=other)


def test_a_split_topic_stands_beside_the_old_one(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", tuple(table.cards[text] for text in "abc"))
    table.afternoon.topic(table.group, "Geld")
    table.do(split_topic, topic_id=zeit, card_ids=[table.cards["b"]])
    assert list(table.lies()) == ["Zeit", "", "Geld", "rest"]
    assert table.lies()["Zeit"] == "ac"
    for chosen in ([], [table.cards["a"], table.cards["c"]], [table.cards["e"]]):
        with pytest.raises(errors.NothingToSplit):
            table.do(split_topic, topic_id=zeit, card_ids=chosen)


def test_the_cards_of_a_dissolved_topic_lie_on_the_board_again(table: Table) -> None:
    zeit = table.afternoon.topic(table.group, "Zeit", (table.cards["a"], table.cards["b"]))
    table.do(remove_topic, topic_id=zeit)
    assert "".join(sorted(table.lies()["rest"])) == "abcde"
    with pytest.raises(errors.NoSuchThing):
        table.do(name_topic, topic_id=zeit, title="Zu spät")


def test_topics_change_their_order(table: Table) -> None:
    first, last = table.afternoon.topic(table.group, "Zeit"), table.afternoon.topic(table.group, "Geld")
    table.do(place_topic, topic_id=last, before=first)
    assert [title for title in table.lies() if title != "rest"] == ["Geld", "Zeit"]
    table.do(place_topic, topic_id=last)
    assert [title for title in table.lies() if title != "rest"] == ["Zeit", "Geld"]


@pytest.mark.parametrize(
    ("title", "refusal"), [("", errors.EmptyText), ("\u200b", errors.EmptyText), ("x" * 121, errors.TextTooLong)]
)
def test_a_name_is_one_line_of_120_characters(table: Table, title: str, refusal: type[errors.RuleBroken]) -> None:
    zeit = table.afternoon.topic(table.group)
    with pytest.raises(refusal):
        table.do(name_topic, topic_id=zeit, title=title)
    table.do(name_topic, topic_id=zeit, title="x" * 120)


def test_a_category_is_one_of_the_code_book(table: Table) -> None:
    zeit = table.afternoon.topic(table.group)
    with pytest.raises(errors.UnknownCategory):
        table.do(categorise_topic, topic_id=zeit, category="Motivation")
    table.do(categorise_topic, topic_id=zeit, category="motivation")
    table.do(categorise_topic, topic_id=zeit, category=None)


def test_a_co_moderator_sorts_the_own_group_s_cards_only(table: Table) -> None:
    helper = Actor(Role.CO_MODERATOR, "link", table.afternoon.group("T1"))
    with pytest.raises(errors.NotYourGroup):
        table.afternoon.act(place_card, helper, card_id=table.cards["a"], topic_id=None)
    with pytest.raises(errors.NotYourGroup):
        table.afternoon.act(make_topic, helper, group_id=table.group)


def test_a_card_never_leaves_its_group_s_board(table: Table) -> None:
    elsewhere = table.afternoon.topic(table.afternoon.group("T1"), "Geld")
    for act, what in ((place_card, {"card_id": table.cards["a"]}), (place_cards, {"card_ids": [table.cards["a"]]})):
        with pytest.raises(errors.NotYourGroup):
            table.do(act, topic_id=elsewhere, **what)
    with pytest.raises(errors.NotYourGroup):
        table.afternoon.on_board(
            table.group, make_topic, group_id=table.afternoon.group("T1"), card_ids=[table.cards["a"]]
        )


def test_covered_cards_are_not_sorted(afternoon: Afternoon) -> None:
    anna = afternoon.join(TRAEGER)
    afternoon.go(Step.COLLECT)
    afternoon.write(anna.actor, "Noch nicht")
    with pytest.raises(errors.NotInThisStep):
        afternoon.on_board(anna.group_id, make_topic, group_id=anna.group_id)
