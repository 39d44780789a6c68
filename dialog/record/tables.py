"""Mixed tables, seats and what was asked of the draw, in the rows."""

from sqlalchemy import update

from dialog import events as e
from dialog import table_queries
from dialog.models import Dialogue, Group, Pair, Participant, Seat, Table, Topic
from dialog.record.writers import row, still, writes
from dialog.store import Db


@writes(e.WishesSet)
def _wishes(db: Db, dialogue: Dialogue, happening: e.WishesSet) -> None:
    seat = _seat(db, dialogue, happening.person_id)
    still((tuple(seat.wishes), happening.was_topic_ids))
    for topic_id in happening.topic_ids:
        row(db, Topic, topic_id)
    seat.wishes = list(happening.topic_ids)


@writes(e.PairMade)
def _pair_made(db: Db, dialogue: Dialogue, happening: e.PairMade) -> None:
    pair = happening.pair
    for person_id in (pair.first_id, pair.second_id):
        row(db, Participant, person_id)
    still((db.get(Pair, pair.id), None))
    db.add(Pair(dialogue_id=dialogue.id, **pair.model_dump()))


@writes(e.PairRemoved)
def _pair_removed(db: Db, dialogue: Dialogue, happening: e.PairRemoved) -> None:
    db.delete(row(db, Pair, happening.pair.id))


@writes(e.PersonFixed)
def _fixed(db: Db, dialogue: Dialogue, happening: e.PersonFixed) -> None:
    seat = _seat(db, dialogue, happening.person_id)
    still((seat.fixed_at, happening.was_at))
    seat.fixed_at = happening.at


@writes(e.TablesDrawn)
def _drawn(db: Db, dialogue: Dialogue, happening: e.TablesDrawn) -> None:
    now = tuple(table_queries.tables(db, dialogue.id))
    still(
        (now, happening.was_tables),
        (table_queries.seats(db, dialogue.id), happening.was_seats),
        (dialogue.mixing_seed, happening.was_seed),
    )
    db.execute(update(Seat).where(Seat.dialogue_id == dialogue.id).values(table_id=None))
    db.expire_all()
    kept = {table.id for table in happening.tables}
    for table in now:
        if table.id not in kept:
            _take_away(db, table.id)
    for table in happening.tables:
        _put_up(db, dialogue, table)
    for person_id, table_id in happening.seats.items():
        _seat(db, dialogue, person_id).table_id = table_id
    dialogue.mixing_seed = happening.seed


@writes(e.TablesShown)
def _shown(db: Db, dialogue: Dialogue, happening: e.TablesShown) -> None:
    still((dialogue.tables_shown, happening.was_shown))
    dialogue.tables_shown = happening.shown


@writes(e.TableSet)
def _table(db: Db, dialogue: Dialogue, happening: e.TableSet) -> None:
    was = happening.was_table
    table = row(db, Table, was.id)
    still((table.topic_id, was.topic_id), (table.locked, was.locked))
    _known_topic(db, happening.table)
    table.topic_id, table.locked = happening.table.topic_id, happening.table.locked


@writes(e.SeatTaken)
def _seat_taken(db: Db, dialogue: Dialogue, happening: e.SeatTaken) -> None:
    seat = _seat(db, dialogue, happening.person_id)
    still((seat.table_id, happening.was_table_id))
    if happening.table_id is not None:
        row(db, Table, happening.table_id)
    seat.table_id = happening.table_id


def _put_up(db: Db, dialogue: Dialogue, table: e.TableState) -> None:
    _known_topic(db, table)
    found = db.get(Table, table.id)
    if found is None:
        db.add(
            Group(
                id=table.id,
                dialogue_id=dialogue.id,
                round=2,
                stakeholder="",
                name=table.name,
                position=table.position,
                revealed=False,
                written=0,
            )
        )
        db.flush()
        db.add(Table(group_id=table.id, topic_id=table.topic_id, locked=table.locked))
        db.flush()
    else:
        found.topic_id, found.locked = table.topic_id, table.locked


def _take_away(db: Db, table_id: str) -> None:
    """Raises ChangedSince for a table that has written something, also something it has taken back."""
    still((table_queries.ever_wrote(db, table_id), False))
    db.delete(row(db, Table, table_id))
    db.flush()
    db.delete(row(db, Group, table_id))
    db.flush()


def _known_topic(db: Db, table: e.TableState) -> None:
    if table.topic_id is not None:
        row(db, Topic, table.topic_id)


def _seat(db: Db, dialogue: Dialogue, person_id: str) -> Seat:
    """The person's row, made with the first thing it holds."""
    seat = db.get(Seat, person_id)
    if seat is None:
        row(db, Participant, person_id)
        seat = Seat(participant_id=person_id, dialogue_id=dialogue.id, table_id=None, fixed_at=None, wishes=[])
        db.add(seat)
    return seat
