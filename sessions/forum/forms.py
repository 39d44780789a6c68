"""The forms of the forum's desk."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from sessions.forms import ActForm
from sessions.language import lazy
from sessions.passwords import SHORTEST


def one_line(text: str | None) -> str | None:
    """A text as typed, without space around it and in it only once."""
    return " ".join(text.split()) if text else text


class SetUpForm(ActForm):
    forum_name = StringField(
        lazy("Name of the regional forum"),
        description=lazy("For example: Regional forum North"),
        filters=[one_line],
        validators=[
            DataRequired(lazy("Please give the forum a name.")),
            Length(max=120, message=lazy("Please use at most 120 characters.")),
        ],
    )
    account_name = StringField(
        lazy("Your name for signing in"),
        description=lazy("It is never shown to participants."),
        filters=[one_line],
        validators=[
            DataRequired(lazy("Please choose a name for signing in.")),
            Length(max=80, message=lazy("Please use at most 80 characters.")),
        ],
    )
    password = PasswordField(
        lazy("Password"),
        description=lazy("At least 10 characters. Three words that only you put together are good."),
        validators=[
            InputRequired(lazy("Please choose a password.")),
            Length(SHORTEST, 200, lazy("Please use at least 10 characters.")),
        ],
    )
    again = PasswordField(
        lazy("The password again"),
        validators=[EqualTo("password", lazy("This is not the same password. Please type it once more."))],
    )


class SignInForm(ActForm):
    account_name = StringField(
        lazy("Name"), filters=[one_line], validators=[DataRequired(lazy("Please enter your name.")), Length(max=200)]
    )
    password = PasswordField(
        lazy("Password"), validators=[InputRequired(lazy("Please enter your password.")), Length(max=200)]
    )
    then = HiddenField(default="")
