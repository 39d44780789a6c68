"""What a report may tell of one dialogue, read in one go.

Rule of the method: nothing is shown before it is revealed. So a group's cards and topics are here only once the group
has been revealed, the result of the vote only once it has been; hidden cards are counted and nothing else. There is no
person here, no person's number and no time of day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialog import queries
from dialog.attribution import Said
from dialog.events import CardState, GroupState, TopicState
from dialog.format import Plan, Stakeholder
from dialog.models import Forum
from dialog.store import Db
from dialog.tally import Result
from dialog.words import Step, Voting


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One dialogue at one moment."""

    forum: str
    plan: Plan
    step: Step
    closed: bool
    created_on: date
    present: Mapping[str, int]
    """People by stakeholder, every participating one, in the order of the format."""
    groups: Mapping[str, GroupState]
    """All groups of round 1 by id, in their order."""
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
    ballot: tuple[str, ...]
    chosen: tuple[str, ...]
    voting: Voting
    voted: int
    result: Result | None
    """None before the reveal."""

    def who(self, key: str) -> Stakeholder:
        return self.plan.stakeholder(key)

    def category(self, key: str | None) -> str:
        """The category's name; a category that is no longer in the plan keeps its key, none is an empty text."""
        return next((c.label["de"] for c in self.plan.categories if c.key == key), key or "")


def read_report(db: Db, dialogue_id: str, today: date) -> Report:
    """Read everything a report may tell. Raises NoSuchDialogue."""
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
        forum=db.get_one(Forum, dialogue.forum_id).name,
        plan=plan,
        step=Step(dialogue.step),
        closed=dialogue.closed,
        created_on=today,
        present={s.key: here.get(s.key, 0) for s in plan.participating},
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
    )
