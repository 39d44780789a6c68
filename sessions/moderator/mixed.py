"""The mixed tables as a moderator sees them: who sits where, what was asked of the draw, and how good it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialog import draw, queries, table_queries
from dialog.commands.fix_person import MOST_TABLES
from dialog.errors import N_, RuleBroken
from dialog.events import TableState
from dialog.format import Plan
from dialog.mixing import MixRule, Table
from dialog.mixing.refusals import refuse_the_impossible
from dialog.mixing.room import enter
from dialog.models import Dialogue, Participant
from dialog.steps import permits
from dialog.store import Db
from dialog.words import Pairing, Step
from sessions.language import _
from sessions.moderator.mix_words import Names, Told, breach_told, told
from sessions.stakeholders import Who, everybody_addressed, taking_part
from sessions.table_signs import table_sign


class MoreTablesThanPeople(RuleBroken):
    sentence = N_("%(people)s people are here. Please choose at most as many tables.")


class NothingToMix(RuleBroken):
    sentence = N_("This dialogue has no mixed tables. Please change the set-up if you want to mix them.")
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """Somebody on a chip: the number, whose side, and what a moderator looks out for."""

    id: str
    number: str
    who: Who
    fixed_at: int | None
    needs_interpreter: bool
    paired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSeen:
    id: str
    name: str
    sign: str
    word: str
    topic_id: str
    topic: str
    locked: bool
    people: Sequence[PersonSeen]
    counts: Sequence[tuple[Who, int]]
    """How many of each stakeholder sit here, those without anybody included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSeen:
    id: str
    together: bool
    first: str
    second: str
    gone: bool
    """One of the two is no longer here."""


def must_be_enough_people(db: Db, dialogue_id: str, wanted: int) -> None:
    """Raises MoreTablesThanPeople: some would stay empty."""
    here = len(queries.people(db, dialogue_id))
    if wanted > here:
        raise MoreTablesThanPeople(people=here)


