"""One act from the command to the journal: lock, recognise a retry, check the step, decide, write, number.

Runs inside one writing transaction that the caller opened, so an act happens as a whole or not at all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import bindparam, select, update

from dialog import direct, errors, queries, rights, steps, table_queries
from dialog import events as e
from dialog.acting import Command
from dialog.audience import persons_concerned
from dialog.inverse import can_be_undone
from dialog.models import Dialogue, Group, JournalEntry, Participant, Standing
from dialog.record import record
from dialog.store import Db, whole_or_not_at_all
from dialog.undo_stack import last_done, last_undone
from dialog.words import Role, Step

C = TypeVar("C", bound=Command)
Act = Callable[[Db, C], list[e.Happening]]

# Every act asks these; putting a statement together costs more than running it.
_LOCKED = select(Dialogue).where(Dialogue.id == bindparam("dialogue_id")).with_for_update()
_PERSON_AND_GROUP = (
    select(Participant, Group)
    .join(Group, Group.id == Participant.group_id)
    .where(Participant.id == bindparam("person_id"))
)
_GROUPS = select(Group.id).where(Group.dialogue_id == bindparam("dialogue_id"))
_SAME_ACT = select(JournalEntry.seq, JournalEntry.events).where(
    JournalEntry.dialogue_id == bindparam("dialogue_id"),
    JournalEntry.client_key == bindparam("client_key"),
    JournalEntry.by == bindparam("by"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to: its number and its happenings. `repeated` when it had been done before with the same key.

    `group_ids` are the dialogue's groups and tables, `gone_ids` those that the act took away. `group_of` says to which
    the phones of those concerned belong now; `resettled` says it of everybody after the room has moved to its tables,
    or back to its groups. `refusal` is set when an act could not be undone or redone and therefore left its
    stack: commit, then raise it. It has a number too, so that a retry is refused again and does not take back another.
    """

    dialogue_id: str
    seq: int
    happenings: tuple[e.Happening, ...]
    group_ids: tuple[str, ...] = ()
    gone_ids: tuple[str, ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)
    resettled: Mapping[str, str] = field(default_factory=dict)
    repeated: bool = False
    refusal: errors.RuleBroken | None = None

    @property
    def cuts_authorship(self) -> bool:
        """Whether the store is now to `forget` what was deleted."""
        return any(isinstance(happening, e.AuthorshipCut) for happening in self.happenings)


def carry_out(db: Db, act: Act[C], command: C) -> Outcome:
    """Carry out one act of a dialogue.

    Raises the act's own RuleBroken, NoSuchDialogue, DialogueClosed, NotHere, NotYourPart or NotInThisStep; then nothing
    is to be committed.
    An act that changes nothing gets no number and leaves no entry.
    """
    dialogue = lock(db, command.dialogue_id)
    if (told := _done_before(db, command)) is not None:
        return told
    if dialogue.closed:
        raise errors.DialogueClosed()
    _must_be_here(db, command)
    rights.check(_name(act), command.by, command.scope)
    left_step = Step(dialogue.left_step) if dialogue.left_step else None
    steps.check(_name(act), Step(dialogue.step), left_step, dialogue.left_at, command.now)
    if _name(act) in ("undo", "redo"):
        return _along_the_stack(db, dialogue, act, command)
    happenings = [record(db, dialogue, happening) for happening in act(db, command)]
    if happenings:
        _enter(db, dialogue, _name(act), command, happenings)
    return _outcome(db, dialogue, happenings)


def _along_the_stack(db: Db, dialogue: Dialogue, act: Act[C], command: C) -> Outcome:
    """Undo or redo as a whole or not at all; what newer work stands on leaves the stack, so that it never blocks it."""
    try:
        with whole_or_not_at_all(db):
            happenings = [record(db, dialogue, happening) for happening in act(db, command)]
    except errors.ChangedSince as refusal:
        top = last_done if _name(act) == "undo" else last_undone
        entry = top(db, dialogue.id, command.scope)
        assert entry is not None
        entry.standing = Standing.FIXED
        _enter(db, dialogue, _name(act), command, [])
        return _outcome(db, dialogue, [], refusal)
    _enter(db, dialogue, _name(act), command, happenings)
    return _outcome(db, dialogue, happenings)


