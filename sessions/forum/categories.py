"""What the forum calls the categories of its formats: the page on which everybody sees it and moderators change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FieldList, StringField
from wtforms.validators import Length

from dialog import forum_queries
from dialog.commands.name_categories import NameCategories, name_categories
from dialog.comparison.values import Names
from dialog.forum_queries import Occurring
from dialog.models import Forum
from dialog.words import Role
from sessions import identity
from sessions.answers import invalid
from sessions.forms import ActForm, one_line
from sessions.language import _, lazy
from sessions.perform import prepare, reading

blueprint = Blueprint("categories", __name__)


class NamesForm(ActForm):
    """The names in the order of the page; `which` says whose they are, so that nothing is mixed up meanwhile."""

    which = FieldList(StringField())
    name = FieldList(
        StringField(
            filters=[one_line], validators=[Length(max=120, message=lazy("Please use at most 120 characters."))]
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A category of a format, and what the forum calls it."""

    of: Occurring
    name: str
    """As it is called in comparisons, where all plans call it the same."""
    given: str
    """The forum's own name, or an empty text."""

    @property
    def id(self) -> str:
        return f"{self.of.format}/{self.of.category}"


@blueprint.route("/forum/categories", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Analysts see it, moderators change it."""
    with reading() as db:
        account = identity.must_sign_in(db) if request.method == "GET" else identity.must_moderate(db)
        plans = account.role == Role.MODERATOR
        forum = db.get_one(Forum, account.forum_id)
        dialogues = forum_queries.held(db, forum.id, closed_only=not plans)
        lines = _lines(forum_queries.occurring(db, dialogues), forum_queries.names(db, forum.id))
    form = NamesForm(data=None if request.method == "POST" else _as_data(lines))

    def shown() -> str:
        fields = {which.data: field for which, field in zip(form.which, form.name, strict=False)}
        together = _together(lines)
        return render_template(
            "forum/categories.html", forum=forum, plans=plans, lines=lines, form=form, fields=fields, together=together
        )

    if request.method == "GET":
        return shown()
    if not form.validate():
        return invalid(form, shown)
    known = {line.id: line.of for line in lines}
    named = zip(form.which.data, form.name.data, strict=False)
    names = {(known[one].format, known[one].category): str(name or "") for one, name in named if one in known}
    prepare(name_categories, NameCategories(forum_id=forum.id, names=names))
    flash(_("The names are kept. Equal names are one category in the comparison."))
    return redirect(url_for("forum.categories.page"), code=303)


def _lines(occurring: Sequence[Occurring], names: Names) -> list[Line]:
    return [
        Line(
            of=one,
            name=names.given.get((one.format, one.category), one.labels[0]),
            given=names.given.get((one.format, one.category), ""),
        )
        for one in occurring
    ]


def _as_data(lines: Sequence[Line]) -> dict[str, list[str]]:
    return {"which": [line.id for line in lines], "name": [line.given for line in lines]}


def _together(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """What counts as one category although it is several: by its name."""
    of: dict[str, list[Line]] = {}
    for line in lines:
        of.setdefault(line.name, []).append(line)
    return {name: those for name, those in of.items() if len(those) > 1}
