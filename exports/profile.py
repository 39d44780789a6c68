"""In which of two profiles a report is told, and how small groups are told together in the public one.

What leaves the room as *public* export shows no figure of a group of fewer than 5 people and no cell from which one
could be computed (DESIGN section 5). Therefore stakeholders with few people are not left out, which a sum would give
away, but counted together: they are one *part* of the room, the pool. Every other stakeholder is a part of its own.

Whoever reads all public figures and knows these rules must not find out a member of the pool. Therefore

- the pool holds everybody in the room up to some size, so it depends on how great the groups are and not on which is
  which: if members of the pool changed places, with all that they said and gave, the same would be told;
- the members do not all have the same small number of people, voters and so on, as long as there is a greater one to
  add: otherwise the sum would tell it;
- the reason that is given is that of the whole pool: which member has fewer than 5 people is not said. One would know
  that 6 people of such a pair are 1 and 5.

Pure functions on values; people, voters and so on are given by stakeholder.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialog.format import Stakeholder
from exports.words import _

ENOUGH: Final = 5
"""People of whom a group needs at least as many, so that figures of it are made public."""

SIGN: Final = "◎"
PALETTE: Final = 6


class Profile(StrEnum):
    """For whom a report is made."""

    INTERNAL = "internal"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        return _("internal") if self is Profile.INTERNAL else _("public")

    @property
    def edition(self) -> str:
        return _("internal edition") if self is Profile.INTERNAL else _("public edition")


class Withheld(StrEnum):
    """Stands in place of a figure that is not made public, and says why."""

    SMALL = "small"
    """Fewer than 5 people are behind it."""
    TOGETHER = "together"
    """A stakeholder that is told only together with others: it is small, or a small one could be computed by it."""
    COMPLEMENT = "complement"
    """Something small could be computed by it."""

    @property
    def words(self) -> str:
        return {
            Withheld.SMALL: _("fewer than 5"),
            Withheld.TOGETHER: _("only together"),
            Withheld.COMPLEMENT: _("could be computed otherwise"),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the room of which figures are told: stakeholders, each alone, and at most one pool of several."""

    part_of: Mapping[str, str]
    """The key of the part to which each participating stakeholder belongs, in the order of the format."""
    pool: Stakeholder | None
    """The pool as if it were a stakeholder; its key is that of no stakeholder. None while nothing is told together."""
    told: bool
    """Whether people may be counted at all: not in a room of fewer than 5."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts, in the order of the format; the pool stands where its first member does."""
        return tuple(dict.fromkeys(self.part_of.values()))

    def is_pool(self, key: str) -> bool:
        """Whether this part is the pool."""
        return self.pool is not None and self.pool.key == key

    @property
    def members(self) -> tuple[str, ...]:
        """Who is told together."""
        return tuple(key for key, part in self.part_of.items() if key != part)

    @property
    def withheld(self) -> dict[str, Withheld]:
        """Why a stakeholder is not told alone; the same for each that is not."""
        return dict.fromkeys(self.members, Withheld.TOGETHER)

    def of(self, stakeholder: str) -> str:
        """The part to which a stakeholder belongs; one that does not take part is told as it is."""
        return self.part_of.get(stakeholder, stakeholder)

    def together(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts by stakeholder as counts by part: those of the pool are added up."""
        found = dict.fromkeys(self.keys, 0)
        for stakeholder, count in counts.items():
            found[self.of(stakeholder)] += count
        return found


def each_alone(participating: Sequence[Stakeholder]) -> Parts:
    """Nothing is told together: the internal profile, and a public one of a room without small groups."""
    return Parts(part_of={who.key: who.key for who in participating}, pool=None, told=True)


def safe_parts(
    participating: Sequence[Stakeholder],
    figures: Sequence[Mapping[str, int]],
    spoke: Collection[str] = (),
    at_least: Collection[str] = (),
) -> Parts:
    """Which stakeholders are told together, so that every figure by part may be made public.

    `figures` count people by stakeholder: first those in the room, then those behind each kind of figure, such as
    voters. `spoke` are the stakeholders of whom something else is told, such as cards; `at_least` are told together
    anyway.

    The size of a stakeholder is the smallest of its figures that is not 0: figures of nobody tell of nobody. A figure
    that counts 1 to 4 people in all is told nowhere and so does not count here. Small is who has a size of 1 to 4, and
    who is in the room no longer but spoke. Is nobody small, everybody is told alone. Otherwise the small ones are told
    together with the next smallest (all of the same size at once) until they are two or more, each of their figures is
    0 or 5 and more, and none of their figures is the same number from 1 to 4 for all of them. May be that everybody is
    needed.

    A room of fewer than 5 people is one pool and none of its people are counted (`told`); nor are those of a room
    where each stakeholder must have exactly one, because every one was needed and each has at least one.
    """
    keys = [who.key for who in participating]
    kept = [count for at, count in enumerate(figures) if not at or not 0 < sum(count.values()) < ENOUGH]
    size = {key: min((count[key] for count in kept if count.get(key)), default=0) for key in keys}
    here = {key for key in keys if size[key] or key in spoke}
    people = {key: figures[0].get(key, 0) for key in keys}
    if here and sum(people.values()) < ENOUGH:
        return _pooled(participating, set(keys), everybody=True, told=False)
    pool = {key for key in here if size[key] < ENOUGH or key in at_least}
    pool |= {key for key in here if pool and size[key] <= max(size[member] for member in pool)}
    while pool and pool != here and not _hides(pool, kept):
        least = min(size[key] for key in here - pool)
        pool |= {key for key in here if size[key] == least}
    if not pool:
        return each_alone(participating)
    everybody = pool == here
    told = not everybody or sum(people.values()) > len(pool)
    return _pooled(participating, set(keys) if not told else pool, everybody=everybody, told=told)


def _hides(pool: Collection[str], figures: Sequence[Mapping[str, int]]) -> bool:
    """Whether the sums of these stakeholders tell of none of them."""
    columns = [[count.get(key, 0) for key in pool] for count in figures]
    enough = all(not sum(column) or sum(column) >= ENOUGH for column in columns)
    same = any(len(set(column)) == 1 and 0 < column[0] < ENOUGH for column in columns)
    return len(pool) > 1 and enough and not same


def _pooled(participating: Sequence[Stakeholder], pool: Collection[str], *, everybody: bool, told: bool) -> Parts:
    members = [who for who in participating if who.key in pool]
    together = _as_one(members, everybody)
    part_of = {who.key: together.key if who.key in pool else who.key for who in participating}
    return Parts(part_of=part_of, pool=together, told=told)


def _as_one(members: Sequence[Stakeholder], everybody: bool) -> Stakeholder:
    """The pool as if it were a stakeholder. No stakeholder has a + in its key."""
    *others, last = (who.label["de"] for who in members)
    all_of_them = _("%(others)s and %(last)s (together)") % {"others": ", ".join(others), "last": last}
    *others, last = (who.short["de"] for who in members)
    short = _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}
    return Stakeholder.model_construct(
        key="+".join(who.key for who in members),
        label={"de": _("All together") if everybody else all_of_them},
        short={"de": _("All together") if everybody else short},
        own=None,
        letter="".join(who.letter[0] for who in members)[:3],
        sign=SIGN,
        palette=PALETTE,
        participates=True,
    )
