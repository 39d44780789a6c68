"""Pure: whether what an archive says fits together, as the rows of a dialogue that was really held do.

The schema has bounded each value already. Here: everything that is named is there, each thing stands once, choices are
those of the plan, nobody gave more than allowed, no more papers than people. A category that left the plan after it was
used is none of it, because a plan may be tidied up.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from dialog.appraising import Given, appraise
from dialog.archive.refusals import ArchiveUnsound
from dialog.archive.schema import MOST_PEOPLE, Archive, Ballot, Proposal, of_our_time
from dialog.format import Plan
from dialog.tally import Ballot as Votes
from dialog.tally import tally
from dialog.words import Appraising, Step, Voting

Flaws = Iterator[str]
"""Where something does not fit; nothing comes where all is well."""


def check(archive: Archive) -> None:
    """Raises ArchiveUnsound with the first place that does not fit."""
    for part in (_texts, _plan, _steps, _once_each, _round_one, _people, _papers, _ballots, _round_two, _promises):
        for where in part(archive):
            raise ArchiveUnsound(where=where[:80])


# --- Texts ------------------------------------------------------------------------------------------------------------


def _texts(archive: Archive) -> Flaws:
    """No text holds what no database or page can show; what must be said can be seen."""
    yield from _unreadable(archive, "")
    said: list[tuple[str, Iterable[str]]] = [
        ("cards", (card.text for card in archive.cards)),
        ("visions", (vision.text for vision in archive.visions)),
        ("benefits", (benefit.text for benefit in archive.benefits)),
        ("proposals", (proposal.title for proposal in archive.proposals)),
        ("commitments", (text for one in archive.commitments for text in (one.who, one.what))),
        ("plan", (archive.plan.title, archive.plan.place)),
    ]
    for where, texts in said:
        yield from (f"{where}.{at}" for at, text in enumerate(texts) if not text.strip())


def _unreadable(value: Any, where: str) -> Flaws:
    """Every place with a control character other than the end of a line."""
    if isinstance(value, str):
        if not value.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in value):
            yield where
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _unreadable(getattr(value, name), f"{where}.{name}".lstrip("."))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unreadable(key, where)
            yield from _unreadable(inner, f"{where}.{key}")
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from _unreadable(inner, f"{where}.{at}")


# --- Plan and steps ---------------------------------------------------------------------------------------------------


def _plan(archive: Archive) -> Flaws:
    plan = archive.plan
    for name in ("held_on", "deletes_on"):
        try:
            of_our_time(getattr(plan, name))
        except ValueError:
            yield f"plan.{name}"
    if plan.deletes_on < plan.held_on:
        yield "plan.deletes_on"
    if not set(plan.expected) <= {stakeholder.key for stakeholder in plan.stakeholders}:
        yield "plan.expected"


def _steps(archive: Archive) -> Flaws:
    planned = {planned.step for planned in archive.plan.steps}
    if archive.step not in planned:
        yield "step"
    last = None
    for at, stay in enumerate(archive.held):
        if stay.step not in planned or (stay.began_at is None) != (at == 0):
            yield f"held.{at}"
        began_at = stay.began_at or stay.ended_at
        if began_at > stay.ended_at or (last is not None and began_at < last):
            yield f"held.{at}.began_at"
        last = stay.ended_at
    if last is not None and archive.step_began_at < last:
        yield "step_began_at"
    for name, step in (("voting", Step.WEIGH), ("appraising", Step.APPRAISE)):
        if getattr(archive, name) is not Voting.PREPARING and step not in planned:
            yield name


def _once_each(archive: Archive) -> Flaws:
    """Ids, names, positions and numbers stand once."""
    for name in ("topics", "cards", "visions", "benefits", "proposals", "commitments"):
        yield from _twice(name, [one.id for one in getattr(archive, name)])
    yield from _twice("groups", [one.id for one in (*archive.groups, *archive.tables)])
    for name in ("groups", "tables"):
        yield from _twice(f"{name}.name", [one.name for one in getattr(archive, name)])
        yield from _twice(f"{name}.position", [one.position for one in getattr(archive, name)])
    for name in ("visions", "benefits", "proposals", "commitments"):
        yield from _twice(f"{name}.number", [one.number for one in getattr(archive, name)])
    yield from _twice("chosen_topics", archive.chosen_topics)
    yield from _twice("people", [(some.group_id, some.table_id) for some in archive.people])


def _twice(where: str, found: Sequence[Any]) -> Flaws:
    if len(set(found)) < len(found):
        yield where


# --- Round 1 ----------------------------------------------------------------------------------------------------------


def _round_one(archive: Archive) -> Flaws:
    taking_part = {stakeholder.key for stakeholder in archive.plan.participating}
    known = {stakeholder.key for stakeholder in archive.plan.stakeholders}
    groups = {group.id for group in archive.groups}
    topics = {topic.id: topic for topic in archive.topics}
    for at, group in enumerate(archive.groups):
        if group.stakeholder not in taking_part:
            yield f"groups.{at}.stakeholder"
        own = [topic_id for topic_id in group.nominations if topic_id in topics]
        if {topics[topic_id].group_id for topic_id in own} - {group.id} or len(set(own)) < len(group.nominations):
            yield f"groups.{at}.nominations"
    for at, topic in enumerate(archive.topics):
        if topic.group_id not in groups:
            yield f"topics.{at}.group_id"
        head = topics.get(topic.joined_to) if topic.joined_to else None
        if topic.joined_to is not None and (head is None or head.id == topic.id):
            yield f"topics.{at}.joined_to"
    for at, card in enumerate(archive.cards):
        if card.group_id not in groups:
            yield f"cards.{at}.group_id"
        if card.topic_id is not None and (
            card.topic_id not in topics or topics[card.topic_id].group_id != card.group_id
        ):
            yield f"cards.{at}.topic_id"
        if not set(card.addressees) <= known or len(set(card.addressees)) < len(card.addressees):
            yield f"cards.{at}.addressees"
    if not set(archive.chosen_topics) <= topics.keys():
        yield "chosen_topics"


def _people(archive: Archive) -> Flaws:
    groups, tables = {group.id for group in archive.groups}, {table.id for table in archive.tables}
    at_table: Counter[str | None] = Counter()
    for at, some in enumerate(archive.people):
        if some.group_id not in groups or (some.table_id is not None and some.table_id not in tables):
            yield f"people.{at}"
        at_table[some.table_id] += some.count
    if archive.people_here > MOST_PEOPLE:
        yield "people"
    for at, table in enumerate(archive.tables):
        if sum(table.colleagues) > at_table[table.id] or table.unaided > at_table[table.id]:
            yield f"tables.{at}"


def present(archive: Archive) -> dict[str, int]:
    """The people by stakeholder, every participating one, in the order of the plan."""
    of_group = {group.id: group.stakeholder for group in archive.groups}
    here: Counter[str] = Counter()
    for some in archive.people:
        here[of_group[some.group_id]] += some.count
    return {stakeholder.key: here[stakeholder.key] for stakeholder in archive.plan.participating}


def _papers(archive: Archive) -> Flaws:
    """Nobody gives two papers of one kind."""
    here = present(archive)
    for name in ("ballots", "appraisals", "feedback"):
        given = Counter(paper.stakeholder for paper in getattr(archive, name))
        if any(count > here.get(stakeholder, 0) for stakeholder, count in given.items()):
            yield name


def ballot_topics(archive: Archive) -> list[str]:
    """The topics up for the vote, as `queries.ballot_topics` finds them."""
    topics = {topic.id: topic for topic in archive.topics}
    groups = sorted(archive.groups, key=lambda group: group.position)
    nominated = [topics[topic_id] for group in groups for topic_id in group.nominations]
    return list(dict.fromkeys(topic.joined_to or topic.id for topic in nominated))


def _ballots(archive: Archive) -> Flaws:
    limits = archive.plan.limits
    on_the_ballot = ballot_topics(archive)
    known = set(on_the_ballot)
    for at, paper in enumerate(archive.ballots):
        if not paper.votes.keys() <= known:
            yield f"ballots.{at}.votes"
        if sum(paper.votes.values()) > limits.votes_per_person or max(paper.votes.values()) > limits.votes_per_topic:
            yield f"ballots.{at}.votes"
    try:
        tally(on_the_ballot, [_votes(paper) for paper in archive.ballots], present(archive))
    except ValueError:
        yield "ballots"


def _votes(paper: Ballot) -> Votes:
    return Votes(stakeholder=paper.stakeholder, votes=paper.votes)


# --- Round 2 ----------------------------------------------------------------------------------------------------------


def _round_two(archive: Archive) -> Flaws:
    topics, tables = {topic.id for topic in archive.topics}, {table.id for table in archive.tables}
    for name in ("tables", "visions", "benefits", "proposals"):
        for at, one in enumerate(getattr(archive, name)):
            if (one.topic_id is not None and one.topic_id not in topics) or (
                name != "tables" and one.table_id not in tables
            ):
                yield f"{name}.{at}"
    taking_part = {stakeholder.key for stakeholder in archive.plan.participating}
    for at, benefit in enumerate(archive.benefits):
        if benefit.stakeholder not in taking_part:
            yield f"benefits.{at}.stakeholder"
    known: dict[str, set[str]] = {
        "needs": {stakeholder.key for stakeholder in archive.plan.stakeholders},
        "card_ids": {card.id for card in archive.cards},
        "benefit_ids": {benefit.id for benefit in archive.benefits},
    }
    for at, proposal in enumerate(archive.proposals):
        yield from (f"proposals.{at}.{name}" for name in _unknown_in(archive.plan, known, proposal))


def _unknown_in(plan: Plan, known: dict[str, set[str]], proposal: Proposal) -> Flaws:
    for name, keys in known.items():
        named: tuple[str, ...] = getattr(proposal, name)
        if not set(named) <= keys or len(set(named)) < len(named):
            yield name
    if proposal.level is not None and proposal.level not in {level.key for level in plan.levels}:
        yield "level"
    if proposal.process_step is not None and proposal.process_step not in {one.key for one in plan.process_steps}:
        yield "process_step"


def _promises(archive: Archive) -> Flaws:
    proposals = [proposal.id for proposal in archive.proposals]
    resisting = archive.plan.appraising is Appraising.RESISTANCE
    appraised = {*proposals, None} if resisting else {*proposals}
    given: list[Given] = []
    for at, paper in enumerate(archive.appraisals):
        yield from _twice(f"appraisals.{at}", [one.proposal_id for one in paper.given])
        for one in paper.given:
            scores = (one.effect is not None, one.feasibility is not None, one.resistance is not None)
            fits = scores == ((False, False, True) if resisting else (True, True, False))
            if not fits or one.proposal_id not in appraised:
                yield f"appraisals.{at}"
            given.append(
                Given(
                    stakeholder=paper.stakeholder,
                    proposal=one.proposal_id,
                    effect=one.effect,
                    feasibility=one.feasibility,
                    resistance=one.resistance,
                )
            )
    try:
        appraise(proposals, given, present(archive), archive.plan.appraising)
    except ValueError:
        yield "appraisals"
    known = {None, *proposals}
    for at, commitment in enumerate(archive.commitments):
        if commitment.proposal_id not in known:
            yield f"commitments.{at}.proposal_id"
