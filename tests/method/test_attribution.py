"""Who says what about whom: cards and mentions are counted apart."""

from collections import Counter
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.attribution import (
    CardCount,
    Image,
    MentionCount,
    Said,
    frequency,
    images,
    to_others,
    who_about_whom,
)
from dialog.words import Valence

TRIANGLE = ["jobcenter", "traeger", "leistungsberechtigte"]
ADDRESSEES = [*TRIANGLE, "politik", "arbeitgeber", "medien"]


def said(
    card_id: str,
    stakeholder: str,
    valence: Valence,
    *addressees: str,
    category: str | None = "kommunikation",
    topic_id: str | None = None,
) -> Said:
    return Said(
        card_id=card_id,
        stakeholder=stakeholder,
        valence=valence,
        addressees=addressees,
        topic_id=topic_id,
        category=category,
    )


WORKS, FAILS = Valence.WORKS, Valence.FAILS
CARDS = [
    # Cards of the reference data set.
    said("Hilfe beim Ausfüllen der Anträge", "leistungsberechtigte", WORKS, "traeger", "jobcenter"),
    said("Nur Briefe, nie ein Anruf", "leistungsberechtigte", FAILS, "jobcenter"),
    said("Ich komme aus Angst oft nicht zum Termin", "leistungsberechtigte", FAILS, "leistungsberechtigte"),
    said("Ich wusste nicht, wozu der Kurs gut ist", "leistungsberechtigte", FAILS, "jobcenter", "traeger"),
    said("Kurzer Draht zu den Trägern vor Ort", "jobcenter", WORKS, "traeger", category="kooperation"),
    said("Kollegialer Fallaustausch im Team", "jobcenter", WORKS, "jobcenter", category="austauschformate"),
    said("Zu viele Fälle für gute Beratung", "jobcenter", FAILS, "politik", "jobcenter", category=None),
    said("Der Träger meldet Abbrüche zu spät", "jobcenter", FAILS, "traeger"),
    said("Unser Personal wechselt zu oft", "traeger", FAILS, "traeger", category="organisationsstruktur"),
]


def test_a_card_with_two_addressees_is_one_card_and_two_mentions() -> None:
    matrix = who_about_whom(CARDS[:1], TRIANGLE, ADDRESSEES)[WORKS]
    assert matrix.cards == {"jobcenter": 0, "traeger": 0, "leistungsberechtigte": 1}
    assert (matrix.cards_in_all, matrix.mentions_in_all) == (1, 2)


def test_the_matrix_keeps_what_works_and_what_fails_apart() -> None:
    matrices = who_about_whom(CARDS, TRIANGLE, ADDRESSEES)
    assert list(matrices[FAILS].mentions) == TRIANGLE
    assert matrices[FAILS].mentions["leistungsberechtigte"] == {
        "jobcenter": 2,
        "traeger": 1,
        "leistungsberechtigte": 1,
        "politik": 0,
        "arbeitgeber": 0,
        "medien": 0,
    }
    assert matrices[FAILS].cards["leistungsberechtigte"] == 3
    assert matrices[WORKS].mentions["jobcenter"]["traeger"] == 1


def test_no_card_is_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="unknown addressee: politik"):
        who_about_whom(CARDS, TRIANGLE, TRIANGLE)
    with pytest.raises(ValueError, match="unknown author: traeger"):
        who_about_whom(CARDS, ["jobcenter", "leistungsberechtigte"], ADDRESSEES)


def test_self_image_stands_beside_the_image_of_the_others() -> None:
    mirror = images(CARDS, "traeger")
    assert mirror.of_itself == Image(works=(), fails=("Unser Personal wechselt zu oft",))
    assert mirror.of_others == {
        "leistungsberechtigte": Image(
            works=("Hilfe beim Ausfüllen der Anträge",), fails=("Ich wusste nicht, wozu der Kurs gut ist",)
        ),
        "jobcenter": Image(
            works=("Kurzer Draht zu den Trägern vor Ort",), fails=("Der Träger meldet Abbrüche zu spät",)
        ),
    }
    assert len(mirror.of_others_together.works) == len(mirror.of_others_together.fails) == 2


def test_nobody_speaks_about_the_media_and_their_image_is_empty() -> None:
    mirror = images(CARDS, "medien")
    assert mirror.of_itself == mirror.of_others_together == Image(works=(), fails=())
    assert mirror.of_others == {}


def test_attribution_to_others_counts_failing_cards_that_do_not_address_oneself() -> None:
    assert to_others(CARDS, "leistungsberechtigte") == (2, 3)
    assert to_others(CARDS, "traeger") == (0, 1)
    assert to_others(CARDS, "politik") == (0, 0)


