"""What the cockpit sends of promises and proposals that stand already."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from sessions.forms import ActForm
from sessions.moderator.forms import CHOOSE

ID = [InputRequired(CHOOSE), Length(max=24, message=CHOOSE)]


class CommitmentForm(ActForm):
    commitment_id = StringField(validators=ID)


class EntryIdForm(ActForm):
    entry_id = StringField(validators=ID)
