"""What has been written before the measuring begins: cards and journal entries put directly into the rows."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, update

from dialog.models import Card, CardAddressee, Dialogue, Group, JournalEntry, Nomination, Topic
from dialog.store import Db
from dialog.words import Voting
from tests.bench.stand import Held

AT_ONCE = 5000
"""Rows in one statement."""


def fill_with_cards(db: Db, held: Held, cards: int, groups: Sequence[str] = (), journal: bool = False) -> None:
    """Standing cards, evenly by person, or by group as paper cards where groups are named; with an act for each."""
    made: list[dict[str, Any]] = []
    for at in range(cards):
        seat = None if groups else held.seats[at % len(held.seats)]
        made.append(
            {
                "id": secrets.token_hex(8),
                "dialogue_id": held.id,
                "group_id": seat.group_id if seat else groups[at % len(groups)],
                "author_id": seat.person_id if seat else None,
                "paper": seat is None,
                "valence": "fails" if at % 3 else "works",
                "text": f"Gedanke {at}: Die Wege zwischen den Stellen sind weit, und niemand sagt, wohin man geht.",
                "topic_id": None,
                "rank": at / 1000,
                "hidden": False,
                "withdrawn": False,
            }
        )
    for some in _portions(made):
        db.execute(insert(Card), some)
        said = [{"card_id": card["id"], "addressee": "jobcenter", "position": 0} for card in some]
        db.execute(insert(CardAddressee), said)
    for group_id in {card["group_id"] for card in made}:
        more = sum(card["group_id"] == group_id for card in made)
        db.execute(update(Group).where(Group.id == group_id).values(written=Group.written + more))
    if journal:
        _fill_journal(db, held, cards)


def put_to_the_vote(db: Db, held: Held, group_ids: Sequence[str], topics: int) -> list[str]:
    """As many topics, nominated by the groups in turn, and an open vote; their ids."""
    topic_ids = []
    for at in range(topics):
        topic_id, group_id = secrets.token_hex(8), group_ids[at % len(group_ids)]
        row = {"id": topic_id, "dialogue_id": held.id, "group_id": group_id, "title": f"Thema {at}"}
        db.execute(insert(Topic).values(**row, category=None, rank=float(at), joined_to=None))
        place = at // len(group_ids) + 1
        db.execute(insert(Nomination).values(group_id=group_id, place=place, topic_id=topic_id))
        topic_ids.append(topic_id)
    db.execute(update(Dialogue).where(Dialogue.id == held.id).values(voting=Voting.OPEN))
    return topic_ids


def _fill_journal(db: Db, held: Held, acts: int) -> None:
    seq = db.get_one(Dialogue, held.id, populate_existing=True).seq
    entries = [
        {
            "dialogue_id": held.id,
            "seq": seq + at,
            "client_key": secrets.token_hex(12),
            "act": "post_card",
            "by": held.seats[at % len(held.seats)].person_id,
            "scope": "",
            "standing": "fixed",
            "events": [],
        }
        for at in range(1, acts + 1)
    ]
    for some in _portions(entries):
        db.execute(insert(JournalEntry), some)
    db.execute(update(Dialogue).where(Dialogue.id == held.id).values(seq=seq + acts))


def _portions(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)]
