"""The form of a plan. What the first screen needs stands first; everything else has a good value already."""

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import TextInput

from dialog.words import Appraising
from sessions.forms import ActForm, one_line
from sessions.language import lazy

SIGNS = ("■", "◆", "●", "▲", "▼", "★", "✚", "⬢")
MOST_ROWS = 60
MOST_LEVELS = 12
MOST_QUESTIONS = 6
"""As many as a plan can hold, see `dialog/format.py`."""

NEEDED = lazy("Please fill this in.")

APPRAISING = {
    Appraising.EFFECT_FEASIBILITY: lazy("effect and feasibility, 1 to 5"),
    Appraising.RESISTANCE: lazy("resistance, 0 to 10, always with “Everything stays as it is”"),
}


class WholeNumber(IntegerField):
    """A whole number as text with a numeric keyboard: a mouse wheel must not change it."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            self.data = int(typed)
        except ValueError as error:
            raise ValueError(lazy("Please enter a whole number.")) from error


class Day(DateField):
    """A day, as every browser sends it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(lazy("Please enter a date like 24.10.2026.")) from error


def _needed(most: int) -> list[object]:
    too_long = lazy("Please shorten this to %(limit)s characters.", limit=most)
    return [DataRequired(NEEDED), Length(max=most, message=too_long)]


class StakeholderRow(Form):
    """One stakeholder. An empty `key` is a new one."""

    key = HiddenField()
    label = StringField(lazy("Name"), filters=[one_line], validators=_needed(80))
    short = StringField(
        lazy("Short name"), filters=[one_line], validators=[Length(max=24, message=lazy("At most 24 characters."))]
    )
    letter = StringField(lazy("Letter"), filters=[one_line])
    sign = SelectField(lazy("Sign"), choices=list(SIGNS))
    participates = BooleanField(lazy("takes part"))
    expected = WholeNumber(lazy("Expected people"))


class CategoryRow(Form):
    key = HiddenField()
    label = StringField(lazy("Category"), filters=[one_line], validators=_needed(80))


class LevelRow(Form):
    """A level of proposals. An empty `key` is a new one and gets the next letter."""

    key = HiddenField()
    label = StringField(lazy("Level"), filters=[one_line], validators=_needed(120))
    in_process = BooleanField(lazy("with a process step"))


class ProcessStepRow(Form):
    """An empty `key` is a new one and gets the next number."""

    key = HiddenField()
    label = StringField(lazy("Process step"), filters=[one_line], validators=_needed(120))


class FeedbackRow(Form):
    key = HiddenField()
    question = StringField(lazy("Sentence"), filters=[one_line], validators=_needed(400))


class StepRow(Form):
    step = HiddenField()
    planned = BooleanField(lazy("in this dialogue"))
    minutes = WholeNumber(lazy("Minutes"))
    question = StringField(lazy("Question"), filters=[one_line], validators=_needed(400))


class PlanForm(ActForm):
    """A whole plan. `do` names the button that adds or takes away a row instead of saving."""

    title = StringField(
        lazy("Title"),
        description=lazy("It stands on the poster and the projector."),
        filters=[one_line],
        validators=[
            DataRequired(lazy("Please give the dialogue a title.")),
            Length(max=120, message=lazy("Please shorten this to %(limit)s characters.", limit=120)),
        ],
    )
    place = StringField(
        lazy("Place"),
        filters=[one_line],
        validators=[
            DataRequired(lazy("Please say where the dialogue takes place.")),
            Length(max=120, message=lazy("Please shorten this to %(limit)s characters.", limit=120)),
        ],
    )
    held_on = Day(lazy("Date"), validators=[InputRequired(lazy("Please say when the dialogue takes place."))])
    deletes_on = Day(
        lazy("Will be deleted on"),
        description=lazy("Empty: one year after the dialogue. Then all of it goes, backups included."),
        validators=[Optional()],
    )
    votes_per_person = WholeNumber(lazy("Votes per person"))
    votes_per_topic = WholeNumber(lazy("At most on one topic"))
    cards_per_person = WholeNumber(lazy("Cards per person"))
    people_per_group = WholeNumber(
        lazy("People per group"), description=lazy("Above this a stakeholder gets one more group.")
    )
    works = StringField(lazy("Question for what works well"), filters=[one_line], validators=_needed(400))
    fails = StringField(lazy("Question for what does not work"), filters=[one_line], validators=_needed(400))
    steps = FieldList(FormField(StepRow), max_entries=20)
    stakeholders = FieldList(FormField(StakeholderRow), max_entries=24)
    categories = FieldList(FormField(CategoryRow), max_entries=MOST_ROWS)
    wishes_per_person = WholeNumber(lazy("Wishes per person"))
    people_per_table = WholeNumber(lazy("People per table"))
    proposals_per_table = WholeNumber(lazy("Proposals per table"))
    appraising = SelectField(
        lazy("Everybody appraises"),
        description=lazy("If you change this, please change the question of the step as well."),
        choices=[SelectChoice(value=kind.value, label=words) for kind, words in APPRAISING.items()],
    )
    levels = FieldList(FormField(LevelRow), max_entries=MOST_LEVELS)
    process_steps = FieldList(FormField(ProcessStepRow), max_entries=MOST_LEVELS)
    feedback = FieldList(FormField(FeedbackRow), max_entries=MOST_QUESTIONS)
    feedback_sentence = StringField(
        lazy("Question for one free sentence"),
        description=lazy("Empty: none is asked."),
        filters=[one_line],
        validators=[Length(max=400, message=lazy("Please shorten this to %(limit)s characters.", limit=400))],
    )
