"""What a card, a topic, a person, a group and the stage are, inside events and on screens."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from dialog.words import Step, Valence


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
