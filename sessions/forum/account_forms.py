"""The forms with which people come into the forum, and those about passwords."""

from flask_babel import LazyString
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from dialog.words import Role
from sessions.forms import ActForm, one_line
from sessions.language import lazy
from sessions.passwords import SHORTEST


class InviteForm(ActForm):
    """Who is invited, and as what."""

    account_name = StringField(
        lazy("Name for signing in"),
        description=lazy("As the person will type it. It is never shown to participants."),
        filters=[one_line],
        validators=[
            DataRequired(lazy("Please choose a name for signing in.")),
            Length(max=80, message=lazy("Please use at most 80 characters.")),
        ],
    )
    role = RadioField(
        lazy("What may this person do?"),
        choices=[Role.ANALYST.value, Role.MODERATOR.value],
        validators=[InputRequired(lazy("Please choose what this person may do."))],
    )


def own_choice(label: LazyString) -> PasswordField:
    """The field for a password that somebody thinks up."""
    return PasswordField(
        label,
        description=lazy("At least 10 characters. Three words that only you put together are good."),
        validators=[
            InputRequired(lazy("Please choose a password.")),
            Length(SHORTEST, 200, lazy("Please use at least 10 characters.")),
        ],
    )


class NewPasswordForm(ActForm):
    """A password, typed twice."""

    password = own_choice(lazy("New password"))
    again = PasswordField(
        lazy("The password again"),
        validators=[EqualTo("password", lazy("This is not the same password. Please type it once more."))],
    )


class OwnPasswordForm(NewPasswordForm):
    """A new password, and the old one to show who it is."""

    old = PasswordField(
        lazy("Your old password"), validators=[InputRequired(lazy("Please enter your password.")), Length(max=200)]
    )
