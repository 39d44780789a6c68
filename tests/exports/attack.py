"""An attack on a public workbook: a solver that knows every published number and all rules, and looks for members.

Each number of a pool is split into unknown numbers of its members. The solver knows what belongs together: who voted
was in the room, a topic with all its cards is of one group, marks add up to people, small is who has fewer than five,
and whoever is not in the pool is greater than its members. A member is found out where no other number is possible.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ortools.sat.python import cp_model

from dialog.format import Stakeholder
from exports.profile import ENOUGH
from tests.exports.shown import Shown, plain

Cell: TypeAlias = tuple[str, str, str, str]
"""Sheet, heading, what the row is called besides its stakeholder, column."""
Split: TypeAlias = dict[str, Any]
"""The unknown number of each member, by its label."""

BY_STAKEHOLDER = {
    ("Übersicht", "Personen und Karten"): ("here", "works", "fails"),
    ("Themenhäufigkeit", "Nach Kategorie"): ("cards",),
    ("Themenhäufigkeit", "Nach Thema"): ("cards",),
    ("Wer über wen", "Was läuft gut"): ("cards",),
    ("Wer über wen", "Was läuft schlecht"): ("cards",),
    ("Abstimmung", "Beteiligung"): ("here", "voted", "abstained"),
    ("Bewertung", "Wie viele welchen Wert gaben"): ("people",),
    ("Feedback", "Nach Akteur"): ("people",),
}
"""Tables with a row for each stakeholder, and their columns of numbers; those by mark and by addressee besides."""
FAMILIES = ("to ", "mark ")
RESULT = ("Abstimmung", "Ergebnis")
"""The table with a column for each stakeholder."""


def numbers(shown: Shown, who: Stakeholder) -> dict[Cell, int]:
    """Every number that stands in a row of this stakeholder, or in a column of it. Topics of the same name are one."""
    label = who.label["de"]
    found: dict[Cell, int] = {}
    for row in shown.rows(*RESULT) if RESULT in shown else ():
        cell = (*RESULT, f"{row['topic'].rpartition(' (')[0] or row['topic']}/{row['raw']}", "voters")
        found[cell] = found.get(cell, 0) + row.get(f"voters {who.key}", 0)
    for (sheet, heading), columns in BY_STAKEHOLDER.items():
        if (sheet, heading) not in shown:
            continue
        for row in shown.rows(sheet, heading):
            if plain(row["who"]) == label:
                name = "/".join(str(row.get(key, "")) for key in ("number", "asked", "question", "key", "valence"))
                for key, value in row.items():
                    if isinstance(value, int) and (key in columns or key.startswith(FAMILIES)):
                        cell = (sheet, heading, name, key)
                        found[cell] = found.get(cell, 0) + value
    return found


class Attack:
    """`pools` by the sheets on which they stand: the pool, and the labels of its members."""

    def __init__(self, shown: Shown, pools: Mapping[str, tuple[Stakeholder, Sequence[str]]]) -> None:
        self.model = cp_model.CpModel()
        self.splits: dict[Cell, Split] = {}
        for sheet, (pool, members) in pools.items():
            for cell, value in numbers(shown, pool).items():
                if cell[0] == sheet:
                    self.splits[cell] = {who: self.model.new_int_var(0, value, "") for who in members}
                    self.model.add(sum(self.splits[cell].values()) == value)
        self.members = pools["Übersicht"][1]
        self.most = len(shown.rows(*RESULT)) if RESULT in shown else 0
        self._same("Abstimmung", "Beteiligung", "here", "Übersicht", "Personen und Karten", "here")
        self._add_up()
        self._cards()
        self._topics_are_of_one()
        self._sizes(
            [
                int(row["here"])
                for row in shown.rows("Übersicht", "Personen und Karten")
                if plain(row["who"]) != pools["Übersicht"][0].label["de"] and row["here"]
            ]
        )

    def _find(self, sheet: str, heading: str, key: str) -> Iterator[tuple[Cell, Split]]:
        for cell, split in self.splits.items():
            if cell[:2] == (sheet, heading) and cell[3].startswith(key):
                yield cell, split

    def _same(self, sheet: str, heading: str, key: str, *other: str) -> None:
        for _cell, split in self._find(sheet, heading, key):
            for _there, twin in self._find(*other):
                for who, number in split.items():
                    self.model.add(number == twin[who])

    def _add_up(self) -> None:
        """Voters and those who abstained are the people; marks are the people who gave one."""
        here = dict(next((split for _c, split in self._find("Übersicht", "Personen und Karten", "here")), {}))
        for _cell, split in self._find("Abstimmung", "Beteiligung", "voted"):
            for _other, rest in self._find("Abstimmung", "Beteiligung", "abstained"):
                for who, number in split.items():
                    self.model.add(number + rest[who] == here[who])
            for _other, voters in self._find(*RESULT, "voters"):
                for who, number in split.items():
                    self.model.add(voters[who] <= self.most * number)
        for sheet, heading in (("Bewertung", "Wie viele welchen Wert gaben"), ("Feedback", "Nach Akteur")):
            for cell, people in self._find(sheet, heading, "people"):
                marks = [split for other, split in self._find(sheet, heading, "mark ") if other[2] == cell[2]]
                for who, number in people.items():
                    self.model.add(sum(split[who] for split in marks) == number)
                    if who in here:
                        self.model.add(number <= here[who])

    def _cards(self) -> None:
        """Every card has a mention or more; categories, topics and the matrix count the same cards."""
        for heading in ("Nach Kategorie", "Nach Thema"):
            for cell, cards in self._find("Themenhäufigkeit", heading, "cards"):
                to = [split for other, split in self._find(*cell[:2], "to ") if other[2] == cell[2]]
                for who, number in cards.items():
                    self.model.add(sum(split[who] for split in to) >= number)
                    for split in to:
                        self.model.add(split[who] <= number)
            for valence, key, matrix in (("läuft gut", "works", "gut"), ("läuft schlecht", "fails", "schlecht")):
                found = [s for c, s in self._find("Themenhäufigkeit", heading, "cards") if c[2].endswith(valence)]
                for _cell, cards in self._find("Übersicht", "Personen und Karten", key):
                    for who, number in cards.items():
                        self.model.add(sum(split[who] for split in found) == number)
                self._same("Wer über wen", f"Was läuft {matrix}", "cards", "Übersicht", "Personen und Karten", key)
                for cell, split in self._find("Wer über wen", f"Was läuft {matrix}", "to "):
                    rows = [
                        s
                        for c, s in self._find("Themenhäufigkeit", heading, cell[3])
                        if c[2].endswith(valence) and c[3] == cell[3]
                    ]
                    for who, number in split.items():
                        self.model.add(sum(row[who] for row in rows) == number)

    def _topics_are_of_one(self) -> None:
        """All cards of a topic were written by the same group. Topics of the same name cannot be told apart."""
        names = {cell[2].rpartition("/")[0] for cell, _s in self._find("Themenhäufigkeit", "Nach Thema", "cards")}
        for name in names:
            if not name.endswith("ohne Thema"):
                owner = {who: self.model.new_bool_var("") for who in self.members}
                self.model.add_exactly_one(owner.values())
                for cell, split in self._find("Themenhäufigkeit", "Nach Thema", ""):
                    if cell[2].rpartition("/")[0] == name:
                        for who, number in split.items():
                            self.model.add(number == 0).only_enforce_if(owner[who].negated())

    def _sizes(self, beyond: Sequence[int]) -> None:
        """One member or more is small; whoever is not has fewer people than those beyond the pool."""
        here = dict(next((split for _c, split in self._find("Übersicht", "Personen und Karten", "here")), {}))
        voted = dict(next((split for _c, split in self._find("Abstimmung", "Beteiligung", "voted")), {}))
        small = []
        for who, people in here.items():
            size = [people]
            if voted:
                counts = self.model.new_int_var(0, 1000, "")
                votes = self.model.new_bool_var("")
                self.model.add(voted[who] > 0).only_enforce_if(votes)
                self.model.add(voted[who] == 0).only_enforce_if(votes.negated())
                self.model.add(counts == voted[who]).only_enforce_if(votes)
                self.model.add(counts == people).only_enforce_if(votes.negated())
                size.append(counts)
            least = self.model.new_int_var(0, 1000, "")
            self.model.add_min_equality(least, size)
            is_small = self.model.new_bool_var("")
            self.model.add(least < ENOUGH).only_enforce_if(is_small)
            self.model.add(least >= ENOUGH).only_enforce_if(is_small.negated())
            if beyond:
                self.model.add(least < min(beyond)).only_enforce_if(is_small.negated())
            small.append(is_small)
        self.model.add_bool_or(small)

    def found_out(self, truth: Callable[[Cell, str], int]) -> list[tuple[Cell, str, int]]:
        """The numbers of members for which there is no other solution than the true one."""
        open_ = {}
        for cell, split in self.splits.items():
            for who, number in split.items():
                other = self.model.new_bool_var("")
                self.model.add(number != truth(cell, who)).only_enforce_if(other)
                open_[cell, who] = other
        while open_:
            self.model.maximize(sum(open_.values()))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            solver.parameters.max_deterministic_time = 4
            state = solver.solve(self.model)
            assert state in (cp_model.OPTIMAL, cp_model.FEASIBLE), "the truth itself must be a solution"
            moved = [key for key, other in open_.items() if solver.value(other)]
            if not moved:
                break
            for key in moved:
                del open_[key]
        return [(cell, who, truth(cell, who)) for cell, who in open_]
