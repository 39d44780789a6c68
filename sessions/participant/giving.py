"""Giving in the second round: wishes for the mixing, appraisals, what one takes on, and feedback."""

from flask import url_for
from flask.typing import ResponseReturnValue

from dialog.commands.appraise_proposal import AppraiseProposal, appraise_proposal
from dialog.commands.give_feedback import GiveFeedback, give_feedback
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.commands.wish_topics import WishTopics, wish_topics
from sessions.answers import done
from sessions.identity import writer_of
from sessions.participant.forms import nominate_form
from sessions.participant.giving_forms import PromiseForm, feedback_form, scores_form
from sessions.participant.taking import taken
from sessions.participant.task import task_page
from sessions.perform import asked, perform


def wish(dialogue_id: str) -> ResponseReturnValue:
    """The topics one would like to work on, in order; the whole list each time."""
    writer, plan = writer_of(dialogue_id)
    form = nominate_form(plan.limits.wishes_per_person)

    def act() -> ResponseReturnValue:
        command = WishTopics(**asked(dialogue_id, writer, form.key), topic_ids=form.topic_ids)
        return done(perform(wish_topics, command), to=_home(dialogue_id, saved="wishes"))

    return taken(form, act, page=lambda: task_page(dialogue_id, nominate_form=form))


def appraise(dialogue_id: str) -> ResponseReturnValue:
    """What one thinks of one proposal."""
    writer, plan = writer_of(dialogue_id)
    form = scores_form(plan)

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, writer, form.key)
        outcome = perform(appraise_proposal, AppraiseProposal(**asks, proposal_id=form.proposal_id, scores=form.scores))
        return done(outcome, to=_home(dialogue_id, f"proposal-{form.proposal.data}", saved="scores"))

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def promise(dialogue_id: str) -> ResponseReturnValue:
    """What one takes on, for the own organisation or in the own function."""
    writer, plan = writer_of(dialogue_id)
    form = PromiseForm(plan)

    def act() -> ResponseReturnValue:
        command = MakeCommitment(**asked(dialogue_id, writer, form.key), **form.content())
        return done(perform(make_commitment, command), to=_home(dialogue_id, saved="promise"))

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def answer(dialogue_id: str) -> ResponseReturnValue:
    """How the afternoon was."""
    writer, plan = writer_of(dialogue_id)
    form = feedback_form(plan)

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, writer, form.key)
        command = GiveFeedback(**asks, answers=form.answers, sentence=form.sentence.data or "")
        return done(perform(give_feedback, command), to=_home(dialogue_id, saved="feedback"))

    return taken(form, act, page=lambda: task_page(dialogue_id, refused=form))


def _home(dialogue_id: str, at: str = "", **just: str) -> str:
    return url_for("participant.page", dialogue_id=dialogue_id, _anchor=at or None, **just)
