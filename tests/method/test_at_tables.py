"""Writing at the mixed tables: who may, how long, and what stays where."""

from typing import Any

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog import events as e
from dialog.acting import Actor
from dialog.commands.change_plan import change_plan
from dialog.commands.choose_topics import choose_topics
from dialog.commands.edit_entry import edit_entry
from dialog.commands.give_feedback import give_feedback
from dialog.commands.give_table_topic import give_table_topic
from dialog.commands.go_to_step import go_to_step
from dialog.commands.merge_topics import merge_topics
from dialog.commands.move_person import move_person
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.remove_person import remove_person
from dialog.commands.remove_topic import remove_topic
from dialog.commands.seat_person import seat_person
from dialog.commands.show_tables import show_tables
from dialog.commands.undo import undo
from dialog.commands.wish_topics import wish_topics
from dialog.commands.withdraw_entry import withdraw_entry
from dialog.commands.write_vision import write_vision
from dialog.events import VisionContent
from dialog.format import Plan
from dialog.store import Store
from dialog.words import Role, Step
from tests.method.second_half import SecondHalf
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon, scores, small_plan


def test_nobody_writes_before_the_tables_are_shown_and_only_at_the_own_one(half: SecondHalf) -> None:
    half.draw(2, show=False)
    tables = half.tables()
    half.go(Step.ENVISION)
    half.cockpit(undo)
    assert half.phone(half.anna).group_id == ""
    half.go(Step.ENVISION)
    own = half.table_of(half.anna, tables)
    (other,) = set(tables.values()) - {own}
    half.vision(half.anna.actor, "Es ist gut")
    for act, what in ((write_vision, {"text": "Anderswo", "plain": "", "table_id": other}),):
        with pytest.raises(errors.NotYourGroup):
            half.act(act, half.anna.actor, **what)
    tablet = Actor(Role.CO_MODERATOR, "link", other)
    with pytest.raises(errors.NotYourGroup):
        half.vision(tablet, "Anderswo", table_id=own)
    entry_id = half.vision(tablet, "Hier", table_id=other)
    for act, what in ((withdraw_entry, {}), (edit_entry, {"was": _says("Hier"), "content": _says("Dort")})):
        with pytest.raises(errors.NotYourGroup):
            half.act(act, half.anna.actor, entry_id=entry_id, **what)
    assert half.entries(half.phone(half.anna)) == half.entries(a.board(own)) == {"Es ist gut"}
    assert half.entries(a.board(other)) == {"Hier"}
    assert half.entries(a.COCKPIT) == {"Es ist gut", "Hier"}
    assert half.entries(a.SCREEN) == half.entries(a.phone("")) == set()


def _says(text: str) -> VisionContent:
    return VisionContent(kind="vision", text=text, plain="")


def test_before_the_tables_are_shown_no_tiding_names_one(half: SecondHalf) -> None:
    """The tablet of a table takes something back after Mara has gone back to the mixing and hidden the tables."""
    one, two = half.draw(2, show=False).values()
    half.go(Step.ENVISION)
    half.act(write_vision, MARA, f"board:{one}", text="Verfrüht", plain="", table_id=one)
    half.cockpit(undo)
    assert half.sees(a.board(two))["tables"] == {}
    (taken,) = half.on_board(one, undo).happenings
    for audience in (a.board(two), a.phone(""), a.phone("", half.anna.id)):
        assert a.tell(taken, audience) is None
    assert isinstance(a.tell(taken, a.board(one)), e.EntryTaken)


@pytest.mark.parametrize("step", [Step.MIX, Step.APPRAISE])
def test_the_last_words_have_a_grace_of_20_seconds_and_not_of_21(half: SecondHalf, step: Step) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    entry_id = half.vision(half.anna.actor, "Es ist gut")
    half.later(60)
    half.go(step)
    half.later(20)
    half.act(edit_entry, half.anna.actor, entry_id=entry_id, was=_says("Es ist gut"), content=_says("Es ist sehr gut"))
    half.benefit(half.anna.actor, JOBCENTER, "Weniger Streit")
    half.proposal(half.anna.actor, "Ein Video")
    half.later(1)
    with pytest.raises(errors.NotInThisStep):
        half.act(withdraw_entry, half.anna.actor, entry_id=entry_id)
    assert half.entries(half.phone(half.anna)) == {"Es ist sehr gut", "Weniger Streit", "Ein Video"}


