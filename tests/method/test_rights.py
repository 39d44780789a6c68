"""Rights: what each role may do at all, act by act."""

import pytest

from dialog import errors, rights
from dialog.acting import Actor, board_scope
from dialog.words import Role
from tests.method.programs import ACTS

CO_MODERATOR = Actor(Role.CO_MODERATOR, "link", "g1")
COCKPIT = {
    "change_plan", "choose_topics", "close_appraisal", "close_dialogue", "close_door", "close_voting",
    "describe_person", "draw_mixed_groups", "edit_commitment", "fix_person", "give_table_topic", "go_to_step",
    "join_topics", "lock_table", "make_link", "move_person", "open_appraisal", "open_door", "open_voting",
    "pair_people", "part_people", "part_topic", "remove_person", "restore_commitment", "reveal_appraisal",
    "reveal_result", "revoke_link", "seat_person", "set_timer", "show_picture", "show_tables", "withdraw_commitment",
}  # fmt: skip


def test_a_moderator_may_do_everything() -> None:
    for act in ACTS:
        rights.check(act, Actor(Role.MODERATOR, "mara"), "cockpit")


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_belongs_to_the_cockpit_the_boards_or_the_people(act: str) -> None:
    for role, may in rights.MAY.items():
        by = Actor(role, "somebody", "g1" if role is Role.CO_MODERATOR else None)
        if act in may:
            rights.check(act, by, board_scope("g1"))
        else:
            with pytest.raises(errors.NotYourPart):
                rights.check(act, by, board_scope("g1"))
    assert (act in COCKPIT) == (not any(act in may for may in rights.MAY.values()))


@pytest.mark.parametrize("scope", ["cockpit", "", "board:g2", "board:"])
def test_a_group_s_co_moderator_undoes_on_the_own_board_only(scope: str) -> None:
    with pytest.raises(errors.NotYourGroup):
        rights.check("undo", CO_MODERATOR, scope)


def test_a_co_moderator_of_all_boards_undoes_on_boards_and_not_in_the_cockpit() -> None:
    helper = Actor(Role.CO_MODERATOR, "link")
    rights.check("undo", helper, "board:g2")
    with pytest.raises(errors.NotYourGroup):
        rights.check("redo", helper, "cockpit")
