"""All figures of a comparison, for the page and the workbook alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialog.comparison.choice import Choice
from dialog.comparison.kept import Kept, kept
from dialog.comparison.mirrored import Moment, by_dialogue, by_year
from dialog.comparison.priorities import Priorities, priorities
from dialog.comparison.recurring import Found, Recurrence, proposals, recurring
from dialog.comparison.themes import Themes, about, people, themes, whos
from dialog.comparison.values import Contribution, Names, Who
from dialog.following_up import Followed
from dialog.similar import Suggestion
from dialog.words import Valence


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The chosen dialogues, the newest first, and everything that is counted over them."""

    dialogues: Sequence[Contribution]
    choice: Choice
    names: Names
    whos: dict[str, Who]
    """Everybody who speaks or is spoken to, those who take part first."""
    people: Counter[str]
    themes: Themes
    about: dict[Valence, Counter[tuple[str, str]]]
    moments: list[Moment]
    years: list[Moment]
    priorities: Priorities
    proposals: list[Found]
    recurring: list[Recurrence]
    kept: list[Kept]

    @property
    def authors(self) -> list[Who]:
        """Who takes part: has people in the room, or cards."""
        wrote = {row.who for row in self.themes.rows}
        return [who for who in self.whos.values() if who.key in self.people or who.key in wrote]

    @property
    def addressees(self) -> list[Who]:
        """Whoever could be addressed; those that are only told together are not."""
        pooled = {key for one in self.dialogues for key in one.pooled}
        return [who for who in self.whos.values() if who.key not in pooled]


def compare(
    dialogues: Sequence[Contribution],
    choice: Choice,
    names: Names,
    followed: Iterable[Followed],
    alike: Iterable[Suggestion],
) -> Comparison:
    """Count everything once. `alike`: which titles of proposals may say the same."""
    moments = by_dialogue(dialogues, names, choice)
    found = proposals(dialogues, names, choice)
    return Comparison(
        dialogues=dialogues,
        choice=choice,
        names=names,
        whos=whos(dialogues),
        people=people(dialogues),
        themes=themes(dialogues, names, choice),
        about=about(dialogues, names, choice),
        moments=moments,
        years=by_year(moments),
        priorities=priorities(dialogues, names, choice),
        proposals=found,
        recurring=recurring(found, alike),
        kept=kept(dialogues, followed),
    )
