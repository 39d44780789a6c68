"""The summary for the wall of the hall: the most important of everything, so that it always fits one sheet."""

from collections.abc import Iterator, Sequence

from dialog.events import ProposalContent
from dialog.words import Appraising, Step
from exports.edition import lead
from exports.profile import Withheld
from exports.report import Report
from exports.story.content import Point, Points, Summary, Who
from exports.story.cover import rehearsal
from exports.story.paper import records, who
from exports.story.telling import in_a_line
from exports.tables import appraisal, vote
from exports.tables.names import german_date, table_name, topic_name, topic_title
from exports.words import _

PEOPLE, TOPICS, PROPOSALS, AGREEMENTS = 6, 5, 5, 6
"""How many of each fit on the sheet, however long they are; the page cuts their texts after two lines."""

LONGEST = 160
"""Characters of a text on the sheet."""


def summary(report: Report) -> Summary:
    """One sheet on this report."""
    people = tuple(_people(report))
    return Summary(
        title=_short(report.plan.title),
        place=_short(report.plan.place),
        day=german_date(report.plan.held_on),
        forum=_short(report.forum),
        edition=lead(report.profile),
        rehearsal=rehearsal(report),
        people=people[:PEOPLE],
        more_people=_more(len(people) - PEOPLE),
        people_together=str(sum(report.present.values())) if report.parts.told else Withheld.SMALL.words,
        figures=tuple(_figures(report)),
        topics=_topics(report),
        proposals=_proposals(report),
        agreements=_agreements(report),
    )


def _people(report: Report) -> Iterator[tuple[Who, str]]:
    """By stakeholder; nobody where all are told together, because that is the sum."""
    for key in report.parts.keys if len(report.parts.keys) > 1 else ():
        yield who(report, key), str(report.present.get(key, Withheld.SMALL.words))


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    if report.holds(Step.COLLECT):
        yield str(len(report.said)), _("Cards")
    if report.holds(Step.SORT):
        yield str(len(report.topics)), _("Topics")
    if report.holds(Step.SOLVE):
        yield str(sum(1 for _one in report.round_two.of_kind(ProposalContent))), _("Proposals")
    if report.holds(Step.COMMIT):
        yield str(len(report.round_two.commitments)), _("Agreements")


def _points(title: str, by: str, points: Sequence[Point], most: int, nothing: str) -> Points:
    return Points(
        title=title,
        by=by if points else "",
        points=tuple(points[:most]),
        more=_more(len(points) - most),
        nothing="" if points else nothing,
    )


def _more(left: int) -> str:
    return _("and %(count)s more") % {"count": left} if left > 0 else ""


def _topics(report: Report) -> Points:
    """By the result of the vote; before there is one, those that were chosen or nominated."""
    title = _("What is most important to us")
    if report.result is not None:
        by = _("By the balanced result: each group counts the same.") if report.balances else _("By votes.")
        rows = records(vote.result(report, report.result))
        named = [topic.topic for topic in report.result.topics]
        points = [_voted(report, topic_id, row) for topic_id, row in zip(named, rows, strict=True)]
        return _points(title, by, points, TOPICS, _("No topic was on the ballot."))
    if report.chosen:
        points = [Point(title=_short(topic_name(report, topic_id))) for topic_id in report.chosen]
        return _points(title, _("Chosen for round 2."), points, TOPICS, "")
    topics = dict.fromkeys(topic_id for nominated in report.nominations.values() for topic_id in nominated)
    points = [Point(title=_short(topic_name(report, topic_id))) for topic_id in topics]
    by = _("Nominated by the groups, in the order of the groups.")
    return _points(title, by, points, TOPICS, _("No group has nominated a topic yet."))


def _voted(report: Report, topic_id: str, row: dict[str, str]) -> Point:
    share = row["balanced"] if report.balances and row["balanced"] != "–" else ""
    own = _owner(report, topic_id)
    return Point(
        title=_short(topic_title(report, topic_id)),
        figures=in_a_line([share, _("Votes: %(count)s") % {"count": row["raw"]}]),
        badges=tuple(word for word in row["words"].split(" · ") if word),
        who=None if report.is_pool(own) else who(report, own),
    )


def _owner(report: Report, topic_id: str) -> str:
    """The stakeholder whose topic it is."""
    return report.groups[report.topics[topic_id].group_id].stakeholder


def _proposals(report: Report) -> Points:
    """Those that everybody found best; before that is known, by number."""
    title = _("What we propose")
    entries = {entry.id: (entry, said) for entry, said in report.round_two.of_kind(ProposalContent)}
    nothing = _("No table has written a proposal yet.")
    if report.round_two.covered:
        nothing = _("The proposals do not lie open yet.")
    figures = report.round_two.appraisals
    if figures is None:
        points = [_proposal(report, key, {}, "") for key in entries]
        return _points(title, _("By number; there is no appraisal."), points, PROPOSALS, nothing)
    order = [proposal or "" for proposal in appraisal.in_order(report, figures)]
    if figures.how is Appraising.EFFECT_FEASIBILITY:
        rows = records(appraisal.placed(report, figures))
        pattern, by = _("effect %(effect)s · feasibility %(feasibility)s"), _("Best appraised first.")
    else:
        rows = records(appraisal.options(report, figures))
        pattern, by = _("resistance %(resistance)s"), _("Least resistance first.")
    found = zip(order, rows, strict=True)
    points = [_proposal(report, key, row, pattern % row) for key, row in found if key in entries]
    return _points(title, by, points, PROPOSALS, nothing)


def _proposal(report: Report, entry_id: str, row: dict[str, str], figures: str) -> Point:
    entry = report.round_two.entries[entry_id]
    title = entry.content.title if entry.content.kind == "proposal" else ""
    return Point(
        title=_short(title),
        figures=figures,
        badges=tuple(word for word in row.get("words", "").split(" · ") if word),
        place=table_name(report, entry.table_id),
    )


def _agreements(report: Report) -> Points:
    """The first to be due first."""
    due = sorted(report.round_two.commitments, key=lambda one: (one.until, one.number))
    points = [
        Point(
            title=_short(one.what),
            figures=_("until %(until)s") % {"until": german_date(one.until)},
            place=_short(one.who),
        )
        for one in due
    ]
    nothing = _("Nothing has been promised yet.")
    return _points(_("What we have agreed"), _("What is due first stands first."), points, AGREEMENTS, nothing)


def _short(text: str) -> str:
    """The text in one line, cut where it is longer than anything on the sheet may be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
