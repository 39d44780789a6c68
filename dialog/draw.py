"""What the draw of the mixed tables works on: the people, tables and wishes of a dialogue as `mixing` wants them."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog import mixing, queries, table_queries
from dialog.events import NOBODY, PersonState, SeatTaken
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Pairing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Everything the draw knows. `seated` holds only people who are here and have a table."""

    people: tuple[mixing.Person, ...]
    tables: tuple[mixing.Table, ...]
    rules: mixing.Rules
    seated: Mapping[str, str]

    def report(self) -> mixing.Report:
        """What the seating as it is now keeps and breaks."""
        return mixing.examine(self.people, self.tables, self.rules, self.seated)

    def breaks(self, person_id: str, table_id: str) -> tuple[mixing.Breach, ...]:
        """What moving this person there would newly break."""
        return mixing.breaks(self.people, self.tables, self.rules, self.seated, person_id, table_id)


def mix(db: Db, dialogue: Dialogue) -> Mix:
    """The draw of this dialogue as it stands."""
    tables = tuple(
        mixing.Table(id=table.id, name=table.name, topic=table.topic_id, locked=table.locked)
        for table in table_queries.tables(db, dialogue.id)
    )
    return Mix(
        people=_people(db, dialogue),
        tables=tables,
        rules=rules(db, dialogue, {table.name: table.id for table in tables}),
        seated=_seated(db, dialogue),
    )


def rules(db: Db, dialogue: Dialogue, table_ids: Mapping[str, str]) -> mixing.Rules:
    """What a moderator asked of the draw; `table_ids` by the tables' names. Who left is no longer asked for."""
    here = {person.id for person in queries.people(db, dialogue.id)}
    pairs = [pair for pair in table_queries.pairs(db, dialogue.id) if {pair.first_id, pair.second_id} <= here]
    fixed = {
        person_id: table_ids[str(at)]
        for person_id, at in table_queries.fixed(db, dialogue.id).items()
        if person_id in here and str(at) in table_ids
    }
    return mixing.Rules(
        together=tuple((pair.first_id, pair.second_id) for pair in pairs if pair.kind is Pairing.TOGETHER),
        apart=tuple((pair.first_id, pair.second_id) for pair in pairs if pair.kind is Pairing.APART),
        fixed=fixed,
    )


def place_latecomer(db: Db, dialogue: Dialogue, newcomer: PersonState) -> SeatTaken | None:
    """The seat of somebody who comes after the draw; nobody else moves. None while there are no tables."""
    if not table_queries.tables(db, dialogue.id):
        return None
    now = mix(db, dialogue)
    person = mixing.Person(
        id=newcomer.id,
        number=newcomer.number,
        stakeholder=newcomer.stakeholder,
        group=newcomer.group_id,
        organisation=newcomer.organisation.casefold(),
        languages=newcomer.languages,
        needs_interpreter=newcomer.needs_interpreter,
        wishes=(),
    )
    table_id = mixing.place(person, now.people, now.tables, now.rules, now.seated)
    return SeatTaken(
        person_id=newcomer.id,
        table_id=table_id,
        was_table_id=None,
        shown=dialogue.tables_shown,
        present=NOBODY,
    )


def _people(db: Db, dialogue: Dialogue) -> tuple[mixing.Person, ...]:
    wishes = table_queries.wishes(db, dialogue.id)
    return tuple(
        mixing.Person(
            id=person.id,
            number=person.number,
            stakeholder=person.stakeholder,
            group=person.group_id,
            organisation=person.organisation.casefold(),
            languages=tuple(person.languages),
            needs_interpreter=person.needs_interpreter,
            wishes=wishes.get(person.id, ()),
        )
        for person in queries.people(db, dialogue.id)
    )


def _seated(db: Db, dialogue: Dialogue) -> dict[str, str]:
    here = {person.id for person in queries.people(db, dialogue.id)}
    return {person_id: at for person_id, at in table_queries.seats(db, dialogue.id).items() if person_id in here}
