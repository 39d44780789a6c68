"""Where a seating breaks which rule: counted table by table, without asking whether it could be better."""

from collections.abc import Callable, Mapping, Sequence

from dialog.mixing.levels import beyond, pairs, quota
from dialog.mixing.room import Room, helps
from dialog.mixing.values import Breach, MixRule
from dialog.mixing.wishing import granted

At = Sequence[int]
"""The table of each person, both by index."""


def all_breaches(room: Room, at: At) -> dict[MixRule, list[Breach]]:
    """The breaches of each rule; the weights of a rule's breaches sum up to its count.

    For WISHES they are the people who wished for a topic and sit at none of theirs.
    """
    everybody = range(len(room.people))
    groups = members_by(everybody, lambda who: room.people[who].group)
    organisations = members_by(everybody, lambda who: room.people[who].organisation)
    stakeholders = members_by(everybody, lambda who: room.people[who].stakeholder)
    return {
        MixRule.SIZES: _uneven(room, at, everybody, MixRule.SIZES, None),
        MixRule.STAKEHOLDERS: [
            breach
            for stakeholder, members in stakeholders.items()
            for breach in _uneven(room, at, members, MixRule.STAKEHOLDERS, stakeholder)
        ],
        MixRule.TOGETHER: [breach for block in room.blocks for breach in _separate(room, at, block)],
        MixRule.APART: [
            Breach(rule=MixRule.APART, tables=(room.tables[at[a]].id,), people=_ids(room, (a, b)))
            for a, b in room.apart
            if at[a] == at[b]
        ],
        MixRule.INTERPRETER: [
            Breach(rule=MixRule.INTERPRETER, tables=(room.tables[at[who]].id,), people=_ids(room, (who,)))
            for who in everybody
            if room.people[who].needs_interpreter and not _helped(room, at, who)
        ],
        MixRule.FIXED: [
            Breach(
                rule=MixRule.FIXED,
                tables=tuple(room.tables[table].id for table in (at[who], wanted) if table is not None),
                people=_ids(room, (who,)),
            )
            for who, wanted in sorted(room.wanted.items())
            if at[who] != wanted
        ],
        MixRule.NEIGHBOURS: _meeting(room, at, groups, MixRule.NEIGHBOURS),
        MixRule.ORGANISATIONS: _meeting(room, at, organisations, MixRule.ORGANISATIONS),
        MixRule.WISHES: [
            Breach(rule=MixRule.WISHES, tables=(room.tables[at[who]].id,), people=_ids(room, (who,)))
            for who in everybody
            if room.people[who].wishes and not granted(room, who, at[who])
        ],
    }


def members_by(everybody: Sequence[int], name: Callable[[int], str]) -> dict[str, list[int]]:
    """People by a name they share, in order of appearance; those with an empty one share nothing."""
    members: dict[str, list[int]] = {}
    for who in everybody:
        if name(who):
            members.setdefault(name(who), []).append(who)
    return members


def _ids(room: Room, people: Sequence[int]) -> tuple[str, ...]:
    return tuple(room.people[who].id for who in people)


def _uneven(room: Room, at: At, members: Sequence[int], rule: MixRule, stakeholder: str | None) -> list[Breach]:
    """One breach with every table that has too many or too few, the fullest first; none where all are even."""
    low, high = quota(len(members), len(room.tables))
    counts = [0] * len(room.tables)
    for who in members:
        counts[at[who]] += 1
    weight = sum(beyond(count, low, high) for count in counts)
    if not weight:
        return []
    full, empty = max(counts), min(counts)
    odd = [t for t, count in enumerate(counts) if beyond(count, low, high) or count in (full, empty)]
    odd.sort(key=lambda table: (-counts[table], table))
    inside = tuple(who for who in members if beyond(counts[at[who]], low, high) and counts[at[who]] > high)
    return [
        Breach(
            rule=rule,
            tables=tuple(room.tables[table].id for table in odd),
            people=_ids(room, inside),
            counts=tuple(counts[table] for table in odd),
            stakeholder=stakeholder,
            weight=weight,
        )
    ]


def _separate(room: Room, at: At, block: Sequence[int]) -> list[Breach]:
    separate = sum(at[a] != at[b] for a in block for b in block if a < b)
    tables = tuple(room.tables[table].id for table in sorted({at[who] for who in block}))
    found = Breach(rule=MixRule.TOGETHER, tables=tables, people=_ids(room, block), weight=separate)
    return [found] if separate else []


def _helped(room: Room, at: At, person: int) -> bool:
    return any(at[who] == at[person] and helps(helper, room.people[person]) for who, helper in enumerate(room.people))


def _meeting(room: Room, at: At, kinds: Mapping[str, Sequence[int]], rule: MixRule) -> list[Breach]:
    """One breach for each table and kind with two people or more, table by table."""
    found: list[tuple[int, Breach]] = []
    for name, members in kinds.items():
        by_table: dict[int, list[int]] = {}
        for who in members:
            by_table.setdefault(at[who], []).append(who)
        for table, some in by_table.items():
            if len(some) > 1:
                people, where = _ids(room, some), (room.tables[table].id,)
                breach = Breach(rule=rule, tables=where, people=people, shared=name, weight=pairs(len(some)))
                found.append((table, breach))
    return [breach for _, breach in sorted(found, key=lambda item: item[0])]
