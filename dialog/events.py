"""Everything that can happen in a dialogue, and how each audience is told.

*Happenings* are written into the journal. They are complete: they say who did it and what was before, so that a journal can be
replayed and an act undone. They never leave the server. *Tidings* go over the wire. `audience.tell` turns one happening
into the tiding an audience may know. No field of either is optional.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from dialog.format import Plan
from dialog.words import LinkKind, Step, Valence, Voting


class Value(BaseModel):
    """A frozen value inside an event."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CardState(Value):
    """A card as a screen shows it. `mine` is true only on the author's own phone."""

    id: str
    group_id: str
    valence: Valence
    text: str
    addressees: tuple[str, ...]
    topic_id: str | None
    rank: float
    hidden: bool
    paper: bool
    mine: bool


class TopicState(Value):
    """A topic as a screen shows it."""

    id: str
    group_id: str
    title: str
    category: str | None
    rank: float


class PersonState(Value):
    """A person as the cockpit and the own group's board show them: a number, no name."""

    id: str
    number: str
    arrival: int
    stakeholder: str
    group_id: str
    organisation: str
    languages: tuple[str, ...]
    needs_interpreter: bool
    has_phone: bool


class GroupState(Value):
    """A group with its counts."""

    id: str
    round: int
    stakeholder: str
    name: str
    position: int


class Stage(Value):
    """Where the dialogue stands: the step, its timer, the step just left, and what the projector shows."""

    step: Step
    began_at: datetime
    left_step: Step | None
    left_at: datetime | None
    timer_ends_at: datetime | None
    picture: str


class Present(Value):
    """How many people are here, by stakeholder and by group, and how many of them have voted."""

    by_stakeholder: dict[str, int]
    by_group: dict[str, int]
    voted: int


class Event(BaseModel):
    """Something that has happened."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Happening(Event):
    """What the journal keeps."""


class Tiding(Event):
    """What goes over the wire."""


# --- Happenings: the room ---------------------------------------------------------------------------------------------


class PlanChanged(Happening):
    """The moderator has adjusted title, stakeholders, questions, categories or limits."""

    plan: Plan
    was_plan: Plan


class DoorSet(Happening):
    """The door was opened or closed for new people."""

    open: bool
    was_open: bool


class GroupMade(Happening):
    """A group came into being."""

    group: GroupState


class GroupRemoved(Happening):
    """A group without people and cards was taken away again."""

    group: GroupState


class PersonArrived(Happening):
    """A person has come in and got a number and a group."""

    person: PersonState
    device_hash: str
    present: Present


class PersonMoved(Happening):
    """A person sits in another group now; the stakeholder follows the group."""

    person: PersonState
    was_person: PersonState
    present: Present


class PersonLeft(Happening):
    """A person was taken out of the dialogue; the cards stay."""

    person: PersonState
    present: Present


class PersonReturned(Happening):
    """A person who was taken out is back."""

    person: PersonState
    present: Present


class PhoneChanged(Happening):
    """A person goes on with another phone; the old one is no longer recognised."""

    person_id: str
    device_hash: str
    has_phone: bool


class LinkMade(Happening):
    """A link for co-moderators or the projector was handed out."""

    link_id: str
    kind: LinkKind
    group_id: str | None


class LinkRevoked(Happening):
    """A link no longer opens anything."""

    link_id: str
    kind: LinkKind
    group_id: str | None


class StageSet(Happening):
    """The dialogue has gone to another step, forward or back."""

    stage: Stage
    was_stage: Stage


class TimerSet(Happening):
    """The advisory timer now ends at another moment."""

    ends_at: datetime | None
    was_ends_at: datetime | None


class PictureSet(Happening):
    """The projector shows another picture of the current step."""

    picture: str
    was_picture: str


# --- Happenings: cards ------------------------------------------------------------------------------------------------


class CardPosted(Happening):
    """Somebody has pinned a card. `written` counts the group's standing cards after it."""

    card: CardState
    author_id: str | None
    revealed: bool
    written: int


class CardEdited(Happening):
    """The author has changed the own card."""

    card: CardState
    was_card: CardState
    author_id: str | None
    revealed: bool
    written: int


class CardWithdrawn(Happening):
    """The author has taken the own card back."""

    card: CardState
    author_id: str | None
    revealed: bool
    written: int


class CardRestored(Happening):
    """The author has put a withdrawn card back."""

    card: CardState
    author_id: str | None
    revealed: bool
    written: int


class CardsRevealed(Happening):
    """A group's cards are open to the group and the moderators."""

    group_id: str


class CardsCovered(Happening):
    """A reveal was undone."""

    group_id: str


class CardPlaced(Happening):
    """A card lies in another topic, or at another place."""

    card_id: str
    group_id: str
    topic_id: str | None
    rank: float
    was_topic_id: str | None
    was_rank: float


