"""Who may write at which table, and how an entry comes to be, for the acts of round 2."""

from dialog import errors, promise_queries, queries, table_queries, writing
from dialog.acting import Command
from dialog.events import Content, EntryState, EntryWritten, Happening, ProposalContent
from dialog.format import Plan
from dialog.models import Dialogue, Group, Table
from dialog.steps import GRACE
from dialog.store import Db
from dialog.words import Role, Step, Voting

AT_TABLES = (Step.ENVISION, Step.TRANSLATE, Step.SOLVE)


def own_table(db: Db, command: Command, table_id: str | None) -> Group:
    """The table at which the actor writes: a participant's own, for a moderator the one named.

    Raises NoTableYet, NoSuchThing or NotYourGroup.
    """
    if command.by.role is Role.PARTICIPANT:
        dialogue = queries.dialogue(db, command.dialogue_id)
        own = table_queries.table_of(db, command.by.id) if dialogue.tables_shown else None
        if own is None:
            raise errors.NoTableYet()
        if table_id not in (None, own):
            raise errors.NotYourGroup()
        return db.get_one(Group, own)
    table = db.get(Group, table_id) if table_id else None
    if table is None or table.dialogue_id != command.dialogue_id or table.round != 2:
        raise errors.NoSuchThing()
    command.by.must_run(table.id)
    return table


def own_entry(db: Db, command: Command, entry_id: str) -> table_queries.Entry:
    """An entry of the actor's table, standing or withdrawn.

    In the step `appraise` proposals lie open to all: moderators still mend them, until somebody has appraised.

    Raises NoSuchThing, NoTableYet, NotYourGroup, NotInThisStep or AppraisalBegun.
    """
    found = table_queries.entry(db, command.dialogue_id, entry_id)
    if found is None:
        raise errors.NoSuchThing()
    own_table(db, command, found.table_id)
    dialogue = queries.dialogue(db, command.dialogue_id)
    if not command.by.moderates and not _writes_now(dialogue, command):
        raise errors.NotInThisStep()
    appraised = dialogue.appraising != Voting.PREPARING or promise_queries.begun(db, dialogue.id)
    if appraised and table_queries.entry_state(found).content.kind == "proposal":
        raise errors.AppraisalBegun()
    return found


def _writes_now(dialogue: Dialogue, command: Command) -> bool:
    """Whether tables write in this step, or did in the step just left and the grace is not over."""
    left_at = dialogue.left_at
    in_grace = dialogue.left_step in AT_TABLES and left_at is not None and command.now - left_at <= GRACE
    return dialogue.step in AT_TABLES or in_grace


def write_entry(db: Db, command: Command, table_id: str | None, content: Content) -> list[Happening]:
    """A new entry of the actor's table. Raises TooManyEntries, and as `own_table` and `checked` do."""
    table = own_table(db, command, table_id)
    kind = content.kind
    limits = queries.plan(queries.dialogue(db, command.dialogue_id)).limits
    most = limits.proposals_per_table if kind == "proposal" else limits.entries_per_table
    if table_queries.progress_of(db, table.id).get(kind, 0) >= most:
        raise errors.TooManyEntries(limit=most)
    topic_id = db.get_one(Table, table.id).topic_id
    entry = EntryState(
        id=command.new_id(kind),
        table_id=table.id,
        topic_id=topic_id,
        number=table_queries.next_number(db, command.dialogue_id, kind),
        content=checked(db, command, table.id, topic_id, content),
    )
    return [EntryWritten(entry=entry, progress={}, open=False, shown=False)]


def checked(db: Db, command: Command, table_id: str, topic_id: str | None, content: Content) -> Content:
    """The content as it may be kept: texts clean, everything named in it there.

    Cards of another topic and benefits of another table, or taken back since, are left out.

    Raises EmptyText, TextTooLong, UnknownStakeholder, UnknownAddressee or UnknownLevel.
    """
    plan = queries.plan(queries.dialogue(db, command.dialogue_id))
    limit = plan.limits.text_characters
    if content.kind == "vision":
        return content.model_copy(
            update={"text": writing.clean(content.text, limit), "plain": writing.clean_or_empty(content.plain, limit)}
        )
    if content.kind == "benefit":
        if content.stakeholder not in {stakeholder.key for stakeholder in plan.participating}:
            raise errors.UnknownStakeholder()
        return content.model_copy(update={"text": writing.clean(content.text, limit)})
    cards = {card.id for card in table_queries.topic_cards(db, command.dialogue_id, topic_id)}
    benefits = {entry.id for entry in table_queries.entries(db, command.dialogue_id, table_id, "benefit")}
    return _checked_proposal(content, plan, cards, benefits)


def _checked_proposal(content: ProposalContent, plan: Plan, cards: set[str], benefits: set[str]) -> ProposalContent:
    levels = {level.key: level for level in plan.levels}
    if content.level is not None and content.level not in levels:
        raise errors.UnknownLevel()
    in_process = content.level is not None and levels[content.level].in_process
    if content.process_step is not None and content.process_step not in {step.key for step in plan.process_steps}:
        raise errors.UnknownLevel()
    return content.model_copy(
        update={
            "title": writing.clean(content.title, plan.limits.title_characters),
            "what": writing.clean_or_empty(content.what, plan.limits.text_characters),
            "first_step": writing.clean_or_empty(content.first_step, plan.limits.text_characters),
            "process_step": content.process_step if in_process else None,
            "needs": writing.addressees(content.needs, plan) if content.needs else (),
            "card_ids": tuple(dict.fromkeys(card_id for card_id in content.card_ids if card_id in cards)),
            "benefit_ids": tuple(dict.fromkeys(made for made in content.benefit_ids if made in benefits)),
        }
    )
