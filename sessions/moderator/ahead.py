"""What comes next in the cockpit: the one big button, and what phones and projector will show once it is pressed."""

from dataclasses import dataclass, field

from dialog import queries, steps, table_queries
from dialog.format import Plan
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting
from sessions.language import _, ngettext, words
from sessions.moderator.mixed import suggested
from sessions.moderator.words import step_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The next act: the address it posts to, its fields, the words of its button, two small pictures, and a hint."""

    act: str
    label: str
    phone: str
    wall: str
    fields: dict[str, str] = field(default_factory=dict)
    hint: str = ""


def ahead(db: Db, dialogue: Dialogue, people: int, revealed: bool) -> Ahead | None:
    """The next act; None once the dialogue is closed. `revealed` says whether every group's cards are open."""
    if dialogue.closed:
        return None
    plan, step = queries.plan(dialogue), Step(dialogue.step)
    following = plan.neighbours(step)[1]
    act = steps.next_act(
        steps.Standing(
            step=step,
            following=following,
            all_revealed=revealed,
            voting=Voting(dialogue.voting),
            tables_drawn=bool(table_queries.tables(db, dialogue.id)),
            tables_shown=dialogue.tables_shown,
            appraising=Voting(dialogue.appraising),
        )
    )
    if act == "reveal_cards":
        return _reveal(db, dialogue)
    if act == "open_voting":
        return _open(db, dialogue, plan, people)
    if act == "close_voting":
        return Ahead(
            act=act,
            label=_("Close the vote"),
            phone=_("The vote is closed. Thank you."),
            wall=_("The vote is closed."),
            hint=_("Phones may still send the last choice for 20 seconds. Nobody sees a result yet."),
        )
    if act == "reveal_result":
        return Ahead(
            act=act,
            label=_("Reveal the result"),
            phone=_("This is how we voted"),
            wall=_("This is how we voted"),
            hint=_("Everybody sees the result at the same moment."),
        )
    if act == "draw_mixed_groups":
        return _draw(dialogue, plan, people)
    if act == "show_tables":
        return Ahead(
            act=act,
            label=_("Show the tables"),
            phone=_("Table %(number)s", number=4),
            wall=_("All tables"),
            hint=_("Everybody sees at the same moment where to sit. You can still move people afterwards."),
        )
    if act in _APPRAISAL:
        return _APPRAISAL[act](db, dialogue, people)
    if act == "close_dialogue":
        return Ahead(
            act=act,
            label=_("Close the dialogue"),
            phone=_("Thank you for being here."),
            wall=_("Thank you for being here."),
            hint=_("Then nobody can tell any more who wrote or chose what. All results stay."),
        )
    return _go(plan, following) if following else None


def _reveal(db: Db, dialogue: Dialogue) -> Ahead:
    groups = queries.groups(db, dialogue.id)
    cards = sum(group.written for group in groups)
    return Ahead(
        act="reveal_cards",
        label=_("Reveal all cards"),
        phone=_("Your group's cards are open."),
        wall=_(
            "%(cards)s from %(groups)s",
            cards=ngettext("%(num)s card", "%(num)s cards", cards),
            groups=ngettext("%(num)s group", "%(num)s groups", len(groups)),
        ),
        hint=_("Each group sees its own cards, shuffled. Cards written later are open at once."),
    )


def _open(db: Db, dialogue: Dialogue, plan: Plan, people: int) -> Ahead:
    topics = len(queries.ballot_topics(db, dialogue.id))
    return Ahead(
        act="open_voting",
        label=_("Open the vote"),
        phone=_(
            "%(votes)s for %(topics)s",
            votes=ngettext("%(num)s vote", "%(num)s votes", plan.limits.votes_per_person),
            topics=ngettext("%(num)s topic", "%(num)s topics", topics),
        ),
        wall=_("0 of %(people)s have voted", people=people),
        hint=_("From then on topics can no longer be put together."),
    )


def _draw(dialogue: Dialogue, plan: Plan, people: int) -> Ahead:
    tables = suggested(people, plan, len(dialogue.chosen_topics))
    return Ahead(
        act="draw_mixed_groups",
        label=_("Draw the tables"),
        phone=_("Your table appears here by itself. You may put the phone down."),
        wall=words(plan.step_plan(Step.MIX).question),
        fields={"tables": str(tables)},
        hint=_("Nobody sees the tables yet. You can change them or draw anew first."),
    )


def _open_appraisal(db: Db, dialogue: Dialogue, people: int) -> Ahead:
    written = len(table_queries.entries(db, dialogue.id, kind="proposal"))
    return Ahead(
        act="open_appraisal",
        label=_("Open the appraisal"),
        phone=ngettext("%(num)s proposal to appraise", "%(num)s proposals to appraise", written),
        wall=_("0 of %(people)s have appraised", people=people),
        hint=_("As soon as somebody has appraised, proposals stay as they are."),
    )


def _close_appraisal(_db: Db, _dialogue: Dialogue, _people: int) -> Ahead:
    return Ahead(
        act="close_appraisal",
        label=_("Close the appraisal"),
        phone=_("The appraisal is closed. Thank you."),
        wall=_("The appraisal is closed."),
        hint=_("Phones may still send the last choice for 20 seconds. Nobody sees a result yet."),
    )


def _reveal_appraisal(_db: Db, _dialogue: Dialogue, _people: int) -> Ahead:
    return Ahead(
        act="reveal_appraisal",
        label=_("Reveal the result"),
        phone=_("This is how we appraised"),
        wall=_("This is how we appraised"),
        hint=_("Everybody sees the result at the same moment."),
    )


_APPRAISAL = {
    "open_appraisal": _open_appraisal,
    "close_appraisal": _close_appraisal,
    "reveal_appraisal": _reveal_appraisal,
}


def _go(plan: Plan, step: Step) -> Ahead:
    question = words(plan.step_plan(step).question)
    both = f"{words(plan.questions.works)} {words(plan.questions.fails)}"
    phone = {
        Step.COLLECT: both,
        Step.SORT: _("Your group sorts its cards at the board."),
        Step.WEIGH: _("You can vote in a moment."),
        Step.MIRROR: _("Please look at the projector."),
        Step.MIX: _("Which topics would you like?") if plan.limits.wishes_per_person else question,
        Step.ENVISION: _("Write the ideal with your table."),
        Step.TRANSLATE: _("What would each group gain?"),
        Step.SOLVE: _("Write proposals with your table."),
        Step.APPRAISE: _("All proposals to read; you can appraise in a moment."),
        Step.COMMIT: _("What is agreed stands here for all."),
        Step.CLOSE: _("How was the afternoon?") if plan.feedback or plan.feedback_sentence else question,
    }
    wall = {Step.COLLECT: both, Step.MIRROR: _("This is how we voted")}
    return Ahead(
        act="go_to_step",
        label=_("Go on: %(step)s", step=step_name(step)),
        phone=phone.get(step, question),
        wall=wall.get(step, question),
        fields={"step": step.value},
        hint=_("You can always go back; nothing is lost."),
    )
