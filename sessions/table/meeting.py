"""Two people change the same words at the same time: the second sees both versions, and nothing typed is lost."""

from collections.abc import Callable

from flask import jsonify
from flask.typing import ResponseReturnValue

from dialog import errors, table_queries
from dialog.events import Content
from sessions.answers import wants_json
from sessions.language import _
from sessions.participant.entry_forms import EntryForm
from sessions.perform import reading


def beside_theirs(
    form: EntryForm, act: Callable[[], ResponseReturnValue], dialogue_id: str, entry_id: str
) -> Callable[[], ResponseReturnValue]:
    """`act`, after which a form whose words somebody else has changed meanwhile goes on from their version.

    A script is told that version (`theirs`, 409); for the page WrittenMeanwhile is raised on, and the form knows it.
    """

    def act_or_meet() -> ResponseReturnValue:
        try:
            return act()
        except errors.WrittenMeanwhile as met:
            theirs = _now(dialogue_id, entry_id)
            form.meets(theirs)
            if not wants_json():
                raise
            answer = {"error": _(met.sentence), "code": type(met).__name__, "theirs": theirs.model_dump(mode="json")}
            return jsonify(answer), met.status

    return act_or_meet


def _now(dialogue_id: str, entry_id: str) -> Content:
    with reading() as db:
        row = table_queries.entry(db, dialogue_id, entry_id)
        if row is None:
            raise errors.NoSuchThing()
        return table_queries.entry_state(row).content
