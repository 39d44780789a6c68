"""Writing: one thought per card, and the card is its author's."""

from datetime import timedelta

import pytest

from dialog import errors, queries
from dialog.commands.edit_card import edit_card
from dialog.commands.post_card import post_card
from dialog.commands.restore_card import restore_card
from dialog.commands.reveal_cards import reveal_cards
from dialog.commands.withdraw_card import withdraw_card
from dialog.steps import GRACE
from dialog.store import Store
from dialog.words import Step, Valence
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon, small_plan

SAID = {"valence": Valence.WORKS, "text": "Der offene Treff", "addressees": [TRAEGER]}


@pytest.fixture
def writing(afternoon: Afternoon) -> Afternoon:
    afternoon.go(Step.COLLECT)
    return afternoon


def test_a_card_is_one_line_as_it_was_meant(writing: Afternoon) -> None:
    anna = writing.join(JOBCENTER)
    writing.write(anna.actor, "  Zu\tviele\n\nFormulare\x00 ", Valence.FAILS, addressees=["medien", TRAEGER, "medien"])
    (card,) = writing.sees(anna.phone)["cards"].values()
    assert card["text"] == "Zu viele Formulare"
    assert card["addressees"] == [TRAEGER, "medien"], "each once, in the order of the plan"
    assert card["mine"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "\u200b", "\u200e\u00a0\ufeff"])
def test_a_card_on_which_nothing_can_be_seen_is_empty(writing: Afternoon, text: str) -> None:
    with pytest.raises(errors.EmptyText):
        writing.write(writing.join(JOBCENTER).actor, text)


def test_a_card_holds_140_characters(writing: Afternoon) -> None:
    anna = writing.join(JOBCENTER)
    writing.write(anna.actor, "ä" * 140)
    with pytest.raises(errors.TextTooLong, match="141 characters, 140 fit"):
        writing.write(anna.actor, "a" * 141)


@pytest.mark.parametrize(
    ("addressees", "refusal"),
    [([], errors.NoAddressee), (["nobody"], errors.UnknownAddressee), ([TRAEGER, ""], errors.UnknownAddressee)],
)
def test_somebody_known_should_hear_a_card(
    writing: Afternoon, addressees: list[str], refusal: type[errors.RuleBroken]
) -> None:
    with pytest.raises(refusal):
        writing.write(writing.join(JOBCENTER).actor, "Hört mal", addressees=addressees)


def test_nobody_writes_more_cards_than_planned_not_even_by_taking_one_back(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(cards_per_person=2))
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    first = afternoon.write(anna.actor, "Eins")
    afternoon.write(anna.actor, "Zwei")
    with pytest.raises(errors.TooManyCards):
        afternoon.write(anna.actor, "Drei")
    afternoon.act(withdraw_card, anna.actor, card_id=first)
    afternoon.write(anna.actor, "Drei")
    with pytest.raises(errors.TooManyCards):
        afternoon.act(restore_card, anna.actor, card_id=first)


def test_only_the_author_changes_a_card(writing: Afternoon) -> None:
    anna, ben = writing.join(JOBCENTER), writing.join(JOBCENTER)
    card_id = writing.write(anna.actor, "Zu wenig Zeit")
    for other in (ben.actor, MARA):
        for act, what in ((edit_card, SAID), (withdraw_card, {}), (restore_card, {})):
            with pytest.raises(errors.NotYourCard):
                writing.act(act, other, card_id=card_id, **what)
    writing.act(edit_card, anna.actor, card_id=card_id, **SAID)
    assert writing.cards(anna.phone) == {"Der offene Treff"}


def test_a_card_that_is_taken_back_can_be_put_back(writing: Afternoon) -> None:
    anna = writing.join(JOBCENTER)
    card_id = writing.write(anna.actor, "Zu wenig Zeit")
    writing.act(withdraw_card, anna.actor, card_id=card_id)
    assert writing.cards(anna.phone) == set()
    with pytest.raises(errors.NoSuchThing):
        writing.act(edit_card, anna.actor, card_id=card_id, **SAID)
    writing.act(restore_card, anna.actor, card_id=card_id)
    assert writing.cards(anna.phone) == {"Zu wenig Zeit"}
    assert not writing.act(restore_card, anna.actor, card_id=card_id).happenings


def test_a_paper_card_belongs_to_who_runs_the_board(writing: Afternoon) -> None:
    group_id = writing.group("L1")
    with pytest.raises(errors.NoSuchThing):
        writing.write(MARA, "Vom Zettel")
    card_id = writing.write(MARA, "Vom Zettel", group_id=group_id)
    writing.on_board(group_id, edit_card, card_id=card_id, **SAID)
    with writing.reading() as db:
        (card,) = queries.cards(db, writing.id, group_id)
        assert (card.text, card.author_id, card.paper) == ("Der offene Treff", None, True)


def test_a_participant_s_card_always_goes_to_the_own_group(writing: Afternoon) -> None:
    anna = writing.join(JOBCENTER)
    writing.write(anna.actor, "Zu wenig Zeit", group_id=writing.group("L1"))
    with writing.reading() as db:
        assert {group.name: group.written for group in queries.groups(db, writing.id)} == {"J1": 1, "T1": 0, "L1": 0}


def test_cards_are_not_written_before_their_step(afternoon: Afternoon) -> None:
    with pytest.raises(errors.NotInThisStep):
        afternoon.write(afternoon.join(JOBCENTER).actor, "Zu früh")


@pytest.mark.parametrize("next_step", [Step.NOMINATE, Step.MIRROR, Step.ARRIVE])
def test_a_card_in_the_hand_keeps_its_grace_when_the_step_ends(writing: Afternoon, next_step: Step) -> None:
    anna = writing.join(BERECHTIGTE)
    writing.go(next_step)
    ended = writing.now
    writing.now = ended + GRACE
    card_id = writing.write(anna.actor, "Gerade noch")
    writing.act(edit_card, anna.actor, card_id=card_id, **SAID)
    writing.now = ended + GRACE + timedelta(seconds=0.001)
    with pytest.raises(errors.NotInThisStep):
        writing.act(post_card, anna.actor, **SAID)


def test_grace_is_for_what_people_hold_in_their_hands_only(writing: Afternoon) -> None:
    writing.go(Step.MIRROR)
    with pytest.raises(errors.NotInThisStep):
        writing.cockpit(reveal_cards)
