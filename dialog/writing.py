"""Pure: what a text or a choice of addressees must be before it goes on a card or a topic."""

import unicodedata
from collections.abc import Sequence

from dialog import errors
from dialog.format import Plan


def clean(text: str, limit: int) -> str:
    """The text on one line without control characters.

    Raises EmptyText if nothing in it can be seen, TextTooLong beyond `limit` characters.
    """
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)
    line = unicodedata.normalize("NFC", " ".join(kept.split()))
    if all(unicodedata.category(c) in ("Cf", "Mn", "Zs") for c in line):
        raise errors.EmptyText()
    if len(line) > limit:
        raise errors.TextTooLong(length=len(line), limit=limit)
    return line


def clean_or_empty(text: str, limit: int) -> str:
    """As `clean`, for a text that may be left out: then it is empty. Raises TextTooLong."""
    try:
        return clean(text, limit)
    except errors.EmptyText:
        return ""


def addressees(keys: Sequence[str], plan: Plan) -> tuple[str, ...]:
    """The chosen addressees, each once, in the order of the plan. Raises NoAddressee or UnknownAddressee."""
    chosen = set(keys)
    if not chosen:
        raise errors.NoAddressee()
    known = tuple(s.key for s in plan.stakeholders if s.key in chosen)
    if len(known) < len(chosen):
        raise errors.UnknownAddressee()
    return known
