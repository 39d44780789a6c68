"""What things are called in tables."""

from datetime import date
from typing import Literal

from dialog.words import FollowUpState
from exports.profile import Profile
from exports.report import Report
from exports.words import _


def key_name(report: Report, by: Literal["category", "topic"], key: str | None) -> str:
    if key is None:
        return _("without category") if by == "category" else _("without topic")
    return report.category(key) if by == "category" else topic_name(report, key)


def group_name(report: Report, group_id: str) -> str:
    """The group as people call it; in a public report those of a stakeholder are one."""
    return _("all") if report.profile is Profile.PUBLIC else report.groups[group_id].name


def topic_title(report: Report, topic_id: str) -> str:
    """The topic's own words."""
    return report.topics[topic_id].title or _("(without name)")


def topic_name(report: Report, topic_id: str) -> str:
    """The topic with its group, or in a public report its stakeholder, because two may use the same words."""
    return f"{topic_title(report, topic_id)} ({report.groups[report.topics[topic_id].group_id].name})"


def table_name(report: Report, table_id: str | None) -> str:
    """The table as people call it; an empty text where it is not known."""
    table = report.round_two.tables.get(table_id or "")
    return _("Table %(name)s") % {"name": table.name} if table else ""


def title_of(report: Report, topic_id: str | None) -> str:
    """The topic's own words; an empty text for no topic, or one that does not lie open."""
    return topic_title(report, topic_id) if topic_id in report.topics and topic_id else ""


def category_of(report: Report, topic_id: str | None) -> str:
    return report.category(report.topics[topic_id].category) if topic_id in report.topics and topic_id else ""


def step_name(step: str) -> str:
    names = {
        "arrive": _("Arrive"),
        "collect": _("Collect"),
        "sort": _("Sort"),
        "nominate": _("Three most important"),
        "weigh": _("Weigh"),
        "mirror": _("Mirror"),
        "mix": _("Mix"),
        "envision": _("The ideal"),
        "translate": _("Benefits"),
        "solve": _("Proposals"),
        "appraise": _("Appraise"),
        "commit": _("Agree"),
        "close": _("Close"),
    }
    return names[step]


def state_name(state: FollowUpState) -> str:
    """What has become of a promise."""
    names = {
        FollowUpState.OPEN: _("open"),
        FollowUpState.RUNNING: _("under way"),
        FollowUpState.DONE: _("carried out"),
        FollowUpState.DROPPED: _("given up"),
    }
    return names[state]


def german_date(day: date) -> str:
    return day.strftime("%d.%m.%Y")
