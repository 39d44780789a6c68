"""What happens to cards."""

from dialog.events.kinds import Happening
from dialog.events.values import CardState


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
