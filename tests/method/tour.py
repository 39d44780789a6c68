"""The tour: every act of the method at least once, with effect, in the order of an afternoon."""

Ask = tuple[str | int, int, int, int]
"""The name of an act, or a number that chooses among those of the current step, and three numbers that choose."""

TOUR: list[Ask] = [
    *[("join_dialogue", at, 0, 0) for at in range(7)],
    *[("welcome_by_hand", 0, 0, 0), ("move_person", 0, 1, 0), ("undo", 0, 0, 0), ("redo", 0, 0, 0)],
    *[("remove_person", 6, 0, 0), ("close_door", 0, 0, 0), ("open_door", 0, 0, 0), ("set_timer", 1, 5, 0)],
    *[("change_plan", 0, 0, 0), ("change_phone", 0, 0, 0), ("make_link", 0, 1, 0), ("make_link", 1, 0, 0)],
    *[("revoke_link", 0, 0, 0), ("show_picture", 1, 0, 0)],
    *[("post_card", at, at, at) for at in range(9)],
    *[("edit_card", 0, 2, 0), ("withdraw_card", 1, 0, 0), ("restore_card", 0, 0, 0), ("reveal_cards", 0, 0, 0)],
    *[("hide_card", 0, 0, 0), ("edit_card", 0, 3, 0), ("show_card", 0, 0, 0), ("hide_card", 2, 0, 0)],
    *[("make_topic", at, 2, 0) for at in range(8)],
    *[
        ("place_card", 0, 1, 0),
        *[("place_cards", at, at, 1) for at in range(4)],
        ("name_topic", 0, 0, 0),
        ("categorise_topic", 1, 1, 0),
    ],
    *[
        ("place_topic", 0, 0, 0),
        ("place_topic", 1, 1, 0),
        *[("place_cards", at, 0, 2) for at in range(3)],
        ("split_topic", 0, 0, 0),
        ("merge_topics", 0, 0, 0),
    ],
    *[("merge_topics", 1, 0, 0), ("merge_topics", 2, 0, 0), ("remove_topic", 1, 0, 0)],
    *[("undo", 0, 1, 0), ("undo", 1, 1, 0), ("redo", 1, 1, 0)],
    *[("nominate_topics", at, 2, 0) for at in range(8)],
    *[("join_topics", 0, 1, 0), ("part_topic", 0, 0, 0), ("join_topics", 1, 0, 0), ("open_voting", 0, 0, 0)],
    *[("name_topic", at, 0, 5) for at in range(2)],
    *[("cast_ballot", at, 1, 1) for at in range(8)],
    *[("close_voting", 0, 0, 0), ("reveal_result", 0, 0, 0), ("show_picture", 0, 0, 0), ("choose_topics", 0, 1, 0)],
    *[("wish_topics", at, at, 1 + at % 2) for at in range(4)],
    *[("pair_people", 0, 3, 0), ("pair_people", 1, 4, 1), ("pair_people", 0, 3, 1), ("part_people", 0, 0, 0)],
    *[("fix_person", 0, 1, 0), ("describe_person", 1, 2, 0), ("draw_mixed_groups", 2, 7, 0), ("undo", 0, 0, 0)],
    *[("redo", 0, 0, 0), ("lock_table", 0, 0, 0), ("draw_mixed_groups", 1, 8, 0), ("seat_person", 1, 0, 0)],
    *[("join_dialogue", 1, 2, 0), ("show_tables", 0, 0, 0), ("undo", 0, 0, 0), ("redo", 0, 0, 0)],
    *[("seat_person", 0, 1, 0), ("seat_person", 0, 0, 0), ("give_table_topic", 1, 2, 0), ("undo", 0, 0, 0)],
    *[("describe_person", 2, 3, 0), ("wish_topics", 2, 1, 1), ("make_link", 1, 3, 0)],
    *[("write_vision", at, at, 0) for at in range(5)],
    *[("edit_entry", 0, 0, 1), ("withdraw_entry", 1, 0, 0), ("restore_entry", 0, 0, 0), ("show_picture", 2, 0, 0)],
    *[("write_benefit", at, at, at) for at in range(5)],
    *[("edit_entry", 5, 3, 1), ("undo", 3, 1, 0), ("redo", 3, 1, 0), ("move_person", 1, 2, 0)],
    *[("write_proposal", at, at, at) for at in range(6)],
    *[("edit_entry", 11, 1, 1), ("withdraw_entry", 12, 0, 0), ("join_dialogue", 2, 0, 0), ("set_timer", 1, 3, 0)],
    *[("open_appraisal", 0, 0, 0), *[("appraise_proposal", at, at % 3, at) for at in range(12)]],
    *[("close_appraisal", 0, 0, 0), ("reveal_appraisal", 0, 0, 0), ("show_picture", 0, 0, 0), ("undo", 0, 0, 0)],
    *[("undo", 0, 0, 0), ("redo", 0, 0, 0), ("show_picture", 0, 0, 0)],
    *[("make_commitment", at, at, at) for at in range(3)],
    *[("edit_commitment", 0, 1, 1), ("withdraw_commitment", 1, 0, 0), ("restore_commitment", 0, 0, 0)],
    *[("give_feedback", at, at, at) for at in range(6)],
    *[("remove_person", 3, 0, 0), ("undo", 0, 0, 0), ("close_dialogue", 0, 0, 0)],
]
"""Every act at least once, with effect."""

STARTS = tuple(
    TOUR[: next(at for at, ask in enumerate(TOUR) if ask[0] == name)]
    for name in (
        *("welcome_by_hand", "edit_card", "place_card", "nominate_topics", "cast_ballot", "choose_topics"),
        *("wish_topics", "draw_mixed_groups", "give_table_topic", "edit_entry", "write_proposal", "open_appraisal"),
        *("close_appraisal", "make_commitment", "give_feedback"),
    )
)
"""How far an afternoon may have come before anything may happen."""
