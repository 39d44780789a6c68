"""The words of the cockpit: the names of the steps."""

from dialog.words import Step
from sessions.language import _
from sessions.words import N_

STEPS = {
    Step.ARRIVE: N_("Arrive"),
    Step.COLLECT: N_("Collect"),
    Step.SORT: N_("Sort"),
    Step.NOMINATE: N_("Three most important"),
    Step.WEIGH: N_("Weigh"),
    Step.MIRROR: N_("Mirror"),
    Step.MIX: N_("Mix"),
    Step.ENVISION: N_("The ideal"),
    Step.TRANSLATE: N_("Benefits"),
    Step.SOLVE: N_("Proposals"),
    Step.APPRAISE: N_("Appraise"),
    Step.COMMIT: N_("Agree"),
    Step.CLOSE: N_("Closing"),
}

SCRIPT_WORDS: tuple[str, ...] = ()


def step_name(step: Step) -> str:
    """What a step is called in the line of steps."""
    return _(STEPS[step])
