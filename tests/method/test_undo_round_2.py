"""Undo in round 2: every act of a moderator leads back to what was, and destroys nothing newer."""

from typing import Any

import pytest

from dialog import audience as a
from dialog import errors
from dialog.commands.appraise_proposal import appraise_proposal
from dialog.commands.close_appraisal import close_appraisal
from dialog.commands.describe_person import describe_person
from dialog.commands.draw_mixed_groups import draw_mixed_groups
from dialog.commands.edit_commitment import edit_commitment
from dialog.commands.edit_entry import edit_entry
from dialog.commands.fix_person import fix_person
from dialog.commands.give_feedback import give_feedback
from dialog.commands.give_table_topic import give_table_topic
from dialog.commands.lock_table import lock_table
from dialog.commands.make_commitment import make_commitment
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.pair_people import pair_people
from dialog.commands.part_people import part_people
from dialog.commands.redo import redo
from dialog.commands.restore_commitment import restore_commitment
from dialog.commands.restore_entry import restore_entry
from dialog.commands.reveal_appraisal import reveal_appraisal
from dialog.commands.seat_person import seat_person
from dialog.commands.show_picture import show_picture
from dialog.commands.show_tables import show_tables
from dialog.commands.undo import undo
from dialog.commands.wish_topics import wish_topics
from dialog.commands.withdraw_commitment import withdraw_commitment
from dialog.commands.withdraw_entry import withdraw_entry
from dialog.commands.write_benefit import write_benefit
from dialog.commands.write_proposal import write_proposal
from dialog.commands.write_vision import write_vision
from dialog.events import VisionContent
from dialog.words import Pairing, Step
from tests.method.second_half import SecondHalf
from tests.people import JOBCENTER, MARA, SPRING, proposal, scores

IDEAL = VisionContent(kind="vision", text="Alle reden miteinander", plain="")


def _there_and_back(half: SecondHalf, scope: str, act: Any, **what: Any) -> None:
    """Do it, undo it, do it again, undo it; what stands is each time as it was."""
    before = half.standing()
    half.act(act, MARA, scope, **what)
    after = half.standing()
    assert after != before, act
    for back_or_forth, expected in ((undo, before), (redo, after), (undo, before), (redo, after)):
        half.act(back_or_forth, MARA, scope)
        assert half.standing() == expected, (act, back_or_forth)


def test_every_act_of_mixing_leads_back(half: SecondHalf) -> None:
    anna, ben, paper = half.anna, half.ben, half.paper
    _there_and_back(half, "cockpit", wish_topics, topic_ids=half.topics[:1], person_id=paper.id)
    _there_and_back(half, "cockpit", pair_people, kind=Pairing.TOGETHER, first=anna.number, second=ben.number)
    _there_and_back(half, "cockpit", pair_people, kind=Pairing.APART, first=anna.number, second=ben.number)
    _there_and_back(half, "cockpit", part_people, pair_id=half.pairs()[0].id)
    _there_and_back(half, "cockpit", fix_person, number=anna.number, at=1)
    _there_and_back(half, "cockpit", fix_person, number=anna.number, at=None)
    _there_and_back(half, "cockpit", draw_mixed_groups, tables=2, seed=1)
    _there_and_back(half, "cockpit", draw_mixed_groups, tables=3, seed=2)
    _there_and_back(half, "cockpit", draw_mixed_groups, tables=2, seed=3)
    _there_and_back(half, "cockpit", show_tables)
    one, two = half.tables().values()
    other = two if half.seats()[anna.id] == one else one
    _there_and_back(half, "cockpit", seat_person, person_id=anna.id, table_id=other)
    _there_and_back(half, "cockpit", lock_table, table_id=one, locked=True)
    _there_and_back(half, "cockpit", give_table_topic, table_id=one, topic_id=None)
    languages: dict[str, Any] = {"organisation": "AWO", "languages": ("uk",), "needs_interpreter": True}
    _there_and_back(half, "cockpit", describe_person, person_id=anna.id, **languages)


def test_every_entry_on_a_table_s_own_stack_leads_back(half: SecondHalf) -> None:
    (table_id, _) = half.draw(2).values()
    half.go(Step.SOLVE)
    scope = f"board:{table_id}"
    _there_and_back(half, scope, write_vision, text=IDEAL.text, plain="", table_id=table_id)
    (vision,) = half.written()
    better = IDEAL.model_copy(update={"plain": "Wir reden"})
    _there_and_back(half, scope, edit_entry, entry_id=vision.id, was=IDEAL, content=better)
    _there_and_back(half, scope, withdraw_entry, entry_id=vision.id)
    _there_and_back(half, scope, restore_entry, entry_id=vision.id)
    _there_and_back(half, scope, write_benefit, stakeholder=JOBCENTER, text="Weniger Streit", table_id=table_id)
    _there_and_back(half, scope, write_proposal, content=proposal("Ein Video"), table_id=table_id)
    with pytest.raises(errors.NothingToUndo):
        half.on_board(half.tables()["2"], undo)


