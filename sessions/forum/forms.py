"""The forms of the forum's desk."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from sessions.forms import ActForm, one_line
from sessions.forum.account_forms import NewPasswordForm, own_choice
from sessions.language import lazy


class SetUpForm(NewPasswordForm):
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
    password = own_choice(lazy("Password"))


class SignInForm(ActForm):
    account_name = StringField(
        lazy("Name"), filters=[one_line], validators=[DataRequired(lazy("Please enter your name.")), Length(max=200)]
    )
    password = PasswordField(
        lazy("Password"), validators=[InputRequired(lazy("Please enter your password.")), Length(max=200)]
    )
    then = HiddenField(default="")
