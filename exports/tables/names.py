"""What things are called in tables."""

from typing import Literal

from exports.report import Report
from exports.words import _


def key_name(report: Report, by: Literal["category", "topic"], key: str | None) -> str:
    if key is None:
        return _("without category") if by == "category" else _("without topic")
    return report.category(key) if by == "category" else topic_name(report, key)


def topic_title(report: Report, topic_id: str) -> str:
    """The topic's own words."""
    return report.topics[topic_id].title or _("(without name)")


def topic_name(report: Report, topic_id: str) -> str:
    """The topic with its group, because two groups may use the same words."""
    return f"{topic_title(report, topic_id)} ({report.groups[report.topics[topic_id].group_id].name})"


def step_name(step: str) -> str:
    names = {
        "arrive": _("Arrive"),
        "collect": _("Collect"),
        "sort": _("Sort"),
        "nominate": _("Three most important"),
        "weigh": _("Weigh"),
        "mirror": _("Mirror"),
        "close": _("Close"),
    }
    return names[step]
