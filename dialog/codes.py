"""The code on the wall and the number on the phone: short, and hard to misread or mistype.

A code has 6 characters. Characters that look alike, at a distance, in bright light or by hand, form a class;
one of each class is in the alphabet and stands for all of it. So whatever a person takes for it leads to the
same code. There is no vowel, so a code is no word.
"""

import unicodedata
from collections.abc import Collection
from random import Random
from types import MappingProxyType

LENGTH = 6

LOOK_ALIKES = MappingProxyType(
    {
        "D": "0OQОØ",
        "7": "1ILІİЇ",
        "2": "Z",
        "3": "EЗЕЭЁЄ",
        "4": "AА",
        "5": "SЅ",
        "6": "GБ",
        "8": "BВ",
        "V": "UYУЎ",
        "M": "NМ",
        "C": "С",
        "H": "Н",
        "J": "Ј",
        "K": "КЌ",
        "P": "Р",
        "T": "Т",
        "X": "Х",
    }
)
"""Character of the alphabet -> what it may be taken for: digits, Latin letters, Cyrillic letters."""

ALPHABET = "23456789CDFHJKMPRTVWX"
"""21 characters, so 21 ** 6 = 85 766 121 codes."""

_READ = {c: c for c in ALPHABET} | {like: c for c, likes in LOOK_ALIKES.items() for like in likes}

_DASHES = "_\N{MINUS SIGN}"


class NoNumberLeft(Exception):
    """Every four-digit number of this dialogue is taken."""


def new_code(random: Random) -> str:
    """A code of 6 characters, each equally likely. `random` is a `SystemRandom` outside of tests."""
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code a person means by what they typed, or None if it cannot be one.

    Accepts small letters, spaces and dashes of any kind, look-alikes, wide letters and the digits of every
    script.
    """
    code = ""
    for char in typed:
        if char.isspace() or char in _DASHES or unicodedata.category(char) in ("Pd", "Cf"):
            continue
        read = _READ.get(_plain(char))
        if read is None or len(code) == LENGTH:
            return None
        code += read
    return code if len(code) == LENGTH else None


def _plain(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else unicodedata.normalize("NFKC", char).upper()


def show_code(code: str) -> str:
    """The code as it stands on the wall, in two halves: "7K3 M9P"."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def new_number(taken: Collection[str], random: Random) -> str:
    """A person's number of four digits, unique in the dialogue, with which they change phones.

    It never starts with 0 and is none that people try first: 1111, 1212, 1234, 9876 and their like. Raises
    NoNumberLeft.
    """
    number = random.choice(_FREE_AT_FIRST)
    if number not in taken:  # As nearly always; drawing again from the rest leaves all of it equally likely.
        return number
    gone = set(taken)
    free = [number for number in _FREE_AT_FIRST if number not in gone]
    if not free:
        raise NoNumberLeft("every four-digit number of this dialogue is taken")
    return random.choice(free)


def _is_trivial(number: str) -> bool:
    a, b, c, d = (int(digit) for digit in number)
    return (a, b) == (c, d) or (b - a == c - b == d - c and abs(b - a) == 1)


_FREE_AT_FIRST = tuple(number for number in map(str, range(1000, 10_000)) if not _is_trivial(number))
