"""What a report may tell of one dialogue, read in one go.

Rule of the method: nothing is shown before it is revealed. So a group's cards and topics are here only once the group
has been revealed, the result of the vote only once it has been; hidden cards are counted and nothing else. There is no
person here, no person's number, and no time of day but those at which the steps were held.

A public report holds only what may be made public (`exports.publishing`): where it says "by stakeholder" that is by
part of the room, and whoever reads nothing but the report cannot tell more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dialog import queries
from dialog.attribution import Said
from dialog.events import CardState, GroupState, TopicState
from dialog.format import Plan, Stakeholder
from dialog.held import Held, held
from dialog.models import Forum
from dialog.store import Db
from dialog.tally import Result
from dialog.words import Step, Voting
from exports.profile import Parts, Profile, Withheld, each_alone
from exports.publishing import published
from exports.round_two import RoundTwo, read_round_two


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One dialogue at one moment."""

    profile: Profile
    forum: str
    plan: Plan
    """In a public report the people it expects are those of the parts."""
    step: Step
    closed: bool
    rehearsal: bool
    created_on: date
    parts: Parts
    """Who is told alone and who together: people, cards and votes. Appraisals and feedback have parts of their own."""
    present: Mapping[str, int]
    """People by stakeholder, every participating one, in the order of the format; nothing where none are counted."""
    groups: Mapping[str, GroupState]
    """All groups of round 1 by id, in their order; in a public report those of a part are one."""
    group_counts: Mapping[str, int]
    """How many groups of round 1 there were, by stakeholder."""
    cards: Mapping[str, CardState]
    """Open cards that are not hidden, by id."""
    said: tuple[Said, ...]
    """The same cards as far as counting goes, in the same order."""
    hidden: int
    """Open cards that were hidden."""
    covered: int
    """Cards of groups that are not revealed."""
    topics: Mapping[str, TopicState]
    joined_to: Mapping[str, str]
    """Topics that are voted on together with another one."""
    nominations: Mapping[str, tuple[str, ...]]
    in_order: frozenset[str]
    """The groups whose nominations stand in the order of the group; those of the others in that of the alphabet."""
    ballot: tuple[str, ...]
    chosen: tuple[str, ...]
    voting: Voting
    voted: int | None
    """None where it may not be told."""
    result: Result | None
    """None before the reveal, and where it may not be told."""
    round_two: RoundTwo
    held: tuple[Held, ...]
    """The steps that were held, in the order in which they began; nothing of a dialogue planned only."""

    def holds(self, step: Step) -> bool:
        """Whether this step is in the plan."""
        return any(planned.step is step for planned in self.plan.steps)

    @property
    def withheld(self) -> Mapping[str, Withheld]:
        """The stakeholders that are not told alone, and why; nobody in an internal report."""
        return self.parts.withheld

    @property
    def balances(self) -> bool:
        """Whether the balanced result, the places by it and its badges may be told: not with a pool.

        Where they may not, `TopicResult.balanced` is the share of all who voted and `rank` the place by votes.
        """
        return self.parts.pool is None

    def is_pool(self, key: str) -> bool:
        """Whether this stands for several stakeholders together; what it says of itself or others cannot be told."""
        return any(key == pool.key for pool in self._pools())

    def who(self, key: str) -> Stakeholder:
        """The stakeholder with this key, or several of them together."""
        return next((pool for pool in self._pools() if pool.key == key), None) or self.plan.stakeholder(key)

    def _pools(self) -> Iterator[Stakeholder]:
        for parts in (self.parts, self.round_two.parts, self.round_two.feedback_parts):
            if parts.pool:
                yield parts.pool

    def category(self, key: str | None) -> str:
        """The category's name; a category that is no longer in the plan keeps its key, none is an empty text."""
        return next((c.label["de"] for c in self.plan.categories if c.key == key), key or "")


def read_report(db: Db, dialogue_id: str, today: date, profile: Profile = Profile.INTERNAL) -> Report:
    """Read everything that a report of this profile may tell. Raises NoSuchDialogue."""
    report = _read(db, dialogue_id, today)
    return published(report) if profile is Profile.PUBLIC else report


def _read(db: Db, dialogue_id: str, today: date) -> Report:
    """The internal report."""
    dialogue = queries.dialogue(db, dialogue_id)
    plan = queries.plan(dialogue)
    here = queries.present(db, dialogue_id).by_stakeholder
    rows = queries.groups(db, dialogue_id)
    revealed = {group.id for group in rows if group.revealed}
    said = tuple(queries.said(db, dialogue_id))
    cards = {card.id: card for card in queries.cards(db, dialogue_id)}
    topics = [topic for topic in queries.topics(db, dialogue_id) if topic.group_id in revealed]
    known = {topic.id for topic in topics}
    return Report(
        profile=Profile.INTERNAL,
        forum=db.get_one(Forum, dialogue.forum_id).name,
        plan=plan,
        step=Step(dialogue.step),
        closed=dialogue.closed,
        rehearsal=dialogue.rehearsal,
        created_on=today,
        parts=each_alone(plan.participating),
        present={s.key: here.get(s.key, 0) for s in plan.participating},
        group_counts={s.key: sum(group.stakeholder == s.key for group in rows) for s in plan.participating},
        in_order=frozenset(revealed),
        groups={group.id: queries.group_state(group) for group in rows},
        cards={card.card_id: queries.card_state(cards[card.card_id]) for card in said},
        said=said,
        hidden=sum(card.hidden for card in cards.values() if card.group_id in revealed),
        covered=sum(card.group_id not in revealed for card in cards.values()),
        topics={topic.id: queries.topic_state(topic) for topic in topics},
        joined_to={topic.id: topic.joined_to for topic in topics if topic.joined_to in known},
        nominations={of: ids for of, ids in queries.nominations(db, dialogue_id).items() if of in revealed},
        ballot=tuple(topic.id for topic in queries.ballot_topics(db, dialogue_id) if topic.id in known),
        chosen=tuple(topic_id for topic_id in dialogue.chosen_topics if topic_id in known),
        voting=Voting(dialogue.voting),
        voted=queries.voted(db, dialogue_id),
        result=queries.result(db, dialogue) if dialogue.voting == Voting.REVEALED else None,
        round_two=read_round_two(db, dialogue),
        held=tuple(held(db, dialogue)),
    )
