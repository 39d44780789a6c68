"""Take over a closed dialogue that was kept in an archive, from here or from another installation."""

import secrets
from datetime import date

from flask import Blueprint, Flask, Response, after_this_request, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext
from flask_wtf.file import FileField, FileRequired

from dialog.archive.file import MOST_BYTES, MOST_MEGABYTES, from_bytes
from dialog.archive.refusals import ArchiveRefused, ArchiveTooLarge
from dialog.archive.schema import Archive
from dialog.commands.import_dialogue import ImportDialogue, import_dialogue
from sessions import identity
from sessions.answers import invalid, refused, wants_json
from sessions.forms import ActForm
from sessions.language import _, lazy
from sessions.perform import prepare, reading

blueprint = Blueprint("importing", __name__)

FORM_AROUND = 64 * 1024
"""Bytes of a form around its file."""


class ImportForm(ActForm):
    file = FileField(lazy("The archive"), validators=[FileRequired(lazy("Please choose a file."))])


def start_importing(app: Flask) -> None:
    """Only here a form may be large, and only from those who may send it: of anybody else's nothing is read."""

    @app.before_request
    def _room_for_an_archive() -> None:
        if request.method != "POST" or request.endpoint != "forum.importing.page":
            return
        with reading() as db:
            identity.must_moderate(db)
        after_this_request(_put_away)
        request.max_content_length = MOST_BYTES + FORM_AROUND
        if (request.content_length or 0) > request.max_content_length:
            raise ArchiveTooLarge(limit=MOST_MEGABYTES)


def _put_away(response: Response) -> Response:
    """A large file has lain on the disk while it was looked into."""
    request.close()
    return response


@blueprint.route("/forum/import", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Choose a file; what it holds is here afterwards as a closed dialogue, or nothing is."""
    with reading() as db:
        account = identity.must_moderate(db)
    form = ImportForm()

    def shown() -> str:
        return render_template("forum/import.html", form=form, most=MOST_MEGABYTES)

    if request.method == "GET":
        return shown()
    if not form.validate():
        return invalid(form, shown)
    try:
        archive = from_bytes(form.file.data.read())
        command = ImportDialogue(
            archive=archive, forum_id=account.forum_id, today=date.today(), seed=secrets.randbits(64)
        )
        dialogue = prepare(import_dialogue, command)
    except ArchiveRefused as error:
        sentence = _(error.sentence, **error.values)
        if wants_json():
            return refused(sentence, error.status, type(error).__name__)
        form.file.errors = [sentence]
        return shown(), error.status
    flash(_said(archive))
    return redirect(url_for("forum.page", _anchor=f"dialogue-{dialogue.id}"), code=303)


def _said(archive: Archive) -> str:
    """What has been taken over, in one sentence."""
    return ngettext(
        "Taken over: “%(title)s”, %(place)s, %(day)s, with %(num)s person.",
        "Taken over: “%(title)s”, %(place)s, %(day)s, with %(num)s people.",
        archive.people_here,
        title=archive.plan.title,
        place=archive.plan.place,
        day=format_date(archive.plan.held_on, "long"),
    )
