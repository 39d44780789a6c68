"""Cards of one board that may say the same, with the reason in a sentence. Computed when somebody asks, and kept."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dialog.similar import Reason, Suggestion, similar_cards
from sessions.language import _

MOST = 30
"""Suggestions at once; more than that nobody reads."""


def alike(cards: Sequence[dict[str, Any]], names: Sequence[str]) -> list[dict[str, str]]:
    """Pairs `{a, b, reason}` among the cards everybody of the group sees and that are not in one topic yet."""
    open_cards = {card["id"]: card for card in cards if not card["hidden"]}
    texts = tuple(sorted((card_id, card["text"]) for card_id, card in open_cards.items()))
    pairs = []
    for found in _suggestions(texts, tuple(names)):
        topic_id = open_cards[found.a]["topic_id"]
        if topic_id is None or topic_id != open_cards[found.b]["topic_id"]:
            pairs.append({"a": found.a, "b": found.b, "reason": reason(found.reason)})
    return pairs[:MOST]


@lru_cache(maxsize=24)
def _suggestions(texts: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """The same cards are compared once, however they are moved about."""
    return tuple(similar_cards(texts, limit=4 * MOST, names=names))


def reason(why: Reason) -> str:
    """The reason as a plain sentence."""
    if why.kind == "same_spelling":
        return _("Both are written almost alike.")
    said = ", ".join(_("“%(word)s”", word=pair) for pair in map(_pair, why.words[:3]))
    if why.kind == "same_words":
        return _("Both say %(words)s.", words=said)
    return _("Both speak of something related: %(words)s.", words=said)


def _pair(words: tuple[str, str]) -> str:
    here, there = words
    return here if here.casefold() == there.casefold() else f"{here} – {there}"
