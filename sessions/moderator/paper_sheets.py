"""Sheets of paper of people without a phone: what is on each kind, and how it becomes acts of the method."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialog import promise_queries, queries, table_queries
from dialog.commands.appraise_proposal import NO_SCORES, AppraiseProposal, appraise_proposal
from dialog.commands.give_feedback import GiveFeedback, give_feedback
from dialog.commands.wish_topics import WishTopics, wish_topics
from dialog.errors import BadScores
from dialog.format import Plan
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.words import Appraising, Step, Voting
from sessions.entries import topic_titles
from sessions.forms import ActForm
from sessions.language import _, lazy, words
from sessions.participant.forms import nominate_form
from sessions.participant.giving_forms import ANSWER, MarkField, feedback_form, scores_of
from sessions.perform import perform
from sessions.scales import Scale, agreement, scales

Basics = Callable[[str], dict[str, Any]]
"""What every command of one sheet carries, for the client key of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet. `form` and `drawn` are asked with the dialogue; `save` raises RuleBroken."""

    title: Any
    of_person: Any
    is_open: Callable[[Dialogue], bool]
    entered: Callable[[Db, Participant], bool]
    form: Callable[[Db, Dialogue], ActForm]
    drawn: Callable[[Db, Dialogue], dict[str, Any]]
    save: Callable[[Any, str, Basics], None]


class AppraisalSheet(ActForm):
    """All proposals on one sheet: a field `<scale>-<proposal id>` for each mark."""

    rows: Sequence[str]
    scales: Sequence[Scale]

    def marks(self, proposal_id: str) -> dict[str, int | None]:
        """The marks of one row by scale."""
        return {scale.key: self[f"{scale.key}-{proposal_id}"].data for scale in self.scales}


def appraisal_sheet(db: Db, dialogue: Dialogue) -> AppraisalSheet:
    """The empty sheet, or what was sent of it."""
    plan = queries.plan(dialogue)
    rows, asked = _rows(db, dialogue, plan), scales(plan.appraising)
    fields = {f"{scale.key}-{row}": MarkField(scale.marks) for row in rows for scale in asked}
    sheet: AppraisalSheet = type("AppraisalSheet", (AppraisalSheet,), fields)()
    sheet.rows, sheet.scales = rows, asked
    return sheet


def _rows(db: Db, dialogue: Dialogue, plan: Plan) -> list[str]:
    """The ids of the proposals in the order of their numbers; "" at the end is everything staying as it is."""
    rows = [entry.id for entry in table_queries.entries(db, dialogue.id, kind="proposal")]
    return [*rows, ""] if rows and plan.appraising is Appraising.RESISTANCE else rows


def _save_appraisals(sheet: AppraisalSheet, person_id: str, basics: Basics) -> None:
    """Row by row. A row with only some of its marks is refused before anything is kept."""
    marks = {row: sheet.marks(row) for row in sheet.rows}
    for given in marks.values():
        if None in given.values() and any(mark is not None for mark in given.values()):
            raise BadScores()
    for row, given in marks.items():
        scores = NO_SCORES if None in given.values() else scores_of(given)
        perform(
            appraise_proposal,
            AppraiseProposal(**basics(row), proposal_id=row or None, scores=scores, person_id=person_id),
        )


def _save_wishes(form: Any, person_id: str, basics: Basics) -> None:
    perform(wish_topics, WishTopics(**basics(""), topic_ids=form.topic_ids, person_id=person_id))


def _save_feedback(form: Any, person_id: str, basics: Basics) -> None:
    sentence = form.sentence.data or ""
    perform(give_feedback, GiveFeedback(**basics(""), answers=form.answers, sentence=sentence, person_id=person_id))


def _topics(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    titles, limits = topic_titles(db, dialogue.id), queries.plan(dialogue).limits
    listed = [{"id": key, "title": titles[key]} for key in dialogue.chosen_topics if titles.get(key)]
    return {"topics": listed, "places": min(limits.wishes_per_person, len(listed))}


def _proposals(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    plan = queries.plan(dialogue)
    by_id = {entry.id: entry for entry in table_queries.entries(db, dialogue.id, kind="proposal")}
    return {"by_id": by_id, "scales": scales(plan.appraising), "rows": _rows(db, dialogue, plan)}


def _questions(_db: Db, dialogue: Dialogue) -> dict[str, Any]:
    plan = queries.plan(dialogue)
    asked = [agreement(f"{ANSWER}{one.key}", words(one.question)) for one in plan.feedback]
    return {"asked": asked, "plan": plan}


def own_key(key: str, row: str) -> str:
    """A client key for one row of a sheet: sending the sheet again is sending each row again."""
    return hashlib.blake2s(f"{key}/{row}".encode(), digest_size=16).hexdigest() if row else key


SHEETS: Mapping[str, Sheet] = {
    "wishes": Sheet(
        title=lazy("Wishes on paper"),
        of_person=lambda number: _("Wishes of person %(number)s", number=number),
        is_open=lambda dialogue: dialogue.step == Step.MIX,
        entered=lambda db, person: bool((seat := table_queries.seat(db, person.id)) and seat.wishes),
        form=lambda db, dialogue: nominate_form(queries.plan(dialogue).limits.wishes_per_person),
        drawn=_topics,
        save=_save_wishes,
    ),
    "appraisals": Sheet(
        title=lazy("Appraisals on paper"),
        of_person=lambda number: _("Appraisal of person %(number)s", number=number),
        is_open=lambda dialogue: dialogue.step == Step.APPRAISE and dialogue.appraising == Voting.OPEN,
        entered=lambda db, person: bool(promise_queries.appraisals_of(db, person.id)),
        form=appraisal_sheet,
        drawn=_proposals,
        save=_save_appraisals,
    ),
    "feedback": Sheet(
        title=lazy("Feedback on paper"),
        of_person=lambda number: _("Feedback of person %(number)s", number=number),
        is_open=lambda dialogue: dialogue.step == Step.CLOSE,
        entered=lambda db, person: promise_queries.feedback_of(db, person.id) is not None,
        form=lambda db, dialogue: feedback_form(queries.plan(dialogue)),
        drawn=_questions,
        save=_save_feedback,
    ),
}
"""By the word in the address of their pages."""
