"""All proposals to read, side by side, and some of them by topic, level and step of the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialog import queries, table_queries
from dialog.events import EntryState, ProposalContent
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step
from sessions.entries import EntrySettings, TableShown, all_tables, entry_settings, topic_titles

FILTERS = ("topic", "level", "process_step")
"""What can be asked for, by the name in the page's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose among the filters."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """The proposals that are asked for, of all that lie open, and by what one can choose among them."""

    proposals: Sequence[EntryState]
    everything: Sequence[EntryState]
    tables: Mapping[str, TableShown]
    settings: EntrySettings
    choices: Mapping[str, Sequence[Choice]]
    """By filter, only where there are two things or more to choose from."""
    wanted: Mapping[str, str]


def gallery(db: Db, dialogue: Dialogue, asked: Mapping[str, str]) -> Gallery:
    """`asked` are the arguments of the page's address; what cannot be chosen is as if it had not been asked for."""
    plan = queries.plan(dialogue)
    open_to_all = plan.is_past_solve(Step(dialogue.step))
    everything = table_queries.entries(db, dialogue.id, kind="proposal") if open_to_all else []
    settings = entry_settings(plan)
    labels: dict[str, dict[str, str]] = {
        "topic": topic_titles(db, dialogue.id),
        "level": {level.key: f"{level.key} – {level.label}" for level in settings.levels},
        "process_step": {step.key: f"{step.key}. {step.label}" for step in settings.process_steps},
    }
    choices = {name: _choices(name, labels[name], everything) for name in FILTERS}
    wanted = {name: asked.get(name, "") for name in FILTERS}
    wanted = {name: key for name, key in wanted.items() if key in {one.key for one in choices[name]}}
    return Gallery(
        proposals=[one for one in everything if all(_says(one)[name] == key for name, key in wanted.items())],
        everything=everything,
        tables=all_tables(db, dialogue.id),
        settings=settings,
        choices={name: found for name, found in choices.items() if len(found) > 1},
        wanted=wanted,
    )


def _choices(name: str, labels: Mapping[str, str], everything: Sequence[EntryState]) -> list[Choice]:
    there = {_says(one)[name] for one in everything}
    return [Choice(key=key, label=label) for key, label in labels.items() if key in there]


def _says(proposal: EntryState) -> dict[str, Any]:
    assert isinstance(proposal.content, ProposalContent)
    content = proposal.content
    return {"topic": proposal.topic_id, "level": content.level, "process_step": content.process_step}
