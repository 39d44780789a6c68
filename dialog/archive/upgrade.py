"""Older archives, brought to today's shape step by step. What they say stays as it is; they are checked afterwards.

Version 1 counted nobody: it has one line for each person, names a topic's group in the group, and knows neither when
steps were held nor what became of a commitment, nor how many colleagues sat at a table.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from dialog.archive.refusals import ArchiveUnsound

OLDEST = 1
Tree = dict[str, Any]


def upgraded(tree: Any, schema_version: int) -> Any:
    """A tree of this version in today's shape. Raises ArchiveUnsound for one that never was of that version."""
    for older, step in STEPS.items():
        if schema_version <= older:
            try:
                tree = step(tree)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise ArchiveUnsound(where=f"version {older}: {error}"[:80]) from error
    return tree


def _from_1(tree: Tree) -> Tree:
    kept = {key: value for key, value in tree.items() if key not in ("people", "groups", "tables", "appraisals")}
    return {
        **_with_new(kept, held=[]),
        "groups": [_group(one) for one in tree["groups"]],
        "people": _counted(tree["people"]),
        "topics": [{"group_id": group["id"], **topic} for group in tree["groups"] for topic in group["topics"]],
        "tables": [_with_new(table, colleagues=[], unaided=0) for table in tree["tables"]],
        "appraisals": _by_paper(tree["appraisals"]),
        "commitments": [_with_new(one, follow_ups=[]) for one in tree["commitments"]],
    }


def _with_new(tree: Tree, **new: Any) -> Tree:
    """What an older version could not know, where it does not pretend to."""
    if known := tree.keys() & new.keys():
        raise ValueError(", ".join(sorted(known)))
    return {**tree, **new}


def _group(group: Tree) -> Tree:
    return {key: value for key, value in group.items() if key != "topics"}


def _counted(people: list[Tree]) -> list[Tree]:
    """One line for each person becomes one for each group and table, in the order in which they first stand."""
    if any(person.keys() != {"group_id", "table_id"} for person in people):
        raise ValueError("people")
    counts = Counter((person["group_id"], person["table_id"]) for person in people)
    return [{"group_id": group, "table_id": table, "count": count} for (group, table), count in counts.items()]


def _by_paper(appraisals: list[Tree]) -> list[Tree]:
    """One line for each appraisal becomes one for each paper."""
    papers: dict[Any, Tree] = {}
    for one in appraisals:
        stakeholder, number = one["stakeholder"], one["paper"]
        paper = papers.setdefault(number, {"stakeholder": stakeholder, "given": []})
        if paper["stakeholder"] != stakeholder:
            raise ValueError("appraisals")
        paper["given"].append({key: value for key, value in one.items() if key not in ("stakeholder", "paper")})
    return list(papers.values())


STEPS: Mapping[int, Callable[[Tree], Tree]] = {1: _from_1}
"""By the version they start from, the oldest first; each leads to the next."""
