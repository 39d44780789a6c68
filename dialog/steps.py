"""Pure: the steps and the acts each permits. The server asks here before every act.

Sources: the method table (step by step), and the rules "the moderator can always go back" and "a timer advises and
never locks".
"""

from datetime import datetime, timedelta

from dialog import errors
from dialog.words import Step, Voting

GRACE = timedelta(seconds=20)
"""How long phones may still send the last card, nomination or vote after the moderator has gone on."""

_WRITING = frozenset({"post_card", "edit_card", "withdraw_card", "restore_card"})
_SORTING = frozenset(
    {
        "make_topic", "name_topic", "categorise_topic", "place_topic", "place_card", "place_cards",
        "merge_topics", "split_topic", "remove_topic",
    }
)  # fmt: skip

PERMITTED: dict[Step, frozenset[str]] = {
    Step.ARRIVE: frozenset(),
    Step.COLLECT: _WRITING | {"reveal_cards", "hide_card", "show_card"},
    Step.SORT: _WRITING | _SORTING | {"reveal_cards", "hide_card", "show_card"},
    Step.NOMINATE: _SORTING | {"nominate_topics", "hide_card", "show_card"},
    Step.WEIGH: frozenset(
        {
            "join_topics", "part_topic", "name_topic", "open_voting", "cast_ballot",
            "close_voting", "reveal_result", "hide_card", "show_card",
        }
    ),
    Step.MIRROR: frozenset({"choose_topics", "hide_card", "show_card"}),
    Step.CLOSE: frozenset({"close_dialogue"}),
}  # fmt: skip
"""The acts that belong to a step, by the name of their function in `commands/`."""

ALWAYS = frozenset(
    {
        "join_dialogue", "welcome_by_hand", "change_phone", "move_person", "remove_person", "change_plan",
        "open_door", "close_door", "go_to_step", "set_timer", "show_picture", "undo", "redo", "make_link",
        "revoke_link",
    }
)  # fmt: skip
"""The acts that are possible in every step of a dialogue that is not closed."""

IN_GRACE = _WRITING | {"cast_ballot", "nominate_topics"}
"""What people hold in their hands when a step ends, and whichever way it goes on must not lose."""


def permits(step: Step, act: str) -> bool:
    """Whether an act belongs to a step."""
    return act in ALWAYS or act in PERMITTED[step]


def check(act: str, step: Step, left_step: Step | None, left_at: datetime | None, now: datetime) -> None:
    """Raise NotInThisStep unless the act is permitted now, or still within the grace of the step just left."""
    if permits(step, act):
        return
    in_grace = left_step is not None and left_at is not None and now - left_at <= GRACE
    if in_grace and left_step is not None and act in IN_GRACE and permits(left_step, act):
        return
    raise errors.NotInThisStep()


def pictures(step: Step, stakeholders: tuple[str, ...], revealed: bool) -> tuple[str, ...]:
    """What the projector can show in a step, in the order of a presenter remote; the first is what it shows by itself.

    `stakeholders` are the keys of those who take part. Results are pictures only once they are `revealed`.
    """
    results = ("result",) if revealed else ()
    if step is Step.WEIGH:
        return (*results, "step")
    if step is Step.MIRROR:
        images = tuple(f"image:{key}" for key in stakeholders)
        return (*results, "about-works", "about-fails", *images, "to-others", "chosen")
    return ("step", "door") if step is not Step.ARRIVE else ("step",)


def next_act(step: Step, voting: Voting, all_revealed: bool, following: Step | None) -> str | None:
    """What the moderator most probably does next: the name of an act, or None at the very end.

    `following` is the next step of the format; "go_to_step" means going there.
    """
    if step is Step.COLLECT and not all_revealed:
        return "reveal_cards"
    if step is Step.WEIGH and voting != Voting.REVEALED:
        return {Voting.PREPARING: "open_voting", Voting.OPEN: "close_voting", Voting.CLOSED: "reveal_result"}[voting]
    if step is Step.CLOSE:
        return "close_dialogue"
    return "go_to_step" if following else None