def test_what_the_step_did_not_permit_has_no_grace_after_it(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    entry_id = half.vision(half.anna.actor, "Es ist gut")
    half.later(60)
    half.go(Step.APPRAISE)
    half.later(60)
    half.go(Step.COMMIT)
    half.later(1)
    with pytest.raises(errors.NotInThisStep):
        half.act(withdraw_entry, half.anna.actor, entry_id=entry_id)
    half.act(withdraw_entry, MARA, entry_id=entry_id)


def test_wishes_appraisals_and_feedback_have_their_grace(half: SecondHalf) -> None:
    half.go(Step.ENVISION)
    half.later(20)
    half.act(wish_topics, half.anna.actor, topic_ids=half.topics)
    half.later(1)
    with pytest.raises(errors.NotInThisStep):
        half.act(wish_topics, half.anna.actor, topic_ids=[])
    half.go(Step.MIX)
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.go(Step.CLOSE)
    half.later(20)
    half.appraise(half.anna.actor, proposal_id, scores(5))
    half.later(1)
    with pytest.raises(errors.NotInThisStep):
        half.appraise(half.anna.actor, proposal_id, scores(1))
    half.go(Step.COMMIT)
    half.later(20)
    half.act(give_feedback, half.anna.actor, answers={}, sentence="Gut")
    half.later(1)
    with pytest.raises(errors.NotInThisStep):
        half.act(give_feedback, half.anna.actor, answers={}, sentence="Doch nicht")
    assert half.standing()["feedback"] == [("{}", "Gut")]


def test_retries_write_appraise_and_promise_once(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    asked: list[tuple[Any, Actor, dict[str, Any]]] = [
        (write_vision, half.anna.actor, {"text": "Gut", "plain": ""}),
        (write_vision, half.ben.actor, {"text": "Gut", "plain": ""}),
    ]
    for act, by, what in asked:
        first = half.act(act, by, key="the-same-key-again", **what)
        again = half.act(act, by, key="the-same-key-again", **what)
        assert again.repeated
        assert (again.seq, again.happenings) == (first.seq, first.happenings)
    assert len(half.written()) == 2, "two people's keys are two keys"
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.appraise(half.anna.actor, proposal_id, scores(5), key="key-of-the-first")
    half.appraise(half.anna.actor, proposal_id, scores(2), key="key-of-the-second")
    half.appraise(half.anna.actor, proposal_id, scores(5), key="key-of-the-first")
    assert half.appraisals() == [(JOBCENTER, half.anna.id, proposal_id, scores(2))]
    half.go(Step.CLOSE)
    for _ in range(2):
        half.act(give_feedback, half.anna.actor, key="key-of-feedback", answers={}, sentence="Gut")
    assert half.sees(a.COCKPIT)["answered"] == 1


def test_latecomers_get_a_seat_in_every_step_and_join_in(half: SecondHalf) -> None:
    half.draw(2)
    seats = half.seats()
    for step in (Step.ENVISION, Step.TRANSLATE, Step.SOLVE):
        half.go(step)
        late = half.join(BERECHTIGTE)
        assert half.phone(late).group_id in half.tables().values()
        half.vision(late.actor, f"Auch {late.number}")
        assert half.entries(half.phone(late)) >= {f"Auch {late.number}"}
    proposal_id = half.proposal(late.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    late = half.join(TRAEGER)
    half.appraise(late.actor, proposal_id, scores(4))
    half.go(Step.COMMIT)
    half.promise(half.join(JOBCENTER).actor)
    half.go(Step.CLOSE)
    half.act(give_feedback, half.join(JOBCENTER).actor, answers={}, sentence="Gut")
    paper = half.welcome(JOBCENTER)
    half.cockpit(give_feedback, answers={}, sentence="Auch gut", person_id=paper.id)
    assert half.seats().items() >= seats.items(), "nobody was moved for a latecomer"
    assert len(half.seats()) == len(seats) + 7


def test_who_was_taken_out_comes_back_to_the_own_seat_with_everything_given(half: SecondHalf) -> None:
    half.act(wish_topics, half.anna.actor, topic_ids=half.topics)
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.appraise(half.anna.actor, proposal_id, scores(5))
    half.go(Step.CLOSE)
    half.act(give_feedback, half.anna.actor, answers={}, sentence="Gut")
    before, phone = half.standing(), half.phone(half.anna)
    counted = {"wished": 1, "appraised": 1, "answered": 1}
    assert half.sees(a.SCREEN).items() >= counted.items()
    half.cockpit(remove_person, person_id=half.anna.id)
    assert half.sees(a.SCREEN).items() >= dict.fromkeys(counted, 0).items()
    for act, what in ((give_feedback, {"answers": {}, "sentence": "Noch da"}),):
        with pytest.raises(errors.NotHere):
            half.act(act, half.anna.actor, **what)
    half.cockpit(undo)
    assert half.standing() == before
    assert half.phone(half.anna) == phone
    assert half.sees(a.SCREEN).items() >= counted.items()


def test_a_person_moved_to_another_group_keeps_the_seat_and_counts_there(half: SecondHalf) -> None:
    half.draw(2)
    half.go(Step.SOLVE)
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.appraise(half.anna.actor, proposal_id, scores(5))
    half.go(Step.CLOSE)
    half.act(give_feedback, half.anna.actor, answers={}, sentence="Gut")
    seats, before = half.seats(), half.standing()
    half.cockpit(move_person, person_id=half.anna.id, group_id=half.ben.group_id)
    assert half.seats() == seats
    assert half.appraisals() == [(TRAEGER, half.anna.id, proposal_id, scores(5))]
    half.cockpit(undo)
    assert half.standing() == before


def test_going_back_to_the_mirror_and_forward_again_loses_nothing(half: SecondHalf) -> None:
    half.act(wish_topics, half.anna.actor, topic_ids=half.topics)
    half.draw(2)
    half.go(Step.SOLVE)
    half.vision(half.anna.actor, "Es ist gut")
    half.benefit(half.ben.actor, JOBCENTER, "Weniger Streit")
    proposal_id = half.proposal(half.lea.actor, "Ein Video")
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    half.appraise(half.anna.actor, proposal_id, scores(5))
    half.go(Step.COMMIT)
    half.promise(proposal_id=proposal_id)
    before, homes = half.standing(), {p: half.phone(p) for p in (half.anna, half.ben, half.lea)}
    steps = list(Step)
    for step in (*reversed(steps[steps.index(Step.MIRROR) : -1]), *steps[steps.index(Step.MIRROR) : -1]):
        half.go(step)
        assert half.standing() == before
        in_round_2 = steps.index(step) >= steps.index(Step.MIX)
        assert (half.phone(half.anna) == half.anna.phone) is not in_round_2
    assert {person: half.phone(person) for person in homes} == homes


# --- Tables and topics


def test_a_topic_on_which_a_table_works_is_not_taken_away(half: SecondHalf) -> None:
    half.draw(2)
    one = half.topics[0]
    half.go(Step.MIRROR)
    half.cockpit(choose_topics, topic_ids=half.topics[1:])
    half.go(Step.SORT)
    group_id = half.anna.group_id
    other = half.topic(group_id, "Neu")
    for act, what in ((remove_topic, {"topic_id": one}), (merge_topics, {"topic_id": one, "into": other})):
        with pytest.raises((errors.StillInUse, errors.VotesAlreadyThere)):
            half.on_board(group_id, act, **what)
    assert one in {table["topic_id"] for table in half.sees(a.COCKPIT)["tables"].values()}


def test_a_table_keeps_its_topic_when_nobody_has_voted_on_it(half: SecondHalf) -> None:
    """Nothing but the table holds the topic: it was chosen, given to a table and is chosen no longer."""
    group_id = half.lea.group_id
    half.go(Step.SORT)
    loose = half.topic(group_id, "Lose")
    with half.store.writing() as db:
        queries.dialogue(db, half.id).chosen_topics = [loose]
    half.go(Step.MIX)
    half.draw(2)
    half.cockpit(give_table_topic, table_id=half.tables()["1"], topic_id=None)
    half.go(Step.MIRROR)
    half.cockpit(choose_topics, topic_ids=[])
    half.go(Step.SORT)
    with pytest.raises(errors.StillInUse, match="Lose"):
        half.on_board(group_id, remove_topic, topic_id=loose)


def test_what_a_table_has_written_keeps_its_topic_when_the_table_gets_another(half: SecondHalf) -> None:
    table_id = half.draw(2)["1"]
    half.go(Step.ENVISION)
    half.vision(MARA, "Es ist gut", table_id=table_id)
    half.go(Step.MIX)
    (other,) = set(half.topics) - {half.written()[0].topic_id}
    half.cockpit(give_table_topic, table_id=table_id, topic_id=other)
    assert half.written()[0].topic_id != other
    with pytest.raises(errors.NotOnTheBallot):
        half.cockpit(give_table_topic, table_id=table_id, topic_id="nothing")


# --- Rooms that are small or not as planned


@pytest.mark.parametrize("tables", [1, 2, 3])
def test_three_people_of_two_stakeholders_go_all_the_way(store: Store, tables: int) -> None:
    """One stakeholder is absent, there are as many tables as people, no topics were chosen."""
    afternoon = Afternoon(store)
    people = [afternoon.join(JOBCENTER), afternoon.join(JOBCENTER), afternoon.join(TRAEGER)]
    afternoon.go(Step.MIX)
    afternoon.draw(tables)
    assert set(afternoon.seats()) == {person.id for person in people}
    afternoon.go(Step.SOLVE)
    afternoon.benefit(people[0].actor, BERECHTIGTE, "Auch für die, die fehlen")
    proposal_id = afternoon.proposal(people[0].actor, "Ein Video", card_ids=("nothing",), benefit_ids=("nothing",))
    afternoon.go(Step.APPRAISE)
    afternoon.cockpit(open_appraisal)
    for person in people:
        afternoon.appraise(person.actor, proposal_id, scores(3))
    assert afternoon.sees(a.SCREEN)["appraised"] == 3
    (proposal,) = [e_ for e_ in afternoon.sees(a.COCKPIT)["entries"].values() if e_["id"] == proposal_id]
    assert (proposal["topic_id"], proposal["content"]["card_ids"], proposal["content"]["benefit_ids"]) == (None, [], [])


def test_a_table_that_everybody_has_left_stays_and_takes_people_again(half: SecondHalf) -> None:
    one, two = half.draw(2).values()
    half.go(Step.ENVISION)
    half.vision(MARA, "Es ist gut", table_id=one)
    for person_id, table_id in half.seats().items():
        if table_id == one:
            half.cockpit(seat_person, person_id=person_id, table_id=two)
    assert half.sees(a.COCKPIT)["tables"][one]["people"] == {}
    late = half.join(JOBCENTER)
    assert half.entries(half.phone(late)) == {"Es ist gut"}, "the empty table is the one with a place"


def test_without_people_or_tables_the_steps_still_go_on(afternoon: Afternoon) -> None:
    afternoon.go(Step.MIX)
    with pytest.raises(errors.TablesNotDrawn):
        afternoon.cockpit(show_tables)
    for step in (Step.ENVISION, Step.SOLVE, Step.APPRAISE):
        afternoon.go(step)
    with pytest.raises(errors.NothingToAppraise):
        afternoon.cockpit(open_appraisal)
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.ENVISION)
    with pytest.raises(errors.NoTableYet):
        afternoon.vision(anna.actor, "Wo sitze ich?")


def _of_round_1(plan: Plan) -> Plan:
    """A plan as it was written before there was a round 2: without its steps and without what belongs to them."""
    later = {"about", "levels", "process_steps", "appraising", "feedback", "feedback_sentence"}
    kept = plan.model_dump(mode="json", exclude=later)
    round_2 = {Step.MIX, Step.ENVISION, Step.TRANSLATE, Step.SOLVE, Step.APPRAISE, Step.COMMIT}
    kept["steps"] = [planned for planned in kept["steps"] if planned["step"] not in round_2]
    return Plan.model_validate(kept)


def test_a_plan_of_round_1_alone_goes_to_its_end_as_before(store: Store) -> None:
    afternoon = Afternoon(store, _of_round_1(small_plan()))
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.MIRROR)
    with pytest.raises(errors.NotInThisStep):
        afternoon.cockpit(go_to_step, step=Step.MIX)
    afternoon.go(Step.CLOSE)
    assert afternoon.phone(anna) == anna.phone
    afternoon.act(give_feedback, anna.actor, answers={}, sentence="Gut")
    afternoon.promise(anna.actor)


def test_phones_go_to_their_tables_when_a_changed_plan_brings_round_2_forward(store: Store) -> None:
    afternoon = Afternoon(store, _of_round_1(small_plan()))
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.CLOSE)
    outcome = afternoon.cockpit(change_plan, plan=small_plan())
    assert afternoon.phone(anna).group_id == ""
    assert outcome.resettled == {anna.id: ""}
    with pytest.raises(errors.ChangedSince):
        afternoon.cockpit(undo)
