"""What every form has: the key that makes a retry the same act, and the protection against foreign pages."""

import secrets
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import request
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField
from wtforms.csrf.core import CSRFTokenField
from wtforms.i18n import messages_path
from wtforms.validators import InputRequired, Length, Regexp

from dialog.writing import clean_or_empty
from sessions.language import language, lazy


def new_key() -> str:
    return secrets.token_urlsafe(18)


@cache
def _words_of_wtforms(language_code: str) -> NullTranslations:
    """What the library says by itself, read once and not with every request."""
    return Translations.load(messages_path(), [language_code], domain="wtforms")


def one_line(text: str | None) -> str:
    """What was typed into a field of one line, without control characters; nothing where nothing of it can be seen.

    How long it may be is for the field to say.
    """
    return clean_or_empty(text or "", limit=4 * len(text or ""))


class TokenField(CSRFTokenField):
    """The token against foreign pages. It is signed when it is drawn: most forms only come in."""

    def process(self, *args: Any, **options: Any) -> None:
        super(CSRFTokenField, self).process(*args, **options)

    def _value(self) -> str:
        return str(self.csrf_impl.generate_csrf_token(self))


class Token(FlaskForm.Meta.csrf_class):
    field_class = TokenField


class ActForm(FlaskForm):
    """A form that becomes one command."""

    class Meta(FlaskForm.Meta):
        csrf_class = Token

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Forms come as forms: a body of JSON is not looked into."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

        def get_translations(self, form: Form) -> Any:
            return _words_of_wtforms(language().partition("-")[0])

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
