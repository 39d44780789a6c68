"""Give a topic a category of the code book, so that it can be counted across dialogues."""

from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.events import Happening, TopicCategorised
from dialog.on_board import run_topic
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoriseTopic(Command):
    """`category` None takes it away."""

    topic_id: str
    category: str | None


def categorise_topic(db: Db, command: CategoriseTopic) -> list[Happening]:
    """Raises UnknownCategory, NoSuchThing, NotYourGroup or NotRevealed."""
    topic = run_topic(db, command, command.topic_id)
    plan = queries.plan(queries.dialogue(db, command.dialogue_id))
    if command.category is not None and command.category not in {c.key for c in plan.categories}:
        raise errors.UnknownCategory()
    if command.category == topic.category:
        return []
    return [
        TopicCategorised(
            topic_id=topic.id, group_id=topic.group_id, category=command.category, was_category=topic.category
        )
    ]
