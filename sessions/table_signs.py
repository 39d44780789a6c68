"""The sign and word of each mixed table, so that a table is found by eye and can be called in any language."""

from sessions.language import _
from sessions.words import N_

AS_TEXT = "\N{VARIATION SELECTOR-15}"
"""Asks phones to draw the sign in the colour of the text, not as a little picture of their own."""

SIGNS = (
    ("⚓", N_("Anchor")),
    ("☀", N_("Sun")),
    ("☂", N_("Umbrella")),
    ("✿", N_("Flower")),
    ("⌂", N_("House")),
    ("♫", N_("Music")),
    ("✂", N_("Scissors")),
    ("☁", N_("Cloud")),
    ("♞", N_("Horse")),
    ("☎", N_("Telephone")),
    ("❄", N_("Snowflake")),
    ("✉", N_("Envelope")),
    ("⚖", N_("Scales")),
    ("✈", N_("Aeroplane")),
    ("♥", N_("Heart")),
    ("⚙", N_("Cogwheel")),
)
"""Unlike each other from across a hall, and none of them the sign of a stakeholder. Their order never changes."""


def table_sign(position: int) -> tuple[str, str]:
    """The sign and the word, in the page's language, of the table at this position (from 0): ("⚓", "Anker").

    After the last sign they begin anew with a number: ("⚓ 2", "Anker 2").
    """
    again, at = divmod(position, len(SIGNS))
    sign, word = SIGNS[at]
    number = f" {again + 1}" if again else ""
    return f"{sign}{AS_TEXT}{number}", f"{_(word)}{number}"
