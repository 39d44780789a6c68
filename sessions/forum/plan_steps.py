"""The steps that a plan can have: those it has, and those of its format that were left out."""

from dialog.format import Format, StepPlan, all_formats
from dialog.words import Step

ALWAYS = frozenset({Step.ARRIVE, Step.CLOSE})
"""The steps without which there is no dialogue."""


def offered_steps(base: Format) -> list[tuple[StepPlan, bool]]:
    """Every step to choose from and whether the plan has it. One that was left out stands where its format has it."""
    offered = [(one, True) for one in base.steps]
    whole = all_formats().get(base.key, base)
    for at, missing in enumerate(whole.steps):
        order = [one.step for one, _planned in offered]
        if missing.step not in order:
            before = whole.steps[at - 1].step
            offered.insert(order.index(before) + 1, (missing, False))
    return offered
