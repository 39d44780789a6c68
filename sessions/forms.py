"""What every form has: the key that makes a retry the same act, and the protection against foreign pages."""

import secrets
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField
from wtforms.validators import InputRequired, Length, Regexp

from sessions.language import lazy


def new_key() -> str:
    return secrets.token_urlsafe(18)


class ActForm(FlaskForm):
    """A form that becomes one command."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Forms come as forms: a body of JSON is not looked into."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

    client_key = HiddenField(
        default=new_key,
        validators=[
            InputRequired(lazy("This form is incomplete. Please load the page again.")),
            Length(16, 64, lazy("This form is incomplete. Please load the page again.")),
            Regexp(r"^[A-Za-z0-9_-]+$", message=lazy("This form is incomplete. Please load the page again.")),
        ],
    )

    @property
    def key(self) -> str:
        """The key of this one submission."""
        return str(self.client_key.data)
