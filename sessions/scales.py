"""The scales on which people give marks, as phones and paper sheets draw them."""

from dataclasses import dataclass

from dialog.appraising import POINTS, RESISTANCE
from dialog.feedback_figures import ANSWERS
from dialog.words import Appraising
from sessions.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale: the field it fills, what it asks, and the words at its two ends. `name` is the short word for it."""

    key: str
    name: str
    asks: str
    marks: range
    low: str
    high: str


def scales(how: Appraising) -> tuple[Scale, ...]:
    """The scales of an appraisal, in the page's language."""
    if how is Appraising.RESISTANCE:
        return (
            Scale(
                key="resistance",
                name=_("Resistance"),
                asks=_("How strong is your resistance?"),
                marks=RESISTANCE,
                low=_("no resistance"),
                high=_("unbearable"),
            ),
        )
    return (
        Scale(
            key="effect",
            name=_("Effect"),
            asks=_("How much would it help?"),
            marks=POINTS,
            low=_("hardly"),
            high=_("a great deal"),
        ),
        Scale(
            key="feasibility",
            name=_("Feasibility"),
            asks=_("How easy is it to do?"),
            marks=POINTS,
            low=_("hardly"),
            high=_("very much"),
        ),
    )


def agreement(key: str, sentence: str) -> Scale:
    """The scale on which people say how far a sentence at the close is true for them."""
    return Scale(key=key, name=sentence, asks=sentence, marks=ANSWERS, low=_("not at all"), high=_("fully"))
