"""Choosing: the group's most important topics, and one's own votes."""

from flask import url_for
from flask.typing import ResponseReturnValue

from dialog import queries
from dialog.commands.cast_ballot import CastBallot, cast_ballot
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.format import Limits
from sessions.answers import done
from sessions.identity import acting, participant_of, writer_of
from sessions.participant.forms import ballot_form, nominate_form
from sessions.participant.taking import taken
from sessions.participant.task import task_page
from sessions.perform import asked, perform, reading


def nominate(dialogue_id: str) -> ResponseReturnValue:
    """The whole list of the group; the last change wins."""
    with reading() as db:
        person = participant_of(db, dialogue_id)
        form = nominate_form(queries.plan(queries.dialogue(db, dialogue_id)).limits.nominations_per_group)

    def act() -> ResponseReturnValue:
        asks = asked(dialogue_id, acting(person), form.key)
        command = NominateTopics(**asks, group_id=person.group_id, topic_ids=form.topic_ids)
        return done(perform(nominate_topics, command), to=_home(dialogue_id, saved="order"))

    return taken(form, act, page=lambda: task_page(dialogue_id, nominate_form=form))


def vote(dialogue_id: str) -> ResponseReturnValue:
    """The whole ballot of one person."""
    writer, plan = writer_of(dialogue_id)
    form = ballot_form(_numbered(dialogue_id, plan.limits), plan.limits)

    def act() -> ResponseReturnValue:
        command = CastBallot(**asked(dialogue_id, writer, form.key), votes=form.votes)
        return done(perform(cast_ballot, command), to=_home(dialogue_id, saved="votes"))

    return taken(form, act, page=lambda: task_page(dialogue_id, ballot_form=form))


def _numbered(dialogue_id: str, limits: Limits) -> list[str]:
    """The topics that the form has a number for: none where a topic gets at most one vote."""
    if limits.votes_per_topic == 1:
        return []
    with reading() as db:
        return [topic.id for topic in queries.ballot_topics(db, dialogue_id)]


def _home(dialogue_id: str, **just: str) -> str:
    return url_for("participant.page", dialogue_id=dialogue_id, **just)
