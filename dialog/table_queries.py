"""Read-only selects for round 2: tables, who sits where, what was asked of the draw, and what the tables write."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from dialog import queries
from dialog.counting import wished as wished
from dialog.events import (
    BenefitContent,
    Content,
    EntryState,
    PairState,
    ProposalContent,
    TableState,
    VisionContent,
)
from dialog.models import Benefit, Card, Dialogue, Group, Pair, Participant, Proposal, Seat, Table, Topic, Vision
from dialog.store import Db
from dialog.words import Pairing, Step

Entry = Vision | Benefit | Proposal
KINDS: dict[str, type[Vision] | type[Benefit] | type[Proposal]] = {
    "vision": Vision,
    "benefit": Benefit,
    "proposal": Proposal,
}
"""The rows of each kind of entry."""


_TABLES = (
    select(Group, Table)
    .join(Table, Table.group_id == Group.id)
    .where(Group.dialogue_id == bindparam("dialogue_id"), Group.round == 2)
    .order_by(Group.position)
)


def tables(db: Db, dialogue_id: str) -> list[TableState]:
    """The mixed tables in order, also those that people have not been shown yet."""
    rows = db.execute(_TABLES, {"dialogue_id": dialogue_id})
    return [
        TableState(id=group.id, name=group.name, position=group.position, topic_id=table.topic_id, locked=table.locked)
        for group, table in rows
    ]


def seats(db: Db, dialogue_id: str) -> dict[str, str]:
    """The table of everybody who has one, also of people who were taken out, by person id."""
    taken = select(Seat.participant_id, Seat.table_id).where(Seat.dialogue_id == dialogue_id)
    rows = db.execute(taken.where(Seat.table_id.is_not(None)).order_by(Seat.participant_id))
    return {person_id: table_id for person_id, table_id in rows if table_id is not None}


def seat(db: Db, person_id: str) -> Seat | None:
    return db.get(Seat, person_id)


def table_of(db: Db, person_id: str) -> str | None:
    """The table at which a person sits, also one that people have not been shown yet."""
    return db.scalar(select(Seat.table_id).where(Seat.participant_id == person_id))


def home(db: Db, dialogue: Dialogue, person: Participant) -> str:
    """The group to which a person's phone belongs now: that of round 1, in round 2 the table, "" while it has none."""
    if queries.plan(dialogue).round_of(Step(dialogue.step)) == 1:
        return person.group_id
    return (table_of(db, person.id) or "") if dialogue.tables_shown else ""


def homes(db: Db, dialogue: Dialogue) -> dict[str, str]:
    """`home` of everybody who is here, by person id."""
    people = queries.people(db, dialogue.id)
    if queries.plan(dialogue).round_of(Step(dialogue.step)) == 1:
        return {person.id: person.group_id for person in people}
    at = seats(db, dialogue.id) if dialogue.tables_shown else {}
    return {person.id: at.get(person.id, "") for person in people}


def wishes(db: Db, dialogue_id: str) -> dict[str, tuple[str, ...]]:
    """The topics that people named, in their order, by person id."""
    here = select(Seat).join(Participant, Participant.id == Seat.participant_id)
    rows = db.scalars(here.where(Seat.dialogue_id == dialogue_id, Participant.left.is_(False)))
    return {row.participant_id: tuple(row.wishes) for row in rows if row.wishes}


def fixed(db: Db, dialogue_id: str) -> dict[str, int]:
    """The number of the table at which a person is to sit, by person id."""
    rows = db.scalars(select(Seat).where(Seat.dialogue_id == dialogue_id, Seat.fixed_at.is_not(None)))
    return {row.participant_id: row.fixed_at for row in rows if row.fixed_at is not None}


def pairs(db: Db, dialogue_id: str) -> list[PairState]:
    """Who is to sit together or apart, in a stable order."""
    rows = db.scalars(select(Pair).where(Pair.dialogue_id == dialogue_id).order_by(Pair.kind, Pair.id))
    return [
        PairState(id=row.id, kind=Pairing(row.kind), first_id=row.first_id, second_id=row.second_id) for row in rows
    ]


def at_table(db: Db, dialogue_id: str, table_id: str) -> Sequence[Participant]:
    """The people of one table, in the order of arrival."""
    sitting = select(Participant).join(Seat, Seat.participant_id == Participant.id)
    here = sitting.where(Seat.table_id == table_id, Participant.dialogue_id == dialogue_id, Participant.left.is_(False))
    return db.scalars(here.order_by(Participant.arrival)).all()


def works_on(db: Db, topic_id: str) -> bool:
    """Whether a table works on a topic, or has written something on it, also something it has taken back."""
    at_work = [select(kind.topic_id).where(kind.topic_id == topic_id).exists() for kind in (Table, *KINDS.values())]
    return bool(db.scalar(select(or_(*at_work))))


