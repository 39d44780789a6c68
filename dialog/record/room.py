"""People, groups, the door, the stage and links in the rows."""

from sqlalchemy import func, select, update

from dialog import events as e
from dialog import in_use, queries
from dialog.models import (
    Appraisal,
    BallotPaper,
    Card,
    Dialogue,
    FeedbackPaper,
    Group,
    HeldStep,
    Link,
    Participant,
    Topic,
)
from dialog.record.writers import row, still, writes
from dialog.store import Db


@writes(e.PlanChanged)
def _plan(db: Db, dialogue: Dialogue, happening: e.PlanChanged) -> None:
    plan = happening.plan
    still(
        (queries.plan(dialogue), happening.was_plan),
        (in_use.left_out(db, dialogue, plan), None),
        (in_use.changes_the_vote(db, dialogue, plan), False),
    )
    dialogue.plan = plan.model_dump(mode="json")
    dialogue.title, dialogue.place = plan.title, plan.place
    dialogue.held_on, dialogue.deletes_on = plan.held_on, plan.deletes_on


@writes(e.DoorSet)
def _door(db: Db, dialogue: Dialogue, happening: e.DoorSet) -> None:
    still((dialogue.door_open, happening.was_open))
    dialogue.door_open = happening.open


@writes(e.StageSet)
def _stage(db: Db, dialogue: Dialogue, happening: e.StageSet) -> None:
    was = happening.was_stage.model_copy(update={"picture": dialogue.picture, "timer_ends_at": dialogue.timer_ends_at})
    stage = happening.stage
    known = {planned.step for planned in queries.plan(dialogue).steps}
    still((queries.stage(dialogue), was), (stage.step in known, True))
    if stage.step != dialogue.step:
        _stayed(db, dialogue, stage)
    dialogue.step, dialogue.step_began_at = stage.step, stage.began_at
    dialogue.left_step, dialogue.left_at = stage.left_step, stage.left_at
    dialogue.timer_ends_at, dialogue.picture = stage.timer_ends_at, stage.picture


def _stayed(db: Db, dialogue: Dialogue, stage: e.Stage) -> None:
    """Note the stay in the step that is left. A step change that is taken back never was, nor the stay it ended."""
    last = db.scalar(select(func.max(HeldStep.number)).where(HeldStep.dialogue_id == dialogue.id)) or 0
    if stage.began_at < dialogue.step_began_at:
        if last:
            db.delete(db.get_one(HeldStep, (dialogue.id, last)))
        return
    began_at = dialogue.step_began_at if last else None
    stay = HeldStep(dialogue_id=dialogue.id, number=last + 1, step=dialogue.step, began_at=began_at)
    stay.ended_at = stage.began_at
    db.add(stay)


@writes(e.TimerSet)
def _timer(db: Db, dialogue: Dialogue, happening: e.TimerSet) -> None:
    still((dialogue.timer_ends_at, happening.was_ends_at))
    dialogue.timer_ends_at = happening.ends_at


@writes(e.PictureSet)
def _picture(db: Db, dialogue: Dialogue, happening: e.PictureSet) -> None:
    still((dialogue.picture, happening.was_picture))
    dialogue.picture = happening.picture


@writes(e.GroupMade)
def _group_made(db: Db, dialogue: Dialogue, happening: e.GroupMade) -> None:
    group = happening.group
    db.add(Group(dialogue_id=dialogue.id, revealed=False, written=0, **group.model_dump()))


@writes(e.GroupRemoved)
def _group_removed(db: Db, dialogue: Dialogue, happening: e.GroupRemoved) -> None:
    group = row(db, Group, happening.group.id)
    used = select(Participant.id).where(Participant.group_id == group.id).exists()
    written = select(Card.id).where(Card.group_id == group.id).exists()
    arranged = select(Topic.id).where(Topic.group_id == group.id).exists()
    still((db.scalar(select(used | written | arranged)), False))
    db.delete(group)


@writes(e.PersonArrived)
def _person_arrived(db: Db, dialogue: Dialogue, happening: e.PersonArrived) -> None:
    person = happening.person.model_dump()
    person["languages"] = list(person["languages"])
    db.add(Participant(dialogue_id=dialogue.id, device_hash=happening.device_hash, left=False, **person))


@writes(e.PersonMoved)
def _person_moved(db: Db, dialogue: Dialogue, happening: e.PersonMoved) -> None:
    person = row(db, Participant, happening.person.id)
    still((person.group_id, happening.was_person.group_id), (person.left, False))
    row(db, Group, happening.person.group_id)
    person.group_id, person.stakeholder = happening.person.group_id, happening.person.stakeholder
    for paper in (BallotPaper, Appraisal, FeedbackPaper):
        own = update(paper).where(paper.participant_id == person.id)
        db.execute(own.values(stakeholder=person.stakeholder))


@writes(e.PersonDescribed)
def _described(db: Db, dialogue: Dialogue, happening: e.PersonDescribed) -> None:
    person, was, now = row(db, Participant, happening.person.id), happening.was_person, happening.person
    still((queries.person_state(person), was))
    person.organisation, person.languages = now.organisation, list(now.languages)
    person.needs_interpreter = now.needs_interpreter


@writes(e.PersonLeft, e.PersonReturned)
def _person_left(db: Db, dialogue: Dialogue, happening: e.PersonLeft | e.PersonReturned) -> None:
    person = row(db, Participant, happening.person.id)
    leaves = isinstance(happening, e.PersonLeft)
    still((person.left, not leaves))
    person.left = leaves


@writes(e.PhoneChanged)
def _phone_changed(db: Db, dialogue: Dialogue, happening: e.PhoneChanged) -> None:
    person = row(db, Participant, happening.person_id)
    person.device_hash, person.has_phone = happening.device_hash, happening.has_phone


@writes(e.LinkMade, e.LinkRevoked)
def _link(db: Db, dialogue: Dialogue, happening: e.LinkMade | e.LinkRevoked) -> None:
    if isinstance(happening, e.LinkRevoked):
        row(db, Link, happening.link_id).revoked = True
        return
    if happening.group_id is not None:
        row(db, Group, happening.group_id)
    link = db.get(Link, happening.link_id)
    if link is None:
        link = Link(id=happening.link_id, dialogue_id=dialogue.id, kind=happening.kind, group_id=happening.group_id)
        db.add(link)
    link.revoked = False
