"""Change what the own table has written. Two people who change it at the same time lose nothing.

Changes at different places are put together; where both have changed the same words, the second is shown both.
"""

from dataclasses import dataclass

from dialog import errors, merging, table_queries
from dialog.acting import Command
from dialog.at_table import checked, own_entry
from dialog.events import Content, EntryEdited, Happening
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class EditEntry(Command):
    """`was` is what the writer had before the eyes when beginning to write."""

    entry_id: str
    was: Content
    content: Content


def edit_entry(db: Db, command: EditEntry) -> list[Happening]:
    """Raises WrittenMeanwhile, NoSuchThing, EmptyText, TextTooLong, UnknownLevel, NotYourGroup or AppraisalBegun."""
    found = own_entry(db, command, command.entry_id)
    state = table_queries.entry_state(found)
    if found.withdrawn or not command.was.kind == command.content.kind == state.content.kind:
        raise errors.NoSuchThing()
    content = merged(command.was, state.content, command.content)
    entry = state.model_copy(update={"content": checked(db, command, state.table_id, state.topic_id, content)})
    return [] if entry == state else [EntryEdited(entry=entry, was_entry=state, progress={}, open=False, shown=False)]


def merged(was: Content, theirs: Content, mine: Content) -> Content:
    """What both wanted, field by field. Raises WrittenMeanwhile where that cannot be."""
    fields: dict[str, object] = {}
    for name in type(mine).model_fields:
        before, now, wanted = getattr(was, name), getattr(theirs, name), getattr(mine, name)
        if isinstance(wanted, tuple):
            fields[name] = _both_choices(before, now, wanted)
        elif wanted in (before, now):
            fields[name] = now
        elif now == before:
            fields[name] = wanted
        else:
            together = merging.merged(before, now, wanted) if _are_texts(name, before, now, wanted) else None
            if together is None:
                raise errors.WrittenMeanwhile()
            fields[name] = together
    return mine.model_copy(update=fields)


def _both_choices(before: tuple[str, ...], now: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """What is chosen now, with what the writer has added and without what the writer has taken away."""
    added = tuple(key for key in wanted if key not in before)
    return tuple(dict.fromkeys((*(key for key in now if key in wanted or key not in before), *added)))


def _are_texts(name: str, *values: object) -> bool:
    return name in ("text", "plain", "title", "what", "first_step") and all(isinstance(v, str) for v in values)
