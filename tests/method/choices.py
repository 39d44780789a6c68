"""What an ask may choose from: everything that is there now, by number. Each round chooses in a file of its own."""

from collections.abc import Sequence
from typing import Any

from dialog import promise_queries, queries, table_queries, wall
from dialog.acting import COCKPIT_SCOPE, Actor, board_scope
from dialog.events import Content
from dialog.models import Card, Commitment, Link, Participant
from dialog.words import Role, Step
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon

STAKEHOLDERS = (JOBCENTER, TRAEGER, BERECHTIGTE)
GUEST = Actor(Role.GUEST, "guest")
Chosen = tuple[Actor, str, dict[str, Any]]
"""Who does it, on which undo stack, and what."""


def pick(things: Sequence[Any], number: int) -> Any:
    return things[number % len(things)] if things else None


class Refused(Exception):
    """The ask found nothing to act on, or was refused by a rule."""


class Choices(Afternoon):
    """What is there now. `versions` keep what entries once said, for people who write at the same time."""

    versions: dict[str, list[Content]]

    def look(self) -> None:
        with self.reading() as db:
            self.dialogue = queries.dialogue(db, self.id)
            self.plan = queries.plan(self.dialogue)
            self.groups_now = [group.id for group in queries.groups(db, self.id)]
            self.everybody = queries.everybody(db, self.id)
            self.people = [person for person in self.everybody if not person.left]
            self.all_cards = db.query(Card).filter(Card.dialogue_id == self.id).order_by(Card.id).all()
            self.topics = queries.topics(db, self.id)
            self.ballot = [topic.id for topic in queries.ballot_topics(db, self.id)]
            self.links = db.query(Link).filter(Link.dialogue_id == self.id, ~Link.revoked).order_by(Link.id).all()
            self.tables_now = [table.id for table in table_queries.tables(db, self.id)]
            self.homes = table_queries.homes(db, self.dialogue)
            self.seated = table_queries.seats(db, self.id)
            self.pairs = table_queries.pairs(db, self.id)
            self.all_entries = [
                row
                for kind in table_queries.KINDS.values()
                for row in db.query(kind).filter(kind.dialogue_id == self.id).order_by(kind.number)
            ]
            self.written = [table_queries.entry_state(row) for row in self.all_entries if not row.withdrawn]
            self.taken_back = [table_queries.entry_state(row) for row in self.all_entries if row.withdrawn]
            of_dialogue = db.query(Commitment).filter(Commitment.dialogue_id == self.id)
            self.commitments = of_dialogue.order_by(Commitment.number).all()
            self.sentences = [paper.sentence for paper in promise_queries.feedback(db, self.id) if paper.sentence]
            self.pictures = wall.pictures(db, self.dialogue)

    @property
    def step(self) -> Step:
        return Step(self.dialogue.step)

    def _one(self, things: Sequence[Any], number: int) -> Any:
        """One of these. Raises Refused if there are none."""
        if not things:
            raise Refused
        return pick(things, number)

    def _somebody(self, number: int) -> Participant:
        person: Participant = self._one(self.people, number)
        return person

    def _card(self, number: int, **like: bool) -> Card:
        found = [c for c in self.all_cards if all(getattr(c, name) == value for name, value in like.items())]
        card: Card = self._one(found, number)
        return card

    def _topic(self, number: int) -> Any:
        return self._one(self.topics, number)

    def _author(self, card: Card) -> Actor:
        return Actor(Role.PARTICIPANT, card.author_id) if card.author_id else MARA

    def _cockpit(self, **what: Any) -> Chosen:
        return MARA, COCKPIT_SCOPE, what

    def _board(self, group_id: str, /, **what: Any) -> Chosen:
        return MARA, board_scope(group_id), what

    def _by_own_hand(self, person: Participant, /, **what: Any) -> Chosen:
        """Somebody acts on the own phone; for somebody without one Mara does, on the cockpit's stack."""
        if person.has_phone:
            return Actor(Role.PARTICIPANT, person.id), "", what
        return self._cockpit(person_id=person.id, **what)
