"""What happens to the visions, benefits and proposals of a table.

`progress` counts the table's entries by kind, and its benefits also as "benefit:<stakeholder>". `open` says whether
the proposals of all tables lie open to everybody, `shown` whether people know the tables at all.
"""

from dialog.events.kinds import Happening
from dialog.events.values import EntryState


class EntryWritten(Happening):
    """A table has written something."""

    entry: EntryState
    progress: dict[str, int]
    open: bool
    shown: bool


class EntryEdited(Happening):
    """A table has changed what it had written."""

    entry: EntryState
    was_entry: EntryState
    progress: dict[str, int]
    open: bool
    shown: bool


class EntryWithdrawn(Happening):
    """A table has taken something back."""

    entry: EntryState
    progress: dict[str, int]
    open: bool
    shown: bool


class EntryRestored(Happening):
    """A table has put something back that it had taken back."""

    entry: EntryState
    progress: dict[str, int]
    open: bool
    shown: bool
