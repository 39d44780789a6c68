"""What a phone may send. Each field is checked here for its shape; whether an act is right is for the method to say."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from wtforms import BooleanField, Field, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from dialog import errors, writing
from dialog.format import Limits, Plan
from dialog.words import Valence
from sessions.forms import ActForm, one_line
from sessions.language import _, lazy

SPOKEN = {
    "de": "Deutsch",
    "en": "English",
    "uk": "Українська",
    "ru": "Русский",
    "ar": "العربية",
    "fa": "فارسی",
    "ku": "Kurdî",
    "tr": "Türkçe",
    "fr": "Français",
    "pl": "Polski",
    "ro": "Română",
    "dgs": "Deutsche Gebärdensprache",
}
"""Languages one can say one speaks, each in its own words."""


@contextmanager
def told_beside() -> Iterator[None]:
    """A rule of the method, told beside the field that breaks it."""
    try:
        yield
    except errors.RuleBroken as broken:
        raise ValidationError(_(broken.sentence, **broken.values)) from broken


class CodeForm(ActForm):
    """The code on the wall, as somebody types it."""

    code = StringField(
        lazy("Code of your dialogue"),
        filters=[lambda typed: one_line(typed)[:40]],
        validators=[DataRequired(lazy("Please type the six characters on the wall."))],
    )


class PlannedForm(ActForm):
    """A form whose rules are those of one dialogue's plan."""

    def __init__(self, plan: Plan, **options: Any) -> None:
        super().__init__(**options)
        self.plan = plan


class JoinForm(PlannedForm):
    """Come in. Only the stakeholder has to be chosen."""

    stakeholder = RadioField(lazy("I am here for …"), validate_choice=False)
    organisation = StringField(
        lazy("Organisation"),
        filters=[one_line],
        validators=[Length(max=80, message=lazy("At most 80 characters fit here. Please shorten it."))],
    )
    languages = SelectMultipleField(lazy("I speak"), choices=list(SPOKEN), validate_choice=False)
    needs_interpreter = BooleanField(lazy("I need an interpreter for German"))

    def validate_stakeholder(self, field: Field) -> None:
        with told_beside():
            if field.data not in {s.key for s in self.plan.participating}:
                raise errors.UnknownStakeholder()

    def validate_languages(self, field: Field) -> None:
        if not set(field.data or ()) <= SPOKEN.keys():
            raise ValidationError(_("Please choose from the languages shown."))


class NumberForm(ActForm):
    """Go on with another phone by the own number."""

    number = StringField(lazy("Your four-digit number"), filters=[lambda typed: _digits(typed or "")])

    def validate_number(self, field: Field) -> None:
        if len(field.data) != 4 or not field.data.isdecimal():
            raise ValidationError(
                _("The number has four digits. It stands at the bottom of the page on your old phone.")
            )


def _digits(typed: str) -> str:
    """The digits a person means, of any script; everything else stays and is refused."""
    return "".join(str(unicodedata.decimal(char, char)) for char in typed if not char.isspace())[:12]


class CardForm(PlannedForm):
    """One thought and who should hear it."""

    valence = RadioField(
        choices=[valence.value for valence in Valence],
        default=Valence.WORKS.value,
        validate_choice=False,
    )
    text = TextAreaField(lazy("Your thought"))
    addressees = SelectMultipleField(lazy("Who should hear this?"), validate_choice=False)

    def content(self) -> dict[str, Any]:
        """What the card says."""
        return {
            "valence": Valence(self.valence.data),
            "text": self.text.data,
            "addressees": tuple(self.addressees.data),
        }

    def validate_valence(self, field: Field) -> None:
        if field.data not in set(Valence):
            raise ValidationError(_("Please say first whether it works well or not."))

    def validate_text(self, field: Field) -> None:
        with told_beside():
            writing.clean(field.data or "", self.plan.limits.characters)

    def validate_addressees(self, field: Field) -> None:
        with told_beside():
            writing.addressees(field.data or (), self.plan)


class TouchForm(ActForm):
    """A button: withdraw, put back."""


class NominateForm(ActForm):
    """The group's most important topics, in order; empty places are left out."""

    @property
    def places(self) -> dict[int, str]:
        """What stands at each place, as typed: for drawing the form again."""
        ranks = [field for field in self if field.name.startswith("rank-")]
        return {place: field.data for place, field in enumerate(ranks, start=1) if field.data}

    @property
    def topic_ids(self) -> tuple[str, ...]:
        return tuple(self.places.values())


def nominate_form(places: int) -> NominateForm:
    """A form with as many places as a group may nominate."""
    ranks = {f"rank-{place}": StringField(validators=[_known_shape]) for place in range(1, places + 1)}
    form: NominateForm = type("NominateForm", (NominateForm,), ranks)()
    return form


class CountField(IntegerField):
    """How many votes one topic gets, from 0 to `most`; an empty field is 0."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(valuelist[:1]).strip() or "0"
        if not typed.isdecimal() or len(typed) > 3 or int(typed) > self.most:
            raise ValueError(_(errors.TooManyOnOneTopic.sentence, limit=self.most))
        self.data = int(typed)


class BallotForm(ActForm):
    """One's votes: each topic ticked once, or with its number of votes where a topic may get several."""

    topic = SelectMultipleField(validate_choice=False)

    def validate_topic(self, field: Field) -> None:
        if not all(_is_id(topic_id) for topic_id in field.data or ()):
            raise ValidationError(_(errors.NotOnTheBallot.sentence))

    @property
    def votes(self) -> dict[str, int]:
        """Votes by topic id, the topics without a vote left out."""
        votes = dict.fromkeys(self.topic.data or (), 1)
        for field in self:
            if field.name.startswith("votes-") and field.data:
                votes[field.name.removeprefix("votes-")] = field.data
        return votes


def ballot_form(topic_ids: Sequence[str], limits: Limits) -> BallotForm:
    """A form with a number for each topic where a topic may get several votes."""
    if limits.votes_per_topic == 1:
        return BallotForm()
    numbers = {f"votes-{topic_id}": CountField(limits.votes_per_topic, default=0) for topic_id in topic_ids}
    form: BallotForm = type("BallotForm", (BallotForm,), numbers)()
    return form


class LanguageForm(ActForm):
    """In which language the pages speak."""

    language = StringField(validators=[InputRequired()])


def _is_id(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= 24


def _known_shape(_form: ActForm, field: Field) -> None:
    if field.data and not _is_id(field.data):
        raise ValidationError(_(errors.NoSuchThing.sentence))
