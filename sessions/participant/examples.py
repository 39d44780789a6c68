"""The cards on the landing page: what such cards look like. Invented, and addressed as the first format says."""

from typing import Any

from dialog.format import all_formats
from sessions.language import _
from sessions.stakeholders import Who, who


def examples() -> dict[str, Any]:
    """Two cards that say what works and two that do not, with the stakeholders they are addressed to."""
    stakeholders = tuple(who(one) for one in next(iter(all_formats().values())).stakeholders)
    said = (
        ("works", _("My adviser calls back on the same day.")),
        ("fails", _("Letters that nobody understands.")),
        ("works", _("In the course somebody listens to me.")),
        ("fails", _("Two offices, two answers to the same question.")),
    )
    cards = [_card(at, valence, text, stakeholders) for at, (valence, text) in enumerate(said)]
    return {"cards": cards, "settings": {"stakeholders": stakeholders}}


def _card(at: int, valence: str, text: str, stakeholders: tuple[Who, ...]) -> dict[str, Any]:
    addressed = [stakeholders[at // 2 % len(stakeholders)].key]
    return {"id": f"example-{at}", "valence": valence, "text": text, "addressees": addressed, "hidden": False}
