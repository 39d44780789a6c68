"""What is known of people, tables and wishes when tables are mixed, and what is said about a seating."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MixRule(StrEnum):
    """The rules of mixing. The first six are hard; the last three make a good draw better, in this order."""

    SIZES = "sizes"
    STAKEHOLDERS = "stakeholders"
    TOGETHER = "together"
    APART = "apart"
    INTERPRETER = "interpreter"
    FIXED = "fixed"
    NEIGHBOURS = "neighbours"
    ORGANISATIONS = "organisations"
    WISHES = "wishes"

    @property
    def hard(self) -> bool:
        return self not in (MixRule.NEIGHBOURS, MixRule.ORGANISATIONS, MixRule.WISHES)


class Because(StrEnum):
    """Why a rule cannot be kept: what stands against it."""

    SEATS = "seats"
    """More people than a table has seats, or tables that size."""
    TABLES = "tables"
    """More people who must all sit apart than tables; or the fixed table is no longer there."""
    LANGUAGE = "language"
    """Nobody in the room speaks a language of this person."""
    LOCKED = "locked"
    FIXED = "fixed"
    TOGETHER = "together"
    APART = "apart"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be seated. `number` is the one people know, for sentences."""

    id: str
    number: str
    stakeholder: str
    group: str
    """The round-1 group; empty for somebody who was in none."""
    organisation: str = ""
    languages: Collection[str] = ()
    needs_interpreter: bool = False
    wishes: Collection[str] = ()
    """Ids of wished topics; any of them fulfils the wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of round 2. Whoever sits at a locked one stays, and nobody else comes."""

    id: str
    name: str
    topic: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What moderators ask for, by person id. Whoever is not in the room does not count.

    `together` is transitive: who sits with somebody sits with everybody that one sits with.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Table id by person id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One place where a rule is not kept: where, and by whom."""

    rule: MixRule
    tables: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    """For SIZES and STAKEHOLDERS: how many sit at each of `tables`."""
    stakeholder: str | None = None
    shared: str = ""
    """For NEIGHBOURS and ORGANISATIONS: the round-1 group or the organisation these people share."""
    weight: int = 1
    """Its part of the finding's count."""
    because: Because | None = None
    """What makes it impossible; None where another seating could keep the rule here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How well a seating keeps one rule.

    `count` and `bound` are, by rule: people too many or too few at a table (SIZES, STAKEHOLDERS); pairs that sit
    apart, or together (TOGETHER, APART); people without an interpreter; people not at their place (FIXED); pairs
    at one table (NEIGHBOURS, ORGANISATIONS); people at a wished topic (WISHES). No seating that keeps the hard rules
    can have fewer than `bound`; for WISHES, more. The bound is proven, not always reachable.
    """

    rule: MixRule
    kept: bool
    """A hard rule holds everywhere; a soft one is as good as its bound."""
    possible: bool
    """It is not proven that somebody must go without."""
    count: int
    bound: int
    breaches: tuple[Breach, ...]

    @property
    def distance(self) -> int:
        """How far the seating is from the bound, in pairs or people; never below 0."""
        away = self.bound - self.count if self.rule is MixRule.WISHES else self.count - self.bound
        return max(0, away)


@dataclass(frozen=True, slots=True, kw_only=True)
class TooFew:
    """A stakeholder with fewer people than tables: even at its best, some table has none."""

    stakeholder: str
    people: int
    tables: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is to say about a seating: one finding for each rule, in the order of MixRule."""

    findings: tuple[Finding, ...]
    too_few: tuple[TooFew, ...]
    sizes: Mapping[str, int]
    """People at each table, by table id."""

    def __getitem__(self, rule: MixRule) -> Finding:
        return next(finding for finding in self.findings if finding.rule is rule)

    @property
    def kept(self) -> bool:
        """Every hard rule holds, or could not be kept any better."""
        return all(finding.distance == 0 for finding in self.findings if finding.rule.hard)

    @property
    def proven(self) -> bool:
        """No seating is better: every rule is at its bound."""
        return all(finding.distance == 0 for finding in self.findings)
