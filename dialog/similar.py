"""Cards that may say the same, with the reason why. The machine suggests and never merges: a person decides.

Two cards are compared in two ways; the higher figure, 0 to 100, is their score:

    words    = 100 · 2 · letters in common / letters of all words of both
    spelling = 100 · 2 · pieces in common / pieces of both   (pieces: the different runs of 3 and 4 letters)

*Words* understands German. Words that say little anywhere are left out; of the others the family counts
(erreichen, erreichbar). A word has all its letters in common with its like, and some with its kin:
*Leistungs*abteilung with *Leistungs*stelle, and Kinderbetreuung with both Betreuung and Kinder (`german.py`
knows how). Letters make long words weigh more, because long German words mean one thing. The letters of
common words count a quarter, and common words are never a reason alone, so that two cards do not look alike
because both say "Träger". Common are the names the caller gives, and short words that very many cards say.

*Spelling* finds slips of the pen, and works in every language.

Source: DESIGN section 2 (similar cards are suggested, never merged by the machine).
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from dialog import german

ENOUGH_WITH_ONE_WORD = 50
"""Words from which one word in common makes a suggestion."""
ENOUGH_WITH_MORE_WORDS = 40
"""Words from which two or more words in common make a suggestion."""
ENOUGH_BY_SPELLING = 60
"""Spelling from which two cards are a suggestion, whatever their words."""

LONG_WORD = 9
"""Letters from which a word tells something however many cards say it."""
MANY_CARDS = 4
"""A short word is common if more cards than this say it, and more than every eighth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two cards may say the same, so that it can be told in a sentence.

    "same_words": both cards say these words, perhaps in another form (Maßnahme, Maßnahmen).
    "related_words": at least one pair is two words of one kin (Leistungsabteilung, Leistungsstelle).
    "same_spelling": the cards are written nearly alike; there are no words.
    """

    kind: Literal["same_words", "related_words", "same_spelling"]
    words: tuple[tuple[str, str], ...]
    """As written on the first and on the second card; what tells most comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two cards that may say the same; `a` stands before `b` in the order given. `score` is 40 to 100."""

    a: str
    b: str
    score: int
    reason: Reason


def similar_cards(
    cards: Sequence[tuple[str, str]],
    *,
    limit: int = 50,
    names: Iterable[str] = (),
) -> list[Suggestion]:
    """The pairs of cards that may say the same, most alike first, then in the order given; at most `limit`.

    `cards` are (id, text); `names` are words everybody uses here, such as the labels of the stakeholders. The
    same cards in the same order always give the same suggestions. 500 cards take less than a second.
    """
    room = _Room([text for _, text in cards], names)
    return [
        Suggestion(a=cards[a][0], b=cards[b][0], score=-minus_score, reason=_reason(room, a, b))
        for minus_score, a, b in heapq.nsmallest(limit, _alike(room))
    ]


class _Room:
    """All cards as read: words by number with weight and kin, and for each card its words and its pieces.

    Pieces, and the sets of words in `_alike`, are bits of integers, so that comparing two cards is one `&`.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        families = german.Families()
        number_of: dict[str, int] = {}
        piece_of: dict[str, int] = {}
        self.words: list[dict[int, str]] = []
        """For each card: number of the word -> as first written there."""
        self.pieces: list[int] = []
        for text in texts:
            written = [(german.plain(word), word) for word in german.written_words(text)]
            telling = [(plain, word) for plain, word in written if not german.says_little(plain)]
            said: dict[int, str] = {}
            for plain, word in telling:
                said.setdefault(number_of.setdefault(families.of(plain), len(number_of)), word)
            self.words.append(said)
            spelt = " ".join(plain for plain, _ in telling or written)
            self.pieces.append(_bits(piece_of.setdefault(piece, len(piece_of)) for piece in _pieces(spelt)))

        used = Counter(number for said in self.words for number in said)
        named = {families.of(german.plain(word)) for name in names for word in german.written_words(name)}
        many = max(MANY_CARDS, len(self.words) // 8)
        worn = {family for family, n in number_of.items() if len(family) < LONG_WORD and used[n] > many}
        self.common = [family in named or family in worn for family in number_of]
        self.weight = [1 if is_common else 4 for is_common in self.common]
        """What each letter of a word counts, in quarters."""
        self.letters = [len(family) for family in number_of]
        self.kin = german.kin(list(number_of))

    def size(self, card: int) -> int:
        """Letters of all words of a card, in quarters."""
        return sum(self.letters[number] * self.weight[number] for number in self.words[card])


def _alike(room: _Room) -> Iterator[tuple[int, int, int]]:
    """(minus score, a, b), cards by place, for each pair that is alike enough."""
    common = _bits(number for number, is_common in enumerate(room.common) if is_common)
    reasons = [0 if room.common[number] else _bits(kin) & ~common for number, kin in enumerate(room.kin)]
    said = [_bits(words) for words in room.words]
    near = [_union(reasons[number] for number in words) for words in room.words]
    letters = [room.size(card) for card in range(len(said))]
    pieces = [bits.bit_count() for bits in room.pieces]
    for a, b in combinations(range(len(said)), 2):
        score = 0
        if shared := (room.pieces[a] & room.pieces[b]).bit_count():
            spelling = 200 * shared // (pieces[a] + pieces[b])
            score = spelling if spelling >= ENOUGH_BY_SPELLING else 0
        if near[a] & said[b]:
            score = max(score, _by_words(room, _matches(room, a, b), letters[a] + letters[b]))
        if score:
            yield -score, a, b


def _matches(room: _Room, a: int, b: int) -> list[tuple[int, int, int]]:
    """(letters in common, word of a, word of b), most letters first. No word gives more letters than it has.

    The letters are counted on both sides and in quarters: 8 for one letter of a telling word on both cards.
    """
    here, there = room.words[a], room.words[b]
    possible = [
        (-letters * (room.weight[x] + room.weight[y]), -letters, x, y)
        for x in here
        for y, letters in room.kin[x].items()
        if y in there
    ]
    if len(possible) == 1:
        return [(-minus, x, y) for minus, _, x, y in possible]
    left_here = {number: room.letters[number] for number in here}
    left_there = {number: room.letters[number] for number in there}
    matches = []
    for minus, minus_letters, x, y in sorted(possible):
        if left_here[x] + minus_letters >= 0 and left_there[y] + minus_letters >= 0:
            left_here[x] += minus_letters
            left_there[y] += minus_letters
            matches.append((-minus, x, y))
    return matches


def _by_words(room: _Room, matches: Sequence[tuple[int, int, int]], letters: int) -> int:
    """The figure *words* of two cards with these matches and letters; 0 if that makes no suggestion."""
    reasons = sum(not (room.common[x] or room.common[y]) for _, x, y in matches)
    if not reasons:
        return 0
    words = 100 * sum(in_common for in_common, _, _ in matches) // letters
    return words if words >= (ENOUGH_WITH_ONE_WORD if reasons == 1 else ENOUGH_WITH_MORE_WORDS) else 0


def _reason(room: _Room, a: int, b: int) -> Reason:
    matches = _matches(room, a, b)
    if not _by_words(room, matches, room.size(a) + room.size(b)):
        return Reason(kind="same_spelling", words=())
    return Reason(
        kind="same_words" if all(x == y for _, x, y in matches) else "related_words",
        words=tuple((room.words[a][x], room.words[b][y]) for _, x, y in matches),
    )


def _pieces(spelt: str) -> list[str]:
    """The different runs of 3 and of 4 letters; of a shorter text, itself."""
    runs = [spelt[at : at + length] for length in (3, 4) for at in range(len(spelt) - length + 1)]
    return list(dict.fromkeys(runs or ([spelt] if spelt else [])))


def _bits(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _union(bits: Iterable[int]) -> int:
    union = 0
    for some in bits:
        union |= some
    return union
