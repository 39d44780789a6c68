"""Draw the mixed tables: who sits with whom in round 2. People see it only after `show_tables`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dialog import draw, errors, mixing, queries, table_queries
from dialog.acting import Command
from dialog.events import Happening, LinkRevoked, TablesDrawn, TableState
from dialog.models import Link
from dialog.store import Db
from dialog.words import LinkKind


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawMixedGroups(Command):
    """Drawing anew keeps the tables that stay, their topics, and the people of locked tables. `seed` is the dice."""

    tables: int
    seed: int


def draw_mixed_groups(db: Db, command: DrawMixedGroups) -> list[Happening]:
    """Each table gets one of the chosen topics, in turn. The links of tables that go are revoked.

    Raises TableInUse for fewer tables than have written something, and what `mixing.draw` raises for wishes that
    cannot all come true.
    """
    dialogue = queries.dialogue(db, command.dialogue_id)
    before = table_queries.tables(db, dialogue.id)
    for table in before[max(command.tables, 0) :]:
        if table_queries.ever_wrote(db, table.id):
            raise errors.TableInUse(table=table.name)
    after = _tables(command, before, dialogue.chosen_topics)
    now = draw.mix(db, dialogue)
    seats = mixing.draw(
        now.people,
        tuple(mixing.Table(id=t.id, name=t.name, topic=t.topic_id, locked=t.locked) for t in after),
        draw.rules(db, dialogue, {table.name: table.id for table in after}),
        command.seed,
        now.seated,
    )
    return [
        *_revoked(db, [table.id for table in before[command.tables :]]),
        TablesDrawn(
            tables=after,
            seats=dict(sorted(seats.items())),
            seed=command.seed,
            was_tables=tuple(before),
            was_seats=table_queries.seats(db, dialogue.id),
            was_seed=dialogue.mixing_seed,
            shown=dialogue.tables_shown,
        ),
    ]


def _revoked(db: Db, table_ids: Sequence[str]) -> list[Happening]:
    """A happening of its own for each link, so that undoing the draw hands them out again."""
    links = db.scalars(select(Link).where(Link.group_id.in_(table_ids), Link.revoked.is_(False)).order_by(Link.id))
    return [LinkRevoked(link_id=link.id, kind=LinkKind(link.kind), group_id=link.group_id) for link in links]


def _tables(command: DrawMixedGroups, before: Sequence[TableState], topics: Sequence[str]) -> tuple[TableState, ...]:
    kept = before[: command.tables]
    return (
        *kept,
        *(
            TableState(
                id=command.new_id("table", position),
                name=str(position + 1),
                position=position,
                topic_id=topics[position % len(topics)] if topics else None,
                locked=False,
            )
            for position in range(len(kept), command.tables)
        ),
    )
