"""What a group's board posts. Ids come from the page itself; whatever does not look like one is refused."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp, ValidationError

from dialog import errors
from dialog.commands.make_topic import LONGEST_TITLE
from dialog.words import Valence
from sessions.forms import ActForm
from sessions.language import lazy

LONGEST_TEXT = 2000
"""Characters beyond which nobody typed a card; how many fit is the plan's to say."""

UNREADABLE = lazy("This could not be read. Please load the page again.")
ID = Regexp(r"^[0-9a-z-]{1,24}$", message=UNREADABLE)
ID_OR_NONE = Regexp(r"^[0-9a-z-]{0,24}$", message=UNREADABLE)


class Ids(SelectMultipleField):
    """Any number of ids, each once, in the order in which they were sent."""

    def __init__(self, at_least: int = 1, **kwargs: Any) -> None:
        super().__init__(validate_choice=False, choices=[], **kwargs)
        self.at_least = at_least

    def pre_validate(self, form: Any) -> None:
        self.data = list(dict.fromkeys(self.data or []))
        for value in self.data:
            if not ID.regex.match(value):
                raise ValidationError(UNREADABLE)
        if len(self.data) < self.at_least:
            raise ValidationError(lazy("Please choose at least one card first."))


class ChosenForm(ActForm):
    card = Ids()


class PlaceForm(ChosenForm):
    """`here` comes from a button at a topic, `topic` from the list in the bar; "new" opens one, "none" takes cards out.

    `before` is the card to lie in front of; empty is the end.
    """

    topic = StringField(validators=[ID_OR_NONE])
    here = StringField(validators=[ID_OR_NONE])
    before = StringField(validators=[ID_OR_NONE])

    @property
    def place(self) -> str:
        return str(self.here.data or self.topic.data or "none")


class TogetherForm(ActForm):
    a = StringField(validators=[InputRequired(UNREADABLE), ID])
    b = StringField(validators=[InputRequired(UNREADABLE), ID])


class PaperForm(ActForm):
    """A paper card; the method says whether text and addressees fit the plan."""

    valence = RadioField(
        lazy("What does the card say?"),
        choices=list(map(str, Valence)),
        validate_choice=False,
        validators=[AnyOf(list(map(str, Valence)), lazy("Please choose what the card says."))],
    )
    text = StringField(
        lazy("What stands on the card"),
        validators=[
            InputRequired(lazy(errors.EmptyText.sentence)),
            Length(max=LONGEST_TEXT, message=lazy("This text is far too long. Please shorten it.")),
        ],
    )
    addressees = SelectMultipleField(
        lazy("Who should hear this?"),
        choices=[],
        validate_choice=False,
        validators=[InputRequired(lazy(errors.NoAddressee.sentence))],
    )

    def refuse(self, refusal: errors.RuleBroken, sentence: str) -> None:
        """Put the method's own refusal beside the field it is about."""
        is_about = errors.NoAddressee | errors.UnknownAddressee
        field = self.addressees if isinstance(refusal, is_about) else self.text
        field.errors = [*field.errors, sentence]


class TopicForm(ActForm):
    card = Ids(at_least=0)
    title = StringField(validators=[Length(max=LONGEST_TEXT, message=UNREADABLE)])


class NameForm(ActForm):
    title = StringField(
        lazy("Name of the topic"),
        validators=[
            InputRequired(lazy(errors.TopicNeedsTitle.sentence)),
            Length(max=LONGEST_TITLE, message=lazy("This name is too long. Please shorten it.")),
        ],
    )


class CategoryForm(ActForm):
    """An empty category takes it away."""

    category = StringField(validators=[Length(max=40, message=UNREADABLE)])


class WhereForm(ActForm):
    where = StringField(validators=[AnyOf(["earlier", "later"], UNREADABLE)])


class ShiftForm(ChosenForm, WhereForm):
    """The first chosen card goes one place earlier or later."""


class BeforeForm(ActForm):
    before = StringField(validators=[ID_OR_NONE])


class MergeForm(ActForm):
    into = StringField(validators=[InputRequired(lazy("Please choose a topic.")), ID])


class NominateForm(ActForm):
    topic = StringField(validators=[InputRequired(UNREADABLE), ID])
    how = StringField(validators=[AnyOf(["add", "earlier", "later", "remove"], UNREADABLE)])


class PersonForm(ActForm):
    needs_interpreter = BooleanField(lazy("Needs an interpreter"))