def test_an_entry_is_not_undone_over_what_the_table_has_changed_since(half: SecondHalf) -> None:
    table_id = half.table_of(half.anna, half.draw(2))
    half.go(Step.ENVISION)
    scope = f"board:{table_id}"
    half.vision(MARA, IDEAL.text, table_id=table_id, scope=scope)
    (entry,) = half.written()
    changed = IDEAL.model_copy(update={"text": "Alle reden gern miteinander"})
    half.on_board(table_id, edit_entry, entry_id=entry.id, was=IDEAL, content=changed)
    again = changed.model_copy(update={"plain": "Wir reden"})
    half.act(edit_entry, half.anna.actor, entry_id=entry.id, was=changed, content=again)
    with pytest.raises(errors.ChangedSince):
        half.on_board(table_id, undo)
    assert half.written()[0].content == again


def test_a_draw_is_not_undone_when_a_table_has_written_or_somebody_has_come(half: SecondHalf) -> None:
    half.draw(2, show=False)
    half.join(JOBCENTER)
    seats = half.seats()
    with pytest.raises(errors.ChangedSince):
        half.cockpit(undo)
    assert half.seats() == seats
    third = half.draw(3, seed=9)["3"]
    half.go(Step.ENVISION)
    vision_id = half.vision(MARA, "Es steht", table_id=third)
    half.act(withdraw_entry, entry_id=vision_id)
    half.cockpit(undo)
    with pytest.raises(errors.TableInUse, match="3"):
        half.cockpit(draw_mixed_groups, tables=2, seed=1)
    half.cockpit(undo)
    with pytest.raises(errors.ChangedSince):
        half.cockpit(undo)
    assert third in half.tables().values()
    half.go(Step.ENVISION)
    half.act(restore_entry, entry_id=vision_id)
    assert [entry.table_id for entry in half.written()] == [third]


def test_undoing_a_reveal_hides_the_figures_and_the_picture_again(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    for act in (open_appraisal, close_appraisal):
        _there_and_back(half, "cockpit", act)
    _there_and_back(half, "cockpit", reveal_appraisal)
    half.cockpit(show_picture, picture="result")
    assert half.pictures()[0] == half.sees(a.SCREEN)["stage"]["picture"] == "result"
    half.cockpit(undo)
    half.cockpit(undo)
    assert half.sees(a.SCREEN)["appraising"] == "closed"
    assert "result" not in half.pictures()
    half.cockpit(undo)
    half.appraise(half.anna.actor, proposal_id, scores(5))
    half.cockpit(redo)
    half.cockpit(redo)
    assert half.sees(a.SCREEN)["appraising"] == "revealed"


def test_what_was_entered_by_hand_is_undone(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    given: dict[str, Any] = {"proposal_id": proposal_id, "person_id": half.paper.id}
    for points in (scores(2), scores(4), scores(None)):
        _there_and_back(half, "cockpit", appraise_proposal, scores=points, **given)
    half.go(Step.CLOSE)
    for marks in ({"heard": 5}, {}):
        answers = {question.key: 5 for question in half.plan().feedback} if marks else {}
        _there_and_back(
            half, "cockpit", give_feedback, answers=answers, sentence="Gut" * bool(marks), person_id=half.paper.id
        )


def test_an_appraisal_by_hand_is_not_undone_after_the_reveal_nor_over_a_newer_one(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    table_id = half.table_of(half.paper, half.tables())
    half.on_board(table_id, appraise_proposal, proposal_id=proposal_id, scores=scores(2), person_id=half.paper.id)
    half.on_board(table_id, appraise_proposal, proposal_id=proposal_id, scores=scores(4), person_id=half.paper.id)
    half.cockpit(appraise_proposal, proposal_id=proposal_id, scores=scores(5), person_id=half.paper.id)
    with pytest.raises(errors.ChangedSince):
        half.on_board(table_id, undo)
    half.cockpit(close_appraisal)
    half.cockpit(reveal_appraisal)
    with pytest.raises(errors.ChangedSince):
        half.on_board(table_id, undo)
    (given,) = half.appraisals()
    assert given[1:] == (half.paper.id, proposal_id, scores(5))


def test_the_words_of_a_proposal_stay_once_somebody_has_appraised_them(half: SecondHalf) -> None:
    table_id = half.table_of(half.anna, half.draw(2))
    half.go(Step.SOLVE)
    was, better = proposal("Ein Video"), proposal("Drei Videos")
    half.on_board(table_id, write_proposal, content=was, table_id=table_id)
    (entry,) = half.written()
    half.on_board(table_id, edit_entry, entry_id=entry.id, was=was, content=better)
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.appraise(half.anna.actor, entry.id, scores(5))
    for _ in range(2):
        with pytest.raises(errors.ChangedSince):
            half.on_board(table_id, undo)
    assert half.written()[0].content == better


def test_commitments_lead_back_and_hold_their_proposal(half: SecondHalf) -> None:
    table_id = half.table_of(half.anna, half.draw(2))
    half.go(Step.SOLVE)
    half.on_board(table_id, write_proposal, content=proposal("Ein Video"), table_id=table_id)
    (entry,) = half.written()
    half.go(Step.COMMIT)
    said: dict[str, Any] = {"who": "Jobcenter", "what": "Dreht", "until": SPRING, "review_on": None}
    _there_and_back(half, "cockpit", make_commitment, proposal_id=entry.id, **said)
    (made,) = half.commitments()
    with pytest.raises(errors.ChangedSince):
        half.on_board(table_id, undo)
    _there_and_back(half, "cockpit", edit_commitment, commitment_id=made.id, proposal_id=None, **said)
    _there_and_back(half, "cockpit", withdraw_commitment, commitment_id=made.id)
    _there_and_back(half, "cockpit", restore_commitment, commitment_id=made.id)
