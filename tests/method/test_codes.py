"""The code on the wall and the number on the phone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.codes import (
    ALPHABET,
    LENGTH,
    LOOK_ALIKES,
    NoNumberLeft,
    new_code,
    new_number,
    read_code,
    show_code,
)

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M9P",
        "7k3m9p",
        "7K3 M9P",
        " 7k3-m9p ",
        "7K3\u2013M9P",
        "7K3\u00a0M9P",
        "7K3M9P\u200b",
        "٧K۳M٩P",
        "7К3М9Р",
    ],
    ids=["as shown", "small", "space", "dashes", "en dash", "hard space", "invisible", "Arabic", "Cyrillic"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "7K3M9P"


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M9", "7K3M9PP", "7K3M9Ä", "7K3M9!", "7K3M9ß", "🙂7K3M9P", "7K3M9P" * 1000],
    ids=["empty", "short", "long", "umlaut", "sign", "sharp s", "emoji", "very long"],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("D", "O"),
        ("D", "0"),
        ("7", "1"),
        ("7", "l"),
        ("7", "I"),
        ("5", "S"),
        ("8", "B"),
        ("2", "Z"),
        ("V", "U"),
    ],
)
def test_look_alikes_lead_to_the_same_code(shown: str, typed: str) -> None:
    assert read_code(f"K3M9P{typed}") == read_code(f"K3M9P{shown}") == f"K3M9P{shown}"


def test_every_class_of_look_alikes_has_one_member_in_the_alphabet() -> None:
    look_alikes = "".join(LOOK_ALIKES.values())
    assert len(set(look_alikes)) == len(look_alikes), "each stands in one class only"
    assert set(LOOK_ALIKES) <= set(ALPHABET)
    assert not set(look_alikes) & set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)


def test_every_latin_letter_and_digit_is_read_as_something() -> None:
    for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz":
        assert read_code(char * LENGTH) is not None


def test_a_code_is_shown_in_two_halves() -> None:
    assert show_code("7K3M9P") == "7K3 M9P"


@given(codes)
def test_what_is_shown_is_read_again(code: str) -> None:
    assert read_code(show_code(code)) == read_code(show_code(code).lower()) == code


@given(st.integers())
def test_new_codes_are_made_of_the_alphabet(seed: int) -> None:
    code = new_code(Random(seed))
    assert read_code(code) == code


@given(st.text())
def test_whatever_is_typed_has_an_answer(typed: str) -> None:
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


def test_new_codes_use_the_whole_alphabet() -> None:
    random = Random(7)
    assert {char for _ in range(200) for char in new_code(random)} == set(ALPHABET)


@given(st.integers(), st.sets(st.integers(1000, 9999).map(str)))
def test_a_number_is_new_and_has_four_digits(seed: int, taken: set[str]) -> None:
    number = new_number(taken, Random(seed))
    assert number not in taken
    assert 1000 <= int(number) <= 9999


FOUR_DIGITS = {str(number) for number in range(1000, 10_000)}


@pytest.mark.parametrize("tried_first", ["1111", "9999", "1234", "6789", "4321", "9876", "1212", "4747"])
def test_numbers_people_try_first_are_never_given(tried_first: str) -> None:
    assert new_number(FOUR_DIGITS - {tried_first, "4711"}, Random(1)) == "4711"


def test_it_is_told_when_no_number_is_left() -> None:
    with pytest.raises(NoNumberLeft, match="taken"):
        new_number(FOUR_DIGITS, Random(1))


def test_a_room_of_two_hundred_people_gets_two_hundred_numbers() -> None:
    random, taken = Random(1), set[str]()
    for _ in range(200):
        taken.add(new_number(taken, random))
    assert len(taken) == 200
