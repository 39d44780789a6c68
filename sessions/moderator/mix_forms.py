"""The forms of the mixed tables: the draw, what is asked of it, and who sits where."""

import unicodedata
from typing import Any

from wtforms import BooleanField, Field, IntegerField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from dialog.commands.fix_person import MOST_TABLES
from dialog.seating import LONGEST_ORGANISATION
from dialog.words import Pairing
from sessions.forms import one_line
from sessions.language import _, lazy
from sessions.moderator.board_forms import ID, ID_OR_NONE
from sessions.moderator.forms import CHOOSE, BackForm
from sessions.participant.forms import SPOKEN

TABLES = lazy("Please enter a number of tables between 1 and %(most)s.", most=MOST_TABLES)
FOUR_DIGITS = lazy("Please enter the four digits that stand at the bottom of the person's phone.")


def digits(typed: str | None) -> str:
    """The digits a person means, of any script and however spaced; everything else stays and is refused."""
    return "".join(str(unicodedata.decimal(char, char)) for char in typed or "" if not char.isspace())[:12]


def _four_digits(_form: Any, field: Field) -> None:
    if len(field.data) != 4 or not (field.data.isascii() and field.data.isdecimal()):
        raise ValidationError(FOUR_DIGITS)


class Count(IntegerField):
    """A whole number; letters are refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(TABLES) from error


class TablesForm(BackForm):
    """Acts that stand in the cockpit and on the page of the tables."""


class DrawForm(TablesForm):
    """How many tables; never more than people, so that none is empty."""

    tables = Count(validators=[InputRequired(TABLES), NumberRange(1, MOST_TABLES, TABLES)])


class LockForm(TablesForm):
    table_id = StringField(validators=[ID])
    locked = BooleanField()


class TableTopicForm(TablesForm):
    """An empty topic is none."""

    table_id = StringField(validators=[ID])
    topic_id = StringField(validators=[ID_OR_NONE])


class SeatForm(TablesForm):
    person_id = StringField(validators=[ID])
    table_id = StringField(validators=[ID])


class PairForm(TablesForm):
    kind = StringField(validators=[AnyOf([kind.value for kind in Pairing], message=CHOOSE)])
    first = StringField(filters=[digits], validators=[_four_digits])
    second = StringField(filters=[digits], validators=[_four_digits])


class PartForm(TablesForm):
    pair_id = StringField(validators=[ID])


class FixForm(TablesForm):
    """Without a table the person may sit anywhere."""

    number = StringField(filters=[digits], validators=[_four_digits])
    at = Count(validators=[Optional(), NumberRange(1, MOST_TABLES, TABLES)])


class DescribeForm(TablesForm):
    """What the draw wants to know of a person; the whole of it is sent each time."""

    person_id = StringField(validators=[ID])
    organisation = StringField(
        filters=[one_line],
        validators=[
            Length(max=LONGEST_ORGANISATION, message=lazy("At most 80 characters fit here. Please shorten it."))
        ],
    )
    languages = SelectMultipleField(choices=list(SPOKEN), validate_choice=False)
    needs_interpreter = BooleanField()

    def validate_languages(self, field: Field) -> None:
        if not set(field.data or ()) <= SPOKEN.keys():
            raise ValidationError(_("Please choose from the languages shown."))
