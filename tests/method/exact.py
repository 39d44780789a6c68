"""The exact optimum of mixing, found and proven by a solver: rule after rule, in the order of `draw`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from dialog.mixing import MixRule, Person, Rules, Table

SECONDS = 4.0
"""For one rule; on a slow machine a rule may stay unproven, and is then bounded from both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The best count of a rule, given those before it; between `at_least` and `at_most`, equal when proven."""

    at_least: int
    at_most: int

    @property
    def proven(self) -> bool:
        return self.at_least == self.at_most


class Exact:
    """Whole numbers only: x[person, table] is 1 where somebody sits. All costs are to be as low as possible."""

    def __init__(self, people: Sequence[Person], tables: Sequence[Table], rules: Rules) -> None:
        self.people, self.tables, self.rules = people, tables, rules
        self.model = cp_model.CpModel()
        self.x = {(p.id, t.id): self.model.new_bool_var("") for p in people for t in tables}
        for person in people:
            self.model.add_exactly_one(self.x[person.id, table.id] for table in tables)
        for person, table in rules.fixed.items():
            self.model.add(self.x[person, table] == 1)
        by_stakeholder = self._kinds([person.stakeholder for person in people])
        self.costs = {
            MixRule.SIZES: self._uneven(list(people)),
            MixRule.TOGETHER: [self._separate(a, b) for a, b in self._transitive()],
            MixRule.APART: [self._same(a, b) for a, b in rules.apart],
            MixRule.INTERPRETER: [self._lost(person) for person in people if person.needs_interpreter],
            MixRule.STAKEHOLDERS: [cost for members in by_stakeholder for cost in self._uneven(members)],
            MixRule.NEIGHBOURS: self._pairs(self._kinds([person.group for person in people])),
            MixRule.ORGANISATIONS: self._pairs(self._kinds([person.organisation for person in people])),
            MixRule.WISHES: [self._ungranted(person) for person in people if person.wishes],
        }

    def solve(self, hint: Mapping[str, str]) -> dict[MixRule, Optimum]:
        """The optimum of each rule; a hint makes it faster, not different. Ends at the first unproven rule."""
        found: dict[MixRule, Optimum] = {}
        for (person, table), here in self.x.items():
            self.model.add_hint(here, int(hint[person] == table))
        for rule, costs in self.costs.items():
            self.model.minimize(sum(costs))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            solver.parameters.max_time_in_seconds = SECONDS
            status = solver.solve(self.model)
            assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), f"{rule}: {solver.status_name(status)}"
            most, least = round(solver.objective_value), round(solver.best_objective_bound)
            found[rule] = Optimum(at_least=least, at_most=most)
            if least < most:
                break
            self.model.add(sum(costs) == most)
        return found

    def _kinds(self, names: list[str]) -> list[list[Person]]:
        return [
            [person for person, name in zip(self.people, names, strict=True) if name == one]
            for one in sorted(set(names) - {""})
        ]

    def _cost(self, most: int) -> cp_model.IntVar:
        return self.model.new_int_var(0, most, "")

    def _uneven(self, members: list[Person]) -> list[cp_model.IntVar]:
        low, high = len(members) // len(self.tables), -(-len(members) // len(self.tables))
        costs = []
        for table in self.tables:
            there = sum(self.x[person.id, table.id] for person in members)
            cost = self._cost(len(members))
            self.model.add(cost >= there - high)
            self.model.add(cost >= low - there)
            costs.append(cost)
        return costs

    def _pairs(self, kinds: list[list[Person]]) -> list[cp_model.IntVar]:
        """n(n - 1)/2 from below: the tangents k·n - k(k + 1)/2 touch it at every whole number."""
        costs = []
        for members in kinds:
            for table in self.tables:
                there = sum(self.x[person.id, table.id] for person in members)
                cost = self._cost(len(members) ** 2)
                for k in range(1, len(members)):
                    self.model.add(cost >= k * there - k * (k + 1) // 2)
                costs.append(cost)
        return costs

    def _transitive(self) -> list[tuple[str, str]]:
        blocks: list[set[str]] = []
        for pair in self.rules.together:
            touched = [block for block in blocks if block & set(pair)]
            blocks = [block for block in blocks if block not in touched] + [set(pair).union(*touched)]
        return [pair for block in blocks for pair in combinations(sorted(block), 2)]

    def _separate(self, a: str, b: str) -> cp_model.IntVar:
        cost = self._cost(1)
        for table in self.tables:
            self.model.add(cost >= self.x[a, table.id] - self.x[b, table.id])
        return cost

    def _same(self, a: str, b: str) -> cp_model.IntVar:
        cost = self._cost(1)
        for table in self.tables:
            self.model.add(cost >= self.x[a, table.id] + self.x[b, table.id] - 1)
        return cost

    def _lost(self, person: Person) -> cp_model.IntVar:
        cost = self._cost(1)
        helpers = [
            other for other in self.people if not other.needs_interpreter and {*other.languages} & {*person.languages}
        ]
        for table in self.tables:
            help_here = sum(self.x[helper.id, table.id] for helper in helpers)
            self.model.add(cost >= self.x[person.id, table.id] - help_here)
        return cost

    def _ungranted(self, person: Person) -> cp_model.LinearExpr:
        return 1 - sum(self.x[person.id, table.id] for table in self.tables if table.topic in person.wishes)
