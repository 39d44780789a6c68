"""From an internal report to a public one: what must not be told is not in it.

Pure: everything is computed from the internal report, by adding up. The parts of the room take the place of the
stakeholders wherever somebody said, gave or was something (`exports.profile`); whom a card addresses and whom a benefit
is for stays as it is. In detail:

- the groups of round 1 are told together, all of a part as one, because a group can be small where its stakeholder is
  not; what they nominated keeps its order only where it is the order of the only group of a stakeholder told alone;
- everything is put into an order that depends on what is told and not on who was first;
- the vote and the appraisals are counted by parts. With a pool the balanced result, the order by it and the badges are
  not told: they weigh each member alike and so say something of it. Everybody counts the same then;
- a proposal or question with 1 to 4 answers in all has no figures, and a vote of 1 to 4 people no result. Nobody at all
  is a figure that may be told;
- of the tables there is only the number of people, and only if no table has 1 to 4; nothing of rules, pairs and seeds;
- nobody's own sentences about the afternoon.

A room of fewer than 5 people has no figures of people at all: only what was written, and how many cards, topics,
proposals and agreements there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from dialog.appraising import Appraisals, Option, Placed
from dialog.events import CardState, GroupState, TopicState
from dialog.feedback_figures import FeedbackFigures
from dialog.lines import Line
from dialog.spread import Spread
from dialog.tally import Result
from exports.profile import ENOUGH, Parts, Profile, safe_parts
from exports.round_two import RoundTwo

if TYPE_CHECKING:
    from exports.report import Report


def published(report: "Report") -> "Report":
    """The public report of the same dialogue."""
    spoke = {said.stakeholder for said in report.said}
    spoke |= {report.groups[topic.group_id].stakeholder for topic in report.topics.values()}
    voted = report.result.voted if report.result else {}
    parts = safe_parts(report.plan.participating, [report.present, voted], spoke)
    part_of = {group.id: parts.of(group.stakeholder) for group in report.groups.values()}
    counts = Counter(part_of.values())
    in_order = frozenset(key for key in parts.keys if counts[key] == 1 and not parts.is_pool(key))
    topics = _topics(report, parts, part_of)
    cards = _cards(report, part_of)
    said = {one.card_id: replace(one, stakeholder=parts.of(one.stakeholder)) for one in report.said}
    return replace(
        report,
        profile=Profile.PUBLIC,
        parts=parts,
        plan=report.plan.model_copy(update={"expected": _expected(report.plan.expected, parts)}),
        present=parts.together(report.present) if parts.told else {},
        groups=_groups(report, parts, set(part_of.values())),
        group_counts={key: counts[key] for key in parts.keys},
        cards=cards,
        said=tuple(said[card_id] for card_id in cards),
        topics=topics,
        nominations=_nominations(report, part_of, in_order, topics),
        in_order=in_order,
        ballot=tuple(topic_id for topic_id in topics if topic_id in report.ballot),
        voted=_enough(report.voted, parts),
        result=_result(report.result, parts, list(topics)),
        round_two=_round_two(report, parts, spoke, cards, topics),
    )


def _enough(people: int | None, parts: Parts) -> int | None:
    """A number of people where it may be told."""
    return None if not parts.told or people is None or 0 < people < ENOUGH else people


def _expected(expected: Mapping[str, int], parts: Parts) -> dict[str, int]:
    """How many people the plan expected of each part; nothing where people are not counted."""
    return parts.together({key: n for key, n in expected.items() if key in parts.part_of}) if parts.told else {}


def _groups(report: "Report", parts: Parts, with_groups: set[str]) -> dict[str, GroupState]:
    """All groups of round 1 of a part as one; it has the key of the part for its id, and its name."""
    who = {key: parts.pool if parts.pool and parts.is_pool(key) else report.plan.stakeholder(key) for key in parts.keys}
    return {
        key: GroupState(id=key, round=1, stakeholder=key, name=who[key].short["de"], position=at)
        for at, key in enumerate(parts.keys)
        if key in with_groups
    }


def _topics(report: "Report", parts: Parts, part_of: Mapping[str, str]) -> dict[str, TopicState]:
    """By part, then in the order of the alphabet."""
    place = {key: at for at, key in enumerate(parts.keys)}

    def order(topic: TopicState) -> tuple[int, str, str, str]:
        return (place[part_of[topic.group_id]], topic.title.casefold(), topic.title, topic.id)

    return {
        topic.id: topic.model_copy(update={"group_id": part_of[topic.group_id], "rank": float(at)})
        for at, topic in enumerate(sorted(report.topics.values(), key=order), start=1)
    }


def _cards(report: "Report", part_of: Mapping[str, str]) -> dict[str, CardState]:
    """In the order of the alphabet; the report's tables put them by part and topic."""
    ordered = sorted(report.cards.values(), key=lambda card: (card.text.casefold(), card.text, card.id))
    return {
        card.id: card.model_copy(update={"group_id": part_of[card.group_id], "rank": float(at), "paper": False})
        for at, card in enumerate(ordered, start=1)
    }


