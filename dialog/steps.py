"""Pure: the steps and the acts each permits. The server asks here before every act.

Sources: the method table (step by step), and the rules "the moderator can always go back" and "a timer advises and
never locks".
"""

from dataclasses import dataclass
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

_MIXING = frozenset(
    {
        "wish_topics", "pair_people", "part_people", "fix_person", "draw_mixed_groups", "show_tables",
        "give_table_topic", "lock_table",
    }
)  # fmt: skip
_AT_TABLE = frozenset({"edit_entry", "withdraw_entry", "restore_entry"})
_PROMISING = frozenset({"make_commitment", "edit_commitment", "withdraw_commitment", "restore_commitment"})

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
    Step.MIX: _MIXING,
    Step.ENVISION: _AT_TABLE | {"write_vision"},
    Step.TRANSLATE: _AT_TABLE | {"write_vision", "write_benefit"},
    Step.SOLVE: _AT_TABLE | {"write_vision", "write_benefit", "write_proposal"},
    Step.APPRAISE: _AT_TABLE | {"open_appraisal", "appraise_proposal", "close_appraisal", "reveal_appraisal"},
    Step.COMMIT: _PROMISING,
    Step.CLOSE: _PROMISING | {"give_feedback", "close_dialogue"},
}  # fmt: skip
"""The acts that belong to a step, by the name of their function in `commands/`."""

ALWAYS = frozenset(
    {
        "join_dialogue", "welcome_by_hand", "change_phone", "move_person", "remove_person", "change_plan",
        "open_door", "close_door", "go_to_step", "set_timer", "show_picture", "undo", "redo", "make_link",
        "revoke_link", "seat_person", "describe_person",
    }
)  # fmt: skip
"""The acts that are possible in every step of a dialogue that is not closed."""

IN_GRACE = (
    _WRITING
    | _AT_TABLE
    | _PROMISING
    | {
        "cast_ballot", "nominate_topics", "wish_topics", "write_vision", "write_benefit", "write_proposal",
        "appraise_proposal", "give_feedback",
    }
)  # fmt: skip
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


def pictures(
    step: Step, stakeholders: tuple[str, ...], revealed: bool, tables: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What the projector can show in a step, in the order of a presenter remote; the first is what it shows by itself.

    `stakeholders` are the keys of those who take part, `tables` the names of the tables that people have been shown.
    Figures (of the vote, from `appraise` on of the appraisal) are pictures only once they are `revealed`.
    """
    result = ("result",) if revealed else ()
    if step is Step.WEIGH:
        return (*result, "step")
    if step is Step.MIRROR:
        images = tuple(f"image:{key}" for key in stakeholders)
        return (*result, "about-works", "about-fails", *images, "to-others", "chosen")
    if step in (Step.ENVISION, Step.TRANSLATE, Step.SOLVE):
        return ("step", *(("tables", *(f"table:{name}" for name in tables)) if tables else ()), "door")
    if step is Step.APPRAISE:
        return (*result, "step", "gallery")
    if step is Step.COMMIT:
        return ("step", *result, "gallery")
    return ("step", "door") if step is not Step.ARRIVE else ("step",)


_VOTE = {Voting.PREPARING: "open_voting", Voting.OPEN: "close_voting", Voting.CLOSED: "reveal_result"}
_APPRAISAL = {Voting.PREPARING: "open_appraisal", Voting.OPEN: "close_appraisal", Voting.CLOSED: "reveal_appraisal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a dialogue has come within its step. `following` is the next step of the format."""

    step: Step
    following: Step | None
    all_revealed: bool
    voting: Voting
    tables_drawn: bool
    tables_shown: bool
    appraising: Voting


def next_act(now: Standing) -> str | None:
    """What the moderator most probably does next: the name of an act, or None at the very end.

    "go_to_step" means going to the following step.
    """
    if now.step is Step.COLLECT and not now.all_revealed:
        return "reveal_cards"
    if now.step is Step.WEIGH and now.voting in _VOTE:
        return _VOTE[now.voting]
    if now.step is Step.MIX and not now.tables_shown:
        return "show_tables" if now.tables_drawn else "draw_mixed_groups"
    if now.step is Step.APPRAISE and now.appraising in _APPRAISAL:
        return _APPRAISAL[now.appraising]
    if now.step is Step.CLOSE:
        return "close_dialogue"
    return "go_to_step" if now.following else None
