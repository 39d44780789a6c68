"""The mixed tables as they stand now: who sits there, what is written, and who has no benefit yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog import queries, table_queries
from dialog.models import Dialogue
from dialog.store import Db
from sessions.entries import TableShown, all_tables
from sessions.stakeholders import Who, taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNow:
    """One table and how far it is. Nothing of what it has written, only how much."""

    table: TableShown
    people: Mapping[str, int]
    """By stakeholder, for each one who takes part."""
    by_hand: Sequence[str]
    """The numbers of its people without a phone, who look for their table on the wall."""
    visions: int
    benefits: int
    proposals: int
    missing: Sequence[Who]
    """Stakeholders of the triangle for whom it has written no benefit yet."""

    @property
    def seated(self) -> int:
        return sum(self.people.values())


def tables_now(db: Db, dialogue: Dialogue) -> list[TableNow]:
    """All tables in order, drawn or shown. The caller decides whether they may be seen."""
    voters = taking_part(queries.plan(dialogue))
    written = table_queries.progress(db, dialogue.id)
    seats = table_queries.seats(db, dialogue.id)
    here = queries.people(db, dialogue.id)
    found = []
    for table in all_tables(db, dialogue.id).values():
        progress = written.get(table.id, {})
        people = [person for person in here if seats.get(person.id) == table.id]
        found.append(
            TableNow(
                table=table,
                people={who.key: sum(person.stakeholder == who.key for person in people) for who in voters},
                by_hand=[person.number for person in people if not person.has_phone],
                visions=progress.get("vision", 0),
                benefits=progress.get("benefit", 0),
                proposals=progress.get("proposal", 0),
                missing=[who for who in voters if not progress.get(f"benefit:{who.key}")],
            )
        )
    return found
