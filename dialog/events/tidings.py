"""What the audiences are told. No tiding carries an author, a vote or a tally."""

from datetime import datetime

from dialog.events.kinds import Tiding
from dialog.events.values import CardState, EntryState, PersonState, Present, TopicState


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


class EntryPinned(Tiding):
    """This is what the table has written."""

    entry: EntryState
    progress: dict[str, int]


class EntryTaken(Tiding):
    """The table has taken this back."""

    entry_id: str
    table_id: str
    progress: dict[str, int]


class EntriesCounted(Tiding):
    """A table has written so much; what, you may not know yet."""

    table_id: str
    progress: dict[str, int]


class WishesCounted(Tiding):
    """So many people have named a topic to work on."""

    wished: int


class AppraisalsCounted(Tiding):
    """So many people have appraised; how, nobody may know yet."""

    appraised: int


class FeedbackCounted(Tiding):
    """So many people have said how the afternoon was."""

    answered: int
