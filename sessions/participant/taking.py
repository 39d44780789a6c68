"""How a form is taken: what cannot be is told beside it, and nothing that was typed is lost."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from dialog.errors import RuleBroken
from sessions.answers import invalid, wants_json
from sessions.forms import ActForm
from sessions.language import _


def taken(form: ActForm, act: Callable[[], ResponseReturnValue], page: Callable[[], str]) -> ResponseReturnValue:
    """The answer of `act`, or the page once more with the form as it was filled in and a sentence."""
    if not form.validate():
        return invalid(form, page)
    try:
        return act()
    except RuleBroken as broken:
        if wants_json():
            raise
        form.form_errors.append(_(broken.sentence, **broken.values))
        return page(), broken.status
