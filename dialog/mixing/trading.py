"""People trade places, at random and less and less against the rules, until a rule is as well kept as can be.

Simulated annealing, rule by rule in the order of importance. The weights of the rules are so far apart that at the
heat of one rule, trades against a more important one never happen and less important ones are as good as free.
"""

from collections.abc import Mapping
from math import exp
from random import Random

from dialog.mixing.seats import ORDER, Seats
from dialog.mixing.values import MixRule

HOT, COLD = 0.5, 0.12
"""Heat at the beginning and the end, in breaches of the rule that is improved."""

DOWNHILL = 0.01
"""So cold that only what is better for all rules together happens; it keeps what the deal has made even."""

STAGES = 40
"""Between them the heat falls in so many steps."""

CHOSEN = 0.5
"""How often the first of two is one of those with whom the rule is not kept."""

STRANGERS = 0.15
"""How often two trade who are not of the same stakeholder."""

PARTIES = 0.1
"""How often several people trade at once: those together, who needs an interpreter with one, two, a whole table.

In a small room most single trades are against the rules, and only several at once lead on.
"""

PARTY_TRIES = 5
"""A party costs as much time as so many more single trades."""

LARGE = 100
"""People from which parties trade less often, because to find them takes longer."""


class Trading:
    """One run over all rules, with at most `tries` trades tried."""

    def __init__(self, seats: Seats, dice: Random, tries: int) -> None:
        self.seats = seats
        self.dice = dice
        self.tries = tries
        self.tried = 0
        self.parties = [block for block in seats.room.blocks if not any(one in seats.room.fixed for one in block)]
        self.needy = [who for who in seats.movers if any(seats.takes[who])]
        self.best: list[int] = []
        self.best_cost = 0

    def improve(self, bounds: Mapping[MixRule, int]) -> bool:
        """Improve rule after rule; True when every one is at its bound, so that nothing is better."""
        seats = self.seats
        proven = True
        open_rules = [rule for rule in ORDER if seats.counts()[rule] > bounds[rule]]
        for place, rule in enumerate(ORDER):
            if seats.counts()[rule] <= bounds[rule]:
                continue
            share = max(1, sum(one in open_rules for one in ORDER[place:]))
            tries = (self.tries - self.tried) // share
            if seats.movers and not self._anneal(rule, bounds[rule], tries):
                proven = False
        return proven

    def _anneal(self, rule: MixRule, bound: int, tries: int) -> bool:
        """Improve one rule; True when it is at its bound. The best seating met is taken."""
        seats = self.seats
        weight = seats.weight[rule]
        above = seats.cost - sum(seats.counts()[one] * seats.weight[one] for one in ORDER[ORDER.index(rule) :])
        enough = above + (bound + 1) * weight
        self.best, self.best_cost = seats.table[:], seats.cost
        if rule.hard and self._trade(rule, DOWNHILL, tries // 4, enough):
            return True
        for stage in range(STAGES):
            heat = weight * HOT * (COLD / HOT) ** (stage / (STAGES - 1))
            if self._trade(rule, heat, tries // STAGES, enough):
                break
        if self.best_cost < seats.cost:
            seats.sit(self.best)
        return seats.cost < enough

    def _trade(self, rule: MixRule, heat: float, tries: int, enough: int) -> bool:
        """Try so many trades at one heat; True as soon as the cost is low enough."""
        seats, chance = self.seats, self.dice.random
        table, stakeholder, movers, by_stakeholder = (
            seats.table,
            seats.stakeholder,
            seats.movers,
            seats.by_stakeholder,
        )
        troubled = self._troubled(rule)
        limit = 20 * heat
        parties = PARTIES * min(1, LARGE / seats.people)
        for _ in range(tries):
            self.tried += 1
            if chance() < parties:
                self.tried += PARTY_TRIES
                if self._trade_party(self._party(), heat) and seats.cost < enough:
                    return True
                continue
            some = troubled if troubled and chance() < CHOSEN else movers
            p = some[int(chance() * len(some))]
            others = movers if chance() < STRANGERS else by_stakeholder[stakeholder[p]]
            q = others[int(chance() * len(others))]
            if table[p] == table[q]:
                continue
            change = seats.change(p, q)
            if change <= 0 or (change < limit and chance() < exp(-change / heat)):
                seats.trade(p, q, change)
                if seats.cost < self.best_cost:
                    self.best, self.best_cost = table[:], seats.cost
                    if seats.cost < enough:
                        return True
        return False

    def _party(self) -> list[int]:
        """Some who trade at once."""
        seats, dice = self.seats, self.dice
        kind = dice.randrange(4)
        if kind == 0 and self.parties:
            return list(dice.choice(self.parties))
        if kind == 1 and self.needy:
            return self._with_helper(dice.choice(self.needy))
        table = seats.table[dice.choice(seats.movers)]
        here = [who for who in seats.movers if seats.table[who] == table]
        return here if kind == 2 else dice.sample(here, min(2, len(here)))

    def _trade_party(self, party: list[int], heat: float) -> bool:
        """Let a party trade with as many people of another table, of the same stakeholders where possible."""
        seats, dice = self.seats, self.dice
        start = seats.table[party[0]]
        end = dice.randrange(len(seats.tables))
        if end == start or any(seats.table[one] != start for one in party):
            return False
        there = [who for who in seats.movers if seats.table[who] == end]
        dice.shuffle(there)
        there.sort(key=lambda who: who in seats.block_of)
        trades: list[tuple[int, int]] = []
        before = seats.cost
        for one in party:
            same = [who for who in there if seats.stakeholder[who] == seats.stakeholder[one]] or there
            if not same:
                break
            other = same[0]
            there.remove(other)
            seats.trade(one, other, seats.change(one, other))
            trades.append((one, other))
        change = seats.cost - before
        if len(trades) == len(party) and (change <= 0 or (change < 20 * heat and dice.random() < exp(-change / heat))):
            if seats.cost < self.best_cost:
                self.best, self.best_cost = seats.table[:], seats.cost
            return True
        for one, other in reversed(trades):
            seats.trade(one, other, seats.change(one, other))
        return False

    def _with_helper(self, needy: int) -> list[int]:
        """Somebody who needs an interpreter, those at the table who need the same, and one who helps them."""
        seats = self.seats
        table, language = seats.table[needy], seats.takes[needy].index(1)
        here = [who for who in seats.movers if seats.table[who] == table]
        helpers = [who for who in here if seats.gives[who][language]]
        same = [who for who in here if seats.takes[who][language]]
        return [*same, *([self.dice.choice(helpers)] if helpers else [])]

    def _troubled(self, rule: MixRule) -> list[int]:
        """The people with whom this rule is not kept as well as it could be."""
        seats = self.seats
        table = seats.table
        match rule:
            case MixRule.NEIGHBOURS:
                crowded = _crowded(seats.at_group)
                return [who for who in seats.movers if table[who] in crowded[seats.group[who]]]
            case MixRule.ORGANISATIONS:
                crowded = _crowded(seats.at_organisation)
                return [who for who in seats.movers if table[who] in crowded[seats.organisation[who]]]
            case MixRule.WISHES:
                return [who for who in seats.movers if any(seats.granted[who]) and not seats.granted[who][table[who]]]
            case MixRule.STAKEHOLDERS | MixRule.SIZES:
                return [
                    who
                    for who in seats.movers
                    if seats.at_stakeholder[seats.stakeholder[who]][table[who]] > seats.low[seats.stakeholder[who]]
                ]
            case MixRule.INTERPRETER:
                return [
                    who
                    for who in seats.movers
                    if any(take and seats.lost(language, table[who]) for language, take in enumerate(seats.takes[who]))
                ]
            case _:
                return [
                    who
                    for who in seats.movers
                    if any((table[other] == table[who]) == (weight > 0) for other, weight in seats.bonds[who])
                ]


def _crowded(rows: list[list[int]]) -> list[set[int]]:
    """For each kind the tables that have two more of it than another."""
    crowded: list[set[int]] = []
    for row in rows:
        least = min(row)
        crowded.append({table for table, there in enumerate(row) if there >= least + 2})
    return crowded
