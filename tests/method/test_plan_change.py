"""Changing the plan: everything can be adjusted, and what is in use stays."""

from typing import Any

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.commands.categorise_topic import categorise_topic
from dialog.commands.change_plan import change_plan
from dialog.commands.give_feedback import give_feedback
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.open_voting import open_voting
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.commands.redo import redo
from dialog.commands.remove_person import remove_person
from dialog.commands.undo import undo
from dialog.commands.withdraw_card import withdraw_card
from dialog.commands.withdraw_entry import withdraw_entry
from dialog.format import Plan
from dialog.models import Dialogue
from dialog.words import Appraising, Step
from tests.method.second_half import SecondHalf
from tests.people import BERECHTIGTE, JOBCENTER, MORNING, TRAEGER, Afternoon, resistance, scores, small_plan


def _plan(afternoon: Afternoon) -> Plan:
    with afternoon.reading() as db:
        return queries.plan(queries.dialogue(db, afternoon.id))


def _without(plan: Plan, key: str) -> Plan:
    left = tuple(stakeholder for stakeholder in plan.stakeholders if stakeholder.key != key)
    return plan.model_copy(update={"stakeholders": left})


def _taking_part(plan: Plan, key: str, participates: bool) -> Plan:
    changed = [s.model_copy(update={"participates": participates}) if s.key == key else s for s in plan.stakeholders]
    return plan.model_copy(update={"stakeholders": tuple(changed)})


def _change(afternoon: Afternoon, plan: Plan) -> Any:
    return afternoon.cockpit(change_plan, plan=plan)


def test_a_new_title_is_on_every_list(afternoon: Afternoon) -> None:
    _change(afternoon, _plan(afternoon).model_copy(update={"title": "Region Süd"}))
    with afternoon.reading() as db:
        assert [dialogue.title for dialogue in queries.dialogues(db, "forum")] == ["Region Süd"]
    assert not _change(afternoon, _plan(afternoon)).happenings


def test_who_takes_part_from_now_on_has_a_group(afternoon: Afternoon) -> None:
    _change(afternoon, _taking_part(_plan(afternoon), "politik", True))
    assert afternoon.groups() == {"J1": 0, "T1": 0, "L1": 0, "P1": 0}
    afternoon.cockpit(undo)
    assert "P1" not in afternoon.groups()
    afternoon.cockpit(redo)
    afternoon.join("politik")
    assert afternoon.groups()["P1"] == 1
    with pytest.raises(errors.StillInUse, match="Politik"):
        _change(afternoon, _taking_part(_plan(afternoon), "politik", False))
    with pytest.raises(errors.ChangedSince):
        afternoon.cockpit(undo)
    with afternoon.reading() as db:
        queries.result(db, queries.dialogue(db, afternoon.id))


def test_who_no_longer_takes_part_has_no_group(afternoon: Afternoon) -> None:
    _change(afternoon, _without(_plan(afternoon), TRAEGER))
    assert list(afternoon.groups()) == ["J1", "L1"]
    with pytest.raises(errors.UnknownStakeholder):
        afternoon.join(TRAEGER)
    afternoon.cockpit(undo)
    afternoon.join(TRAEGER)


def test_a_late_group_has_open_cards_like_the_others(afternoon: Afternoon) -> None:
    afternoon.go(Step.SORT)
    _change(afternoon, _taking_part(_plan(afternoon), "politik", True))
    assert afternoon.sees(a.COCKPIT)["groups"][afternoon.group("P1")]["revealed"]


def test_two_stakeholders_with_one_letter_still_have_groups_of_different_names(afternoon: Afternoon) -> None:
    plan = _taking_part(_plan(afternoon), "politik", True)
    changed = tuple(s.model_copy(update={"letter": "L"}) for s in plan.stakeholders)
    _change(afternoon, plan.model_copy(update={"stakeholders": changed}))
    assert list(afternoon.groups()) == ["J1", "T1", "L1", "L2"]


