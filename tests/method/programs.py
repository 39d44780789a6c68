"""Programs of acts: an afternoon in which anything may happen that anybody can do, in any order.

An ask is the name of an act, or a number that chooses among those of the current step, and three numbers that choose
among whatever is there then. If the act belongs to another step, Mara first goes to one where it is possible; if it
breaks a rule, it is refused and the afternoon goes on.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from hypothesis import strategies as st

import dialog.commands
from dialog import errors, steps
from dialog.acting import COCKPIT_SCOPE, Command
from dialog.journal import Outcome, carry_out
from dialog.store import Store
from tests.method.choices import Chosen, Refused, pick
from tests.method.choices_round_1 import Round1
from tests.method.choices_round_2 import Round2
from tests.method.tour import STARTS, TOUR, Ask
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, small_plan

__all__ = ["ACTS", "STARTS", "TOUR", "Ask", "Player", "anything"]

MODULES = {
    found.name: import_module(f"dialog.commands.{found.name}") for found in iter_modules(dialog.commands.__path__)
}
ACTS: dict[str, Callable[..., Any]] = {
    name: getattr(module, name)
    for name, module in MODULES.items()
    if issubclass(getattr(module, name.title().replace("_", "")), Command)
}
"""The acts in a dialogue; planning one, or setting up a forum, happens outside of any."""

numbers = st.integers(0, 60)
anything = st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=15, max_size=30)


class Player(Round1, Round2):
    """An afternoon that plays asks. `applied` counts the acts that changed something."""

    def __init__(self, store: Store, dialogue_id: str) -> None:
        plan = small_plan({JOBCENTER: 2, TRAEGER: 2, BERECHTIGTE: 2}, people_per_group=3, cards_per_person=4)
        super().__init__(store, plan, dialogue_id)
        self.applied: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.versions = {}
        self.look()

    def play(self, ask: Ask) -> Iterator[tuple[str, Outcome]]:
        """Carry the ask out; yields the acts that were carried out, and looks anew before each yield."""
        wanted, one, two, three = ask
        name = wanted if isinstance(wanted, str) else pick(self._possible(), wanted)
        self.later((1, 5, 30)[three % 3])
        if not steps.permits(self.step, name):
            there = [planned.step for planned in self.plan.steps if steps.permits(planned.step, name)]
            yield from self._try("go_to_step", lambda: (MARA, COCKPIT_SCOPE, {"step": pick(there, three)}))
        yield from self._try(name, lambda: getattr(self, f"_{name}")(one, two, three))

    def _possible(self) -> list[str]:
        """The acts of this step three times, and once those of every step; nobody closes the dialogue for good."""
        own = steps.PERMITTED[self.step] - {"close_dialogue"}
        return [*sorted(own), "undo", "redo"] * 3 + sorted(steps.ALWAYS)

    def _try(self, name: str, choose: Callable[[], Chosen]) -> Iterator[tuple[str, Outcome]]:
        try:
            by, scope, what = choose()
            command: Command = self.asked(ACTS[name], by, scope, **what)
            with self.store.writing() as db:
                outcome = carry_out(db, ACTS[name], command)
        except (Refused, errors.RuleBroken) as refusal:
            self.refused[type(refusal).__name__] += 1
            return
        if outcome.happenings:
            self.applied[name] += 1
        self.look()
        yield name, outcome
