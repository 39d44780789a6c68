"""Pure: who may do which act at all. Who somebody is, is checked at the edge; whose card or board it is, by the act."""

from dialog import errors
from dialog.acting import Actor, board_scope
from dialog.words import Role

_WRITING = frozenset(
    {
        "post_card", "edit_card", "withdraw_card", "restore_card", "nominate_topics", "cast_ballot", "wish_topics",
        "write_vision", "write_benefit", "write_proposal", "edit_entry", "withdraw_entry", "restore_entry",
        "appraise_proposal", "make_commitment", "give_feedback",
    }
)  # fmt: skip
_COMING_IN = frozenset({"join_dialogue", "change_phone"})
_BOARD = _WRITING | {
    "reveal_cards", "hide_card", "show_card", "place_card", "place_cards", "make_topic", "name_topic",
    "categorise_topic", "place_topic", "merge_topics", "split_topic", "remove_topic", "welcome_by_hand", "undo", "redo",
}  # fmt: skip

MAY: dict[Role, frozenset[str]] = {
    Role.GUEST: _COMING_IN,
    Role.ANALYST: frozenset(),
    Role.PARTICIPANT: _WRITING | _COMING_IN,
    Role.CO_MODERATOR: _BOARD,
}
"""What each role may do; a moderator may do everything."""


def check(act: str, by: Actor, scope: str) -> None:
    """Raise NotYourPart for an act of somebody else, NotYourGroup for the undo stack of another board."""
    if by.role is Role.MODERATOR:
        return
    if act not in MAY[by.role]:
        raise errors.NotYourPart()
    if act in ("undo", "redo") and not _own_stack(by, scope):
        raise errors.NotYourGroup()


def _own_stack(by: Actor, scope: str) -> bool:
    return scope.startswith(board_scope("")) if by.group_id is None else scope == board_scope(by.group_id)
