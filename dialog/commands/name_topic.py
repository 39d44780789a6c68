"""Give a topic its name."""

from dataclasses import dataclass

from dialog import writing
from dialog.acting import Command
from dialog.commands.make_topic import LONGEST_TITLE
from dialog.events import Happening
from dialog.on_board import named, run_topic
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class NameTopic(Command):
    topic_id: str
    title: str


def name_topic(db: Db, command: NameTopic) -> list[Happening]:
    """Raises EmptyText, TextTooLong, NoSuchThing, NotYourGroup or NotRevealed."""
    topic = run_topic(db, command, command.topic_id)
    title = writing.clean(command.title, LONGEST_TITLE)
    if title == topic.title:
        return []
    return [named(db, topic, title)]
