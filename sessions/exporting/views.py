"""One page for each file that is being made: how far it is, a way to cancel it, and in the end the file.

A file belongs to the account that asked for it. Each look at it reads anew whether this account may still read what
stands in it. Every worker answers for every file.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog.archive.refusals import NotClosedYet
from dialog.models import Dialogue, Forum
from dialog.store import Db
from dialog.words import Role
from exports.job import Job, Progress, State
from exports.making import KINDS, Ask
from exports.profile import Profile
from sessions import identity
from sessions.answers import refused, wants_json
from sessions.exporting import jobs, names
from sessions.exporting.forms import ExportForm, ForumExportForm, chosen
from sessions.forms import ActForm
from sessions.perform import now, reading
from sessions.settings import Settings

blueprint = Blueprint("exporting", __name__)

PIECE = 64 * 1024
"""Bytes."""


@blueprint.post("/m/<dialogue_id>/exports")
def start(dialogue_id: str) -> ResponseReturnValue:
    """Begin a file about one dialogue, for moderators, and for analysts once it is closed."""
    form = ExportForm()
    with reading() as db:
        dialogue = identity.must_read(db, dialogue_id)
        account = identity.must_sign_in(db)
    if not form.validate():
        return _cannot_be_read(form)
    if form.kind.data == "archive" and not dialogue.closed:
        raise NotClosedYet()
    kind = str(form.kind.data)
    ask = Ask(
        kind=kind,
        dialogue_ids=(dialogue_id,),
        profile=Profile(form.profile.data) if KINDS[kind].has_profiles else Profile.INTERNAL,
        today=date.today(),
    )
    job = jobs.start(_settings(), ask, account.id, names.name_of(ask, dialogue), now())
    return _to(job)


@blueprint.post("/forum/exports")
def start_forum() -> ResponseReturnValue:
    """Begin the comparison as a file, with the filters of its page. Analysts compare closed dialogues only."""
    form = ForumExportForm()
    with reading() as db:
        account = identity.must_sign_in(db)
        forum = db.get_one(Forum, account.forum_id)
    if not form.validate():
        return _cannot_be_read(form)
    ask = Ask(
        kind="forum",
        forum_id=forum.id,
        profile=Profile(form.profile.data),
        chosen=chosen(request.form, plans=account.role == Role.MODERATOR),
        today=date.today(),
    )
    job = jobs.start(_settings(), ask, account.id, names.name_of_comparison(ask, forum.name), now())
    return _to(job)


@blueprint.get("/exports/<job_id>")
def page(job_id: str) -> str:
    """How far it is. Without script the page loads itself anew until the file is there."""
    with reading() as db:
        job, dialogue = _own(db, job_id)
        return render_template(
            "exports/page.html",
            frame="forum/frame.html" if dialogue is None else "moderator/frame.html",
            **({} if dialogue is None else {"dialogue": dialogue}),
            of=dialogue,
            forum=db.get_one(Forum, identity.must_sign_in(db).forum_id),
            job=job,
            until=job.asked_at + jobs.KEPT,
            **_shown(job, job.progress()),
        )


@blueprint.get("/exports/<job_id>/state")
def state(job_id: str) -> Response:
    """The same for the page's script."""
    with reading() as db:
        job, _dialogue = _own(db, job_id)
    at = job.progress()
    return jsonify(state=at.state, over=at.state.is_over, done=at.done, of=at.of, words=names.how_far(job.ask, at))


@blueprint.post("/exports/<job_id>/cancel")
def cancel(job_id: str) -> ResponseReturnValue:
    """Nobody wants it any more. What is ready already stays."""
    form = ActForm()
    with reading() as db:
        job, _dialogue = _own(db, job_id)
    if not form.validate():
        return _cannot_be_read(form)
    if job.progress().state is not State.READY:
        job.cancel()
    return _to(job)


@blueprint.get("/exports/<job_id>/file")
def download(job_id: str) -> ResponseReturnValue:
    with reading() as db:
        job, _dialogue = _own(db, job_id)
    if job.progress().state is not State.READY:
        return redirect(url_for("exporting.page", job_id=job_id), code=303)
    try:
        length = job.file.stat().st_size
    except FileNotFoundError as error:
        raise jobs.NoSuchExport() from error
    answer = Response(_pieces(job.file), mimetype=names.TYPES[KINDS[job.ask.kind].ending])
    answer.headers.set("Content-Disposition", "attachment", **names.in_a_header(job.name))
    answer.headers["Content-Length"] = str(length)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(file: Path) -> Iterator[bytes]:
    """The file little by little, so that others are answered between two pieces."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _own(db: Db, job_id: str) -> tuple[Job, Dialogue | None]:
    """The file of this account, and the dialogue of which it tells if it is one.

    Raises NotSignedIn, NoSuchExport, or what `identity.must_read` raises when it may no longer be read.
    """
    account = identity.must_sign_in(db)
    job = jobs.find(_settings(), job_id, account.id, now())
    dialogues = [identity.must_read(db, dialogue_id) for dialogue_id in job.ask.dialogue_ids]
    if job.ask.forum_id not in ("", account.forum_id):
        raise jobs.NoSuchExport()
    if job.ask.forum_id and "running" in job.ask.chosen and account.role != Role.MODERATOR:
        raise identity.NotForYou()
    return job, dialogues[0] if dialogues else None


def _shown(job: Job, progress: Progress) -> dict[str, Any]:
    ready = progress.state is State.READY
    return {
        "title": names.title(job.ask),
        "progress": progress,
        "words": names.how_far(job.ask, progress),
        "size": names.size(job.file.stat().st_size) if ready else "",
    }


def _to(job: Job) -> ResponseReturnValue:
    page_of_it = url_for("exporting.page", job_id=job.id)
    return jsonify(page=page_of_it) if wants_json() else redirect(page_of_it, code=303)


def _cannot_be_read(form: ActForm) -> ResponseReturnValue:
    sentence = next((str(found[0]) for found in form.errors.values() if found), "")
    return refused(sentence, 422, "form")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
