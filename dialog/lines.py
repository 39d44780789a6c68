"""The line of the argument: card → topic → vote → table → proposal → agreement, to be followed in both directions.

What the region takes home must be traceable: which promise answers what somebody said in round 1, and what became of
a card. Nothing is lost on the way: every open card, every proposal and every commitment stands in at least one line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialog import promise_queries, queries, table_queries
from dialog.models import Dialogue
from dialog.store import Db


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way through the afternoon, by ids. None where it has not begun yet or did not go on.

    `topic` is the card's own; `voted_on` is the one it was voted on with: itself, or the one it is joined to.
    """

    card: str | None
    topic: str | None
    voted_on: str | None
    table: str | None
    proposal: str | None
    commitment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A proposal, as far as lines go: where it was written, on which topic, and the cards it answers."""

    id: str
    table: str
    topic: str | None
    cards: tuple[str, ...]


def lines(db: Db, dialogue: Dialogue) -> list[Line]:
    """All lines of a dialogue, in the order of its cards, then of what stands alone."""
    topics = {topic.id: topic.joined_to or topic.id for topic in queries.topics(db, dialogue.id)}
    answers = [
        Answer(id=entry.id, table=entry.table_id, topic=entry.topic_id, cards=entry.content.card_ids)
        for entry in table_queries.entries(db, dialogue.id, kind="proposal")
        if entry.content.kind == "proposal"
    ]
    return follow(
        [(said.card_id, said.topic_id) for said in queries.said(db, dialogue.id)],
        topics,
        [(table.id, table.topic_id) for table in table_queries.tables(db, dialogue.id)],
        answers,
        [(promise.id, promise.proposal_id) for promise in promise_queries.commitments(db, dialogue.id)],
    )


def follow(
    cards: Sequence[tuple[str, str | None]],
    voted_on: Mapping[str, str],
    tables: Sequence[tuple[str, str | None]],
    answers: Sequence[Answer],
    commitments: Sequence[tuple[str, str | None]],
) -> list[Line]:
    """Pure. `cards` with their topics, `voted_on` by topic, `tables` with the topic they work on, and `commitments`
    with the proposal they are for.

    A card that a proposal answers leads to it, whatever the topic; one that none answers leads to the tables that work
    on its topic. A proposal that answers no card begins with its topic; a commitment for no proposal stands alone.
    """
    promised: dict[str | None, list[str]] = {}
    for commitment, proposal in commitments:
        promised.setdefault(proposal, []).append(commitment)
    here = {card for card, _topic in cards}
    found: list[Line] = []
    for card, topic in cards:
        head = voted_on.get(topic) if topic else None
        answering = [answer for answer in answers if card in answer.cards]
        found += _led_on(card, topic, head, answering, promised)
        if not answering:
            working = [table for table, of_topic in tables if head is not None and of_topic == head]
            found += [_line(card, topic, head, table) for table in working or (None,)]
    unfounded = [answer for answer in answers if not here.intersection(answer.cards)]
    for answer in unfounded:
        head = voted_on.get(answer.topic, answer.topic) if answer.topic else None
        found += _led_on(None, answer.topic, head, [answer], promised)
    known = {answer.id for answer in answers}
    for proposal, of_none in promised.items():
        if proposal not in known:
            found += [_line(None, None, None, None, None, commitment) for commitment in of_none]
    return found


def _led_on(
    card: str | None,
    topic: str | None,
    head: str | None,
    answers: Iterable[Answer],
    promised: Mapping[str | None, Sequence[str]],
) -> list[Line]:
    return [
        _line(card, topic, head, answer.table, answer.id, commitment)
        for answer in answers
        for commitment in promised.get(answer.id) or (None,)
    ]


def _line(
    card: str | None,
    topic: str | None,
    voted_on: str | None,
    table: str | None,
    proposal: str | None = None,
    commitment: str | None = None,
) -> Line:
    return Line(card=card, topic=topic, voted_on=voted_on, table=table, proposal=proposal, commitment=commitment)
