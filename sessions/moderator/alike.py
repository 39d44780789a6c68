"""Cards of one board that may say the same, with the reason in a sentence. Computed when somebody asks, and kept.

A few cards are compared at once. Many are compared in a process of their own behind everything else: 480 of them take
more than a second, in which the room would stand still.
"""

import subprocess
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import current_app

from dialog import comparing
from dialog.similar import Reason, Suggestion, similar_cards
from sessions import apart
from sessions.language import _

MOST = 30
"""Suggestions at once; more than that nobody reads."""
FEW = 60
"""Cards that are compared faster than a process starts."""
PATIENCE = 30
"""Seconds for many cards; on a busy laptop they may take a while, and nobody waits for them."""


def alike(cards: Sequence[dict[str, Any]], names: Sequence[str]) -> list[dict[str, str]]:
    """Pairs `{a, b, reason}` among the cards everybody of the group sees and that are not in one topic yet."""
    open_cards = {card["id"]: card for card in cards if not card["hidden"]}
    texts = tuple(sorted((card_id, card["text"]) for card_id, card in open_cards.items()))
    pairs = []
    for found in suggestions(texts, tuple(names), 4 * MOST):
        topic_id = open_cards[found.a]["topic_id"]
        if topic_id is None or topic_id != open_cards[found.b]["topic_id"]:
            pairs.append({"a": found.a, "b": found.b, "reason": reason(found.reason)})
    return pairs[:MOST]


@lru_cache(maxsize=24)
def suggestions(texts: tuple[tuple[str, str], ...], names: tuple[str, ...], limit: int) -> tuple[Suggestion, ...]:
    """The same texts are compared once, however often somebody asks."""
    if len(texts) <= FEW:
        return tuple(similar_cards(texts, limit=limit, names=names))
    return tuple(_compared_apart(comparing.asked(texts, limit, names)))


def _compared_apart(asked: str) -> list[Suggestion]:
    """Raises OSError or subprocess.SubprocessError, which is told as any failure is; nothing is kept then."""
    try:
        answer = apart.answer_of("dialog.comparing", told=asked.encode(), patience=PATIENCE)
    except subprocess.CalledProcessError as error:
        current_app.logger.error("Cards could not be compared:\n%s", error.stderr.decode(errors="replace"))
        raise
    return comparing.answered(answer.decode())


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
