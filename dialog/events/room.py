"""What happens in the room: people, groups, the door, the stage, links."""

from datetime import datetime

from dialog.events.kinds import Happening
from dialog.events.values import GroupState, PersonState, Present, Stage
from dialog.format import Plan
from dialog.words import LinkKind


class PlanChanged(Happening):
    """The moderator has adjusted title, stakeholders, questions, categories or limits."""

    plan: Plan
    was_plan: Plan


class DoorSet(Happening):
    """The door was opened or closed for new people."""

    open: bool
    was_open: bool


class GroupMade(Happening):
    """A group came into being."""

    group: GroupState


class GroupRemoved(Happening):
    """A group without people and cards was taken away again."""

    group: GroupState


class PersonArrived(Happening):
    """A person has come in and got a number and a group."""

    person: PersonState
    device_hash: str
    present: Present


class PersonMoved(Happening):
    """A person sits in another group now; the stakeholder follows the group."""

    person: PersonState
    was_person: PersonState
    present: Present


class PersonDescribed(Happening):
    """Organisation, languages or the need of an interpreter were noted, for the draw of the tables."""

    person: PersonState
    was_person: PersonState
    present: Present


class PersonLeft(Happening):
    """A person was taken out of the dialogue; the cards stay."""

    person: PersonState
    present: Present


class PersonReturned(Happening):
    """A person who was taken out is back."""

    person: PersonState
    present: Present


class PhoneChanged(Happening):
    """A person goes on with another phone; the old one is no longer recognised."""

    person_id: str
    device_hash: str
    has_phone: bool


class LinkMade(Happening):
    """A link for co-moderators or the projector was handed out."""

    link_id: str
    kind: LinkKind
    group_id: str | None


class LinkRevoked(Happening):
    """A link no longer opens anything."""

    link_id: str
    kind: LinkKind
    group_id: str | None


class StageSet(Happening):
    """The dialogue has gone to another step, forward or back."""

    stage: Stage
    was_stage: Stage


class TimerSet(Happening):
    """The advisory timer now ends at another moment."""

    ends_at: datetime | None
    was_ends_at: datetime | None


class PictureSet(Happening):
    """The projector shows another picture of the current step."""

    picture: str
    was_picture: str
