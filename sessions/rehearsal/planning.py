"""Makes the rehearsal of a dialogue: its plan once more, for today, deleted after a week."""

import hashlib
import secrets
from datetime import date, timedelta

from dialog import queries
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.forgetting import remove_dialogues
from dialog.models import Dialogue
from sessions.perform import now, prepare

KEPT_FOR = timedelta(days=7)


def plan_rehearsal(original: Dialogue, key: str, today: date) -> Dialogue:
    """A rehearsal of this dialogue. The same key makes it once."""
    plan = queries.plan(original).model_copy(update={"held_on": today, "deletes_on": today + KEPT_FOR})
    dialogue_id = hashlib.blake2s(f"rehearsal/{original.id}/{key}".encode(), digest_size=8).hexdigest()
    command = PlanDialogue(
        dialogue_id=dialogue_id,
        forum_id=original.forum_id,
        plan=plan,
        now=now(),
        seed=secrets.randbits(64),
        rehearsal=True,
    )
    return prepare(plan_dialogue, command)


def remove_rehearsal(dialogue: Dialogue) -> None:
    """Everything of it, at once. Copies forget it with its own date."""
    assert dialogue.rehearsal, "A dialogue that was held is deleted on its date."
    prepare(remove_dialogues, frozenset({dialogue.id}))
