"""What people give in the second round: marks for proposals, what they take on, and how the afternoon was."""

from datetime import date
from typing import Any

from flask import request
from wtforms import DateField, Field, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from dialog import errors, writing
from dialog.commands.appraise_proposal import NO_SCORES
from dialog.events import Scores
from dialog.feedback_figures import ANSWERS
from dialog.format import Plan
from dialog.promising import LONGEST_WHO
from sessions.forms import ActForm, one_line
from sessions.language import _, lazy
from sessions.participant.forms import PlannedForm, told_beside
from sessions.scales import scales

ANSWER = "answer-"
"""What the field of a question at the close is called before its key."""


class MarkField(IntegerField):
    """One mark on a scale; None while nothing is chosen."""

    def __init__(self, scale: range, **options: Any) -> None:
        super().__init__(**options)
        self.scale = scale

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(valuelist[:1]).strip()
        if not typed:
            self.data = None
            return
        if not typed.isdecimal() or len(typed) > 2 or int(typed) not in self.scale:
            raise ValueError(_(errors.BadScores.sentence))
        self.data = int(typed)


class DayField(DateField):
    """A day, chosen or typed as the browser asks for it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Please choose a day.")) from error


class ScoresForm(ActForm):
    """One appraisal; without a proposal it is of everything staying as it is. `clear` takes it back."""

    proposal = StringField(
        filters=[lambda typed: "".join(char if char.isprintable() else "?" for char in typed or "")],
        validators=[Length(max=24, message=lazy(errors.NoSuchThing.sentence))],
    )
    clear = StringField()

    @property
    def proposal_id(self) -> str | None:
        return self.proposal.data or None

    @property
    def marks(self) -> dict[str, int | None]:
        """What was chosen, by scale."""
        return {field.name: field.data for field in self if isinstance(field, MarkField)}

    @property
    def scores(self) -> Scores:
        return NO_SCORES if self.clear.data else scores_of(self.marks)

    def validate_clear(self, field: Field) -> None:
        """Nothing chosen is not the same as taking back."""
        if not field.data and None in self.marks.values():
            raise ValidationError(_(errors.BadScores.sentence))


def scores_form(plan: Plan) -> ScoresForm:
    """A form with the scales on which this dialogue appraises."""
    fields = {scale.key: MarkField(scale.marks) for scale in scales(plan.appraising)}
    form: ScoresForm = type("ScoresForm", (ScoresForm,), fields)()
    return form


def scores_of(marks: dict[str, int | None]) -> Scores:
    """Marks by scale as the method takes them."""
    return NO_SCORES.model_copy(update=marks)


class PromiseForm(PlannedForm):
    """Who does what until when."""

    proposal_id = StringField(lazy("For which proposal?"), validators=[Length(max=24)])
    who = StringField(lazy("Who?"), filters=[one_line])
    what = TextAreaField(lazy("What?"))
    until = DayField(lazy("Until when?"), validators=[InputRequired(lazy("Please choose a day."))])
    review_on = DayField(lazy("When do we look at it together?"), validators=[Optional()])

    def content(self) -> dict[str, Any]:
        """What is promised."""
        return {
            "proposal_id": self.proposal_id.data or None,
            "who": self.who.data,
            "what": self.what.data,
            "until": self.until.data,
            "review_on": self.review_on.data,
        }

    def validate_who(self, field: Field) -> None:
        with told_beside():
            writing.clean(field.data or "", LONGEST_WHO)

    def validate_what(self, field: Field) -> None:
        with told_beside():
            writing.clean(field.data or "", self.plan.limits.text_characters)

    def validate_until(self, field: Field) -> None:
        self._not_before_the_dialogue(field.data)

    def validate_review_on(self, field: Field) -> None:
        self._not_before_the_dialogue(field.data)

    def _not_before_the_dialogue(self, day: date | None) -> None:
        with told_beside():
            if day is not None and day < self.plan.held_on:
                raise errors.DayTooEarly()


class FeedbackForm(PlannedForm):
    """How the afternoon was: a mark for each question, and one free sentence."""

    sentence = TextAreaField()

    @property
    def answers(self) -> dict[str, int]:
        """The marks by the key of their question; questions left open are left out."""
        marks = {field.name.removeprefix(ANSWER): field.data for field in self if isinstance(field, MarkField)}
        return {key: mark for key, mark in marks.items() if mark is not None}

    def validate_sentence(self, field: Field) -> None:
        with told_beside():
            said = writing.clean_or_empty(field.data or "", self.plan.limits.text_characters)
        if not said and not self.answers and not any(self.errors.values()):
            raise ValidationError(_("Please answer at least one question first."))


def feedback_form(plan: Plan, **options: Any) -> FeedbackForm:
    """A form with the questions of this dialogue, and with those that were sent and are not asked: they are refused."""
    keys = [question.key for question in plan.feedback]
    keys += [name.removeprefix(ANSWER) for name in request.form if name.startswith(ANSWER)]
    fields = {f"{ANSWER}{key}": MarkField(ANSWERS) for key in dict.fromkeys(keys)}
    form: FeedbackForm = type("FeedbackForm", (FeedbackForm,), fields)(plan, **options)
    return form
