"""What a card, a topic, a person, a table, an entry and the stage are, inside events and on screens."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dialog.words import Pairing, Step, Valence


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
    """How many people are here, by stakeholder and by group, and how many of them have voted, wished and so on.

    `by_table` holds the people of each table by stakeholder, once the tables have been shown.
    """

    by_stakeholder: dict[str, int]
    by_group: dict[str, int]
    by_table: dict[str, dict[str, int]]
    voted: int
    wished: int
    appraised: int
    answered: int


NOBODY = Present(by_stakeholder={}, by_group={}, by_table={}, voted=0, wished=0, appraised=0, answered=0)
"""Stands in a happening until `record` has counted the room anew."""


class TableState(Value):
    """A mixed table: its name is its number, `topic_id` what it works on."""

    id: str
    name: str
    position: int
    topic_id: str | None
    locked: bool


class PairState(Value):
    """Two people who are to sit together, or apart."""

    id: str
    kind: Pairing
    first_id: str
    second_id: str


class VisionContent(Value):
    """A sentence of the ideal. `plain` is its twin in plain language, or empty."""

    kind: Literal["vision"]
    text: str
    plain: str


class BenefitContent(Value):
    """What this stakeholder would gain."""

    kind: Literal["benefit"]
    stakeholder: str
    text: str


class ProposalContent(Value):
    """Something concrete to do. Everything but the title may still be missing: an empty text, None, nothing chosen.

    `level` and `process_step` are keys of the format, `needs` are keys of stakeholders.
    """

    kind: Literal["proposal"]
    title: str
    what: str
    first_step: str
    level: str | None
    process_step: str | None
    needs: tuple[str, ...]
    card_ids: tuple[str, ...]
    benefit_ids: tuple[str, ...]


Content = Annotated[VisionContent | BenefitContent | ProposalContent, Field(discriminator="kind")]
"""What an entry says."""


class EntryState(Value):
    """What a table has written on its topic. `number` counts the dialogue's entries of this kind, from 1."""

    id: str
    table_id: str
    topic_id: str | None
    number: int
    content: Content


class Scores(Value):
    """How somebody appraises a proposal: effect and feasibility 1–5, or resistance 0–10; the other is None."""

    effect: int | None
    feasibility: int | None
    resistance: int | None


class CommitmentState(Value):
    """Who does what until when, and when it is looked at again."""

    id: str
    proposal_id: str | None
    number: int
    who: str
    what: str
    until: date
    review_on: date | None