class CardHidden(Happening):
    """A moderator has hidden a card; only moderators and its author still see it."""

    card: CardState
    author_id: str | None
    revealed: bool
    written: int


class CardShown(Happening):
    """A hidden card is back on the board."""

    card: CardState
    author_id: str | None
    revealed: bool
    written: int


# --- Happenings: topics and votes -------------------------------------------------------------------------------------


class TopicMade(Happening):
    """A group has a new topic."""

    topic: TopicState


class TopicRemoved(Happening):
    """An empty topic was taken away."""

    topic: TopicState


class TopicNamed(Happening):
    """A topic has another title."""

    topic_id: str
    group_id: str
    title: str
    was_title: str


class TopicCategorised(Happening):
    """A topic has another category of the code book, or none."""

    topic_id: str
    group_id: str
    category: str | None
    was_category: str | None


class TopicPlaced(Happening):
    """A topic stands at another place on its board."""

    topic_id: str
    group_id: str
    rank: float
    was_rank: float


class TopicsNominated(Happening):
    """A group's most important topics, in order. The whole list counts; the last change wins."""

    group_id: str
    topic_ids: tuple[str, ...]
    was_topic_ids: tuple[str, ...]


class TopicJoined(Happening):
    """A topic is voted on together with another one, or by itself again."""

    topic_id: str
    joined_to: str | None
    was_joined_to: str | None


class VotingSet(Happening):
    """The vote was opened, closed, revealed, or taken a step back."""

    voting: Voting
    closed_at: datetime | None
    was_voting: Voting
    was_closed_at: datetime | None


class BallotCast(Happening):
    """A person has voted, or changed the vote. `voted` counts the people with at least one vote given."""

    ballot_id: str
    person_id: str
    stakeholder: str
    votes: dict[str, int]
    was_votes: dict[str, int]
    voted: int


class TopicsChosen(Happening):
    """The moderator has chosen the topics for round 2, in order."""

    topic_ids: tuple[str, ...]
    was_topic_ids: tuple[str, ...]


class AuthorshipCut(Happening):
    """The dialogue is closed and nobody can tell any more who wrote or chose what."""

    cards: int
    ballots: int
    people: int


# --- Tidings ----------------------------------------------------------------------------------------------------------


class PageTurned(Tiding):
    """Your picture is a new one: fetch it."""


class DoorToldOf(Tiding):
    """The door stands open, or is closed."""

    open: bool


class TimerToldOf(Tiding):
    """The timer ends at this moment (UTC), or is off."""

    ends_at: datetime | None


class PeopleCounted(Tiding):
    """So many people are here."""

    present: Present


class PersonSeated(Tiding):
    """This person is here and sits in this group."""

    person: PersonState
    present: Present


class PersonGone(Tiding):
    """This person is no longer in what you see."""

    person_id: str
    present: Present


class CardCounted(Tiding):
    """A group has so many cards; which, you may not know."""

    group_id: str
    written: int


class CardPinned(Tiding):
    """This card looks like this now."""

    card: CardState
    written: int


class CardTaken(Tiding):
    """This card is no longer in what you see."""

    card_id: str
    group_id: str
    written: int


class CardMoved(Tiding):
    """This card lies here now."""

    card_id: str
    topic_id: str | None
    rank: float


class TopicPinned(Tiding):
    """This topic is on the board."""

    topic: TopicState


class TopicTaken(Tiding):
    """This topic is no longer on the board."""

    topic_id: str


class TopicTitled(Tiding):
    """This topic is called that now."""

    topic_id: str
    title: str


class TopicCoded(Tiding):
    """This topic has this category, or none."""

    topic_id: str
    category: str | None


class TopicMoved(Tiding):
    """This topic stands here now."""

    topic_id: str
    rank: float


class NominationsSet(Tiding):
    """The group nominates these, in this order."""

    group_id: str
    topic_ids: tuple[str, ...]


class NominationsCounted(Tiding):
    """The group has nominated so many; which, you may not know yet."""

    group_id: str
    count: int


class BallotsCounted(Tiding):
    """So many people have voted; what, nobody may know yet."""

    voted: int


def _leaves(cls: type[Event]) -> dict[str, type[Event]]:
    return {leaf.__name__: leaf for leaf in cls.__subclasses__()}


HAPPENINGS = _leaves(Happening)
TIDINGS = _leaves(Tiding)


def to_wire(event: Event) -> dict[str, Any]:
    """The event as JSON values, with its name under `type`."""
    return {"type": type(event).__name__, **event.model_dump(mode="json")}


def from_journal(entry: dict[str, Any]) -> Happening:
    """A happening as the journal kept it. Raises KeyError for a type this version does not know."""
    fields = dict(entry)
    cls = HAPPENINGS[fields.pop("type")]
    event = cls.model_validate(fields)
    assert isinstance(event, Happening)
    return event