def _outcome(
    db: Db, dialogue: Dialogue, happenings: list[e.Happening], refusal: errors.RuleBroken | None = None
) -> Outcome:
    concerned = {person_id for happening in happenings for person_id in persons_concerned(happening)}
    group_ids = tuple(direct.ask(db, _GROUPS, {"dialogue_id": dialogue.id}).scalars()) if happenings or refusal else ()
    return Outcome(
        dialogue.id,
        dialogue.seq,
        tuple(happenings),
        group_ids=group_ids,
        gone_ids=tuple(dict.fromkeys(gone for gone in _taken_away(happenings) if gone not in group_ids)),
        group_of={
            person_id: table_queries.home(db, dialogue, db.get_one(Participant, person_id)) for person_id in concerned
        },
        resettled=_resettled(db, dialogue, happenings),
        refusal=refusal,
    )


def _taken_away(happenings: list[e.Happening]) -> Iterator[str]:
    """Groups and tables that stood before an act and may be gone after it."""
    for happening in happenings:
        match happening:
            case e.GroupRemoved():
                yield happening.group.id
            case e.TablesDrawn():
                yield from (table.id for table in happening.was_tables)


def _resettled(db: Db, dialogue: Dialogue, happenings: list[e.Happening]) -> dict[str, str]:
    """Where everybody's phone belongs, after what moves the whole room to its tables or back to its groups."""
    plan = queries.plan(dialogue)
    for happening in happenings:
        match happening:
            case e.StageSet():
                if plan.round_of(happening.stage.step) != plan.round_of(happening.was_stage.step):
                    return table_queries.homes(db, dialogue)
            case e.PlanChanged():
                step = Step(dialogue.step)
                if plan.round_of(step) != happening.was_plan.round_of(step):
                    return table_queries.homes(db, dialogue)
            case e.TablesShown():
                return table_queries.homes(db, dialogue)
            case e.TablesDrawn() | e.SeatTaken() if happening.shown:
                return table_queries.homes(db, dialogue)
    return {}


def lock(db: Db, dialogue_id: str) -> Dialogue:
    """The dialogue, ours until the transaction ends. Raises NoSuchDialogue."""
    dialogue = db.scalar(_LOCKED, {"dialogue_id": dialogue_id}, execution_options={"populate_existing": True})
    if dialogue is None:
        raise errors.NoSuchDialogue()
    return dialogue


def _name(act: Callable[..., Any]) -> str:
    return str(act.__name__)


def _done_before(db: Db, command: Command) -> Outcome | None:
    asked = {"dialogue_id": command.dialogue_id, "client_key": command.client_key, "by": command.by.id}
    entry = direct.ask(db, _SAME_ACT, asked).first()
    if entry is None:
        return None
    happenings = tuple(e.from_journal(kept) for kept in entry.events)
    refusal = None if happenings else errors.ChangedSince()
    return Outcome(command.dialogue_id, entry.seq, happenings, repeated=True, refusal=refusal)


def _must_be_here(db: Db, command: Command) -> None:
    if command.by.role is not Role.PARTICIPANT:
        return
    found = db.execute(_PERSON_AND_GROUP, {"person_id": command.by.id}).first()
    person = found[0] if found is not None else None
    if person is None or person.left or person.dialogue_id != command.dialogue_id:
        raise errors.NotHere()


def _enter(db: Db, dialogue: Dialogue, act: str, command: Command, happenings: list[e.Happening]) -> None:
    undoable = bool(command.scope) and act not in ("undo", "redo") and can_be_undone(happenings)
    if undoable:
        # A new act after an undo: what was undone cannot be redone any more.
        undone = update(JournalEntry).where(
            JournalEntry.dialogue_id == dialogue.id,
            JournalEntry.scope == command.scope,
            JournalEntry.standing == Standing.UNDONE,
        )
        db.execute(undone.values(standing=Standing.FIXED))
    seq = dialogue.seq + 1
    entry = {
        "dialogue_id": dialogue.id,
        "seq": seq,
        "client_key": command.client_key,
        "act": act,
        "by": command.by.id,
        "scope": command.scope,
        "standing": Standing.DONE if undoable else Standing.FIXED,
        "events": [e.to_wire(happening) for happening in happenings],
    }
    db.flush()
    direct.change(db, dialogue, seq=seq)
    direct.put(db, JournalEntry, [entry])
