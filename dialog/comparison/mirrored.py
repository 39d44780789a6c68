"""Attribution to others over time: of a stakeholder's failing cards, how many do not address itself.

    share(s) = failing cards of s that do not address s / failing cards of s

Over several dialogues cards are added up before dividing, so that every card counts the same. Nothing is told of
stakeholders that are told together: there is no "itself" among them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialog.attribution import ToOthers
from dialog.comparison.choice import Choice
from dialog.comparison.themes import taken_categories
from dialog.comparison.values import Contribution, Names
from dialog.words import Valence


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dialogue, or all of a year: a place on the line of time."""

    year: int
    dialogue: Contribution | None
    by: dict[str, ToOthers]
    """By stakeholder; only those who wrote what fails."""


def to_others(one: Contribution, names: Names, choice: Choice) -> dict[str, ToOthers]:
    """By stakeholder, over the chosen categories of a dialogue. Chosen addressees and valences do not matter here."""
    failing: Counter[str] = Counter()
    itself: Counter[str] = Counter()
    taken = taken_categories(one, names, choice)
    authors = {row.stakeholder for row in one.frequency.cards} - set(one.pooled)
    spoke = {choice.who} & authors if choice.who else authors
    for row in one.frequency.cards:
        if row.valence == Valence.FAILS and row.key in taken and row.stakeholder in spoke:
            failing[row.stakeholder] += row.cards
    for said in one.frequency.mentions:
        own = said.addressee == said.stakeholder and said.valence == Valence.FAILS
        if own and said.key in taken and said.stakeholder in spoke:
            itself[said.stakeholder] += said.mentions
    return {who: ToOthers(elsewhere=cards - itself[who], failing=cards) for who, cards in failing.items()}


def by_dialogue(contributions: Sequence[Contribution], names: Names, choice: Choice) -> list[Moment]:
    """One moment for each dialogue in which something was said on what fails, the earliest first."""
    in_time = sorted(contributions, key=lambda one: (one.held_on, one.title, one.dialogue_id))
    moments = (Moment(year=one.held_on.year, dialogue=one, by=to_others(one, names, choice)) for one in in_time)
    return [moment for moment in moments if moment.by]


def by_year(moments: Iterable[Moment]) -> list[Moment]:
    """The same cards, added up for each year."""
    years: dict[int, dict[str, ToOthers]] = {}
    for moment in moments:
        year = years.setdefault(moment.year, {})
        for who, (elsewhere, failing) in moment.by.items():
            so_far = year.get(who, ToOthers(0, 0))
            year[who] = ToOthers(so_far.elsewhere + elsewhere, so_far.failing + failing)
    return [Moment(year=year, dialogue=None, by=by) for year, by in sorted(years.items())]
