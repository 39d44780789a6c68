"""What one may ask for."""

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import AnyOf

from dialog.comparison.choice import FIELDS
from exports.making import KINDS
from exports.profile import Profile
from sessions.forms import ActForm
from sessions.language import lazy

CHOOSE = lazy("Please choose one of the files on the page.")
MOST_CHOSEN, LONGEST = 500, 200


class ExportForm(ActForm):
    """A kind of file about one dialogue, in one profile."""

    kind = StringField(validators=[AnyOf([kind for kind in KINDS if kind != "forum"], CHOOSE)])
    profile = StringField(default=Profile.INTERNAL.value, validators=[AnyOf(list(Profile), CHOOSE)])


class ForumExportForm(ActForm):
    """The comparison of a forum; the fields of `dialog.comparison.choice` are its filters."""

    kind = StringField(validators=[AnyOf(["forum"], CHOOSE)])
    profile = StringField(default=Profile.INTERNAL.value, validators=[AnyOf(list(Profile), CHOOSE)])


def chosen(values: MultiDict[str, str], *, plans: bool) -> dict[str, tuple[str, ...]]:
    """The filters in a form; whoever does not plan (`plans`) reads closed dialogues only, whatever the form says."""
    names = [name for name in FIELDS if plans or name != "running"]
    found = {name: tuple(one[:LONGEST] for one in values.getlist(name) if one)[:MOST_CHOSEN] for name in names}
    return {name: some for name, some in found.items() if some}
