"""Explain any seating to a moderator: which rules hold, which cannot and why, how far the rest is from the bound."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialog.mixing.bounds import (
    Bound,
    least_of_apart,
    least_of_interpreter,
    least_of_sizes,
    least_of_stakeholder,
    least_of_together,
    least_pairs,
)
from dialog.mixing.breaches import all_breaches, members_by
from dialog.mixing.room import Room, enter
from dialog.mixing.values import Because, Breach, Finding, MixRule, Person, Report, Rules, Table, TooFew
from dialog.mixing.wishing import granted, most_granted


def examine(people: Sequence[Person], tables: Sequence[Table], rules: Rules, seated: Mapping[str, str]) -> Report:
    """Explain a seating, drawn or made by hand. Whoever has no seat, or sits at no table given, does not count.

    The bounds hold for every seating of these people that leaves locked tables as they are and keeps the hard
    rules as far as this one keeps them. Raises ValueError for a person or a table given twice.
    """
    room, at = _room_of_seated(people, tables, rules, seated)
    breaches = all_breaches(room, at)
    uneven = _stakeholder_bounds(room)
    found = [
        _sizes(room, breaches[MixRule.SIZES]),
        _stakeholders(breaches[MixRule.STAKEHOLDERS], uneven),
        _together(room, breaches[MixRule.TOGETHER]),
        _apart(room, breaches[MixRule.APART]),
        _interpreter(room, breaches[MixRule.INTERPRETER]),
        _fixed(room, breaches[MixRule.FIXED]),
    ]
    whole = not breaches[MixRule.TOGETHER]
    for rule, kinds in (
        (MixRule.NEIGHBOURS, members_by(range(len(at)), lambda who: room.people[who].group)),
        (MixRule.ORGANISATIONS, members_by(range(len(at)), lambda who: room.people[who].organisation)),
    ):
        count = sum(breach.weight for breach in breaches[rule])
        bound = least_pairs(room, list(kinds.values()), together=whole)
        found.append(_finding(rule, breaches[rule], bound, kept=count <= bound))
    even = not breaches[MixRule.STAKEHOLDERS] or not any(bound for bound, _ in uneven.values()) and _is_plain(room)
    found.append(_wishes(room, at, breaches[MixRule.WISHES], even=even))
    return Report(
        findings=tuple(found),
        too_few=tuple(
            TooFew(stakeholder=name, people=len(members), tables=len(tables))
            for name, members in _stakeholders_of(room).items()
            if len(members) < len(tables)
        ),
        sizes={table.id: at.count(index) for index, table in enumerate(tables)},
    )


def breaks(
    people: Sequence[Person],
    tables: Sequence[Table],
    rules: Rules,
    seated: Mapping[str, str],
    person: str,
    table: str,
) -> tuple[Breach, ...]:
    """What moving this person to this table would newly break, or break more, in the order of the rules.

    Raises ValueError where there is no such person or table.
    """
    if person not in {one.id for one in people} or table not in {one.id for one in tables}:
        raise ValueError("there is no such person or table")
    room, at = _room_of_seated(people, tables, rules, seated)
    before = {_what(breach): breach.weight for found in all_breaches(room, at).values() for breach in found}
    room, at = _room_of_seated(people, tables, rules, {**seated, person: table})
    return tuple(
        breach
        for found in all_breaches(room, at).values()
        for breach in found
        if breach.weight > before.get(_what(breach), 0)
    )


def _what(breach: Breach) -> tuple[object, ...]:
    """What makes two breaches, before and after, the same one."""
    match breach.rule:
        case MixRule.SIZES | MixRule.STAKEHOLDERS:
            return breach.rule, breach.stakeholder
        case MixRule.NEIGHBOURS | MixRule.ORGANISATIONS:
            return breach.rule, breach.shared, breach.tables
        case _:
            return breach.rule, breach.people


def _room_of_seated(
    people: Sequence[Person], tables: Sequence[Table], rules: Rules, seated: Mapping[str, str]
) -> tuple[Room, list[int]]:
    place = {table.id: index for index, table in enumerate(tables)}
    here = [person for person in people if seated.get(person.id) in place]
    return enter(here, tables, rules, seated), [place[seated[person.id]] for person in here]


def _finding(rule: MixRule, breaches: Sequence[Breach], bound: int, *, kept: bool | None = None) -> Finding:
    count = sum(breach.weight for breach in breaches)
    return Finding(
        rule=rule,
        kept=not count if kept is None else kept,
        possible=not bound,
        count=count,
        bound=bound,
        breaches=tuple(breaches),
    )


def _explained(breach: Breach, why: Because | None) -> Breach:
    return replace(breach, because=why)


def _sizes(room: Room, breaches: Sequence[Breach]) -> Finding:
    bound, why = least_of_sizes(room)
    return _finding(MixRule.SIZES, [_explained(breach, why) for breach in breaches], bound)


def _stakeholders_of(room: Room) -> dict[str, list[int]]:
    return members_by(range(len(room.people)), lambda who: room.people[who].stakeholder)


def _stakeholder_bounds(room: Room) -> dict[str, Bound]:
    return {name: least_of_stakeholder(room, members) for name, members in _stakeholders_of(room).items()}


def _stakeholders(breaches: Sequence[Breach], bounds: Mapping[str, Bound]) -> Finding:
    explained = [_explained(breach, bounds[breach.stakeholder or ""][1]) for breach in breaches]
    return _finding(MixRule.STAKEHOLDERS, explained, sum(bound for bound, _ in bounds.values()))


def _together(room: Room, breaches: Sequence[Breach]) -> Finding:
    bounds = {tuple(room.people[who].id for who in block): bound for block, bound in least_of_together(room).items()}
    explained = [_explained(breach, bounds[breach.people][1]) for breach in breaches]
    return _finding(MixRule.TOGETHER, explained, sum(bound for bound, _ in bounds.values()))


def _apart(room: Room, breaches: Sequence[Breach]) -> Finding:
    bound, why = least_of_apart(room)
    return _finding(MixRule.APART, [_explained(breach, why) for breach in breaches], bound)


def _interpreter(room: Room, breaches: Sequence[Breach]) -> Finding:
    alone = {room.people[who].id: why for who, why in least_of_interpreter(room).items()}
    explained = [_explained(breach, alone.get(breach.people[0])) for breach in breaches]
    return _finding(MixRule.INTERPRETER, explained, len(alone))


def _fixed(room: Room, breaches: Sequence[Breach]) -> Finding:
    lost = {room.people[who].id for who in room.wanted if who not in room.fixed and not _stays(room, who)}
    gone = {room.people[who].id for who, table in room.wanted.items() if table is None}
    explained = [
        _explained(breach, Because.TABLES if who in gone else Because.LOCKED if who in lost else None)
        for breach in breaches
        for who in breach.people
    ]
    return _finding(MixRule.FIXED, explained, len(lost))


def _stays(room: Room, who: int) -> bool:
    """Somebody at a locked table that is the very one this person is fixed at."""
    return who in room.held and room.held[who] == room.wanted[who]


def _wishes(room: Room, at: Sequence[int], breaches: Sequence[Breach], *, even: bool) -> Finding:
    count = sum(granted(room, who, table) for who, table in enumerate(at))
    bound = most_granted(room, even=even)
    return Finding(
        rule=MixRule.WISHES,
        kept=count >= bound,
        possible=bound == sum(bool(person.wishes) for person in room.people),
        count=count,
        bound=bound,
        breaches=tuple(breaches),
    )


def _is_plain(room: Room) -> bool:
    """Nothing but sizes and stakeholders is asked for, so both are always possible."""
    return not (
        room.held
        or room.fixed
        or room.blocks
        or room.apart
        or any(person.needs_interpreter for person in room.people)
        or len(room.open) < len(room.tables)
    )
