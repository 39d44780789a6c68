"""How far the connections of this worker have been told, dialogue by dialogue.

Where several workers serve the same dialogues, an act may be carried out by one and heard on another. Whatever gets
lost in between (Redis away, a worker killed after the commit) shows as numbers that the database has and that were not
told here. Pure: it knows numbers and no connections.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Told:
    upto: int | None = None
    """Everything up to this number was told here, or came before the first connection; None: not known yet."""
    beyond: set[int] = field(default_factory=set)
    due: int = 0
    """What the database had at the last look."""

    def advance(self) -> None:
        if self.upto is not None:
            while self.upto + 1 in self.beyond:
                self.upto += 1
            self.beyond = {number for number in self.beyond if number > self.upto}


class Following:
    """The dialogues of which this worker has connections."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def __contains__(self, dialogue_id: str) -> bool:
        return dialogue_id in self._told

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def expect(self, dialogue_id: str) -> None:
        """Somebody is coming in: from now on it counts what is told."""
        self._told.setdefault(dialogue_id, _Told())

    def has_seen(self, dialogue_id: str, seq: int) -> None:
        """Who came in first has seen everything up to this number."""
        told = self._told.setdefault(dialogue_id, _Told())
        if told.upto is None:
            told.upto = seq
            told.advance()

    def tell(self, dialogue_id: str, numbers: Iterable[int]) -> None:
        """These acts are told here."""
        if (told := self._told.get(dialogue_id)) is not None:
            told.beyond.update(numbers)
            told.advance()

    def keep(self, dialogue_ids: Iterable[str]) -> None:
        """Forget all other dialogues: nobody listens to them here any more."""
        wanted = set(dialogue_ids)
        self._told = {dialogue_id: told for dialogue_id, told in self._told.items() if dialogue_id in wanted}

    def missed(self, stored: Mapping[str, int]) -> list[str]:
        """The dialogues of which something was not told here although the database had it at the last look already.

        `stored`: what the database has now, by dialogue. Whoever listens to a dialogue named here is to come in again,
        and it is as if nobody had listened.
        """
        behind = [
            dialogue_id
            for dialogue_id, told in self._told.items()
            if told.upto is not None and told.upto < told.due <= stored.get(dialogue_id, 0)
        ]
        for dialogue_id in behind:
            del self._told[dialogue_id]
        for dialogue_id, told in self._told.items():
            told.due = stored.get(dialogue_id, 0)
        return behind
