"""Going back: the moderator always can, and nothing is lost on the way."""

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.go_to_step import go_to_step
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.set_timer import set_timer
from dialog.commands.show_picture import show_picture
from dialog.commands.undo import undo
from dialog.format import Plan
from dialog.store import Store
from dialog.words import Step
from tests.people import JOBCENTER, Afternoon, small_plan


def _content(afternoon: Afternoon) -> tuple[object, ...]:
    with afternoon.reading() as db:
        cards = [queries.card_state(card) for card in queries.cards(db, afternoon.id)]
        topics = [queries.topic_state(topic) for topic in queries.topics(db, afternoon.id)]
        people = [queries.person_state(person) for person in queries.people(db, afternoon.id)]
        votes = [queries.ballot_of(db, person.id) for person in people]
        return cards, topics, people, queries.nominations(db, afternoon.id), votes


def test_wherever_the_moderator_goes_everything_people_made_is_still_there(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    card_id = afternoon.write(anna.actor, "Zu wenig Zeit")
    afternoon.go(Step.SORT)
    topic_id = afternoon.topic(anna.group_id, "Zeit", (card_id,))
    afternoon.go(Step.NOMINATE)
    afternoon.act(nominate_topics, anna.actor, group_id=anna.group_id, topic_ids=[topic_id])
    afternoon.go(Step.WEIGH)
    afternoon.cockpit(open_voting)
    afternoon.act(cast_ballot, anna.actor, votes={topic_id: 1})
    before = _content(afternoon)
    for step in [*reversed(Step), *Step]:
        afternoon.go(step)
        assert _content(afternoon) == before
    assert afternoon.cards(anna.phone) == {"Zu wenig Zeit"}


def test_going_back_can_be_undone_like_every_act(afternoon: Afternoon) -> None:
    for step in (Step.COLLECT, Step.SORT, Step.COLLECT):
        afternoon.go(step)
    afternoon.cockpit(undo)
    assert afternoon.sees(a.COCKPIT)["stage"]["step"] == Step.SORT


def test_going_where_one_is_changes_nothing(afternoon: Afternoon) -> None:
    assert not afternoon.go(Step.ARRIVE).happenings


def test_a_step_begins_with_its_own_timer_and_its_own_picture(afternoon: Afternoon) -> None:
    afternoon.go(Step.COLLECT)
    afternoon.cockpit(show_picture, picture="door")
    afternoon.cockpit(set_timer, way="stop")
    afternoon.go(Step.SORT)
    stage = afternoon.sees(a.SCREEN)["stage"]
    assert stage["picture"] == "step"
    assert stage["timer_ends_at"] == "2026-11-23T09:25:00Z"


@pytest.mark.parametrize(
    ("way", "minutes", "ends_at"),
    [("start", 5, "2026-11-23T09:05:00Z"), ("extend", 1, "2026-11-23T09:21:00Z"), ("stop", 0, None)],
)
def test_the_timer_is_started_lengthened_and_stopped(
    afternoon: Afternoon, way: str, minutes: int, ends_at: str | None
) -> None:
    afternoon.go(Step.COLLECT)
    afternoon.cockpit(set_timer, way=way, minutes=minutes)
    assert afternoon.sees(a.phone("any"))["stage"]["timer_ends_at"] == ends_at


def test_a_minute_more_after_the_end_is_a_minute_from_now(afternoon: Afternoon) -> None:
    afternoon.go(Step.COLLECT)
    afternoon.later(60 * 30)
    afternoon.cockpit(set_timer, way="extend", minutes=1)
    assert afternoon.sees(a.SCREEN)["stage"]["timer_ends_at"] == "2026-11-23T09:31:00Z"


def test_the_timer_never_locks(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    afternoon.later(60 * 60)
    afternoon.write(anna.actor, "Auch nach der Zeit")


def test_a_format_without_collecting_has_its_steps_too(store: Store) -> None:
    plan = small_plan()
    steps = tuple(planned for planned in plan.steps if planned.step in (Step.ARRIVE, Step.MIX, Step.CLOSE))
    afternoon = Afternoon(store, Plan.model_validate({**plan.model_dump(), "steps": steps}))
    afternoon.go(Step.MIX)
    with pytest.raises(errors.NotInThisStep):
        afternoon.cockpit(go_to_step, step=Step.COLLECT)
