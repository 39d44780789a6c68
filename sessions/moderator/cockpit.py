"""Everything the cockpit shows, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from dialog import queries
from dialog.acting import COCKPIT_SCOPE
from dialog.codes import show_code
from dialog.models import Dialogue, Group, Topic
from dialog.similar import similar_cards
from dialog.store import Db
from dialog.undo_stack import last_done, last_undone
from dialog.words import Step, Voting
from sessions import mirror, results
from sessions.moderator.ahead import ahead
from sessions.moderator.alike import reason
from sessions.moderator.mixed import mixed_now
from sessions.moderator.pictures import pictures
from sessions.moderator.second_round import second_round
from sessions.moderator.words import step_name
from sessions.perform import now
from sessions.stakeholders import Who, everybody_addressed, taking_part
from sessions.timer import timer_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNow:
    """A group and how far it is."""

    id: str
    name: str
    who: Who
    people: int
    written: int
    revealed: bool
    topics: int
    unsorted: int
    nominated: Sequence[str]

    @property
    def cards(self) -> str:
        """The name of the hook that counts its cards."""
        return f"{self.id}.written"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBallot:
    """A topic up for the vote, the groups it comes from, and the topics voted on together with it."""

    id: str
    title: str
    groups: Sequence[str]
    authors: Sequence[Who]
    joined: Sequence[tuple[str, str, str]]
    """(topic id, title, group) of each topic voted on together with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two topics of the ballot that may mean the same, and why, in a sentence."""

    topic: OnBallot
    into: OnBallot
    reason: str


def cockpit(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    """What the template needs, by name."""
    plan = queries.plan(dialogue)
    present = queries.present(db, dialogue.id)
    step = Step(dialogue.step)
    groups = group_lines(db, dialogue)
    back, _following = plan.neighbours(step)
    people = sum(present.by_stakeholder.values())
    shown: dict[str, Any] = {
        "dialogue": dialogue,
        "code": show_code(dialogue.code),
        "step": step.value,
        "steps": [{"key": planned.step.value, "label": step_name(planned.step)} for planned in plan.steps],
        "stakeholders": taking_part(plan),
        "expected": plan.expected,
        "present": {who.key: present.by_stakeholder.get(who.key, 0) for who in taking_part(plan)},
        "people": people,
        "voted": present.voted,
        "groups": groups,
        "settings": {"stakeholders": everybody_addressed(plan)},
        "ahead": ahead(db, dialogue, people, all(group.revealed for group in groups)),
        "back": back.value if back else "",
        "back_label": step_name(back) if back else "",
        "can_undo": not dialogue.closed and last_done(db, dialogue.id, COCKPIT_SCOPE) is not None,
        "can_redo": not dialogue.closed and last_undone(db, dialogue.id, COCKPIT_SCOPE) is not None,
        "timer_now": timer_shown(dialogue.timer_ends_at, now()),
        "minutes": plan.step_plan(step).minutes or 5,
        "pictures": pictures(db, dialogue),
        "by_hand": [person for person in queries.people(db, dialogue.id) if not person.has_phone],
        "vote": results.vote_or_none(db, dialogue),
    }
    if step is Step.WEIGH:
        on_ballot = ballot(db, dialogue)
        preparing = dialogue.voting == Voting.PREPARING
        shown |= {"ballot": on_ballot, "alike": alike(on_ballot, plan_names(dialogue)) if preparing else []}
    if step is Step.MIX:
        shown |= mixed_now(db, dialogue)
    shown |= second_round(db, dialogue, request.args)
    if step is Step.MIRROR:
        shown |= {"ballot": by_result(ballot(db, dialogue), shown["vote"]), "chosen": mirror.chosen(db, dialogue)}
    return shown


def group_lines(db: Db, dialogue: Dialogue) -> list[GroupNow]:
    by_key = {who.key: who for who in everybody_addressed(queries.plan(dialogue))}
    present = queries.present(db, dialogue.id).by_group
    topics = queries.topics(db, dialogue.id)
    titles = {topic.id: topic.title for topic in topics}
    nominated = queries.nominations(db, dialogue.id)
    loose = [card.group_id for card in queries.cards(db, dialogue.id) if card.topic_id is None and not card.hidden]
    return [
        GroupNow(
            id=group.id,
            name=group.name,
            who=by_key[group.stakeholder],
            people=present.get(group.id, 0),
            written=group.written,
            revealed=group.revealed,
            topics=sum(topic.group_id == group.id for topic in topics),
            unsorted=loose.count(group.id),
            nominated=[titles[topic_id] for topic_id in nominated.get(group.id, ())],
        )
        for group in queries.groups(db, dialogue.id)
        if group.stakeholder in by_key
    ]


def ballot(db: Db, dialogue: Dialogue) -> list[OnBallot]:
    """The topics up for the vote, in the order of the groups. Says nothing about votes."""
    by_key = {who.key: who for who in everybody_addressed(queries.plan(dialogue))}
    groups = {group.id: group for group in queries.groups(db, dialogue.id)}
    topics = queries.topics(db, dialogue.id)
    return [_on_ballot(topic, topics, groups, by_key) for topic in queries.ballot_topics(db, dialogue.id)]


def _on_ballot(head: Topic, topics: Sequence[Topic], groups: dict[str, Group], by_key: dict[str, Who]) -> OnBallot:
    joined = [topic for topic in topics if topic.joined_to == head.id]
    together = [groups[topic.group_id] for topic in (head, *joined)]
    return OnBallot(
        id=head.id,
        title=head.title,
        groups=list(dict.fromkeys(group.name for group in together)),
        authors=[by_key[key] for key in dict.fromkeys(group.stakeholder for group in together)],
        joined=[(topic.id, topic.title, groups[topic.group_id].name) for topic in joined],
    )


def plan_names(dialogue: Dialogue) -> list[str]:
    return [stakeholder.label["de"] for stakeholder in queries.plan(dialogue).stakeholders]


def alike(on_ballot: Sequence[OnBallot], names: Sequence[str]) -> list[Alike]:
    """Topics of different groups that may mean the same. A person decides."""
    by_id = {topic.id: topic for topic in on_ballot}
    found = similar_cards([(topic.id, topic.title) for topic in on_ballot], limit=5, names=names)
    return [Alike(topic=by_id[pair.b], into=by_id[pair.a], reason=reason(pair.reason)) for pair in found]


def by_result(on_ballot: Sequence[OnBallot], vote: results.VoteShown | None) -> list[OnBallot]:
    """The topics in the order of the revealed result; before it in the order of the groups."""
    if vote is None:
        return list(on_ballot)
    place = {row.topic_id: at for at, row in enumerate(vote.rows)}
    return sorted(on_ballot, key=lambda topic: place.get(topic.id, len(place)))
