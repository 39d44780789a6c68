"""What an archive holds. Every value is bounded, and nothing is in it that this does not name.

No person is in it: people are counted by group and table. What one person gave on one paper stays together, as it does
after the close, and papers lie in an order that tells nothing.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from dialog.format import Key, LevelKey, Plan
from dialog.words import FollowUpState, Step, Valence, Voting

SCHEMA_VERSION = 2
MOST_PEOPLE = 2000
MOST_ENTRIES = 20_000
MOST_CARDS = 200_000


def _whole_minute(moment: datetime) -> datetime:
    if moment.second or moment.microsecond or moment.utcoffset() != timedelta():
        raise ValueError("a moment is told to the minute, in UTC")
    return moment.astimezone(UTC)


def of_our_time(day: date) -> date:
    if not 2000 <= day.year <= 2200:
        raise ValueError("a day must be between 2000 and 2200")
    return day


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,24}$")]
Day = Annotated[date, AfterValidator(of_our_time)]
Minute = Annotated[AwareDatetime, AfterValidator(_whole_minute), AfterValidator(of_our_time)]
Rank = Annotated[float, Field(allow_inf_nan=False)]
Number = Annotated[int, Field(ge=1, le=10_000_000)]
Count = Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
Title = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
TextOrNone = Annotated[str, Field(max_length=4000)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Thing(Part):
    """A part that others name by its id."""

    id: Id


class Stay(Part):
    """One stay in a step that is over. One that was only passed through ends in the minute in which it began."""

    step: Step
    began_at: Minute | None
    ended_at: Minute


class Group(Thing):
    """A group of round 1, with the topics it nominated in their order."""

    stakeholder: Key
    name: Annotated[str, Field(min_length=1, max_length=20)]
    position: Annotated[int, Field(ge=0, le=100_000)]
    revealed: bool
    nominations: Annotated[tuple[Id, ...], Field(max_length=10)]


class Table(Thing):
    """A mixed table. `colleagues` are the numbers of people of one organisation each, from two on; `unaided` are the
    people who need an interpreter and have none here. Neither organisation nor language is named."""

    name: Annotated[str, Field(min_length=1, max_length=20)]
    position: Annotated[int, Field(ge=0, le=100_000)]
    topic_id: Id | None
    locked: bool
    colleagues: Annotated[tuple[Annotated[int, Field(ge=2, le=MOST_PEOPLE)], ...], Field(max_length=MOST_PEOPLE)]
    unaided: Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class People(Part):
    """How many people of a group sat at a table, or at none."""

    group_id: Id
    table_id: Id | None
    count: Count


class Topic(Thing):
    group_id: Id
    title: Annotated[str, Field(max_length=120)]
    category: Key | None
    rank: Rank
    joined_to: Id | None


class Card(Thing):
    group_id: Id
    topic_id: Id | None
    valence: Valence
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    addressees: Annotated[tuple[Key, ...], Field(min_length=1, max_length=24)]
    rank: Rank
    hidden: bool
    paper: bool


class Ballot(Part):
    """What one person gave: votes by topic."""

    stakeholder: Key
    votes: Annotated[dict[Id, Annotated[int, Field(ge=1, le=20)]], Field(min_length=1, max_length=20)]


class Entry(Thing):
    """What all entries of a table share."""

    table_id: Id
    topic_id: Id | None
    number: Number


class Vision(Entry):
    text: Text
    plain: TextOrNone


class Benefit(Entry):
    stakeholder: Key
    text: Text


class Proposal(Entry):
    title: Annotated[Title, Field(min_length=1)]
    what: TextOrNone
    first_step: TextOrNone
    level: LevelKey | None
    process_step: Key | None
    needs: Annotated[tuple[Key, ...], Field(max_length=24)]
    card_ids: Annotated[tuple[Id, ...], Field(max_length=20_000)]
    benefit_ids: Annotated[tuple[Id, ...], Field(max_length=1000)]


class Appraisal(Part):
    """What a person thought of a proposal; without one, of "everything stays as it is"."""

    proposal_id: Id | None
    effect: Annotated[int, Field(ge=1, le=5)] | None
    feasibility: Annotated[int, Field(ge=1, le=5)] | None
    resistance: Annotated[int, Field(ge=0, le=10)] | None


class AppraisalPaper(Part):
    """All that one person gave."""

    stakeholder: Key
    given: Annotated[tuple[Appraisal, ...], Field(min_length=1, max_length=MOST_ENTRIES)]


class FollowUp(Part):
    state: FollowUpState
    noted_on: Day
    sentence: TextOrNone


class Commitment(Thing):
    """With what became of it, one note after the other."""

    proposal_id: Id | None
    number: Number
    who: Text
    what: Text
    until: Day
    review_on: Day | None
    follow_ups: Annotated[tuple[FollowUp, ...], Field(max_length=1000)]


class FeedbackPaper(Part):
    """What one person answered."""

    stakeholder: Key
    answers: Annotated[dict[Key, Annotated[int, Field(ge=1, le=5)]], Field(max_length=24)]
    sentence: TextOrNone


class Archive(Part):
    """One closed dialogue. What was taken back, and who left, is not in it."""

    dialogue_id: Id
    rehearsal: bool
    plan: Plan
    step: Step
    step_began_at: Minute
    held: Annotated[tuple[Stay, ...], Field(max_length=10_000)]
    groups: Annotated[tuple[Group, ...], Field(max_length=MOST_PEOPLE)]
    people: Annotated[tuple[People, ...], Field(max_length=MOST_PEOPLE)]
    topics: Annotated[tuple[Topic, ...], Field(max_length=MOST_ENTRIES)]
    cards: Annotated[tuple[Card, ...], Field(max_length=MOST_CARDS)]
    voting: Voting
    ballots: Annotated[tuple[Ballot, ...], Field(max_length=MOST_PEOPLE)]
    chosen_topics: Annotated[tuple[Id, ...], Field(max_length=1000)]
    tables: Annotated[tuple[Table, ...], Field(max_length=1000)]
    tables_shown: bool
    mixing_seed: Annotated[int, Field(ge=-(2**31), lt=2**31)] | None
    visions: Annotated[tuple[Vision, ...], Field(max_length=MOST_ENTRIES)]
    benefits: Annotated[tuple[Benefit, ...], Field(max_length=MOST_ENTRIES)]
    proposals: Annotated[tuple[Proposal, ...], Field(max_length=MOST_ENTRIES)]
    appraising: Voting
    appraisals: Annotated[tuple[AppraisalPaper, ...], Field(max_length=MOST_PEOPLE)]
    commitments: Annotated[tuple[Commitment, ...], Field(max_length=MOST_ENTRIES)]
    feedback: Annotated[tuple[FeedbackPaper, ...], Field(max_length=MOST_PEOPLE)]

    @property
    def people_here(self) -> int:
        return sum(some.count for some in self.people)
