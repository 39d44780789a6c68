"""What the projector can show in a step, by name, and which picture it shows now."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialog import queries, wall
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step
from sessions.language import _
from sessions.screen.pictures import stand_of
from sessions.stakeholders import taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    key: str
    label: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """All pictures of the step in the order of a presenter remote, and the keys before and after the present one."""

    all: Sequence[Picture]
    before: str
    after: str

    @property
    def shown(self) -> Picture:
        return next(picture for picture in self.all if picture.shown)


def pictures(db: Db, dialogue: Dialogue) -> Pictures:
    labels = {who.key: who.label for who in taking_part(queries.plan(dialogue))}
    can = wall.pictures(db, dialogue)
    shown = stand_of(dialogue, can).shown
    voted = Step(dialogue.step) in (Step.WEIGH, Step.MIRROR)
    keys = [key for key in can if key != "step" or key == can[0]]
    at = keys.index(shown)
    return Pictures(
        all=[Picture(key=key, label=_label(key, labels, voted), shown=place == at) for place, key in enumerate(keys)],
        before=keys[at - 1] if at else "",
        after=keys[at + 1] if at + 1 < len(keys) else "",
    )


def _label(key: str, stakeholders: dict[str, str], voted: bool) -> str:
    kind, _sep, who = key.partition(":")
    if kind == "image":
        return _("Mirror: %(who)s", who=stakeholders[who])
    if kind == "table":
        return _("Table %(number)s", number=who)
    return {
        "step": _("What belongs to the step"),
        "door": _("QR code and code"),
        "result": _("Result of the vote") if voted else _("Result of the appraisal"),
        "about-works": _("Who speaks about whom: what works"),
        "about-fails": _("Who speaks about whom: what does not"),
        "to-others": _("Addressed to others"),
        "chosen": _("Topics for the second round"),
        "tables": _("All tables"),
        "gallery": _("All proposals"),
    }[kind]