def _nominations(
    report: "Report", part_of: Mapping[str, str], in_order: frozenset[str], topics: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """What the groups of each part nominated, in the order of the topics where it is not that of one group."""
    found: dict[str, tuple[str, ...]] = {}
    for group_id, nominated in report.nominations.items():
        found[part_of[group_id]] = (*found.get(part_of[group_id], ()), *nominated)
    at = {topic_id: place for place, topic_id in enumerate(topics)}
    return {key: ids if key in in_order else tuple(sorted(ids, key=at.__getitem__)) for key, ids in found.items()}


def _result(result: Result | None, parts: Parts, topics: list[str]) -> Result | None:
    """The result by parts. With a pool everybody counts the same, and the places are those by votes."""
    if result is None or _enough(result.voted_in_all, parts) is None:
        return None
    voted, present = parts.together(result.voted), parts.together(result.present)
    found = result.topics
    if parts.pool:
        found = [
            replace(
                topic,
                voters=(voters := parts.together(topic.voters)),
                shares={key: Fraction(voters[key], n) if n else None for key, n in voted.items()},
                balanced=Fraction(sum(voters.values()), max(1, result.voted_in_all)),
                rank=topic.rank_raw,
                shared=False,
                divided=False,
            )
            for topic in result.topics
        ]
    return Result(
        topics=tuple(sorted(found, key=lambda one: (one.rank, one.rank_raw, topics.index(one.topic)))),
        present=present,
        voted=voted,
        abstained=parts.together(result.abstained),
        silent=tuple(key for key, people in present.items() if people and not voted[key]),
    )


def _round_two(
    report: "Report",
    parts: Parts,
    spoke: set[str],
    cards: Mapping[str, CardState],
    topics: Mapping[str, TopicState],
) -> RoundTwo:
    told, here = report.round_two, report.plan.participating
    appraising = safe_parts(here, [report.present, *_appraisers(told.appraisals)], spoke, parts.members)
    answering = safe_parts(here, [report.present, *_answers(told.feedback)], spoke, parts.members)
    answered = _enough(told.answered, parts)
    return replace(
        told,
        parts=appraising,
        feedback_parts=answering,
        people={},
        sizes={} if not parts.told or any(0 < people < ENOUGH for people in told.sizes.values()) else told.sizes,
        mixing=None,
        seed=None,
        appraised=_enough(told.appraised, parts),
        appraisals=_appraisals(told.appraisals, appraising),
        few=_few(told.appraisals),
        answered=answered,
        feedback=_feedback(told.feedback, answering, answered is not None),
        few_answers=frozenset(one.question for one in told.feedback.questions if 0 < one.answers.n < ENOUGH),
        sentences=(),
        lines=_lines(told, cards, topics),
    )


def _appraisers(appraisals: Appraisals | None) -> list[Mapping[str, int]]:
    """The people behind each figure of the appraisals that is told at all."""
    if appraisals is None:
        return []
    few = _few(appraisals)
    placed = [one for one in appraisals.placed if one.proposal not in few]
    both = [people for one in placed for people in (one.people, one.effect.people, one.feasibility.people)]
    return [*both, *(one.resistance.people for one in appraisals.options if one.proposal not in few)]


def _few(appraisals: Appraisals | None) -> frozenset[str | None]:
    """What 1 to 4 people appraised; None is that everything stays as it is."""
    if appraisals is None:
        return frozenset()
    placed = {
        one.proposal
        for one in appraisals.placed
        if any(0 < n < ENOUGH for n in (one.n, one.effect.n, one.feasibility.n))
    }
    return frozenset(placed | {one.proposal for one in appraisals.options if 0 < one.n < ENOUGH})


def _appraisals(appraisals: Appraisals | None, parts: Parts) -> Appraisals | None:
    """The figures by parts, without proposals that few appraised. With a pool places are those by the plain means."""
    if appraisals is None or not parts.told:
        return None
    few, present = _few(appraisals), parts.together(appraisals.present)
    placed = _placed([one for one in appraisals.placed if one.proposal not in few], parts)
    options = _options([one for one in appraisals.options if one.proposal not in few], parts)
    heard = Counter[str]()
    for people in (*(one.people for one in placed), *(one.resistance.people for one in options)):
        heard.update(people)
    return replace(
        appraisals,
        placed=tuple(placed),
        options=tuple(options),
        present=present,
        silent=tuple(key for key, people in present.items() if people and not heard[key]),
    )


def _placed(placed: list[Placed], parts: Parts) -> list[Placed]:
    """By parts, and placed anew among those that are told."""
    scores = {one.proposal: _score(one, parts) for one in placed}
    known = [score for score in scores.values() if score is not None]
    merged = [
        replace(
            one,
            people=parts.together(one.people),
            effect=_spread(one.effect, parts),
            feasibility=_spread(one.feasibility, parts),
            rank=None if (score := scores[one.proposal]) is None else 1 + sum(other > score for other in known),
            shared=one.shared and parts.pool is None,
            divided=one.divided and parts.pool is None,
        )
        for one in placed
    ]
    return sorted(merged, key=lambda one: one.rank or len(merged) + 1)


def _score(one: Placed, parts: Parts) -> Fraction | None:
    x, y = one.effect.mean, one.feasibility.mean
    return one.score if parts.pool is None else None if x is None or y is None else x + y


def _options(options: list[Option], parts: Parts) -> list[Option]:
    means = {one.proposal: one.resistance.mean if parts.pool else one.resistance.balanced for one in options}
    known = [mean for mean in means.values() if mean is not None]
    now = means.get(None)
    merged = [
        replace(
            one,
            resistance=_spread(one.resistance, parts),
            rank=None if (mean := means[one.proposal]) is None else 1 + sum(other < mean for other in known),
            below_status_quo=mean is not None and now is not None and mean < now,
        )
        for one in options
    ]
    return sorted(merged, key=lambda one: one.rank or len(merged) + 1)


def _spread(spread: Spread, parts: Parts) -> Spread:
    counts = {key: (0,) * len(spread.scale) for key in parts.keys}
    for stakeholder, row in spread.counts.items():
        part = parts.of(stakeholder)
        counts[part] = tuple(a + b for a, b in zip(counts[part], row, strict=True))
    return Spread(scale=spread.scale, counts=counts)


def _answers(figures: FeedbackFigures) -> list[Mapping[str, int]]:
    """The people behind each figure of the feedback."""
    return [figures.answered, *(one.answers.people for one in figures.questions)]


def _feedback(figures: FeedbackFigures, parts: Parts, told: bool) -> FeedbackFigures:
    """The figures by parts, without questions that few answered; nothing where people are not counted."""
    if not told or not parts.told:
        return FeedbackFigures(questions=(), present={}, answered={}, silent=())
    present, answered = parts.together(figures.present), parts.together(figures.answered)
    counted = not 0 < figures.n < ENOUGH
    return FeedbackFigures(
        questions=tuple(
            replace(one, answers=_spread(one.answers, parts))
            for one in figures.questions
            if not 0 < one.answers.n < ENOUGH
        ),
        present=present,
        answered=answered if counted else {},
        silent=tuple(key for key, people in present.items() if people and not answered[key]) if counted else (),
    )


def _lines(told: RoundTwo, cards: Iterable[str], topics: Iterable[str]) -> tuple[Line, ...]:
    """In an order that does not tell when a card was written."""
    promises = [one.id for one in told.commitments]
    at = {one: place for ids in (cards, topics, told.tables, told.entries, promises) for place, one in enumerate(ids)}

    def order(line: Line) -> tuple[float, ...]:
        found = (line.card, line.topic, line.table, line.proposal, line.commitment)
        return tuple(at.get(one or "", inf) for one in found)

    return tuple(sorted(told.lines, key=order))
