"""The stakeholders of a dialogue as templates draw them: words in the reader's language, sign and colour."""

import re
from dataclasses import dataclass

from dialog.format import Plan, Stakeholder
from sessions.language import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A stakeholder, in the shape that every macro in `templates/parts` takes as `who`."""

    key: str
    label: str
    short: str
    narrow: str
    """The short name with places where it may break, for the heads of narrow columns."""
    sign: str
    palette: int


def who(stakeholder: Stakeholder) -> Who:
    return Who(
        key=stakeholder.key,
        label=words(stakeholder.label),
        short=words(stakeholder.short),
        narrow=breakable(words(stakeholder.short)),
        sign=stakeholder.sign,
        palette=stakeholder.palette,
    )


SEAM = re.compile(r"(?<=ungs|ions|eits|afts|täts)(?=\w{4})|(?<=\w{5})(?=keit|heit|schaft)")
"""Where a long German word is sewn together: after a linking s, before an ending. Browsers do not all know where."""


def breakable(name: str) -> str:
    """The name with a soft hyphen at each seam: "Leistungs·berechtigte"."""
    return SEAM.sub("\N{SOFT HYPHEN}", name)


def everybody_addressed(plan: Plan) -> tuple[Who, ...]:
    """All stakeholders of the format, those who are only addressed included: the `settings.stakeholders` of cards."""
    return tuple(who(stakeholder) for stakeholder in plan.stakeholders)


def taking_part(plan: Plan) -> tuple[Who, ...]:
    """The stakeholders who sit in the room, in the order of the format."""
    return tuple(who(stakeholder) for stakeholder in plan.participating)
