"""What every form has: the key that makes a retry the same act, and the protection against foreign pages."""

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Regexp

from sessions.language import lazy


def new_key() -> str:
    return secrets.token_urlsafe(18)


class ActForm(FlaskForm):
    """A form that becomes one command."""

    client_key = HiddenField(
        default=new_key,
        validators=[
            InputRequired(lazy("This form is incomplete. Please load the page again.")),
            Length(16, 64, lazy("This form is incomplete. Please load the page again.")),
            Regexp(r"^[A-Za-z0-9_-]+$", message=lazy("This form is incomplete. Please load the page again.")),
        ],
    )
