"""What a request gets back: an acknowledgement, or one sentence that says what to do now; JSON for scripts."""

from collections.abc import Callable
from typing import Any

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from wtforms import Form

from dialog.errors import RuleBroken
from dialog.journal import Outcome
from dialog.store import StoreAway, StoreFull
from sessions.identity import NotSignedIn
from sessions.language import _, lazy

SENTENCES = {
    400: lazy("The request could not be read. Please load the page again."),
    403: lazy("This page is not open to you."),
    404: lazy("This page does not exist. Please check the address."),
    405: lazy("This address is not meant for that. Please go back to the page."),
    413: lazy("That was too much at once. Please shorten it."),
    429: lazy("Too many attempts. Please wait a minute and try again."),
}
NO_ANSWER = lazy(
    "The data store does not answer right now. What you wrote stays on your device; please try again soon."
)
NO_ROOM = lazy(
    "Nothing can be stored: the server’s disk is full. What you wrote stays on your device; please tell the moderator."
)
SOMETHING_WENT_WRONG = lazy("Something went wrong here. Nothing was lost; please try again.")


def wants_json() -> bool:
    """Whether a script asks, not a browser that shows pages."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes["application/json"] > 0


def done(outcome: Outcome, to: str, **more: Any) -> ResponseReturnValue:
    """The act is stored: its sequence number for a script, the next page for a browser."""
    if wants_json():
        return jsonify(seq=outcome.seq, **more)
    return redirect(to, code=303)


def invalid(form: Form, page: Callable[[], str]) -> ResponseReturnValue:
    """The form cannot be taken so: the sentences by field for a script, the page with what was typed for a browser."""
    fields = {name: str(errors[0]) for name, errors in form.errors.items() if name and errors}
    if wants_json():
        return jsonify(error=next(iter(fields.values()), str(SENTENCES[400])), fields=fields), 422
    return page(), 422


def refused(sentence: str, status: int, code: str = "") -> ResponseReturnValue:
    """One sentence with its status. `code` names the reason for a script where the status alone does not."""
    if wants_json():
        return jsonify(error=sentence, code=code), status
    return render_template("error.html", sentence=sentence, status=status), status


def start_answers(app: Flask) -> None:
    """Every refusal of the method, the store or the web ends here."""

    @app.before_request
    def _readable_address() -> ResponseReturnValue | None:
        """PostgreSQL takes no NUL characters, not even to look for an id that cannot exist."""
        return refused(str(SENTENCES[404]), 404) if "\0" in request.path else None

    @app.errorhandler(RuleBroken)
    def _rule_broken(error: RuleBroken) -> ResponseReturnValue:
        if isinstance(error, NotSignedIn) and request.method == "GET" and not wants_json():
            return redirect(url_for("forum.sign_in_page", then=request.full_path.rstrip("?")), code=303)
        return refused(_(error.sentence, **error.values), error.status, type(error).__name__)

    @app.errorhandler(StoreAway)
    def _store_away(error: StoreAway) -> ResponseReturnValue:
        sentence = NO_ROOM if isinstance(error, StoreFull) else NO_ANSWER
        answer = app.make_response(refused(str(sentence), 503, "StoreAway"))
        answer.headers["Retry-After"] = "3"
        return answer

    @app.errorhandler(DataError)
    def _no_such_value(_error: DataError) -> ResponseReturnValue:
        """A value that the database cannot even look for; only what no page of ours sends."""
        return refused(str(SENTENCES[400]), 400)

    @app.errorhandler(CSRFError)
    def _foreign_form(_error: CSRFError) -> ResponseReturnValue:
        return refused(_("This page was open for too long. Please load it again; what you wrote is kept."), 400, "csrf")

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error
        return refused(str(SENTENCES.get(status, SOMETHING_WENT_WRONG)), status)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        app.logger.error("Unexpected error at %s", request.endpoint, exc_info=error)
        return refused(str(SOMETHING_WENT_WRONG), 500)
