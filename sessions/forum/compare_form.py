"""What can be chosen on the comparison's page, as an address holds it."""

from collections.abc import Collection, Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField, SelectMultipleField

from dialog.comparison.choice import WITHOUT
from dialog.comparison.values import Comparable, Who
from dialog.words import Valence
from sessions.language import _, lazy

Options = Sequence[tuple[str, str]]


class ChoiceForm(Form):
    """Whatever an address holds is read; a value that is no option chooses nothing (`dialog.comparison.choice`)."""

    year = SelectMultipleField(lazy("Years"), validate_choice=False)
    place = SelectMultipleField(lazy("Places"), validate_choice=False)
    format = SelectMultipleField(lazy("Formats"), validate_choice=False)
    dialogue = SelectMultipleField(lazy("Dialogues"), validate_choice=False)
    who = SelectField(lazy("Who speaks"), validate_choice=False)
    to = SelectField(lazy("Who is addressed"), validate_choice=False)
    category = SelectField(lazy("Category"), validate_choice=False)
    valence = SelectField(lazy("Kind of card"), validate_choice=False)
    running = BooleanField(lazy("Also dialogues that are not closed yet"))


def choice_form(
    values: MultiDict[str, str],
    options: Mapping[str, Options],
    whos: Mapping[str, Who],
    categories: Collection[str | None],
) -> ChoiceForm:
    """The form as it is chosen. `options` are those of years, places, formats and dialogues."""
    form = ChoiceForm(values)
    for name, pairs in options.items():
        form[name].choices = list(pairs)
    anybody: list[tuple[str, str]] = [("", _("everybody"))]
    form.who.choices = [*anybody, *((who.key, who.label) for who in whos.values() if who.participates)]
    form.to.choices = [*anybody, *((who.key, who.label) for who in whos.values())]
    form.category.choices = [("", _("all categories")), *map(_category, sorted(categories, key=_order))]
    form.valence.choices = [
        ("", _("both")),
        (Valence.WORKS.value, _("works well")),
        (Valence.FAILS.value, _("does not work")),
    ]
    for field in (form.who, form.to, form.category, form.valence):
        if field.data and field.data not in dict(field.choices):
            field.choices = [*field.choices, (field.data, _("unknown: %(value)s", value=field.data[:60]))]
    return form


def _order(name: str | None) -> tuple[bool, str]:
    return name is None, (name or "").casefold()


def _category(name: str | None) -> tuple[str, str]:
    return (WITHOUT, _("without category")) if name is None else (name, name)


def options(dialogues: Sequence[Comparable]) -> dict[str, Options]:
    """What these dialogues leave to choose, each once."""
    years = dict.fromkeys((str(one.held_on.year), str(one.held_on.year)) for one in dialogues)
    places = dict.fromkeys((one.place, one.place) for one in dialogues)
    return {
        "year": list(years),
        "place": sorted(places, key=lambda pair: pair[0].casefold()),
        "format": list(dict.fromkeys((one.format, one.format_name) for one in dialogues)),
        "dialogue": [
            (one.dialogue_id, f"{one.title}, {one.place}, {one.held_on.strftime('%d.%m.%Y')}") for one in dialogues
        ],
    }