def test_a_stakeholder_with_people_stays_even_when_they_have_left(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.cockpit(remove_person, person_id=anna.id)
    for plan in (_without(_plan(afternoon), JOBCENTER), _taking_part(_plan(afternoon), JOBCENTER, False)):
        with pytest.raises(errors.StillInUse, match="Jobcenter"):
            _change(afternoon, plan)


def test_an_addressee_of_a_card_stays_even_when_it_was_taken_back(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    card_id = afternoon.write(anna.actor, "Schreibt es auf", addressees=["medien"])
    afternoon.act(withdraw_card, anna.actor, card_id=card_id)
    with pytest.raises(errors.StillInUse, match="Medien"):
        _change(afternoon, _without(_plan(afternoon), "medien"))
    _change(afternoon, _without(_plan(afternoon), "oeffentlichkeit"))


def test_a_category_of_a_topic_stays(afternoon: Afternoon) -> None:
    group_id = afternoon.group("J1")
    afternoon.go(Step.SORT)
    topic_id = afternoon.topic(group_id)
    afternoon.on_board(group_id, categorise_topic, topic_id=topic_id, category="motivation")
    plan = _plan(afternoon)
    fewer = plan.model_copy(update={"categories": tuple(c for c in plan.categories if c.key != "motivation")})
    with pytest.raises(errors.StillInUse, match="Motivation"):
        _change(afternoon, fewer)
    afternoon.on_board(group_id, categorise_topic, topic_id=topic_id, category=None)
    _change(afternoon, fewer)
    with pytest.raises(errors.ChangedSince):
        afternoon.on_board(group_id, undo)


def _without_step(plan: Plan, step: Step) -> Plan:
    return plan.model_copy(update={"steps": tuple(planned for planned in plan.steps if planned.step is not step)})


def test_the_current_step_and_those_before_it_stay(afternoon: Afternoon) -> None:
    afternoon.go(Step.NOMINATE)
    for step in (Step.SORT, Step.NOMINATE):
        with pytest.raises(errors.StillInUse, match="zusammen|wichtigsten"):
            _change(afternoon, _without_step(_plan(afternoon), step))
    _change(afternoon, _without_step(_plan(afternoon), Step.WEIGH))
    afternoon.go(Step.MIRROR)
    assert Step.WEIGH not in [planned.step for planned in _plan(afternoon).steps]


def test_a_step_in_which_something_was_done_stays_when_the_dialogue_goes_back(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    afternoon.write(anna.actor, "Zeit")
    afternoon.go(Step.SORT)
    afternoon.go(Step.ARRIVE)
    with pytest.raises(errors.StillInUse, match="Was läuft gut"):
        _change(afternoon, _without_step(_plan(afternoon), Step.COLLECT))
    _change(afternoon, _without_step(_plan(afternoon), Step.SORT))


def test_the_number_of_votes_stays_once_the_vote_has_begun(afternoon: Afternoon) -> None:
    group_id = afternoon.group("J1")
    afternoon.go(Step.SORT)
    topic_id = afternoon.topic(group_id, "Zeit")
    afternoon.go(Step.NOMINATE)
    afternoon.on_board(group_id, nominate_topics, group_id=group_id, topic_ids=[topic_id])
    plan = _plan(afternoon)
    more = plan.model_copy(update={"limits": plan.limits.model_copy(update={"votes_per_person": 5})})
    _change(afternoon, more)
    afternoon.go(Step.WEIGH)
    afternoon.cockpit(open_voting)
    with pytest.raises(errors.VotesAlreadyThere):
        _change(afternoon, plan)


def test_planning_the_same_dialogue_twice_is_planning_it_once(afternoon: Afternoon) -> None:
    plan = small_plan({JOBCENTER: 30, TRAEGER: 1, BERECHTIGTE: 0})
    ask = PlanDialogue(dialogue_id="d9", forum_id="forum", plan=plan, now=MORNING, seed=7)
    with afternoon.store.writing() as db:
        codes = {plan_dialogue(db, ask).code for _ in range(2)}
    assert len(codes) == 1
    with afternoon.reading() as db:
        assert db.query(Dialogue).filter(Dialogue.id == "d9").count() == 1
        assert [group.name for group in queries.groups(db, "d9")] == ["J1", "J2", "J3", "T1", "L1"]


def test_two_dialogues_never_share_a_code(afternoon: Afternoon) -> None:
    asks = [PlanDialogue(dialogue_id=f"e{n}", forum_id="forum", plan=small_plan(), now=MORNING, seed=5) for n in (1, 2)]
    with afternoon.store.writing() as db:
        first, second = (plan_dialogue(db, ask).code for ask in asks)
    assert first != second


def test_nobody_plans_in_a_forum_that_is_not_there(afternoon: Afternoon) -> None:
    for dialogue_id, forum_id in (("new", "nowhere"), (afternoon.id, "nowhere")):
        ask = PlanDialogue(dialogue_id=dialogue_id, forum_id=forum_id, plan=small_plan(), now=MORNING, seed=1)
        with pytest.raises(errors.NoSuchThing), afternoon.store.writing() as db:
            plan_dialogue(db, ask)


# --- Round 2


def _less(plan: Plan, field: str, key: str) -> Plan:
    """The plan without one of its levels, process steps or feedback questions."""
    return plan.model_copy(update={field: tuple(part for part in getattr(plan, field) if part.key != key)})


def test_levels_and_process_steps_of_proposals_stay_also_of_those_taken_back(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    level = next(level.key for level in half.plan().levels if level.in_process)
    step = half.plan().process_steps[0].key
    proposal_id = half.proposal(half.anna.actor, "Ein Video", level=level, process_step=step, needs=("medien",))
    unused = next(other.key for other in half.plan().levels if other.key != level)
    half.act(withdraw_entry, half.anna.actor, entry_id=proposal_id)
    for plan in (
        _less(half.plan(), "levels", level),
        _less(half.plan(), "process_steps", step),
        _without(half.plan(), "medien"),
    ):
        with pytest.raises(errors.StillInUse):
            _change(half, plan)
    _change(half, _less(half.plan(), "levels", unused))
    with pytest.raises(errors.UnknownLevel):
        half.proposal(half.anna.actor, "Noch eines", level=unused)
    half.cockpit(undo)
    half.proposal(half.anna.actor, "Noch eines", level=unused)
    with pytest.raises(errors.ChangedSince):
        half.cockpit(redo)


def test_who_would_gain_something_stays_in_the_plan(half: SecondHalf) -> None:
    half.cockpit(change_plan, plan=_taking_part(half.plan(), "politik", True))
    half.draw(2)
    half.go(Step.TRANSLATE)
    half.benefit(half.anna.actor, "politik", "Ruhe")
    with pytest.raises(errors.StillInUse, match="Politik"):
        _change(half, _taking_part(half.plan(), "politik", False))


def test_a_question_that_was_answered_stays(half: SecondHalf) -> None:
    half.go(Step.CLOSE)
    first, second, *_ = (question.key for question in half.plan().feedback)
    half.act(give_feedback, half.anna.actor, answers={first: 4}, sentence="")
    with pytest.raises(errors.StillInUse):
        _change(half, _less(half.plan(), "feedback", first))
    _change(half, _less(half.plan(), "feedback", second))
    with pytest.raises(errors.UnknownQuestion):
        half.act(give_feedback, half.anna.actor, answers={first: 4, second: 4}, sentence="")
    half.act(give_feedback, half.anna.actor, answers={}, sentence="")
    _change(half, _less(half.plan(), "feedback", first))


def test_how_proposals_are_appraised_stays_once_the_appraisal_has_begun(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    other = half.plan().model_copy(update={"appraising": Appraising.RESISTANCE})
    _change(half, other)
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    for wrong in (scores(3), resistance(11), resistance(-1)):
        with pytest.raises(errors.BadScores):
            half.appraise(half.anna.actor, proposal_id, wrong)
    half.appraise(half.anna.actor, None, resistance(0))
    with pytest.raises(errors.VotesAlreadyThere):
        _change(half, half.plan().model_copy(update={"appraising": Appraising.EFFECT_FEASIBILITY}))


def test_the_steps_of_round_2_stay_once_something_was_done_in_them(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.ENVISION)
    half.vision(half.anna.actor, "Es ist gut")
    half.go(Step.MIRROR)
    kept = (Step.COLLECT, Step.SORT, Step.MIRROR)
    for step in (Step.MIX, Step.ENVISION):
        with pytest.raises(errors.StillInUse):
            _change(half, _without_step(half.plan(), step))
    _change(half, _without_step(_without_step(half.plan(), Step.APPRAISE), Step.TRANSLATE))
    assert {planned.step for planned in half.plan().steps} >= {*kept, Step.MIX, Step.ENVISION}
