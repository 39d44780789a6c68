"""What somebody has chosen to compare: dialogues by place, year and format, and cards by what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialog.comparison.values import Comparable

WITHOUT = "(ohne)"
"""The choice of cards without a category; no forum calls a category so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Of each list nothing chosen means all; a value that nothing has fits nothing. Running dialogues only if asked."""

    dialogues: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    who: str = ""
    """The stakeholder that speaks."""
    to: str = ""
    """The stakeholder that is addressed."""
    category: str = ""
    """The forum's name of a category, or WITHOUT."""
    valence: str = ""
    running: bool = False

    def takes(self, one: Comparable) -> bool:
        return (
            (one.closed or self.running)
            and one.dialogue_id in (self.dialogues or (one.dialogue_id,))
            and one.place in (self.places or (one.place,))
            and str(one.held_on.year) in (self.years or (str(one.held_on.year),))
            and one.format in (self.formats or (one.format,))
        )

    def takes_category(self, name: str | None) -> bool:
        return not self.category or (name is None if self.category == WITHOUT else name == self.category)

    @property
    def about_cards(self) -> bool:
        """Whether only some cards are chosen."""
        return bool(self.who or self.to or self.category or self.valence)


FIELDS = ("dialogue", "place", "year", "format", "who", "to", "category", "valence", "running")
"""How an address names what is chosen, in this order."""


def read_choice(values: Mapping[str, Sequence[str]]) -> Choice:
    """The choice that an address or a form holds. Whatever is in it, it never chooses more than all."""

    def some(name: str) -> frozenset[str]:
        return frozenset(one for one in values.get(name, ()) if one)

    def first(name: str) -> str:
        return next(iter(values.get(name, ())), "")

    return Choice(
        dialogues=some("dialogue"),
        places=some("place"),
        years=some("year"),
        formats=some("format"),
        who=first("who"),
        to=first("to"),
        category=first("category"),
        valence=first("valence"),
        running=bool(first("running")),
    )


def pairs(choice: Choice) -> list[tuple[str, str]]:
    """The choice as an address holds it: `read_choice` of it is the same choice."""
    several: tuple[Iterable[str], ...] = (choice.dialogues, choice.places, choice.years, choice.formats)
    single = (choice.who, choice.to, choice.category, choice.valence, "1" if choice.running else "")
    found = [(name, one) for name, values in zip(FIELDS[:4], several, strict=True) for one in sorted(values)]
    return [*found, *((name, one) for name, one in zip(FIELDS[4:], single, strict=True) if one)]
