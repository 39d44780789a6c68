"""What a table writes, as forms: the same on its people's phones and on its tablet."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import TypeAdapter
from pydantic import ValidationError as NotReadable
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import ValidationError

from dialog import errors, writing
from dialog.events import BenefitContent, Content, ProposalContent, VisionContent
from dialog.format import Plan
from sessions.language import _, lazy
from sessions.participant.forms import PlannedForm, told_beside

CONTENT: TypeAdapter[Content] = TypeAdapter(Content)
MOST_CHOSEN = 500
"""Cards or benefits of one proposal beyond which nobody has chosen them by hand."""


class WrittenForm(PlannedForm):
    """An entry, whose `content` is what is to be kept.

    `was` is what its writer had before the eyes when beginning to change it; empty for a new one.
    """

    kind: ClassVar[str]
    was = HiddenField()
    theirs: Content | None = None
    """What somebody else has made of the same words meanwhile, to be shown beside what was typed here."""

    def __init__(self, plan: Plan, *, changes: bool = False, **options: Any) -> None:
        super().__init__(plan, **options)
        self.changes = changes

    @property
    def refusals(self) -> list[str]:
        """The sentences that belong beside no field."""
        return [str(told) for told in (*self.form_errors, *self.was.errors)]

    def meets(self, theirs: Content) -> None:
        """Somebody else was faster. What was typed stays; saving once more begins from their version."""
        self.theirs = theirs
        self.was.data = theirs.model_dump_json()

    @property
    def began_from(self) -> Content:
        """What the writer began from."""
        return CONTENT.validate_json(self.was.data)

    def validate_was(self, field: Field) -> None:
        try:
            began = CONTENT.validate_json(field.data) if field.data else None
        except NotReadable:
            raise ValidationError(_("This form is incomplete. Please load the page again.")) from None
        if self.changes and (began is None or began.kind != self.kind):
            raise ValidationError(_("This form is incomplete. Please load the page again."))

    def _text(self, field: Field, limit: int) -> None:
        with told_beside():
            writing.clean(field.data or "", limit)

    def _text_or_nothing(self, field: Field, limit: int) -> None:
        with told_beside():
            writing.clean_or_empty(field.data or "", limit)

    def _kept(self, field: Field, limit: int) -> str:
        return writing.clean_or_empty(field.data or "", limit)


class VisionForm(WrittenForm):
    kind = "vision"

    text = TextAreaField(lazy("How would it be? One sentence"))
    plain = TextAreaField(lazy("In plain words"))

    def validate_text(self, field: Field) -> None:
        self._text(field, self.plan.limits.text_characters)

    def validate_plain(self, field: Field) -> None:
        self._text_or_nothing(field, self.plan.limits.text_characters)

    def content(self) -> Content:
        most = self.plan.limits.text_characters
        return VisionContent(kind="vision", text=self._kept(self.text, most), plain=self._kept(self.plain, most))


class BenefitForm(WrittenForm):
    kind = "benefit"

    stakeholder = RadioField(lazy("For whom?"), validate_choice=False)
    text = TextAreaField(lazy("What would they gain?"))

    def validate_stakeholder(self, field: Field) -> None:
        with told_beside():
            if field.data not in {one.key for one in self.plan.participating}:
                raise errors.UnknownStakeholder()

    def validate_text(self, field: Field) -> None:
        self._text(field, self.plan.limits.text_characters)

    def content(self) -> Content:
        text = self._kept(self.text, self.plan.limits.text_characters)
        return BenefitContent(kind="benefit", stakeholder=self.stakeholder.data, text=text)


class ProposalForm(WrittenForm):
    """Only the title is needed. An empty level or process step says that none was chosen."""

    kind = "proposal"

    title = TextAreaField(lazy("Your proposal in one line"))
    what = TextAreaField(lazy("What exactly?"))
    first_step = TextAreaField(lazy("What is the first step?"))
    level = RadioField(lazy("Where does it act?"), validate_choice=False, default="")
    process_step = RadioField(lazy("At which step of the process?"), validate_choice=False, default="")
    needs = SelectMultipleField(lazy("Who is needed?"), validate_choice=False)
    card_ids = SelectMultipleField(lazy("Which cards does it answer?"), validate_choice=False)
    benefit_ids = SelectMultipleField(lazy("Which benefits does it bring?"), validate_choice=False)

    def validate_title(self, field: Field) -> None:
        self._text(field, self.plan.limits.title_characters)

    def validate_what(self, field: Field) -> None:
        self._text_or_nothing(field, self.plan.limits.text_characters)

    def validate_first_step(self, field: Field) -> None:
        self._text_or_nothing(field, self.plan.limits.text_characters)

    def validate_level(self, field: Field) -> None:
        self._one_of(field, [level.key for level in self.plan.levels])

    def validate_process_step(self, field: Field) -> None:
        self._one_of(field, [step.key for step in self.plan.process_steps])

    def validate_needs(self, field: Field) -> None:
        with told_beside():
            if field.data:
                writing.addressees(field.data, self.plan)

    def validate_card_ids(self, field: Field) -> None:
        self._not_too_many(field)

    def validate_benefit_ids(self, field: Field) -> None:
        self._not_too_many(field)

    def content(self) -> Content:
        limits = self.plan.limits
        return ProposalContent(
            kind="proposal",
            title=self._kept(self.title, limits.title_characters),
            what=self._kept(self.what, limits.text_characters),
            first_step=self._kept(self.first_step, limits.text_characters),
            level=self.level.data or None,
            process_step=self._process_step(),
            needs=writing.addressees(self.needs.data, self.plan) if self.needs.data else (),
            card_ids=tuple(dict.fromkeys(self.card_ids.data or ())),
            benefit_ids=tuple(dict.fromkeys(self.benefit_ids.data or ())),
        )

    def _process_step(self) -> str | None:
        """A step chosen before another level was chosen is not meant any more."""
        in_process = {level.key for level in self.plan.levels if level.in_process}
        return self.process_step.data or None if self.level.data in in_process else None

    def _one_of(self, field: Field, keys: Sequence[str]) -> None:
        with told_beside():
            if field.data and field.data not in keys:
                raise errors.UnknownLevel()

    def _not_too_many(self, field: Field) -> None:
        if len(field.data or ()) > MOST_CHOSEN:
            raise ValidationError(_(errors.NoSuchThing.sentence))


EntryForm = VisionForm | BenefitForm | ProposalForm
FORMS: dict[str, type[EntryForm]] = {form.kind: form for form in (VisionForm, BenefitForm, ProposalForm)}


def entry_form(kind: str, plan: Plan, **options: Any) -> EntryForm:
    """The form of one kind as it was posted, or an empty one (`formdata=None`). KeyError for no such kind."""
    return FORMS[kind](plan, **options)


def form_of(plan: Plan, content: Content) -> EntryForm:
    """The form of an entry as it stands, open to be changed."""
    form = entry_form(content.kind, plan, changes=True, formdata=None, data=content.model_dump())
    form.was.data = content.model_dump_json()
    return form
