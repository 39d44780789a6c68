"""From cards to who says what about whom.

Two units, never mixed: a *card* counts once; each group that a card addresses is a *mention* of it. A card
with two addressees is one card and two mentions. The stakeholder of a card is that of the group whose member
wrote it.

Source: DESIGN section 5, topic frequency, who speaks about whom, attribution to others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dialog.words import Valence


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One card, as far as counting goes. Raises ValueError for no addressee or one given twice."""

    card_id: str
    stakeholder: str
    """Of the author's group."""
    valence: Valence
    addressees: tuple[str, ...]
    topic_id: str | None
    category: str | None

    def __post_init__(self) -> None:
        if not self.addressees:
            raise ValueError(f"card {self.card_id} addresses nobody")
        if len(set(self.addressees)) < len(self.addressees):
            raise ValueError(f"card {self.card_id} addresses somebody twice")

    def addresses(self, stakeholder: str) -> bool:
        return stakeholder in self.addressees


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who speaks about whom, for one valence: authors in rows, addressees in columns, in the given order."""

    mentions: Mapping[str, Mapping[str, int]]
    """Mentions by author, then addressee; every pair is there, zeros too."""
    cards: Mapping[str, int]
    """Cards by author: at most the sum of the author's mentions, because a card may address several."""

    @property
    def mentions_in_all(self) -> int:
        return sum(sum(row.values()) for row in self.mentions.values())

    @property
    def cards_in_all(self) -> int:
        return sum(self.cards.values())


def who_about_whom(
    cards: Sequence[Said],
    authors: Sequence[str],
    addressees: Sequence[str],
) -> dict[Valence, Matrix]:
    """The matrix author × addressee, separately for what works and what fails (both are always there).

    Raises ValueError for a card whose author or addressee is not among those given: no card is lost in
    silence.
    """
    for card in cards:
        if card.stakeholder not in authors:
            raise ValueError(f"unknown author: {card.stakeholder}")
        if unknown := set(card.addressees) - set(addressees):
            raise ValueError(f"unknown addressee: {', '.join(sorted(unknown))}")
    matrices = {}
    for valence in Valence:
        spoken = [card for card in cards if card.valence == valence]
        written = Counter(card.stakeholder for card in spoken)
        mentioned = Counter((card.stakeholder, addressee) for card in spoken for addressee in card.addressees)
        matrices[valence] = Matrix(
            mentions={author: {to: mentioned[author, to] for to in addressees} for author in authors},
            cards={author: written[author] for author in authors},
        )
    return matrices


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What cards say about one stakeholder: the ids of the cards, in the given order."""

    works: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """What we say about ourselves, beside what others say about us."""

    stakeholder: str
    of_itself: Image
    of_others: Mapping[str, Image]
    """By author stakeholder, in the order of their first card; only those who said something."""
    of_others_together: Image


def images(cards: Sequence[Said], stakeholder: str) -> Images:
    """Self-image and others' image of `stakeholder`, made of the cards that address it.

    A card that addresses several stakeholders is part of the image of each of them.
    """
    about = [card for card in cards if card.addresses(stakeholder)]
    others = [card for card in about if card.stakeholder != stakeholder]
    return Images(
        stakeholder=stakeholder,
        of_itself=_image(card for card in about if card.stakeholder == stakeholder),
        of_others={
            author: _image(card for card in others if card.stakeholder == author)
            for author in dict.fromkeys(card.stakeholder for card in others)
        },
        of_others_together=_image(others),
    )


def _image(cards: Iterable[Said]) -> Image:
    cards = list(cards)
    return Image(
        works=tuple(card.card_id for card in cards if card.valence == Valence.WORKS),
        fails=tuple(card.card_id for card in cards if card.valence == Valence.FAILS),
    )


class ToOthers(NamedTuple):
    """Failing cards of a stakeholder: those that do not address itself, out of all. Both count cards."""

    elsewhere: int
    failing: int


def to_others(cards: Sequence[Said], stakeholder: str) -> ToOthers:
    """Attribution to others: of the failing cards of `stakeholder`, those that do not address itself.

    The share is elsewhere / failing (see `shares.share_of`). A card that addresses itself and others is not
    elsewhere.
    """
    failing = [card for card in cards if card.stakeholder == stakeholder and card.valence == Valence.FAILS]
    return ToOthers(
        elsewhere=sum(not card.addresses(stakeholder) for card in failing),
        failing=len(failing),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCount:
    """Cards of one category or topic, by author stakeholder and valence."""

    key: str | None
    """Category or topic id; None for cards that have none."""
    stakeholder: str
    valence: Valence
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionCount:
    """Mentions of one addressee in the cards of one category or topic, by author stakeholder and valence."""

    key: str | None
    stakeholder: str
    valence: Valence
    addressee: str
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often each category or topic comes up, cards and mentions apart. Only what occurs has a row."""

    cards: Sequence[CardCount]
    mentions: Sequence[MentionCount]


def frequency(cards: Sequence[Said], by: Literal["category", "topic"] = "category") -> Frequency:
    """Count cards, and mentions, by category or topic × author stakeholder × valence (mentions: × addressee).

    The key with most cards comes first, then by name, cards without one last; within a key by stakeholder,
    what works before what fails, addressee. The order of the cards does not matter.
    """

    def key(card: Said) -> str | None:
        return card.category if by == "category" else card.topic_id

    in_all = Counter(key(card) for card in cards)

    def order(row: CardCount | MentionCount) -> tuple[bool, int, str, str, bool, str]:
        addressee = row.addressee if isinstance(row, MentionCount) else ""
        fails = row.valence == Valence.FAILS
        return (row.key is None, -in_all[row.key], row.key or "", row.stakeholder, fails, addressee)

    written = Counter((key(card), card.stakeholder, card.valence) for card in cards)
    mentioned = Counter((key(c), c.stakeholder, c.valence, to) for c in cards for to in c.addressees)
    card_counts = [
        CardCount(key=of, stakeholder=stakeholder, valence=valence, cards=count)
        for (of, stakeholder, valence), count in written.items()
    ]
    mention_counts = [
        MentionCount(key=of, stakeholder=stakeholder, valence=valence, addressee=addressee, mentions=count)
        for (of, stakeholder, valence, addressee), count in mentioned.items()
    ]
    return Frequency(
        cards=tuple(sorted(card_counts, key=order)),
        mentions=tuple(sorted(mention_counts, key=order)),
    )
