"""Events: complete, closed, and known to everybody who must know them."""

import inspect
import re

import pytest

from dialog import events
from dialog.audience import RULES
from dialog.record import WRITERS
from tests.house.sources import read

VALUES = [cls for _, cls in inspect.getmembers(events, inspect.isclass) if issubclass(cls, events.Value)]
ALL = [*events.HAPPENINGS.values(), *events.TIDINGS.values(), *VALUES]


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.__name__)
def test_events_are_frozen_closed_and_complete(cls: type[events.Event | events.Value]) -> None:
    assert cls.model_config.get("frozen"), f"{cls.__name__} must be frozen: what has happened does not change."
    assert cls.model_config.get("extra") == "forbid", f"{cls.__name__} must forbid undeclared fields."
    optional = [name for name, field in cls.model_fields.items() if not field.is_required()]
    assert not optional, f"{cls.__name__} must say everything every time; it leaves out {optional}."


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.__name__)
def test_events_say_what_has_happened(cls: type[events.Event | events.Value]) -> None:
    assert cls.__doc__, f"{cls.__name__} needs one sentence in the method's language."
    assert cls.__doc__ not in {events.Event.__doc__, events.Happening.__doc__, events.Tiding.__doc__}


def test_every_happening_has_an_audience_rule_and_is_written() -> None:
    happenings = set(events.HAPPENINGS.values())
    assert set(RULES) == happenings, "Who may know what of it is decided in dialog/audience.py for every happening."
    assert set(WRITERS) == happenings, "Every happening is written into the rows in dialog/record/."


def test_the_page_knows_every_tiding() -> None:
    script = re.sub(r"(?s)/\*.*?\*/|//[^\n]*", "", read("static/js/board.js"))
    cases = set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", script))
    assert set(events.TIDINGS) <= cases, (
        f"static/js/board.js has no case for {sorted(set(events.TIDINGS) - cases)}: "
        "a page that follows the events would no longer look like one just loaded."
    )


def test_nothing_of_the_journal_is_named_on_the_page() -> None:
    named = {name for name in events.HAPPENINGS if re.search(rf"\b{name}\b", read("static/js/board.js"))}
    assert not named, f"{named} are journal entries with authors in them; they never leave the server."
