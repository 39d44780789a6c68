"""One person's ballot: the topics in the order of this phone, and what was given to each."""

import hashlib
from typing import Any

from dialog import queries
from dialog.format import Plan
from dialog.models import Dialogue, Participant
from dialog.store import Db
from sessions.participant.forms import BallotForm


def ballot_context(
    db: Db, dialogue: Dialogue, person: Participant, plan: Plan, form: BallotForm | None
) -> dict[str, Any]:
    """What the ballot's page draws. A refused form is drawn as it was filled in."""
    saved = queries.ballot_of(db, person.id)
    joined: dict[str, list[Any]] = {}
    for topic in queries.topics(db, dialogue.id):
        joined.setdefault(topic.joined_to or topic.id, []).append(topic)
    heads = sorted(queries.ballot_topics(db, dialogue.id), key=lambda topic: own_place(person.id, topic.id))
    return {
        "listed": [
            {
                "id": head.id,
                "title": head.title,
                "also": [topic.title for topic in joined.get(head.id, []) if topic.title and topic.title != head.title],
                "together": [topic.id for topic in joined.get(head.id, [])],
            }
            for head in heads
        ],
        "saved_votes": saved,
        "given": form.votes if form is not None else saved,
        "wrong": next((str(told[0]) for name, told in form.errors.items() if name and told), "") if form else "",
        "votes": plan.limits.votes_per_person,
        "per_topic": plan.limits.votes_per_topic,
    }


def own_place(person_id: str, topic_id: str) -> bytes:
    """Where a topic stands on this person's phone: random for each person, and the same after every reload.

    A fixed order would give the first topics more votes.
    """
    return hashlib.blake2s(f"{person_id}/{topic_id}".encode(), digest_size=8).digest()
