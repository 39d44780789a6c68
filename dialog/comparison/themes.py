"""What comes up how often, over several dialogues; who speaks about whom.

A card counts once, each stakeholder it addresses is a mention of it (see `attribution`). For the cards c(k, s) of
category k by stakeholder s and the people n(s) of s in the chosen dialogues

    per ten people(k, s) = 10 · c(k, s) / n(s)        where n(s) > 0; otherwise there is no such figure

so that a large dialogue and a small one, a large group and a small one can stand beside each other. Below 10 people it
is told as "7 of 4 people" would be: cards and people, and no rate (DESIGN section 5).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from dialog.attribution import CardCount, MentionCount
from dialog.comparison.choice import Choice
from dialog.comparison.values import Contribution, Names, Who
from dialog.shares import ENOUGH_FOR_PERCENT
from dialog.words import Valence


class CardsOf(NamedTuple):
    """So many cards of this category (the forum's name), author and valence."""

    category: str | None
    who: str
    valence: Valence
    cards: int


class MentionsOf(NamedTuple):
    """So many mentions of one addressee in such cards."""

    category: str | None
    who: str
    valence: Valence
    to: str
    mentions: int


def cards_of(one: Contribution, names: Names, choice: Choice) -> Iterator[CardsOf]:
    """The chosen cards of a dialogue. Those that address somebody are as many as their mentions of that one."""
    if choice.to:
        for said in mentions_of(one, names, choice):
            yield CardsOf(said.category, said.who, said.valence, said.mentions)
        return
    taken = taken_categories(one, names, choice)
    for row in one.frequency.cards:
        if row.key in taken and _is_chosen(choice, row):
            yield CardsOf(taken[row.key], row.stakeholder, row.valence, row.cards)


def mentions_of(one: Contribution, names: Names, choice: Choice) -> Iterator[MentionsOf]:
    """The mentions in the chosen cards; with a chosen addressee only its own."""
    taken = taken_categories(one, names, choice)
    for row in one.frequency.mentions:
        if (not choice.to or row.addressee == choice.to) and row.key in taken and _is_chosen(choice, row):
            yield MentionsOf(taken[row.key], row.stakeholder, row.valence, row.addressee, row.mentions)


def taken_categories(one: Contribution, names: Names, choice: Choice) -> dict[str | None, str | None]:
    """The keys of the chosen categories on which there are cards, and what the forum calls them."""
    found = {key: names.of(one, key) for key in {row.key for row in one.frequency.cards}}
    return {key: name for key, name in found.items() if choice.takes_category(name)}


def _is_chosen(choice: Choice, row: CardCount | MentionCount) -> bool:
    return (not choice.who or row.stakeholder == choice.who) and (not choice.valence or row.valence == choice.valence)


def whos(contributions: Iterable[Contribution]) -> dict[str, Who]:
    """Every stakeholder by key, those who take part first. Equal keys are one, with all the names they have."""
    found: dict[str, list[Who]] = {}
    for one in contributions:
        for who in one.stakeholders:
            found.setdefault(who.key, []).append(who)
    together = (_with_all_names(same) for same in found.values())
    return {who.key: who for who in sorted(together, key=lambda who: not who.participates)}


def _with_all_names(same: Sequence[Who]) -> Who:
    first = same[0]
    labels = dict.fromkeys(who.label for who in same)
    return Who(
        key=first.key,
        label=" / ".join(labels),
        sign=first.sign,
        palette=first.palette,
        participates=any(who.participates for who in same),
    )


def people(contributions: Iterable[Contribution]) -> Counter[str]:
    """People by stakeholder, over all these dialogues."""
    found: Counter[str] = Counter()
    for one in contributions:
        found.update(one.people)
    return found


class Rate(NamedTuple):
    """Cards of so many people. `per_ten` is None below 10 people, and where nobody is."""

    cards: int
    people: int

    @property
    def per_ten(self) -> Fraction | None:
        return Fraction(10 * self.cards, self.people) if self.people >= ENOUGH_FOR_PERCENT else None

    @property
    def tenths(self) -> int | None:
        """Tenths of a card per ten people, halves rounded up."""
        rate = self.per_ten
        return None if rate is None else (20 * rate.numerator + rate.denominator) // (2 * rate.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A category and the stakeholder whose cards these are: cards, and mentions by addressee."""

    category: str | None
    who: str
    works: int
    fails: int
    to: Counter[str]
    people: int
    """People of the stakeholder in all the chosen dialogues."""

    @property
    def cards(self) -> int:
        return self.works + self.fails

    @property
    def rate(self) -> Rate:
        return Rate(self.cards, self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """What came up. `categories` come with most cards first, then by name, cards without one last."""

    categories: tuple[str | None, ...]
    rows: tuple[Row, ...]
    """Every category with each stakeholder that wrote on it."""

    def of(self, category: str | None) -> list[Row]:
        return [row for row in self.rows if row.category == category]

    @property
    def cards(self) -> int:
        return sum(row.cards for row in self.rows)


def themes(contributions: Sequence[Contribution], names: Names, choice: Choice) -> Themes:
    """Count the chosen cards of these dialogues by category × author × valence, mentions also by addressee."""
    cards: Counter[tuple[str | None, str, Valence]] = Counter()
    to: defaultdict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for one in contributions:
        for category, who, valence, count in cards_of(one, names, choice):
            cards[category, who, valence] += count
        for category, who, _valence, addressee, count in mentions_of(one, names, choice):
            to[category, who][addressee] += count
    here = people(contributions)
    in_all: Counter[str | None] = Counter()
    for (category, _who, _valence), count in cards.items():
        in_all[category] += count
    categories = sorted(in_all, key=lambda name: (name is None, -in_all[name], name or ""))
    order = list(whos(contributions))
    spoke = {(category, who) for category, who, _ in cards}
    return Themes(
        categories=tuple(categories),
        rows=tuple(
            Row(
                category=category,
                who=who,
                works=cards[category, who, Valence.WORKS],
                fails=cards[category, who, Valence.FAILS],
                to=to[category, who],
                people=here[who],
            )
            for category in categories
            for who in order
            if (category, who) in spoke
        ),
    )


def about(
    contributions: Iterable[Contribution], names: Names, choice: Choice
) -> dict[Valence, Counter[tuple[str, str]]]:
    """Who speaks about whom, separately for what works and what fails: mentions by (author, addressee)."""
    found: dict[Valence, Counter[tuple[str, str]]] = {valence: Counter() for valence in Valence}
    for one in contributions:
        for _category, who, valence, to, count in mentions_of(one, names, choice):
            found[valence][who, to] += count
    return found
