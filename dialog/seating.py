"""Where somebody who arrives sits down: a number, a group, and what else changes for it."""

from collections.abc import Sequence
from itertools import count
from random import Random

from dialog import codes, draw, errors, grouping, queries, writing
from dialog.acting import Command
from dialog.events import NOBODY, GroupMade, GroupState, Happening, PersonArrived, PersonMoved, PersonState
from dialog.format import Plan
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.words import Step

LONGEST_ORGANISATION = 80


def first_groups(plan: Plan, command_id: str) -> list[GroupState]:
    """The groups a dialogue begins with, from the people expected; `command_id` makes their ids."""
    expected = {s.key: plan.expected.get(s.key, 0) for s in plan.participating}
    groups: list[GroupState] = []
    for stakeholder, needed in grouping.split(expected, plan.limits.people_per_group).items():
        for place in range(1, needed + 1):
            groups.append(new_group(plan, stakeholder, f"{command_id}{stakeholder}{place}", groups))
    return groups


def new_group(plan: Plan, stakeholder: str, seed: str, beside: Sequence[GroupState]) -> GroupState:
    """A round-1 group behind those `beside` it, with the first name that is free, as "L1"; `seed` makes its id."""
    letter = plan.stakeholder(stakeholder).letter
    taken = {group.name for group in beside}
    return GroupState(
        id=f"{Random(seed).getrandbits(64):016x}",
        round=1,
        stakeholder=stakeholder,
        name=next(name for place in count(1) if (name := f"{letter}{place}") not in taken),
        position=max((group.position for group in beside), default=-1) + 1,
    )


def seat_newcomer(
    db: Db,
    dialogue: Dialogue,
    command: Command,
    *,
    stakeholder: str,
    organisation: str,
    languages: tuple[str, ...],
    needs_interpreter: bool,
    device_hash: str,
    seed: int,
) -> list[Happening]:
    """Seat one more person. While people arrive, a full stakeholder gets one more group and its groups even out.

    Later nobody is moved. Once tables are drawn, the newcomer gets a place at one of them.

    Raises UnknownStakeholder, RoomFull or TextTooLong.
    """
    plan = queries.plan(dialogue)
    if stakeholder not in {s.key for s in plan.participating}:
        raise errors.UnknownStakeholder()
    ever = queries.places(db, dialogue.id)
    here = [place for place in ever if not place.left]
    if len(here) >= plan.limits.people:
        raise errors.RoomFull(limit=plan.limits.people)
    all_groups = queries.groups(db, dialogue.id)
    own = [group for group in all_groups if group.stakeholder == stakeholder]
    members = {group.id: [p.person_id for p in here if p.group_id == group.id] for group in own}
    happenings: list[Happening] = []
    full = all(len(people) >= plan.limits.people_per_group for people in members.values())
    if not own or (full and dialogue.step == Step.ARRIVE):
        beside = [queries.group_state(group) for group in all_groups]
        made = new_group(plan, stakeholder, command.new_id("group"), beside)
        members[made.id] = []
        happenings.append(GroupMade(group=made))
    person = PersonState(
        id=command.new_id("person"),
        number=_number({place.number for place in ever}, plan, seed),
        arrival=len(ever) + 1,
        stakeholder=stakeholder,
        group_id=grouping.seat({group_id: len(people) for group_id, people in members.items()}),
        organisation=writing.clean(organisation, LONGEST_ORGANISATION) if organisation.strip() else "",
        languages=languages,
        needs_interpreter=needs_interpreter,
        has_phone=bool(device_hash),
    )
    happenings.append(PersonArrived(person=person, device_hash=device_hash, present=NOBODY))
    if dialogue.step == Step.ARRIVE:
        members[person.group_id].append(person.id)
        for move in grouping.even_out(members):
            happenings.append(moved(db.get_one(Participant, move.participant_id), move.to_group, stakeholder))
    seat = draw.place_latecomer(db, dialogue, person)
    return [*happenings, seat] if seat is not None else happenings


def _number(taken: set[str], plan: Plan, seed: int) -> str:
    try:
        return codes.new_number(taken, Random(seed))
    except codes.NoNumberLeft as none_left:
        raise errors.RoomFull(limit=plan.limits.people) from none_left


def moved(person: Participant, group_id: str, stakeholder: str) -> PersonMoved:
    was = queries.person_state(person)
    now = was.model_copy(update={"group_id": group_id, "stakeholder": stakeholder})
    return PersonMoved(person=now, was_person=was, present=NOBODY)
