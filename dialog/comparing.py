"""Compares cards in a process of its own, so that a running dialogue does not wait for it.

`python -m dialog.comparing` reads `{"cards": [[id, text], …], "limit": …, "names": […]}` from its standard input, so
that nobody sees what people wrote in a list of processes, and prints the suggestions as JSON.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from dialog.similar import Reason, Suggestion, similar_cards


def asked(cards: Sequence[tuple[str, str]], limit: int, names: Iterable[str]) -> str:
    """What the process is to be told."""
    return json.dumps({"cards": cards, "limit": limit, "names": list(names)})


def answered(said: str) -> list[Suggestion]:
    """What the process has printed."""
    found = []
    for one in json.loads(said):
        words = tuple((here, there) for here, there in one["reason"]["words"])
        found.append(Suggestion(**{**one, "reason": Reason(kind=one["reason"]["kind"], words=words)}))
    return found


def main() -> None:
    wanted = json.load(sys.stdin)
    cards = [(card_id, text) for card_id, text in wanted["cards"]]
    found = similar_cards(cards, limit=wanted["limit"], names=wanted["names"])
    json.dump([asdict(one) for one in found], sys.stdout)


if __name__ == "__main__":
    main()