def suggested(people: int, plan: Plan, topics: int, tables: int = 0) -> int:
    """So many tables as there are; before the draw, so that none has too many people and each topic has one.

    A table of fewer than three people is no table, so few people do not get a table for each topic.
    """
    if tables:
        return tables
    by_size = -(-people // plan.limits.people_per_table)
    return max(1, by_size, min(topics, people // 3))


def choices(people: int, chosen: int) -> list[dict[str, int]]:
    """How many tables there can be, with the fewest and the most people at each: two people at a table or more."""
    most = max(1, chosen, min(people // 2, MOST_TABLES))
    return [
        {"tables": tables, "low": people // tables, "high": -(-people // tables)}
        for tables in range(1, most + 1)
        if tables <= max(1, people)
    ]


def mixed_now(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    """What the cockpit's step and the page of the tables show alike, by name."""
    plan = queries.plan(dialogue)
    people = queries.people(db, dialogue.id)
    titles = {topic.id: topic.title for topic in queries.topics(db, dialogue.id)}
    seats, seen = table_queries.seats(db, dialogue.id), _seen(db, dialogue, plan, people)
    tables = [_table(table, seats, seen, plan, titles) for table in table_queries.tables(db, dialogue.id)]
    chosen = [topic_id for topic_id in dialogue.chosen_topics if topic_id in titles]
    number = suggested(len(people), plan, len(chosen), len(tables))
    given = {table.topic_id for table in tables}
    mixed = draw.mix(db, dialogue)
    return {
        "tables": tables,
        "unseated": [one for one in seen.values() if one.id not in seats] if tables else [],
        "topics": [{"id": topic_id, "title": titles[topic_id]} for topic_id in chosen],
        "idle_topics": [titles[topic_id] for topic_id in chosen if topic_id not in given] if tables else [],
        "number": number,
        "per_table": plan.limits.people_per_table,
        "choices": choices(len(people), number),
        "can_wish": plan.limits.wishes_per_person > 0,
        "wished": table_queries.wished(db, dialogue.id),
        "asked": _asked(db, dialogue, people),
        "impossible": _impossible(mixed),
        "told": _told(db, dialogue, mixed) if tables else None,
        "may_draw": not dialogue.closed and permits(Step(dialogue.step), "draw_mixed_groups"),
    }


def names_of(db: Db, dialogue: Dialogue) -> Names:
    """What sentences call everybody and everything."""
    people = queries.everybody(db, dialogue.id)
    groups = {group.id: group.name for group in queries.groups(db, dialogue.id)}
    return Names(
        numbers={person.id: person.number for person in people},
        tables={table.id: table.name for table in table_queries.tables(db, dialogue.id)},
        stakeholders={who.key: who.label for who in everybody_addressed(queries.plan(dialogue))},
        shared={**{person.organisation.casefold(): person.organisation for person in people}, **groups},
        fixed={person_id: str(at) for person_id, at in table_queries.fixed(db, dialogue.id).items()},
    )


def breaks_of(db: Db, dialogue: Dialogue, person_id: str) -> dict[str, dict[str, list[str]]]:
    """What moving this person to each of the other tables would newly break, in sentences, by table.

    `broken` are rules that should hold; `lost` is only less good: acquaintances meet, a wish is not fulfilled.
    """
    mixed, names = draw.mix(db, dialogue), names_of(db, dialogue)
    at = mixed.seated.get(person_id)
    found = {table.id: mixed.breaks(person_id, table.id) for table in mixed.tables if table.id != at}
    return {
        table_id: {
            "broken": [breach_told(breach, names) for breach in breaches if breach.rule.hard],
            "lost": [breach_told(breach, names) for breach in breaches if not breach.rule.hard],
        }
        for table_id, breaches in found.items()
    }


def person_of(db: Db, dialogue: Dialogue, *, person_id: str = "", number: str = "") -> Participant | None:
    """Somebody who is here, by id or by number."""
    for person in queries.people(db, dialogue.id):
        if person.id == person_id or (number and person.number == number):
            return person
    return None


def must_mix(dialogue: Dialogue) -> None:
    """Raises NothingToMix for a dialogue whose format has no mixed tables."""
    if Step.MIX not in {planned.step for planned in queries.plan(dialogue).steps}:
        raise NothingToMix()


def _table(
    table: TableState,
    seats: Mapping[str, str],
    seen: Mapping[str, PersonSeen],
    plan: Plan,
    titles: Mapping[str, str],
) -> TableSeen:
    """A table with its people, stakeholder by stakeholder in the order of the format."""
    here = [person for person_id, person in seen.items() if seats.get(person_id) == table.id]
    counts = [(who, [one for one in here if one.who.key == who.key]) for who in taking_part(plan)]
    sign, word = table_sign(table.position)
    return TableSeen(
        id=table.id,
        name=table.name,
        sign=sign,
        word=word,
        topic_id=table.topic_id or "",
        topic=titles.get(table.topic_id or "", ""),
        locked=table.locked,
        people=[one for _who, those in counts for one in those],
        counts=[(who, len(those)) for who, those in counts],
    )


def _seen(db: Db, dialogue: Dialogue, plan: Plan, people: Sequence[Participant]) -> dict[str, PersonSeen]:
    by_key = {who.key: who for who in everybody_addressed(plan)}
    fixed = table_queries.fixed(db, dialogue.id)
    paired = {one for pair in table_queries.pairs(db, dialogue.id) for one in (pair.first_id, pair.second_id)}
    return {
        person.id: PersonSeen(
            id=person.id,
            number=person.number,
            who=by_key[person.stakeholder],
            fixed_at=fixed.get(person.id),
            needs_interpreter=person.needs_interpreter,
            paired=person.id in paired,
        )
        for person in people
    }


def _asked(db: Db, dialogue: Dialogue, people: Sequence[Participant]) -> dict[str, Any]:
    """What moderators asked of the draw: pairs, fixed places, and how many need an interpreter."""
    here = {person.id for person in people}
    numbers = {person.id: person.number for person in queries.everybody(db, dialogue.id)}
    pairs = [
        PairSeen(
            id=pair.id,
            together=pair.kind is Pairing.TOGETHER,
            first=numbers[pair.first_id],
            second=numbers[pair.second_id],
            gone=not {pair.first_id, pair.second_id} <= here,
        )
        for pair in table_queries.pairs(db, dialogue.id)
    ]
    fixed = table_queries.fixed(db, dialogue.id)
    return {
        "pairs": sorted(pairs, key=lambda pair: (not pair.together, pair.first, pair.second)),
        "together": sum(pair.together for pair in pairs),
        "apart": sum(not pair.together for pair in pairs),
        "fixed": sorted((at, numbers[person_id]) for person_id, at in fixed.items() if person_id in here),
        "interpreters": sum(person.needs_interpreter for person in people),
    }


def _impossible(mixed: draw.Mix) -> str:
    """Why no draw can be made as things stand, in a sentence, or nothing. Before the draw only pairs count."""
    tables = mixed.tables or (Table(id="any", name="1"),)
    try:
        refuse_the_impossible(enter(mixed.people, tables, mixed.rules, mixed.seated))
    except RuleBroken as refusal:
        return _(refusal.sentence, **refusal.values)
    return ""


def _told(db: Db, dialogue: Dialogue, mixed: draw.Mix) -> Told:
    asked = table_queries.pairs(db, dialogue.id)
    return told(
        mixed.report(),
        names_of(db, dialogue),
        {
            MixRule.TOGETHER: sum(pair.kind is Pairing.TOGETHER for pair in asked),
            MixRule.APART: sum(pair.kind is Pairing.APART for pair in asked),
            MixRule.INTERPRETER: sum(person.needs_interpreter for person in mixed.people),
            MixRule.FIXED: len(mixed.rules.fixed),
            MixRule.ORGANISATIONS: sum(bool(person.organisation) for person in mixed.people),
            MixRule.WISHES: sum(bool(person.wishes) for person in mixed.people),
        },
    )
