"""Wishes that no seating can fulfil are refused with a sentence, before anything is drawn.

The sentences stand here and not with the others: only moderators mix tables, so no phone has to say them.
"""

from collections import Counter

from dialog.errors import N_, RuleBroken
from dialog.mixing.room import Room


class NoTables(RuleBroken):
    sentence = N_("There is no table yet. Please choose first how many there are.")


class AllTablesLocked(RuleBroken):
    sentence = N_("All tables are locked. Please unlock at least one before you draw.")


class TogetherAndApart(RuleBroken):
    sentence = N_("%(first)s and %(second)s are to sit together and apart. Please take one of the two wishes back.")
    status = 422


class TogetherFixedApart(RuleBroken):
    sentence = N_(
        "%(first)s and %(second)s are to sit together, but each is fixed at a different table. "
        "Please change one of the wishes."
    )
    status = 422


class ApartFixedTogether(RuleBroken):
    sentence = N_(
        "%(first)s and %(second)s are to sit apart, but both are fixed at table %(table)s. "
        "Please change one of the wishes."
    )
    status = 422


class MoreFixedThanSeats(RuleBroken):
    sentence = N_(
        "%(fixed)s people are fixed at table %(table)s, which has %(seats)s seats. Please free some of them, "
        "or choose fewer tables."
    )
    status = 422


def refuse_the_impossible(room: Room) -> None:
    """Raise for wishes that contradict each other or the tables, whoever else is in the room.

    Raises NoTables, AllTablesLocked, TogetherAndApart, TogetherFixedApart, ApartFixedTogether or
    MoreFixedThanSeats.
    """
    drawn = room.drawn
    if room.people and not room.tables:
        raise NoTables()
    if drawn and not room.open:
        raise AllTablesLocked()
    _refuse_together_and_apart(room)
    _refuse_fixed_against_pairs(room)
    if not drawn:
        return
    seats = -(-len(drawn) // len(room.open))
    for table, fixed in sorted(Counter(room.fixed.values()).items()):
        if fixed > seats:
            raise MoreFixedThanSeats(table=room.tables[table].name, fixed=fixed, seats=seats)


def _refuse_together_and_apart(room: Room) -> None:
    block_of = {person: number for number, block in enumerate(room.blocks) for person in block}
    for a, b in room.apart:
        if a in block_of and block_of[a] == block_of.get(b):
            raise TogetherAndApart(first=room.people[a].number, second=room.people[b].number)


def _refuse_fixed_against_pairs(room: Room) -> None:
    for block in room.blocks:
        fixed = [person for person in block if person in room.fixed]
        for person in fixed[1:]:
            if room.fixed[person] != room.fixed[fixed[0]]:
                first, second = room.people[fixed[0]].number, room.people[person].number
                raise TogetherFixedApart(first=first, second=second)
    for a, b in room.apart:
        if a in room.fixed and room.fixed[a] == room.fixed.get(b):
            name = room.tables[room.fixed[a]].name
            raise ApartFixedTogether(first=room.people[a].number, second=room.people[b].number, table=name)
