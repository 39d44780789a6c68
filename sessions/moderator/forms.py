"""The small forms of the cockpit, one per act that says more than its name."""

from collections.abc import Collection
from typing import Any

from wtforms import BooleanField, Field, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from dialog.words import LinkKind, Step
from sessions.forms import ActForm
from sessions.language import lazy

CHOOSE = lazy("Please choose something from the list.")


def _one_of(values: Collection[str]) -> Any:
    def check(_form: Any, field: Field) -> None:
        if field.data not in values:
            raise ValidationError(CHOOSE)

    return check


class GoToStepForm(ActForm):
    step = StringField(validators=[_one_of([step.value for step in Step])])


class RevealCardsForm(ActForm):
    """Without a group: all groups."""

    group_id = StringField()


class SetTimerForm(ActForm):
    way = StringField(validators=[_one_of(("start", "extend", "stop"))])
    minutes = IntegerField(
        lazy("Minutes"),
        default=0,
        validators=[NumberRange(0, 480, lazy("Please enter minutes between 0 and 480."))],
    )


class ShowPictureForm(ActForm):
    picture = StringField(validators=[InputRequired(CHOOSE)])


class WelcomeForm(ActForm):
    stakeholder = StringField(validators=[InputRequired(lazy("Please choose one of the groups shown."))])
    needs_interpreter = BooleanField(lazy("needs an interpreter"))


class PersonForm(ActForm):
    person_id = StringField(validators=[InputRequired(CHOOSE)])


class MovePersonForm(PersonForm):
    group_id = StringField(validators=[InputRequired(CHOOSE)])


class TopicForm(ActForm):
    topic_id = StringField(validators=[InputRequired(CHOOSE)])


class JoinTopicsForm(TopicForm):
    into = StringField(validators=[InputRequired(CHOOSE)])


class ChooseTopicsForm(ActForm):
    topic_ids = SelectMultipleField(validate_choice=False)


class MakeLinkForm(ActForm):
    kind = StringField(validators=[_one_of([kind.value for kind in LinkKind])])
    group_id = StringField()


class RevokeLinkForm(ActForm):
    link_id = StringField(validators=[InputRequired(CHOOSE)])


class CloseForm(ActForm):
    """Closing cannot be undone; somebody has to say that they know."""

    understood = BooleanField(
        lazy("I know that this cannot be taken back."),
        validators=[InputRequired(lazy("Please confirm that you know what closing means."))],
    )


class BackForm(ActForm):
    """Undo and redo stand on more than one page and lead back to it."""

    back = StringField(default="page", validators=[_one_of(("page", "people", "tables"))])
