"""What a dialogue's report contributes to the forum's comparison; nothing else is read for it."""

from dialog import attribution
from dialog.comparison.values import Contribution, Proposed, SharedTopic, Who
from dialog.events import ProposalContent
from dialog.format import Stakeholder
from exports.report import Report


def contribution(report: Report, dialogue_id: str) -> Contribution:
    """Of an internal report all that it tells, of a public one what it tells, pooled as it is."""
    plan = report.plan
    known = {who.key for who in plan.stakeholders}
    spoke = dict.fromkeys((*report.present, *(said.stakeholder for said in report.said)))
    pooled = [key for key in spoke if key not in known]
    return Contribution(
        dialogue_id=dialogue_id,
        title=plan.title,
        place=plan.place,
        held_on=plan.held_on,
        format=plan.key,
        format_name=plan.name["de"],
        closed=report.closed,
        people=dict(report.present),
        stakeholders=tuple(_who(who) for who in (*plan.stakeholders, *map(report.who, pooled))),
        pooled=tuple(pooled),
        categories={category.key: category.label["de"] for category in plan.categories},
        frequency=attribution.frequency(report.said, "category"),
        result_told=report.result is not None and report.balances,
        shared=_shared(report),
        proposals=_proposals(report),
    )


def _who(who: Stakeholder) -> Who:
    return Who(
        key=who.key,
        label=who.label["de"],
        sign=who.sign,
        palette=who.palette,
        participates=who.participates,
    )


def _shared(report: Report) -> tuple[SharedTopic, ...]:
    if report.result is None or not report.balances:
        return ()
    voted = report.result.voted_in_all
    return tuple(
        SharedTopic(
            title=report.topics[topic.topic].title,
            category=report.topics[topic.topic].category,
            rank=topic.rank,
            chose=sum(topic.voters.values()),
            voted=voted,
        )
        for topic in report.result.topics
        if topic.shared
    )


def _proposals(report: Report) -> tuple[Proposed, ...]:
    levels = {level.key: level.label["de"] for level in report.plan.levels}
    return tuple(
        Proposed(
            number=entry.number,
            title=content.title,
            level=f"{content.level}: {levels.get(content.level, '')}".rstrip(": ") if content.level else None,
            category=topic.category if (topic := report.topics.get(entry.topic_id or "")) else None,
        )
        for entry, content in report.round_two.of_kind(ProposalContent)
    )