def test_a_card_that_addresses_oneself_and_others_is_not_elsewhere() -> None:
    assert "jobcenter" in CARDS[6].addressees
    assert len(CARDS[6].addressees) == 2
    assert to_others([CARDS[6]], "jobcenter") == (0, 1)


def test_frequency_counts_cards_and_mentions_in_rows_of_their_own() -> None:
    counted = frequency(CARDS[:4])
    assert counted.cards == (
        CardCount(key="kommunikation", stakeholder="leistungsberechtigte", valence=WORKS, cards=1),
        CardCount(key="kommunikation", stakeholder="leistungsberechtigte", valence=FAILS, cards=3),
    )
    assert counted.mentions[0] == MentionCount(
        key="kommunikation",
        stakeholder="leistungsberechtigte",
        valence=WORKS,
        addressee="jobcenter",
        mentions=1,
    )
    assert [row.mentions for row in counted.mentions] == [1, 1, 2, 1, 1]


def test_the_key_with_most_cards_comes_first_and_cards_without_one_last() -> None:
    keys = [row.key for row in frequency(CARDS).cards]
    assert list(dict.fromkeys(keys)) == [
        "kommunikation",
        "austauschformate",
        "kooperation",
        "organisationsstruktur",
        None,
    ]


def test_frequency_by_topic_takes_the_topic() -> None:
    card = said("1", "traeger", WORKS, "jobcenter", topic_id="Planungssicherheit")
    assert [row.key for row in frequency([card], by="topic").cards] == ["Planungssicherheit"]


@pytest.mark.parametrize("addressees", [(), ("jobcenter", "jobcenter")])
def test_a_card_addresses_somebody_and_nobody_twice(addressees: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="addresses"):
        said("1", "traeger", WORKS, *addressees)


cards = st.lists(
    st.builds(
        Said,
        card_id=st.uuids().map(str),
        stakeholder=st.sampled_from(TRIANGLE),
        valence=st.sampled_from(Valence),
        addressees=st.lists(st.sampled_from(ADDRESSEES), min_size=1, unique=True).map(tuple),
        topic_id=st.sampled_from(["t1", "t2", None]),
        category=st.sampled_from(["kommunikation", "motivation", None]),
    ),
    max_size=30,
)


@given(cards)
def test_every_card_and_every_mention_is_in_the_matrices_once(cards: list[Said]) -> None:
    matrices = who_about_whom(cards, TRIANGLE, ADDRESSEES)
    assert sum(matrix.cards_in_all for matrix in matrices.values()) == len(cards)
    assert sum(m.mentions_in_all for m in matrices.values()) == sum(len(c.addressees) for c in cards)
    for card in cards:
        assert matrices[card.valence].mentions[card.stakeholder][card.addressees[0]] > 0
        assert matrices[card.valence].cards[card.stakeholder] > 0


@given(cards, st.sampled_from(ADDRESSEES))
def test_both_images_together_are_all_cards_about_a_stakeholder(cards: list[Said], stakeholder: str) -> None:
    mirror = images(cards, stakeholder)
    both = (mirror.of_itself, mirror.of_others_together)
    about = [card.card_id for card in cards if stakeholder in card.addressees]
    assert Counter(i for image in both for i in (*image.works, *image.fails)) == Counter(about)
    by_author = [i for image in mirror.of_others.values() for i in (*image.works, *image.fails)]
    assert Counter(by_author) == Counter((*both[1].works, *both[1].fails))


@given(cards, st.sampled_from(TRIANGLE))
def test_matrix_images_and_attribution_agree(cards: list[Said], stakeholder: str) -> None:
    matrix = who_about_whom(cards, TRIANGLE, ADDRESSEES)[FAILS]
    elsewhere, failing = to_others(cards, stakeholder)
    assert failing == matrix.cards[stakeholder]
    assert failing - elsewhere == matrix.mentions[stakeholder][stakeholder]
    assert failing - elsewhere == len(images(cards, stakeholder).of_itself.fails)


@given(cards, st.one_of(st.just("category"), st.just("topic")))
def test_frequencies_add_up_in_any_order(cards: list[Said], by: Literal["category", "topic"]) -> None:
    counted = frequency(cards, by)
    assert sum(row.cards for row in counted.cards) == len(cards)
    assert sum(row.mentions for row in counted.mentions) == sum(len(c.addressees) for c in cards)
    assert all(row.cards > 0 for row in counted.cards)
    assert frequency(cards[::-1], by) == counted
