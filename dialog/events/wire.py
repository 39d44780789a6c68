"""Events as JSON: into the journal, out of it, and over the wire."""

from types import ModuleType
from typing import Any, TypeVar

from dialog.events import cards, entries, promises, room, tables, tidings, topics
from dialog.events.kinds import Event, Happening, Tiding

E = TypeVar("E", bound=Event)


def _by_name(kind: type[E], *modules: ModuleType) -> dict[str, type[E]]:
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    return {cls.__name__: cls for cls in found if issubclass(cls, kind) and cls is not kind}


HAPPENINGS = _by_name(Happening, room, cards, topics, tables, entries, promises)
TIDINGS = _by_name(Tiding, tidings)


def to_wire(event: Event) -> dict[str, Any]:
    """The event as JSON values, with its name under `type`."""
    return {"type": type(event).__name__, **event.model_dump(mode="json")}


def from_journal(entry: dict[str, Any]) -> Happening:
    """A happening as the journal kept it. Raises KeyError for a type this version does not know."""
    fields = dict(entry)
    return HAPPENINGS[fields.pop("type")].model_validate(fields)