def topic_cards(db: Db, dialogue_id: str, topic_id: str | None) -> list[Card]:
    """What was said on a topic in round 1: its open cards and those of the topics joined to it."""
    if topic_id is None:
        return []
    of_topic = select(Topic.id).where(or_(Topic.id == topic_id, Topic.joined_to == topic_id))
    open_cards = (
        select(Card)
        .join(Group, Group.id == Card.group_id)
        .where(Card.dialogue_id == dialogue_id, Card.topic_id.in_(of_topic))
        .where(Card.withdrawn.is_(False), Card.hidden.is_(False), Group.revealed)
    )
    return list(db.scalars(open_cards.order_by(Group.position, Card.valence.desc(), Card.rank, Card.id)))


def _standing(kind: type[Entry], where: InstrumentedAttribute[str]) -> Select[Any]:
    """The entries of one kind that stand, of everything that has the same `where`."""
    standing = select(kind).where(where == bindparam("there"), kind.withdrawn.is_(False))
    return standing.order_by(kind.number, kind.id)


_ENTRIES = {name: _standing(kind, kind.dialogue_id) for name, kind in KINDS.items()}
_ENTRIES_OF_TABLE = {name: _standing(kind, kind.table_id) for name, kind in KINDS.items()}
"""By the table alone: with the dialogue as well the database would look through what all tables have written."""


def entries(db: Db, dialogue_id: str, table_id: str | None = None, kind: str | None = None) -> list[EntryState]:
    """What stands written: of one table or all, of one kind or all; by kind, then number."""
    found: list[EntryState] = []
    for name in KINDS:
        if kind not in (None, name):
            continue
        standing = _ENTRIES[name] if table_id is None else _ENTRIES_OF_TABLE[name]
        rows = db.scalars(standing, {"there": dialogue_id if table_id is None else table_id})
        found += [entry_state(row) for row in rows if row.dialogue_id == dialogue_id]
    return found


def entry(db: Db, dialogue_id: str, entry_id: str) -> Entry | None:
    """The row of an entry, standing or withdrawn; None if this dialogue has none of that id."""
    for model in KINDS.values():
        row: Any = db.get(model, entry_id)
        if row is not None and row.dialogue_id == dialogue_id:
            found: Entry = row
            return found
    return None


def progress(db: Db, dialogue_id: str) -> dict[str, dict[str, int]]:
    """How much each table has written: by kind, and its benefits also as "benefit:<stakeholder>"."""
    return _progress(db, lambda kind: kind.dialogue_id == dialogue_id)


def progress_of(db: Db, table_id: str) -> dict[str, int]:
    """`progress` of one table; what the others have written costs nothing."""
    return _progress(db, lambda kind: kind.table_id == table_id).get(table_id, {})


def _progress(db: Db, where: Callable[[Any], ColumnElement[bool]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for name, kind in KINDS.items():
        standing = select(kind.table_id, func.count()).where(where(kind), kind.withdrawn.is_(False))
        for table_id, count in db.execute(standing.group_by(kind.table_id)):
            counts.setdefault(table_id, {})[name] = count
    of_stakeholder = select(Benefit.table_id, Benefit.stakeholder, func.count()).where(
        where(Benefit), Benefit.withdrawn.is_(False)
    )
    for table_id, stakeholder, count in db.execute(of_stakeholder.group_by(Benefit.table_id, Benefit.stakeholder)):
        counts[table_id][f"benefit:{stakeholder}"] = count
    return {table_id: dict(sorted(of_table.items())) for table_id, of_table in counts.items()}


def ever_wrote(db: Db, table_id: str) -> bool:
    """Whether a table has written anything, also something it has taken back since."""
    written = [select(kind.id).where(kind.table_id == table_id).exists() for kind in (Vision, Benefit, Proposal)]
    return bool(db.scalar(select(or_(*written))))


def next_number(db: Db, dialogue_id: str, kind: str) -> int:
    """The number of the next entry of this kind; numbers of entries taken back are not given again."""
    model = KINDS[kind]
    return (db.scalar(select(func.max(model.number)).where(model.dialogue_id == dialogue_id)) or 0) + 1


def entry_state(row: Entry) -> EntryState:
    return EntryState(id=row.id, table_id=row.table_id, topic_id=row.topic_id, number=row.number, content=_content(row))


def _content(row: Entry) -> Content:
    if isinstance(row, Vision):
        return VisionContent(kind="vision", text=row.text, plain=row.plain)
    if isinstance(row, Benefit):
        return BenefitContent(kind="benefit", stakeholder=row.stakeholder, text=row.text)
    return ProposalContent(
        kind="proposal",
        title=row.title,
        what=row.what,
        first_step=row.first_step,
        level=row.level,
        process_step=row.process_step,
        needs=tuple(row.needs),
        card_ids=tuple(row.card_ids),
        benefit_ids=tuple(row.benefit_ids),
    )
