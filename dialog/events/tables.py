"""What happens to the mixed tables: what was asked of the draw, the draw itself, and who sits where."""

from dialog.events.kinds import Happening
from dialog.events.values import PairState, Present, TableState


class WishesSet(Happening):
    """A person has named topics to work on, in order. `wished` counts the people with at least one wish."""

    person_id: str
    topic_ids: tuple[str, ...]
    was_topic_ids: tuple[str, ...]
    wished: int


class PairMade(Happening):
    """Two people are to sit together, or apart."""

    pair: PairState


class PairRemoved(Happening):
    """Two people may sit as it comes again."""

    pair: PairState


class PersonFixed(Happening):
    """A person is to sit at the table with this number, wherever that table ends up, or may sit anywhere."""

    person_id: str
    at: int | None
    was_at: int | None


class TablesDrawn(Happening):
    """The mixed tables were drawn. `seats` map everybody who has one to a table; `shown` says whether people see it."""

    tables: tuple[TableState, ...]
    seats: dict[str, str]
    seed: int | None
    was_tables: tuple[TableState, ...]
    was_seats: dict[str, str]
    was_seed: int | None
    shown: bool


class TablesShown(Happening):
    """Everybody sees who sits where, or it was taken back."""

    shown: bool
    was_shown: bool


class TableSet(Happening):
    """A table works on another topic, or was locked or unlocked."""

    table: TableState
    was_table: TableState
    shown: bool


class SeatTaken(Happening):
    """A person sits at this table now, or at none."""

    person_id: str
    table_id: str | None
    was_table_id: str | None
    shown: bool
    present: Present
