"""Rows of the plan's form come and go by plain buttons: the form is drawn anew and nothing is saved."""

import re

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form

LISTS = ("stakeholders", "categories", "levels", "process_steps", "feedback")


def rows(many: FieldList) -> list[Form]:
    """The rows of a list of fields."""
    return [entry.form for entry in many]


def reshaped(sent: MultiDict[str, str]) -> tuple[MultiDict[str, str], str] | None:
    """What was sent, with one row more or less, and the list it is about; None if it is to be saved.

    The button is named `do`: "add-categories", "remove-stakeholders-3".
    """
    verb, _, rest = sent.get("do", "").partition("-")
    name, _, at = rest.partition("-")
    if verb not in ("add", "remove") or name not in LISTS:
        return None
    kept = MultiDict(sent)
    kept.pop("do")
    if verb == "add":
        numbers = [int(found[1]) for key in sent if (found := re.match(rf"{name}-(\d{{1,3}})-", key))]
        kept[f"{name}-{max(numbers, default=-1) + 1}-key"] = ""
    else:
        for key in [key for key in kept if key.startswith(f"{name}-{at}-")]:
            kept.pop(key)
    return kept, name
